"""Reading a list of licence holders and comparing it with the records: long work in short transactions."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quiz.actions import people
from quiz.actions.importing import AT_ONCE, Steps, answer_one
from quiz.domain import calendar, importing, names
from quiz.domain import import_match as matching
from quiz.domain.errors import Refused
from quiz.domain.import_cells import refuse
from quiz.domain.import_match import Match
from quiz.domain.import_rows import Reader, Row
from quiz.domain.importing import Category, Choice, Facts, Staged
from quiz.formats import holders_file
from quiz.formats.holders import Holders
from quiz.records import imports
from quiz.records.base import new_id
from quiz.records.imports import UNLISTED_FROM, ImportFile, ImportRow

EACH = 2000  # rows between two words of progress
EXAMPLES = 3
SHOWN = 100  # characters of a cell


def read(steps: Steps, import_id: UUID, path: Path) -> str:
    """Read the file, compare every row, and keep what came of it. Begun again, it begins from the start."""
    with steps.reading() as session:
        row = session.get_one(ImportFile, import_id)
        name, authority = row.name, row.authority
    steps.progress(0, 0, "Reading the file")
    found = holders_file.read(path, name)
    match = _match(steps, import_id, found)
    if lacking := matching.lacking(match):
        return f"The columns of the list are not clear yet. {lacking[0]}."
    rows, notes = _rows(steps, found, match, authority)
    staged = _compared(steps, rows)
    _keep(steps, import_id, staged)
    _keep_unlisted(steps, import_id, authority)
    with steps.work() as work:
        row = work.session.get_one(ImportFile, import_id)
        row.compared_at, row.rows, row.notes = work.now, len(rows), json.dumps(found.notes + notes)
        row.examples = json.dumps(_of_columns_read(row.kept("examples"), match))
    return f"{len(rows):,} {'row was' if len(rows) == 1 else 'rows were'} read and compared. Nothing is changed yet."


def _match(steps: Steps, import_id: UUID, found: Holders) -> Match:
    """As it was told for this list, else as it is remembered for its headings, else by their words."""
    with steps.work() as work:
        row = work.session.get_one(ImportFile, import_id)
        row.header, row.notes, row.rows = json.dumps(found.header), json.dumps(found.notes), len(found.rows)
        row.examples = json.dumps(
            [[cell[:SHOWN] for cell in one.cells[: len(found.header)]] for one in found.rows[:EXAMPLES]]
        )
        told = row.kept("match") or imports.remembered(work.session, matching.fingerprint(found.header))
        match = matching.stored(told) if told else matching.of_header(found.header)
        row.match = json.dumps(match.stored)
        return match


def _of_columns_read(examples: list[list[str]], match: Match) -> list[list[str]]:
    """What stands in a column that is not read is not kept any longer than it is needed to say what the column is."""
    return [[cell if match.fields[place] else "" for place, cell in enumerate(cells)] for cells in examples]


def _rows(steps: Steps, found: Holders, match: Match, authority: str) -> tuple[list[Row], list[str]]:
    reader = Reader(match, authority, _email, _phone, _printable)
    rows = []
    for place, line in enumerate(found.rows):
        if place % EACH == 0:
            steps.progress(place, 2 * len(found.rows), "Reading the rows")
        rows.append(reader.read(line.number, line.cells, line.wrong))
    return rows, reader.told()


def _email(text: str) -> str:
    try:
        return people.email_address(text)
    except Refused:
        refuse(f"“{text}” is no e-mail address")


def _phone(text: str) -> str:
    try:
        return people.phone_number(text)
    except Refused:
        refuse(f"“{text}” is no telephone number")


def _printable(text: str) -> None:
    people.must_be_printable(text, "import-cell")


def _compared(steps: Steps, rows: list[Row]) -> list[Staged]:
    steps.progress(len(rows), 2 * len(rows), "Comparing with the records")
    with steps.work() as work:
        today = calendar.day_of(work.now)
    with steps.reading() as session:
        held = imports.held(session, (one.key for one in rows if one.key))
        strangers = (one for one in rows if (one.authority, one.kind, one.key) not in held)
        known = imports.known(session, {names.key(one.name) for one in strangers})
    return importing.compare(rows, Facts(today, held, known, new_id))


def _keep(steps: Steps, import_id: UUID, staged: list[Staged]) -> None:
    with steps.reading() as session:
        before = imports.choices(session, import_id)
    gone = False
    while not gone:
        with steps.work() as work:
            gone = not imports.forget(work.session, import_id, AT_ONCE)
    for start in range(0, len(staged), AT_ONCE):
        if start % EACH == 0:
            steps.progress(len(staged) + start, 2 * len(staged), "Keeping what came of it")
        some = [_stored(import_id, one) for one in staged[start : start + AT_ONCE]]
        with steps.work() as work:
            work.session.execute(insert(ImportRow), some)
    with steps.work() as work:
        _answer_again(work.session, import_id, before)


def _answer_again(session: Session, import_id: UUID, before: Mapping[int, tuple[str, str]]) -> None:
    for number, (question, choice) in sorted(before.items()):
        one = session.get(ImportRow, (import_id, number))
        if one is not None and one.question == question:
            answer_one(session, one, Choice(choice))


def _stored(import_id: UUID, one: Staged) -> dict[str, Any]:
    row, held = one.row, one.held
    refused = one.category is Category.REFUSED
    name, email, phone = (row.name, row.email, row.phone) if refused or not one.licence_id else one.said
    return {
        "import_id": import_id, "number": row.number, "category": one.category.value, "question": str(one.question),
        "choice": "", "reason": one.reason, "authority": row.authority, "kind": row.kind, "licence": row.licence,
        "number_key": row.key, "name": name, "name_key": names.key(name), "email": email, "phone": phone,
        "expires_on": row.expires if refused else one.expires, "unlisted_since": one.unlisted,
        "was_name": held.name if held else None, "was_email": held.email if held else None,
        "was_phone": held.phone if held else None, "was_expires_on": held.expires if held else None,
        "was_unlisted_since": held.unlisted if held else None, "licence_id": one.licence_id,
        "person_id": one.person_id, "own_id": one.person_id if held is None else None, "other_id": one.other_id,
        "taken": one.taken, "adds_person": one.adds_person, "adds_licence": _adds(one), "changes": _changes(one),
    }  # fmt: skip


def _adds(one: Staged) -> bool:
    return one.adds_licence and one.category is not Category.REFUSED


def _changes(one: Staged) -> bool:
    return one.changes and one.category is not Category.REFUSED


def _keep_unlisted(steps: Steps, import_id: UUID, authority: str) -> None:
    with steps.reading() as session:
        missing = imports.not_named(session, import_id, authority)
    with steps.work() as work:
        today = calendar.day_of(work.now)
    for start in range(0, len(missing), AT_ONCE):
        some = []
        for number, one in enumerate(missing[start : start + AT_ONCE], UNLISTED_FROM + start):
            licence_id, person_id, of, kind, key, name, email, phone, expires, _unlisted, licence = one
            some.append({
                "import_id": import_id, "number": number, "category": Category.UNLISTED.value, "authority": of,
                "kind": kind, "licence": licence, "number_key": key, "name": name, "name_key": names.key(name),
                "email": email, "phone": phone, "expires_on": expires, "unlisted_since": today, "was_name": name,
                "was_email": email, "was_phone": phone, "was_expires_on": expires, "licence_id": licence_id,
                "person_id": person_id, "changes": True, "taken": False, "adds_person": False, "adds_licence": False,
            })  # fmt: skip
        steps.progress(start, len(missing), "Looking for licences that the list does not name")
        with steps.work() as work:
            work.session.execute(insert(ImportRow), some)
