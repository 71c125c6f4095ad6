"""Gathers the paper of an attempt as plain facts: questions as they were shown, all answers, marks, and the seal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import sitting
from quiz.actions.gathering import Eyes, day, moment
from quiz.domain import contacts, pass_rule
from quiz.domain.attempt import Given
from quiz.domain.blueprint import Blueprint
from quiz.domain.contacts import ContactSet
from quiz.domain.decisions import REASONS, Kind
from quiz.domain.editing import Answer
from quiz.domain.errors import Refused
from quiz.domain.evidence import ANSWERS, QUESTION, Facts, Plain
from quiz.domain.marking import Tally
from quiz.domain.question import Draft, Option
from quiz.records import answers, attempts, bank, evidence, marks, papers
from quiz.records import contacts as numbers
from quiz.records.answers import Said
from quiz.records.attempts import Attempt, Paper, Place
from quiz.records.found_wrong import FoundWrong
from quiz.records.marks import Marking
from quiz.records.questions import Agreement, Approval, Version


@dataclass(frozen=True, slots=True)
class Printed:
    """One question of a paper with all that stands about its version.

    `counted`: its unsafe options counted as unsafe when the test was marked.
    """

    place: Place
    version: Version
    approval: Approval
    agreements: list[Agreement]
    draft: Draft
    counted: bool
    wrong: FoundWrong | None


def paper(session: Session, attempt: Attempt, sources: Mapping[str, str], seen_by: Eyes) -> Iterator[tuple[str, Facts]]:
    """The items of the paper, each with its name. `sources` are the titles of what questions rest on, by key."""
    sheet = attempts.paper(session, attempt.person_id, attempt.id)
    if sheet is None:
        raise LookupError("an attempt without a paper")
    rules, known = papers.of(session, attempt.blueprint_id), numbers.load(session, attempt.contacts_version)
    found = evidence.marks(session, attempt.id)
    printed = _printed(session, sheet, known, found[0].at if found else sheet.deadline)
    log = list(enumerate(answers.said(session, sheet.id), 1))
    for one, given in zip(printed, sitting.given(session, sheet), strict=True):
        name = f"{one.place.position:02}"
        yield QUESTION + name, _question(one, rules, sources, seen_by)
        yield ANSWERS + name, _answers(one, given, log, found)
    yield "contacts", _contacts(session, sheet, known)
    for mark in found:
        yield f"mark/{mark.number:02}", _mark(mark, rules, seen_by)
    yield "seal", {"text": "\n".join(sitting.sealed_text(session, sheet)), "sha256": attempt.sealed}


def _printed(session: Session, sheet: Paper, known: ContactSet, marked_at: datetime) -> list[Printed]:
    ids = [place.version for place in sheet.slots]
    versions, agreed = evidence.versions(session, ids), evidence.agreements(session, ids)
    wrong = evidence.found_wrong(session, ids)
    return [
        Printed(
            place, *versions[place.version], agreed.get(place.version, []),
            _filled(versions[place.version][0].draft, known),
            _counted(agreed.get(place.version, []), wrong.get(place.version), sheet.started_at, marked_at),
            wrong.get(place.version),
        )
        for place in sheet.slots
    ]  # fmt: skip


def _counted(said: list[Agreement], wrong: FoundWrong | None, started_at: datetime, marked_at: datetime) -> bool:
    """As the marking saw it: agreed before the start, and nothing against it. A later withdrawal changes no fact."""
    if wrong is not None and wrong.at <= marked_at:
        return False
    stood = [one for one in said if one.withdrawn_at is None or one.withdrawn_at > marked_at]
    agreed = any(one.answer == Answer.AGREE and one.recorded_at <= started_at for one in stood)
    return agreed and not any(one.answer != Answer.AGREE and one.recorded_at <= marked_at for one in stood)


def _filled(draft: Draft, known: ContactSet) -> Draft:
    """The question with the names and numbers that its driver saw."""

    def fill(text: str) -> str:
        try:
            return contacts.fill(text, known)
        except Refused:  # a reason or a harm, which no driver sees, may name a contact of a later set
            return text

    options = tuple(
        Option(fill(one.text), one.right, one.unsafe, fill(one.harm), one.source, fill(one.why))
        for one in draft.options
    )
    return Draft(
        draft.id, draft.topic, fill(draft.stem), options, fill(draft.why), draft.sources, draft.section,
        draft.review_by, draft.two, draft.local, draft.foes,
    )  # fmt: skip


def _question(one: Printed, rules: Blueprint, sources: Mapping[str, str], seen_by: Eyes) -> Facts:
    version, draft = one.version, one.draft
    return {
        "position": one.place.position,
        "question": version.question_id,
        "version": version.number,
        "version_key": str(version.id),
        "topic": version.topic,
        "topic_words": rules.topic(version.topic).name,
        "critical": version.critical,
        "choose_two": draft.two,
        "text": draft.stem,
        "options": [
            _option(place, option, draft.options[option], one.counted)
            for place, option in enumerate(one.place.order, 1)
        ],
        "why": draft.why,
        "sources": [{"key": key, "title": sources.get(key, "")} for key in draft.sources],
        "handbook": draft.section,
        "approved": _approval(one.approval, seen_by),
        "agreements": [_agreement(said, seen_by) for said in one.agreements],
        "found_wrong": _found_wrong(one.wrong, seen_by) if one.wrong else None,
    }


def _option(place: int, number: int, option: Option, counted: bool) -> Facts:
    """One option where it stood on the page; `option` is its number in the question as it was written, from 0."""
    return {
        "place": place,
        "option": number,
        "text": option.text,
        "right": option.right,
        "marked_unsafe": option.unsafe,
        "counted_as_unsafe": option.unsafe and counted,
        "why": option.why,
        "harm": option.harm,
        "source": option.source,
    }


def _approval(row: Approval, seen_by: Eyes) -> Facts:
    return {
        "origin": row.origin,
        "at": moment(row.at),
        "author": seen_by.who(row.author),
        "approver": seen_by.who(row.approver),
        "lead": seen_by.who(row.lead),
    }


def _agreement(row: Agreement, seen_by: Eyes) -> Facts:
    told: dict[str, Plain] = {
        "body": row.body,
        "role": row.role,
        "answer": row.answer,
        "on": day(row.agreed_on),
        "recorded_at": moment(row.recorded_at),
        "withdrawn_at": moment(row.withdrawn_at),
    }
    return told | {"comment": row.comment} if seen_by.inside else told


def _found_wrong(row: FoundWrong, seen_by: Eyes) -> Facts:
    told: dict[str, Plain] = {
        "at": moment(row.at),
        "by": seen_by.who(row.by),
        "reason": row.reason,
        "reason_words": REASONS[Kind.MARK_AGAIN].get(row.reason, row.reason),
        "told": row.told,
    }
    return told | {"note": row.note} if seen_by.inside else told


def _answers(one: Printed, given: Given, log: list[tuple[int, Said]], found: list[Marking]) -> Facts:
    """All answers to one question, and the one that counts. `number` is the order in which the server took them."""
    order = one.place.order
    places = [place for place, option in enumerate(order, 1) if option in given.chosen]
    right = {n for n, option in enumerate(one.draft.options) if option.right}
    return {
        "position": one.place.position,
        "log": [_said(number, said) for number, said in log if said.position == one.place.position],
        "counts": {
            "places": places,
            "words": [one.draft.options[order[place - 1]].text for place in places],
            "confirmed": given.confirmed,
            "check_later": given.later,
            "right_by_the_key": set(given.chosen) == right,
            "found_wrong": bool(found) and str(one.place.position) in (found[-1].excused or "").split(","),
            "unsafe": bool(found) and str(one.place.position) in found[-1].unsafe.split(","),
            "unsafe_at_first": bool(found) and str(one.place.position) in found[0].unsafe.split(","),
        },
    }


def _said(number: int, said: Said) -> Facts:
    return {
        "number": number,
        "session": str(said.session_id),
        "sequence": said.sequence,
        "choice": said.choice,
        "later": said.later,
        "confirmed": said.confirmed,
        "at": said.at.isoformat(),
    }


def _contacts(session: Session, sheet: Paper, known: ContactSet) -> Facts:
    """The version of the contacts that this paper keeps, and those of them that its questions name."""
    texts = [_words(draft) for draft in bank.drafts(session, _ids(sheet)).values()]
    named = {key for text in texts for key in contacts.placeholders(text)}
    return {
        "version": known.version,
        "named": [
            {
                "key": one.key,
                "name": one.name,
                "number": one.number,
                "note": one.note,
                "checked_on": day(one.checked_on),
            }
            for one in known.contacts
            if one.key in named
        ],
    }


def _ids(sheet: Paper) -> list[UUID]:
    return [place.version for place in sheet.slots]


def _words(draft: Draft) -> str:
    parts = [draft.stem, draft.why, *(part for one in draft.options for part in (one.text, one.why, one.harm))]
    return " ".join(parts)


def _counts(words: Mapping[str, str], found: Mapping[str, Tally]) -> list[Plain]:
    """In the order of the rules."""
    return [
        {"key": key, "name": name, "right": found[key].right, "of": found[key].of}
        for key, name in words.items()
        if key in found
    ]


def _mark(mark: Marking, rules: Blueprint, seen_by: Eyes) -> Facts:
    found = marks.read(mark)
    return {
        "number": mark.number,
        "at": moment(mark.at),
        "by": seen_by.who(mark.by),
        "because": mark.because,
        "right": mark.score,
        "of": mark.of,
        "outcome": mark.outcome,
        "reasons": [why for why in mark.reasons.split(",") if why],
        "unsafe_questions": list(found.unsafe),
        "questions_found_wrong": list(found.excused),
        "below": [key for key in mark.below.split(",") if key],
        "groups": _counts({one.key: one.name for one in rules.groups}, found.groups),
        "topics": _counts({one.code: f"{one.code} {one.name}" for one in rules.topics}, found.topics),
        "rule": list(pass_rule.applied(found, rules)),
    }
