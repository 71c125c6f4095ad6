"""The sections of an evidence pack around its paper: who, why, when, by which rules, and what came after."""

import json
from collections.abc import Iterator, Mapping

from quiz.documents import evidence_training
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
from quiz.domain import evidence, numbers
from quiz.domain.evidence import AUDIT, Facts

ENDS = {"sent-in": "The driver sent it in", "time": "Time ran out; what was saved until then was marked"}


def named(items: Mapping[str, Facts], start: str) -> list[Facts]:
    """The items whose names begin so, in their order."""
    return [facts for name, facts in sorted(items.items()) if name.startswith(start)]


def before(items: Mapping[str, Facts]) -> Iterator[Fact]:
    """Who sat, why, how identity was checked, and the times."""
    yield _driver(items.get("person", {}), items.get("identity", {}))
    yield _invitation(items.get("invitation", {}))
    yield _test(items)
    yield _rules(items.get("blueprint", {}))


def after(items: Mapping[str, Facts]) -> Iterator[Fact]:
    """Decisions, certificates, letters, and what holds all of it together."""
    yield from _readings(several(items.get("readings", {}), "found"))
    yield section("Decisions", *_decisions(named(items, "decision/")))
    yield section("Certificates", *_certificates(named(items, "certificate/")))
    yield section("What the driver said about what a computer noticed", *_replies(items.get("replies", {})))
    yield section("Letters", *_letters(items.get("letters", {})))
    yield section("Training", *evidence_training.blocks(items.get("training", {})))
    yield _seal(items.get("seal", {}))
    yield section("Audit log", *_log(named(items, AUDIT), items.get("log", {})))


def _driver(person: Facts, identity: Facts) -> Fact:
    held = [text(one, "words") + (f", ends {day(one.get('ends'))}" if one.get("ends") else "")
            for one in several(person, "licences")]  # fmt: skip
    signed_in = [
        (moment(one.get("from")), clock(one.get("to")) or "open", text(one, "ended"), text(one, "key"))
        for one in several(identity, "sign_ins")
    ]
    return section(
        "Who the driver is",
        rows(
            ("Name", text(person, "name")), ("Licences", "; ".join(held)), ("Key in the audit log", text(person, "key"))
        ),
        lines(text(identity, "words"), *_session(group(identity, "session"))),
        table(("Signed in", "Until", "Ended by", "Key"), *signed_in, widths=(4, 2, 3, 5)),
    )


def _session(held: Facts) -> Iterator[str]:
    """Where a supervised test was sat, who let the driver in, and what was noted."""
    if not held:
        return
    yield f"{text(held, 'how')}: {text(held, 'place')}, {moment(held.get('begins_at'))}."
    yield f"Let in on {moment(held.get('let_in_at'))} by {who(held.get('let_in_by'))}."
    for one in several(held, "notes"):
        said = f"{text(one, 'what')}. {text(one, 'words')}"
        yield f"Noted on {moment(one.get('at'))} by {who(one.get('by'))}: {said}"


def _invitation(facts: Facts) -> Fact:
    codes = [
        (moment(one.get("issued_at")), who(one.get("issued_by")), moment(one.get("withdrawn_at")) or "no")
        for one in several(facts, "codes")
    ]
    return section(
        "Who invited, and why",
        rows(
            ("Why", text(facts, "reason_words")),
            ("Invited on", moment(facts.get("made_at"))),
            ("Invited by", who(facts.get("made_by"))),
            ("Last day", day(facts.get("last_day")) or "None was set"),
            ("Supervision asked for", yes(facts.get("supervised"))),
        ),
        table(("Access code issued", "By", "Replaced by a newer one"), *codes, widths=(4, 4, 4)),
    )


def _test(items: Mapping[str, Facts]) -> Fact:
    facts, agreed = items.get("attempt", {}), items.get("adjustments", {})
    stopped = [
        (
            moment(one.get("from")),
            clock(one.get("to")),
            who(one.get("stopped_by")) or "the driver",
            text(one, "for"),
            "somebody pressed" if one.get("returned") else "the pause was used up",
        )
        for one in several(items.get("pauses", {}), "taken")
    ]
    held = [
        (text(one, "what"), moment(one.get("at")), who(one.get("by")), yes(one.get("evidence_seen")),
         day(one.get("until")) or "for good", moment(one.get("ended_at")) or "no")
        for one in several(agreed, "agreed")
    ]  # fmt: skip
    return section(
        "The test",
        rows(
            ("Started", moment(facts.get("started_at"))),
            ("Time allowed until", moment(facts.get("deadline"))),
            ("Ended", moment(facts.get("finished_at"))),
            ("How it ended", ENDS.get(text(facts, "finished_how"), text(facts, "finished_how"))),
            ("Ended early by", who(facts.get("ended_early_by")) if facts.get("ended_early_by") else ""),
            ("Set aside on", moment(facts.get("set_aside_at"))),
            ("No try any more since", moment(facts.get("not_counted_since"))),
            ("Questions seen before", text(facts, "questions_seen_before")),
            ("Adjustments applied", "; ".join(words(agreed, "applied")) or "None"),
            ("Clock stopped", "" if stopped else "Never"),
            ("Telephone numbers, version", text(facts, "contacts_version")),
            ("SHA-256 of the handbook", evidence.grouped(text(facts, "handbook_sha256"))),
        ),
        *([table(("Clock stopped", "Until", "By", "For", "How it went on"), *stopped)] if stopped else []),
        *([table(("Adjustment agreed", "When", "By", "Evidence seen", "Until", "Ended"), *held)] if held else []),
    )


