"""The section of an evidence pack about the driver's training."""

from collections.abc import Iterator

from quiz.documents.evidence_words import day, heading, lines, moment, rows, several, text, who
from quiz.documents.typeset import Fact
from quiz.domain import evidence
from quiz.domain.evidence import Facts


def blocks(facts: Facts) -> Iterator[Fact]:
    """Each session with what was noted, then what was accepted of others."""
    yield lines(text(facts, "words") or "Nothing is told of it in this pack.")
    for one in several(facts, "sessions"):
        yield heading(f"{moment(one.get('begins_at'))}, {text(one, 'place')}")
        yield rows(
            ("Trainer", text(one, "trainer")),
            ("Session", text(one, "standing")),
            ("Put on the list", f"{moment(one.get('listed_at'))} by {who(one.get('listed_by'))}"),
            ("Attendance", _came(one)),
            ("Counts until", day(one.get("counts_until"))),
            ("Key", text(one, "key")),
        )
        yield lines(*(_note(note) for note in several(one, "notes")))
    for one in several(facts, "elsewhere"):
        yield heading(f"Held elsewhere: {text(one, 'course')}, {text(one, 'body')}")
        yield rows(
            ("Attended on", day(one.get("attended_on"))),
            ("Counts until", day(one.get("counts_until"))),
            ("What was seen", text(one, "seen")),
            ("SHA-256 of the scan", evidence.grouped(text(one, "scan_sha256")) or "No scan was kept"),
            ("Accepted", f"{moment(one.get('accepted_at'))} by {who(one.get('accepted_by'))}"),
            ("Ended", f"{moment(one.get('ended_at'))} by {who(one.get('ended_by'))}" if one.get("ended_at") else "No"),
            ("Why it was ended", text(one, "ended_why")),
            ("Key", text(one, "key")),
        )


def _came(facts: Facts) -> str:
    came = facts.get("attended")
    return "Not noted" if came is None else "Attended" if came else "Did not come"


def _note(facts: Facts) -> str:
    said = f"Noted on {moment(facts.get('at'))} by {who(facts.get('by'))}: {_came(facts).lower()}."
    return f"{said} Why it was put right: {text(facts, 'why')}" if facts.get("why") else said
