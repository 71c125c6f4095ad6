"""The sections of a monitoring report, from what was counted. A public version leaves out what `monitoring` says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quiz.domain import calendar, monitoring, wilson
from quiz.domain.adjustments import Kind
from quiz.domain.monitoring import Figures
from quiz.domain.report import Bars, Cell, Rate, Section, Table, Version
from quiz.domain.sittings import INCIDENT_WORDS, Incident

LEAST = 5  # a rate of fewer than so many says nothing
NONE, FEW = "–", "too few"
TESTS = ("Tests", "Taken", "Passed", "Not passed", "Pass rate", "95% interval")
KINDS = {
    Kind.EXTRA_TIME: "More time",
    Kind.BREAKS: "Breaks",
    Kind.LARGE_TEXT: "Large text",
    Kind.HIGH_CONTRAST: "High contrast",
    Kind.READER: "A reader",
    Kind.SCRIBE: "A scribe",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures as one version may show them."""

    figures: Figures
    out: frozenset[str]
    public: bool

    def number(self, name: str) -> int | None:
        """A count; None where it is left out."""
        return None if name in self.out else self.figures.counts[name]

    def rate(self, part: str, whole: str) -> Cell:
        """What share of the whole the part is. Nobody may work the part out of it, so both must be shown."""
        right, of = self.number(part), self.number(whole)
        return None if right is None or of is None else rate(right, of)

    def interval(self, part: str, whole: str) -> Cell:
        """Where the share lies in the long run."""
        right, of = self.number(part), self.number(whole)
        return None if right is None or of is None else interval(right, of)

    def tests(self, words: str, row: str = "") -> tuple[Cell, ...]:
        """One row of a table of tests."""
        taken, passed, failed = (f"{row}.{column}" if row else column for column in monitoring.COLUMNS)
        numbers = (self.number(taken), self.number(passed), self.number(failed))
        return (words, *numbers, self.rate(passed, taken), self.interval(passed, taken))


