"""Lists of licence holders, staged as an upload and the worker would."""

import hashlib
from pathlib import Path
from uuid import UUID

from quiz.actions import import_reading, importing
from quiz.actions.importing import Steps
from tests.make import COUNCIL, Make

HEADER = "Licence No;Licence Type;Name;Email;Mobile;Expiry Date"


def steps(make: Make, actor: str = "cli:test") -> Steps:
    """Short transactions, and nobody who is told how far it is."""
    return Steps(lambda: make.work(actor), make.reading, lambda done, total=None, stage=None: None)


def stage(make: Make, folder: Path, *rows: str, header: str = HEADER) -> UUID:
    """A list that was uploaded, read and compared."""
    text = "\n".join([header, *rows]) + "\n"
    import_id = importing.fresh_id()
    path = importing.path(folder, import_id)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with make.work() as work:
        importing.receive(work, import_id, name="holders.csv", digest=hashlib.sha256(text.encode()).hexdigest(),
                          size=len(text), authority=COUNCIL)  # fmt: skip
    import_reading.read(steps(make), import_id, path)
    return import_id


def bring_in(make: Make, import_id: UUID, unlisted: bool = False) -> None:
    """Apply it."""
    with make.work() as work:
        importing.apply(work, import_id, unlisted)
    importing.settle(steps(make), import_id)
