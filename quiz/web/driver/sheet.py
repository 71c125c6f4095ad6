"""A driver's paper as its pages show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.domain import adjustments, contacts
from quiz.domain import attempt as rules
from quiz.domain.attempt import Given
from quiz.domain.contacts import ContactSet
from quiz.domain.question import Draft
from quiz.records.attempts import Leaf, Paper, Place
from quiz.web import service, texts


@dataclass(frozen=True, slots=True)
class Choice:
    """One option on the page: `value` is its displayed position."""

    value: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One question on its page."""

    position: int
    count: int
    stem: str
    two: bool
    choices: tuple[Choice, ...]
    chosen: int
    later: bool
    left: timedelta | None
    sequence: int
    breaks: bool
    supervised: bool

    @property
    def unfinished(self) -> bool:
        """ "Choose two" with one or three ticked."""
        return self.two and self.chosen not in (0, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One question on the list of answers."""

    position: int
    stem: str
    chosen: tuple[str, ...]
    finished: bool
    later: bool


def question(leaf: Leaf, given: Given, sequence: int, now: datetime) -> Shown:
    """A question as it is shown, its placeholders filled with the numbers that this paper keeps.

    `sequence` is the highest number that this sign-in has sent for it.
    """
    place = leaf.place
    draft = texts.of([place.version])[0]
    numbers = service.contacts(leaf.contacts_version)
    return Shown(
        position=place.position,
        count=leaf.count,
        stem=contacts.fill(draft.stem, numbers),
        two=draft.two,
        choices=tuple(_choices(place, draft, given, numbers)),
        chosen=len(given.chosen),
        later=given.later,
        left=left(leaf, now),
        sequence=sequence,
        breaks=bool(adjustments.breaks(adjustments.read(leaf.adjusted))),
        supervised=leaf.supervised,
    )


def _choices(place: Place, draft: Draft, given: Given, numbers: ContactSet) -> list[Choice]:
    return [
        Choice(value, contacts.fill(draft.options[n].text, numbers), n in given.chosen)
        for value, n in enumerate(place.order, 1)
    ]


def rows(paper: Paper, given: list[Given]) -> list[Row]:
    """All questions with the words of the chosen answers, in the order in which they stand on the page."""
    numbers = service.contacts(paper.contacts_version)
    drafts = texts.of([place.version for place in paper.slots])
    return [
        Row(
            position=place.position,
            stem=contacts.fill(draft.stem, numbers),
            chosen=tuple(contacts.fill(draft.options[n].text, numbers) for n in place.order if n in answer.chosen),
            finished=rules.finished(answer, draft.two),
            later=answer.later,
        )
        for place, draft, answer in zip(paper.slots, drafts, given, strict=True)
    ]


def left(paper: Paper | Leaf, now: datetime) -> timedelta | None:
    """Time left by the server's clock; None where no time limit was agreed."""
    if adjustments.is_without_limit(adjustments.read(paper.adjusted)):
        return None
    return rules.time_left(paper.deadline, now)