def rate(part: int, whole: int) -> Cell:
    """A share to a tenth of a per cent; words where there is nothing, or too little, to be a share of."""
    if whole < LEAST:
        return FEW if whole else NONE
    return Rate((2000 * part + whole) // (2 * whole))


def interval(part: int, whole: int) -> Cell:
    """The interval of Wilson in words."""
    if whole < LEAST:
        return FEW if whole else NONE
    low, high = wilson.interval(part, whole)
    return f"{100 * low:.1f}% to {100 * high:.1f}%"


def sections(figures: Figures, version: Version, plan: Sequence[tuple[str, ...]]) -> tuple[Section, ...]:
    """All sections in their order. `plan` holds the rows of the action plan, in its form."""
    public = version is Version.PUBLIC
    shown = Shown(figures, monitoring.hidden(figures) if public else frozenset(), public)
    parts = (_coverage, _tests, _tries, _unsafe, _adjustments, _topics, _sessions, _training, _questions)
    return (*(section for part in parts for section in part(shown)), action_plan(plan), _notes(shown))


def _coverage(shown: Shown) -> Iterator[Section]:
    rows = [
        ("Licence holders on the list", "holders"), ("With a valid pass", "valid"),
        ("– by a pass from elsewhere that the council accepted", "accepted"),
    ]  # fmt: skip
    if shown.figures.trained:
        rows += [
            ("With attendance at a training session", "attended"), ("With a valid pass and attendance", "both"),
            ("With neither", "neither"), ("Without attendance", "not-attended"),
        ]  # fmt: skip
    rows += [
        ("Without a valid pass", "without-pass"),
        ("– overdue: the licence ended without a valid pass", "overdue"),
        ("– due: the licence ends within 90 days", "due-soon"),
    ]  # fmt: skip
    day = calendar.words(shown.figures.period.last)
    cells = tuple((words, shown.number(name), shown.rate(name, "holders")) for words, name in rows)
    words = (
        "Pass, attendance and both are three separate figures: a test is no training, and training is no test.",
        *(() if shown.figures.trained else ("Attendance at training sessions is not recorded in this service.",)),
    )
    yield Section("Who is covered", words, (Table(f"Licence holders on {day}", ("What", "Holders", "Share"), cells),))


def _tests(shown: Shown) -> Iterator[Section]:
    quarters = monitoring.quarters(shown.figures.period)
    names = monitoring.names_of_quarters(shown.figures.period)
    rows = [shown.tests(quarter.name, name) for quarter, name in zip(quarters, names, strict=False)]
    table = Table("Tests by quarter" if names else "Tests", ("Quarter" if names else "Period", *TESTS[1:]),
                  (*rows, shown.tests("Whole period")))  # fmt: skip
    others = Table(
        "Beside them", ("What", "Tests"), (("Set aside by an officer, and not counted", shown.number("void")),)
    )
    charts: tuple[Bars, ...] = ()
    if names:
        series = (
            ("Passed", tuple(shown.number(f"{name}.passed") for name in names)),
            ("Not passed", tuple(shown.number(f"{name}.failed") for name in names)),
        )
        charts = (Bars("Tests passed and not passed, by quarter", _trend(quarters[0].name, quarters[-1].name),
                       tuple(one.name for one in quarters), series),)  # fmt: skip
    yield Section("Tests taken", ("Tests that ended in the period and were not set aside.",), (table, others), charts)


def _trend(first: str, last: str) -> str:
    return f"For each quarter from {first} to {last}, how many tests were passed and how many were not."


def _tries(shown: Shown) -> Iterator[Section]:
    rows = (shown.tests("First tries", "first"), shown.tests("Retakes", "again"), shown.tests("All", ""))
    came = (
        ("Drivers who took their first try", "first.taken"), ("Passed first time", "first.passed"),
        ("Passed at a later try", "later"), ("Passed in the end", "in-the-end"), ("Not passed yet", "not-yet"),
    )  # fmt: skip
    (whole, first), *others = came
    cells: tuple[tuple[Cell, ...], ...] = (
        (whole, shown.number(first), NONE, NONE),  # a share of itself would say nothing
        *((words, shown.number(name), shown.rate(name, first), shown.interval(name, first)) for words, name in others),
    )
    words = (
        "Counted by invitation, which covers all tries of a driver: who was invited twice in the period counts twice. "
        "Who began near its end may pass after it.",
    )
    end = Table("Passed in the end, by the last day of the period", ("What", "Drivers", "Share", "95% interval"), cells)
    yield Section("First tries and retakes", words, (Table("Tests by try", TESTS, rows), end))


def _unsafe(shown: Shown) -> Iterator[Section]:
    why = (
        ("Not passed", "failed"), ("– by an unsafe answer alone: there were enough right answers", "unsafe"),
        ("– too few right answers, with or without an unsafe answer", "score"),
    )  # fmt: skip
    found = (
        ("Marked as not passed by an unsafe answer alone", "ever-unsafe"), ("– read: the result stands", "upheld"),
        ("– being read", "waiting"), ("– read: the unsafe mark was withdrawn, so passed", "withdrawn"),
        ("– a question was found wrong, so passed", "found-wrong"),
    )  # fmt: skip
    tables = tuple(
        Table(title, ("What", "Tests"), tuple((words, shown.number(name)) for words, name in rows))
        for title, rows in (("Why tests were not passed", why), ("What the readings found", found))
    )
    words = ("Every result with an unsafe answer is read by an officer and the safeguarding lead. A failed test is not "
             "an allegation against a driver.",)  # fmt: skip
    yield Section("Unsafe answers", words, tables)


def _adjustments(shown: Shown) -> Iterator[Section]:
    rows = (shown.tests("With adjustments", "with"), shown.tests("Without", "without"), shown.tests("All", ""))
    told = not shown.public or monitoring.kinds_may_be_told(shown.figures)
    whole = shown.number("with.taken")
    told = told and whole is not None
    kinds = tuple((KINDS[kind], shown.figures.kinds.get(kind, 0) if told else None) for kind in Kind)
    tables = (Table("Tests with and without agreed adjustments", TESTS, rows),
              Table("Adjustments used", ("Kind", "Tests"), kinds))  # fmt: skip
    yield Section("Adjustments", ("A test can have more than one kind of adjustment.",), tables)


def _topics(shown: Shown) -> Iterator[Section]:
    title, columns = "Right answers by topic", ("Topic", "Questions asked", "Answered right", "Share")
    if shown.number("taken") is None:
        yield Section("Topics", ("Left out: the number of tests is too small to be told.",))
        return
    fit = monitoring.topics_to_tell(shown.figures.topics, shown.figures.counts["taken"])
    told = [one if not shown.public or one.code in fit else None for one in shown.figures.topics]
    names = [f"{one.code} {one.name}" for one in shown.figures.topics]
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (name, one.asked, one.right, rate(one.right, one.asked)) if one else (name, None, None, None)
        for name, one in zip(names, told, strict=True)
    )
    shares = [row[3].thousandths if isinstance(row[3], Rate) else None for row in cells]
    drawn = [(name, share) for name, share in zip(names, shares, strict=True) if share is not None]
    charts = (
        Bars("Share of right answers by topic", "For each topic, how many of a hundred answers were right.",
             tuple(name for name, _ in drawn), (("Right answers", tuple(share for _, share in drawn)),), shares=True),
    ) if drawn else ()  # fmt: skip
    words = (
        "A low share points at what the handbook and training sessions should explain better, or at questions that are "
        "unclear.",
    )
    yield Section("Topics", words, (Table(title, columns, cells),), charts)


