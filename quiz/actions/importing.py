"""A list of licence holders: received, matched, decided about, applied as a whole or not at all, and forgotten."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain import import_match as matching
from quiz.domain.errors import Refused
from quiz.domain.import_match import FIELD_WORDS, Field, Match
from quiz.domain.import_rows import Act
from quiz.domain.importing import CHOICES, Category, Choice, Question
from quiz.domain.licence import KIND_WORDS, Kind
from quiz.formats import holders_file
from quiz.records import import_apply, imports, standing
from quiz.records.base import new_id
from quiz.records.import_apply import Done
from quiz.records.imports import ImportFile, ImportMatch, ImportRow

READ, APPLY, DISCARD = "drivers.import", "drivers.apply", "drivers.discard"  # kinds of long work
FOLDER = "imports"  # of the instance
AT_ONCE = 500
REVERSAL = (
    Field.ACTION, Field.AUTHORITY, Field.KIND, Field.NUMBER, Field.NAME, Field.EMAIL, Field.PHONE, Field.EXPIRES,
    Field.UNLISTED,
)  # fmt: skip


class Progress(Protocol):
    """Says how far something is."""

    def __call__(self, done: int, total: int | None = None, stage: str | None = None) -> None: ...


@dataclass(frozen=True)
class Steps:
    """How long work is done in short transactions."""

    work: Callable[[], AbstractContextManager[Work]]
    reading: Callable[[], AbstractContextManager[Session]]
    progress: Progress


def path(instance: Path, import_id: UUID) -> Path:
    """Where the file lies, under a name that nobody can guess."""
    return instance / FOLDER / str(import_id)


def keep(instance: Path, import_id: UUID, name: str, content: BinaryIO) -> tuple[str, int]:
    """Keep a file that was sent, unless it is refused at once. Gives its SHA-256 and its size in bytes."""
    target = path(instance, import_id)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(64 * 1024):
            digest.update(piece)
            size += file.write(piece)
    try:
        holders_file.check(target, name)
    except Refused:
        target.unlink()
        raise
    return digest.hexdigest(), size


def receive(work: Work, import_id: UUID, *, name: str, digest: str, size: int, authority: str) -> ImportFile:
    """Note a file that was uploaded. `digest` is its SHA-256."""
    shown = "".join(c for c in name if c.isprintable())[-100:]
    row = ImportFile(id=import_id, name=shown, digest=digest, size=size, authority=authority,
                     uploaded_by=work.actor, uploaded_at=work.now)  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record("import.uploaded", f"import:{import_id}", sha256=digest, bytes=size)
    return row


def match(work: Work, row: ImportFile, found: Match) -> None:
    """Say which column is what, and remember it for lists with the same headings."""
    _must_be_open(work.session, row)
    if lacking := matching.lacking(found):
        raise Refused("import-match", f"{lacking[0]}.")
    text = json.dumps(found.stored)
    row.match, row.compared_at = text, None
    key = matching.fingerprint(row.kept("header"))
    kept = work.session.get(ImportMatch, key) or ImportMatch(fingerprint=key)
    kept.match, kept.kept_at, kept.kept_by = text, work.now, work.actor
    work.session.add(kept)
    work.record("import.matched", f"import:{row.id}", fields=",".join(one or "-" for one in found.fields))


def discard(work: Work, row: ImportFile) -> None:
    """It is not wanted any more: it cannot be applied from now on. Its rows are removed by long work."""
    _must_be_open(work.session, row)
    row.compared_at = None


def again(work: Work, row: ImportFile) -> None:
    """It is to be compared again. What was decided stays, where the same is asked again."""
    _must_be_open(work.session, row)
    row.compared_at = None
    work.record("import.compared-again", f"import:{row.id}")


def decide(work: Work, row: ImportFile, answers: Mapping[int, str]) -> int:
    """Answer what is asked about rows. Gives how many answers are new."""
    _must_be_open(work.session, row)
    changed = 0
    for number, answer in sorted(answers.items()):
        one = work.session.get(ImportRow, (row.id, number))
        if one is None or one.category != Category.DECIDE:
            raise Refused("import-row", "Nothing is asked about this row. Look at the list again.")
        choice = Choice(answer) if answer in list(Choice) else None
        if choice is None or (choice and choice not in CHOICES[Question(one.question)]):
            raise Refused("import-choice", "This is no answer to what is asked about the row.")
        if one.choice != choice:
            answer_one(work.session, one, choice)
            changed += 1
    if changed:
        work.record("import.decided", f"import:{row.id}", rows=changed)
    return changed


def answer_one(session: Session, one: ImportRow, choice: Choice) -> None:
    """What an answer makes of a row. Of rows for the same licence only one can be used."""
    one.choice, one.taken = choice, choice is not Choice.LEAVE
    if one.question == Question.PERSON:
        one.adds_person, one.adds_licence = choice is Choice.OTHER, one.taken
        one.person_id = one.other_id if choice is Choice.SAME else one.own_id
    if one.question == Question.TWICE and one.taken:
        for other in imports.same_licence(session, one):
            other.choice, other.taken = Choice.LEAVE, False
    session.flush()


def apply(work: Work, import_id: UUID, unlisted: bool, seen: str | None = None) -> Done:
    """Bring the whole list in, in this transaction. `unlisted`: also mark licences that it no longer names.

    `seen` is what the officer looked at, where anybody else can have changed the list since.
    """
    row = imports.lock(work.session, import_id)
    must_be_ready(work.session, row, seen)
    if unlisted:
        imports.take_unlisted(work.session, import_id)
    import_apply.lock_people(work.session, import_id)
    if number := import_apply.stale(work.session, import_id):
        rows = "1 row was" if number == 1 else f"{number:,} rows were"
        raise Refused(
            "import-stale",
            f"Nothing was changed: {rows} compared with records that have changed since. Compare the list again.",
        )
    done = import_apply.write(work.session, import_id, work.now)
    if done == Done(0, 0, 0, 0):
        raise Refused("import-nothing", "There is nothing to change.")
    row.applied_at, row.applied_by = work.now, work.actor
    left = imports.undecided(work.session, import_id)
    work.record("drivers.imported", f"import:{import_id}", sha256=row.digest, left_out=left, **asdict(done))
    return done


def settle(steps: Steps, import_id: UUID) -> None:
    """Work out where everybody concerned stands now, in short transactions. It may be done twice."""
    with steps.reading() as session:
        people = import_apply.touched(session, import_id)
    for start in range(0, len(people), AT_ONCE):
        steps.progress(start, len(people), "Working out who is due")
        with steps.work() as work:
            standing.refresh(work.session, people[start : start + AT_ONCE])
    with steps.work() as work:
        row = work.session.get_one(ImportFile, import_id)
        row.settled_at = row.settled_at or work.now


def clear(steps: Steps, instance: Path, import_id: UUID, event: str = "import.discarded") -> None:
    """Forget the rows and the file. What was applied stays; it can then no longer be undone by a reversal file."""
    while True:
        with steps.work() as work:
            if not imports.forget(work.session, import_id, AT_ONCE):
                break
    path(instance, import_id).unlink(missing_ok=True)
    with steps.work() as work:
        row = work.session.get_one(ImportFile, import_id)
        if row.cleared_at is None:
            row.cleared_at, row.examples = work.now, "[]"
            work.record(event, f"import:{import_id}")


def reversal(session: Session, import_id: UUID) -> Iterator[list[object]]:
    """The rows of the file that undoes a list: what was added is to be marked, what was changed to be restored."""
    for category in (Category.NEW, Category.DECIDE, Category.CHANGED, Category.UNLISTED):
        after = -1
        while some := imports.page(session, import_id, category, after, AT_ONCE):
            after = some[-1].number
            yield from (_undone(one) for one in some if one.taken)


def reversal_header() -> list[str]:
    """Its headings, which an import knows again."""
    return [FIELD_WORDS[one] for one in REVERSAL]


def fresh_id() -> UUID:
    """The key of a list that is about to be received; its file is kept under it first."""
    return new_id()


def _undone(one: ImportRow) -> list[object]:
    licence = [one.authority, KIND_WORDS[Kind(one.kind)], one.licence]
    if one.adds_licence:
        return [Act.REMOVE.value, *licence, one.name, one.email, one.phone, one.expires_on, None]
    before = [one.was_name, one.was_email, one.was_phone, one.was_expires_on, one.was_unlisted_since]
    return [Act.RESTORE.value, *licence, *before]


def must_be_ready(session: Session, row: ImportFile, seen: str | None = None) -> None:
    """Only what was compared, and is not over, can be brought in; and only as whoever wants it has seen it."""
    _must_be_open(session, row)
    if row.compared_at is None:
        raise Refused("import-not-ready", "The list has not been compared yet.")
    if seen is not None and seen != as_seen(session, row):
        raise Refused("import-changed", "The list has changed since you looked at it: somebody compared it again or "
                      "decided about rows. Nothing was changed. Look at the list again.")  # fmt: skip


def as_seen(session: Session, row: ImportFile) -> str:
    """Stands for a list as it is on a page: when it was compared, and everything that was decided so far."""
    decided = sorted(imports.choices(session, row.id).items())
    return hashlib.sha256(json.dumps([str(row.compared_at), decided]).encode()).hexdigest()


def _must_be_open(session: Session, row: ImportFile) -> None:
    applied, cleared = imports.ended(session, row.id)
    if applied is not None:
        raise Refused("import-applied", "This list has been brought in already. To undo it, import its reversal file.")
    if cleared is not None:
        raise Refused("import-cleared", "This list has been discarded. Upload the file again.")
