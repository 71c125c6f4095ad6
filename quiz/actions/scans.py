"""Keeping the scan of a certificate in the instance folder, and taking it out again. Both are on the record."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain.errors import Refused
from quiz.formats import scan_file
from quiz.records import scans
from quiz.records.base import new_id
from quiz.records.elsewhere import AcceptedPass
from quiz.records.scans import Scan
from quiz.records.training import AcceptedAttendance

FOLDER = "uploads"  # of the instance
LEFT_FOR = timedelta(days=1)  # far longer than a request takes
GONE = "The scan cannot be read: the file is missing, or it is not what was kept. Tell whoever looks after the service."


def keep(work: Work, instance: Path, row: AcceptedPass | AcceptedAttendance, content: bytes, name: str) -> Scan:
    """Keep a scan that is what it says it is, under a name that nobody can guess. Refuses anything else."""
    kind = scan_file.kind_of(content, name)
    file = f"scan-{work.chance.randbytes(16).hex()}.{kind}"
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / file).open("xb") as target:
        target.write(content)
    passed = isinstance(row, AcceptedPass)
    scan = Scan(
        id=new_id(), pass_id=row.id if passed else None, attendance_id=None if passed else row.id, file=file, kind=kind,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), at=work.now, by=work.actor,
    )  # fmt: skip
    work.session.add(scan)
    work.session.flush()
    work.record("scan.kept", f"person:{row.person_id}", scan=scan.id, sha256=scan.sha256, size=scan.size)
    return scan


def take(work: Work, instance: Path, row: AcceptedPass | AcceptedAttendance, scan: Scan) -> bytes:
    """The file as it was kept; whoever takes it is on the record."""
    path = instance / FOLDER / scan.file
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != scan.sha256:
        raise Refused("scan-gone", GONE)
    work.record("scan.taken", f"person:{row.person_id}", scan=scan.id)
    return content


def left_over(session: Session, instance: Path, now: datetime) -> list[Path]:
    """Files of which no row tells, a day old: their request failed after they were written."""
    old = (now - LEFT_FOR).timestamp()
    found = {path.name: path for path in (instance / FOLDER).glob("scan-*") if path.stat().st_mtime < old}
    return [found[name] for name in sorted(found.keys() - scans.named(session, list(found)))]


def sweep(work: Work, files: Sequence[Path]) -> None:
    """Erase them."""
    for path in files:
        path.unlink(missing_ok=True)
    work.record("scans.swept", "service", files=len(files))
