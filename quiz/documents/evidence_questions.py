"""The sections of an evidence pack about its paper: the result with its rule, then each question with its answers."""

from collections.abc import Iterator, Mapping

from quiz.documents.evidence_words import (
    clock,
    day,
    group,
    heading,
    lines,
    moment,
    rows,
    section,
    several,
    table,
    text,
    who,
    words,
    yes,
)
from quiz.documents.typeset import Fact
from quiz.domain.evidence import Facts

OUTCOMES = {"passed": "Passed", "not-passed": "Not passed"}
LOADED = "It came with the program"


def result(marks: list[Facts], decisions: list[Facts]) -> Fact:
    """Every mark, the first one first, with the rule applied in words, and the decision behind a later one."""
    blocks = [block for one in marks for block in _mark(one, decisions)]
    return section("The result, and why", *blocks, *_unmarked(marks))


def _unmarked(marks: list[Facts]) -> Iterator[Fact]:
    if not marks:
        yield lines("The test was set aside before it was marked.")


def _mark(one: Facts, decisions: list[Facts]) -> Iterator[Fact]:
    yield heading(f"Mark {text(one, 'number')}: {OUTCOMES.get(text(one, 'outcome'), text(one, 'outcome'))}")
    yield rows(
        ("Marked", f"{moment(one.get('at'))}, set off by {who(one.get('by'))}"),
        ("Because of", _because(text(one, "because"), decisions)),
        ("Right answers", f"{text(one, 'right')} of {text(one, 'of')}"),
        ("By group", "; ".join(_counts(several(one, "groups")))),
        ("By topic", "; ".join(_counts(several(one, "topics")))),
    )
    yield lines(*words(one, "rule"))


def _because(key: str, decisions: list[Facts]) -> str:
    """The decision after which a test was marked again, in words; its key where the pack does not hold it."""
    for one in decisions:
        if key == f"decision:{text(one, 'key')}":
            return f"The decision of {moment(one.get('at'))}: {text(one, 'reason_words')}"
    return key


def _counts(found: list[Facts]) -> list[str]:
    return [f"{text(one, 'name')}: {text(one, 'right')} of {text(one, 'of')}" for one in found]


def questions(items: Mapping[str, Facts]) -> Fact:
    """Every question as it was shown, with its key, and every answer."""
    found = sorted(name.partition("/")[2] for name in items if name.startswith("question/"))
    blocks = [
        block
        for number in found
        for block in _question(items[f"question/{number}"], items.get(f"answers/{number}", {}))
    ]
    return section("Questions and answers", lines(
        "Each question as the driver saw it, options in the order of the page, with the names and numbers of that day. "
        "The key and the reasons were never shown to the driver."
    ), *blocks)  # fmt: skip


def _question(one: Facts, answers: Facts) -> Iterator[Fact]:
    counts = group(answers, "counts")
    chosen = words(counts, "places")
    yield heading(f"Question {text(one, 'position')}")
    yield rows(
        ("Question", f"{text(one, 'question')}, version {text(one, 'version')}"),
        ("Topic", f"{text(one, 'topic')} {text(one, 'topic_words')}"),
        ("Kind", ", ".join([*["critical"] * bool(one.get("critical")), *["choose two"] * bool(one.get("choose_two"))])),
    )
    yield {"strong": text(one, "text")}
    options = several(one, "options")
    yield table(
        ("Place", "Option", "By the key", "Counted answer"),
        *(
            (text(it, "place"), text(it, "text"), _standing(it), "chosen" * (text(it, "place") in chosen))
            for it in options
        ),
        widths=(2, 9, 4, 3),
    )
    yield lines(_verdict(counts), f"Why the right answer is right: {text(one, 'why')}", *_notes(options))
    yield (
        table(
            ("Answer", "At", "Chosen places", "Check later", "Confirmed", "Number sent", "Sign-in"),
            *(_said(it) for it in several(answers, "log")),
            widths=(2, 4, 3, 2, 3, 2, 8),
        )
        if several(answers, "log")
        else lines("No answer was sent.")
    )
    yield lines(*_standing_of_version(one))


def _standing(option: Facts) -> str:
    if option.get("right"):
        return "Right"
    if option.get("counted_as_unsafe"):
        return "Unsafe"
    return "Wrong (marked unsafe; not agreed when marked)" if option.get("marked_unsafe") else "Wrong"


def _verdict(counts: Facts) -> str:
    if counts.get("found_wrong"):
        return "This question was found wrong later. It counts as right, whatever was chosen."
    if not words(counts, "places"):
        return "Nothing was chosen in the end: wrong."
    verdict = "right by the key" if counts.get("right_by_the_key") else "wrong by the key"
    unsafe = ", and counts as unsafe" if counts.get("unsafe") else ""
    if counts.get("unsafe_at_first") and not unsafe:
        unsafe = "; it counted as unsafe until that was withdrawn"
    return f"The counted answer is {verdict}{unsafe}."


def _notes(options: list[Facts]) -> Iterator[str]:
    for one in options:
        if one.get("why"):
            yield f"Option {text(one, 'place')}: {text(one, 'why')}"
        if one.get("harm"):
            source = text(one, "source") or "not named"
            yield f"Option {text(one, 'place')}, harm: {text(one, 'harm')} Source: {source}."


def _said(one: Facts) -> tuple[str, ...]:
    return (
        text(one, "number"), clock(one.get("at")), text(one, "choice") or "none", yes(one.get("later")),
        yes(one.get("confirmed")), text(one, "sequence") or "none", text(one, "session"),
    )  # fmt: skip


def _standing_of_version(one: Facts) -> Iterator[str]:
    yield "Sources: " + "; ".join(
        ": ".join(part for part in (text(it, "key"), text(it, "title")) if part) for it in several(one, "sources")
    )
    approved = group(one, "approved")
    by = ", ".join(said for said in (who(approved.get("approver")), who(approved.get("lead"))) if said)
    yield f"Approved on {moment(approved.get('at'))}{f' by {by}' if by else f'. {LOADED}'}."
    if wrong := group(one, "found_wrong"):
        yield f"Found wrong on {moment(wrong.get('at'))} by {who(wrong.get('by'))}. {text(wrong, 'reason_words')}."
        yield f"Note of the office: {text(wrong, 'note')}" if wrong.get("note") else ""
    for said in several(one, "agreements"):
        withdrawn = f" Withdrawn on {moment(said.get('withdrawn_at'))}." if said.get("withdrawn_at") else ""
        yield (
            f"{text(said, 'body')} ({text(said, 'role')}) answered “{text(said, 'answer')}” on {day(said.get('on'))}."
            f"{f' {comment}' if (comment := text(said, 'comment')) else ''}{withdrawn}"
        )