def _rules(facts: Facts) -> Fact:
    rules = group(group(facts, "rules"), "blueprint")
    adopted = day(facts.get("adopted_on"))
    return section(
        "The rules of the test",
        rows(
            ("Version", text(facts, "number")),
            ("Adopted", adopted or "Not by the day of this pack"),
            ("Minute", text(facts, "minute")),
            ("Basis", text(facts, "basis")),
            ("Entered", f"{moment(facts.get('made_at'))} by {who(facts.get('made_by'))}"),
            ("Minutes", text(rules, "minutes")),
            ("Pass mark", text(rules, "pass_mark")),
            ("Unsafe answers allowed", text(rules, "unsafe_limit")),
            ("Tries", f"{text(rules, 'tries')} in {text(rules, 'window_months')} months"),
            ("Days to wait", ", then ".join(words(rules, "waits_days"))),
        ),
        lines("All rules of this version stand in the file, in the item “blueprint”."),
    )


def _replies(facts: Facts) -> Iterator[Fact]:
    said = [f"{moment(one.get('at'))}: {text(one, 'words')}" for one in several(facts, "said")]
    yield lines(*(said or ["Nothing."]))


def _readings(found: list[Facts]) -> Iterator[Fact]:
    """What the readers of an unsafe answer found; no section where nobody had to read."""
    if not found:
        return
    cells = [(moment(one.get("at")), who(one.get("by")), text(one, "capacity"), text(one, "verdict")) for one in found]
    notes = [f"{who(one.get('by'))} noted for the office: {text(one, 'why')}" for one in found if one.get("why")]
    yield section("How the unsafe answers were read", table(("Read", "By", "As", "Found"), *cells), lines(*notes))


def _decisions(found: list[Facts]) -> Iterator[Fact]:
    if not found:
        yield lines("None.")
    for one in found:
        yield heading(f"{moment(one.get('at'))}: {text(one, 'kind').replace('-', ' ')}")
        yield rows(
            ("About", "This test" if one.get("about_this_test") else "The driver"),
            ("Reason", text(one, "reason_words")),
            ("Decided by", who(one.get("by"))),
            ("The driver was told", text(one, "told")),
            ("Detail", text(one, "detail")),
            ("Certificate", text(one, "certificate")),
            ("Note of the office", text(one, "note")),
        )


def _certificates(found: list[Facts]) -> Iterator[Fact]:
    if not found:
        yield lines("None was issued.")
    for one in found:
        printed = group(one, "printed")
        yield heading(f"Number {numbers.show(text(one, 'number'))}, issue {text(one, 'issue')}")
        yield rows(
            ("Issued at", moment(one.get("issued_at"))),
            ("Name", text(printed, "name")),
            ("Licences", "; ".join(words(printed, "licences"))),
            ("Test", text(printed, "test")),
            ("Issued by", text(printed, "council")),
            ("Issued on", day(printed.get("issued_on"))),
            ("Valid to the end of", day(printed.get("expires_on"))),
            ("For a new licence until", day(printed.get("use_by"))),
            ("Marked", text(printed, "mark")),
            ("Withdrawn", moment(one.get("withdrawn_at")) or "No"),
            ("Replaced by", text(one, "replaced_by") or "No other"),
        )


def _letters(facts: Facts) -> Iterator[Fact]:
    yield lines(text(facts, "words"))
    for one in several(facts, "sent"):
        came = text(one, "came_of_it") + (f", {moment(one.get('at'))}" if one.get("at") else "")
        yield rows(
            ("Letter", text(one, "what")), ("Written", moment(one.get("written_at"))), ("What came of it", came),
            ("Subject", text(one, "subject")), ("Words", text(one, "body")),
        )  # fmt: skip


def _seal(facts: Facts) -> Fact:
    if not facts.get("sha256"):
        return section("What was sealed", lines("Nothing: the test was set aside before its end."))
    return section(
        "What was sealed",
        lines(
            "When the test was marked, the digest of this text went into the audit log. Each line is a question "
            "(place, version, options in their order) or an answer (question, sign-in, number sent by the page, "
            "choice, check later, confirmed, time)."
        ),
        rows(("SHA-256", evidence.grouped(text(facts, "sha256")))),
        {"small": text(facts, "text").split("\n")},
    )


def _log(found: list[Facts], end: Facts) -> Iterator[Fact]:
    yield lines(
        "Entries about this test, its driver and its session. Keys stand for people. Each hash covers the entry’s "
        f"text and the hash before it. This pack was made when the log ended at entry {text(end, 'entries')}, with "
        f"hash {evidence.grouped(text(end, 'hash'))}."
    )
    for one in found:
        yield heading(f"Entry {text(one, 'sequence')}: {_event(text(one, 'content'))}")
        yield {"small": [text(one, "content"), f"Before: {text(one, 'previous')}", f"Hash: {text(one, 'hash')}"]}


def _event(content: str) -> str:
    try:
        said = json.loads(content)
        return f"{said['event']}, {moment(said['at'])}"
    except (ValueError, KeyError, TypeError):
        return "not readable"
