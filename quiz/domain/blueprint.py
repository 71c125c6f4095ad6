"""The rules of a test: what is drawn, how long, what is enough, and what follows from a result."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TEST = "driver"  # the one for which this service is there; groups of other people have tests of their own
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Reason(StrEnum):
    """Why the council asks somebody to sit."""

    APPLICATION = "application"
    RENEWAL = "renewal"
    REFRESHER = "refresher"
    REQUIRED = "required"


REASON_WORDS = {
    Reason.APPLICATION: "Application for a new licence",
    Reason.RENEWAL: "Renewal of a licence",
    Reason.REFRESHER: "Refresher",
    Reason.REQUIRED: "Required by the council",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """T7, Responding, told on results in group "act"."""

    code: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Place:
    """So many questions from these topics together ("T13 or T14": one)."""

    topics: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class CriticalRule:
    """So many critical questions a paper from these topics."""

    name: str
    topics: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """What results are told in: counts by group, never by topic, since one question is noise.

    `minimum` right answers are needed in the group to pass (0: none); `read` is the handbook chapter to read.
    """

    key: str
    name: str
    read: tuple[str, ...]
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One version of the rules. Months and days are calendar ones in London.

    A test of other people says for whom it is (`audience`), and may draw from the questions of another test (`bank`).
    """

    test: str
    name: str
    minutes: int
    pass_mark: int
    unsafe_limit: int
    tries: int
    window_months: int
    waits_days: tuple[int, ...]
    resets: frozenset[str]
    valid_months: int
    renewal_months: int
    use_within_months: int
    avoid_papers: int
    unsupervised: Mapping[str, str]
    groups: tuple[Group, ...]
    topics: tuple[Topic, ...]
    places: tuple[Place, ...]
    critical: tuple[CriticalRule, ...]
    bank: str = ""
    audience: str = ""

    @property
    def for_drivers(self) -> bool:
        """Whether these are the rules of the driver test."""
        return self.test == TEST

    @property
    def draws_on(self) -> str:
        """The test whose questions are drawn."""
        return self.bank or self.test

    @property
    def questions(self) -> int:
        """How many questions a paper has."""
        return sum(place.count for place in self.places)

    @property
    def placed(self) -> frozenset[str]:
        """Topics that have a place on a paper."""
        return frozenset(topic for place in self.places for topic in place.topics)

    @property
    def critical_topics(self) -> frozenset[str]:
        """Topics from which critical questions are drawn."""
        return frozenset(topic for rule in self.critical for topic in rule.topics)

    def topic(self, code: str) -> Topic:
        """The topic of that code."""
        return next(topic for topic in self.topics if topic.code == code)

    def group(self, key: str) -> Group:
        """The group of that key."""
        return next(group for group in self.groups if group.key == key)

    def group_of(self, code: str) -> Group:
        """The group in which a topic's questions are told."""
        return self.group(self.topic(code).group)


def problems(blueprint: Blueprint) -> Iterator[str]:
    """What makes a blueprint impossible, in words."""
    yield from _places(blueprint)
    yield from _references(blueprint)
    yield from _counts(blueprint)
    if not blueprint.for_drivers:
        yield from _of_others(blueprint)


def _of_others(rules: Blueprint) -> Iterator[str]:
    if not KEY.fullmatch(rules.test):
        yield "The key of a test is small letters and numbers, with dashes between words"
    if not rules.audience.strip():
        yield "Say for whom the test is: audience = “Elected members”"
    if rules.critical:
        yield "Only the driver test asks critical questions, since unsafe answers were agreed for drivers alone"
    if rules.valid_months < 1:
        yield "A pass must be valid for at least one month"


def _places(rules: Blueprint) -> Iterator[str]:
    known = {topic.code for topic in rules.topics}
    drawn: set[str] = set()
    for place in rules.places:
        if place.count < 1:
            yield f"A place for {' or '.join(place.topics)} must ask for at least one question"
        for code in place.topics:
            if code not in known:
                yield f"A place names the topic {code}, which is not in the list of topics"
            if code in drawn:
                yield f"The topic {code} stands in two places; join them"
            drawn.add(code)
    for rule in rules.critical:
        if not set(rule.topics) <= drawn:
            yield f"The critical questions “{rule.name}” come from a topic that is not drawn"
        room = sum(place.count for place in rules.places if set(place.topics) & set(rule.topics))
        if 0 < room < rule.count:
            yield f"The critical rule “{rule.name}” asks for {rule.count}, but its topics have {room} places on a paper"


def _references(rules: Blueprint) -> Iterator[str]:
    groups = {group.key: 0 for group in rules.groups}
    of_topic = {topic.code: topic.group for topic in rules.topics}
    for code, group in of_topic.items():
        if group not in groups:
            yield f"The topic {code} is told in the group “{group}”, which is not in the list of groups"
    for place in rules.places:
        for group in {of_topic.get(code, "") for code in place.topics} & groups.keys():
            groups[group] += place.count
    for one in rules.groups:
        if one.minimum and groups[one.key] < 4:
            yield f"The group “{one.name}” has fewer than four questions, so it cannot have a minimum"


def _counts(rules: Blueprint) -> Iterator[str]:
    if not 10 <= rules.questions <= 40:
        yield f"A paper has 10 to 40 questions; this one has {rules.questions}"
    if not 0 < rules.pass_mark <= rules.questions:
        yield "The pass mark must be between 1 and the number of questions"
    if sum(rule.count for rule in rules.critical) > rules.questions:
        yield "More critical questions are asked for than the paper has"
    if rules.minutes < 10:
        yield "Give at least 10 minutes"
    if rules.tries < 1 or len(rules.waits_days) != rules.tries - 1:
        yield "Give one wait for each try but the last"


def of_table(table: Mapping[str, Any]) -> Blueprint:
    """A blueprint from plain tables, as TOML and JSON give them. Raises KeyError, TypeError or ValueError."""
    rules = dict(table["blueprint"])
    return Blueprint(
        **{
            **rules,
            "waits_days": tuple(rules["waits_days"]),
            "resets": frozenset(rules["resets"]),
            "unsupervised": dict(rules["unsupervised"]),
        },
        groups=tuple(Group(**{**one, "read": tuple(one["read"])}) for one in table["group"]),
        topics=tuple(Topic(**one) for one in table["topic"]),
        places=tuple(Place(tuple(one["topics"]), one["count"]) for one in table["place"]),
        critical=tuple(
            CriticalRule(one["name"], tuple(one["topics"]), one["count"]) for one in table.get("critical", ())
        ),
    )


def as_table(rules: Blueprint) -> dict[str, Any]:
    """The plain tables of a blueprint; `of_table` reads them back to an equal one."""
    own = ("test", "name", "minutes", "pass_mark", "unsafe_limit", "tries", "window_months", "valid_months",
           "renewal_months", "use_within_months", "avoid_papers")  # fmt: skip
    return {
        "blueprint": {
            **{key: getattr(rules, key) for key in own},
            **{key: getattr(rules, key) for key in ("bank", "audience") if getattr(rules, key)},
            "waits_days": list(rules.waits_days),
            "resets": sorted(rules.resets),
            "unsupervised": dict(rules.unsupervised),
        },
        "group": [{"key": g.key, "name": g.name, "read": list(g.read), "minimum": g.minimum} for g in rules.groups],
        "topic": [{"code": t.code, "name": t.name, "group": t.group} for t in rules.topics],
        "place": [{"topics": list(p.topics), "count": p.count} for p in rules.places],
        "critical": [{"name": c.name, "topics": list(c.topics), "count": c.count} for c in rules.critical],
    }