def _sessions(shown: Shown) -> Iterator[Section]:
    events = shown.figures.events
    held = tuple(
        (words, events[name])
        for words, name in (
            ("Planned in the period", "sessions"), ("– held", "sessions-held"),
            ("Planned after the period", "sessions-later"),
        )
    )  # fmt: skip
    people = (
        ("On the lists of the sessions", "seats"), ("– came and were let in", "came"), ("– did not come", "absent"),
        ("Tests taken in the sessions", "sat"),
    )  # fmt: skip
    reasons = tuple((INCIDENT_WORDS[one], shown.number(f"incident.{one}")) for one in Incident)
    tables = (
        Table("Test sessions", ("What", "Sessions"), held),
        Table("Drivers in test sessions", ("What", "Drivers"), tuple((w, shown.number(name)) for w, name in people)),
        Table("Incidents noted in test sessions", ("What", "Notes"), (*reasons, ("All", shown.number("incidents")))),
    )
    yield Section("Test sessions", ("A session was held when at least one driver was let in.",), tables)


def _training(shown: Shown) -> Iterator[Section]:
    if not shown.figures.trained:
        return
    events = shown.figures.events
    held = tuple(
        (words, events[name])
        for words, name in (
            ("Planned in the period", "trainings"), ("– held", "trainings-held"),
            ("Planned after the period", "trainings-later"),
        )
    )  # fmt: skip
    people = (("Places on the lists of sessions that were held", "places"), ("– attended", "attended-places"))
    tables = (
        Table("Training sessions", ("What", "Sessions"), held),
        Table("Attendance", ("What", "Places"), tuple((words, shown.number(name)) for words, name in people)),
    )
    yield Section("Training sessions", (), tables)


def _questions(shown: Shown) -> Iterator[Section]:
    rows = (
        ("New questions approved", "questions-new"), ("Questions changed", "questions-changed"),
        ("Questions taken out of use", "questions-out"), ("– still out of use", "questions-still-out"),
        ("Questions brought back", "questions-back"),
        ("Found wrong, with all their tests marked again", "questions-wrong"),
    )  # fmt: skip
    cells = tuple((words, shown.figures.events[name]) for words, name in rows)
    yield Section("Questions", (), (Table("Questions changed and retired", ("What", "Questions"), cells),))


def action_plan(rows: Sequence[tuple[str, ...]]) -> Section:
    """The plan in the form that committees know."""
    columns = ("Key area", "Action", "Owner", "Due", "Status", "Evidence")
    tables = (Table("Action plan", columns, tuple(rows)),) if rows else ()
    return Section("Action plan", () if rows else ("There are no actions yet.",), tables)


def _notes(shown: Shown) -> Section:
    words = [
        "The 95% interval (Wilson) says between which rates the rate of many such drivers may lie. With few tests it "
        "is wide. Two rates whose intervals overlap may differ by chance alone. Rates of fewer than 5 are not given.",
        "Licence holders are people with a licence that is not an application, as the list stood when the report was "
        "made. A pass counts if it had been issued by the last day and was in force on it.",
        "Overdue means the same as in the officers’ lists, as of that day: a licence ended before it, and no pass that "
        "stood by then reached beyond the end of the licence.",
        "This report cannot show whether anybody is safer. It shows who was tested and trained, and what they knew.",
    ]
    if shown.public:
        words.append(
            "[c]: left out, because it is a number of people or tests from 1 to 4, or because such a number could be "
            "worked out from it. Sessions and questions are no people, so their numbers are always given."
        )
    return Section("How to read this report", tuple(words))
