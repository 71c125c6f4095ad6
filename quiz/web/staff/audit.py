"""The audit log: who did what when, newest first, and whether the chain still holds."""

import json
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.domain.roles import Permission
from quiz.records import audit, staff
from quiz.records.audit import AuditEntry
from quiz.web.guard import needs
from quiz.web.request import give_up, session
from quiz.web.staff import words

pages = Blueprint("audit", __name__, url_prefix="/staff/audit")

SIZE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `person` is the key of the driver's record that it is about, or ""."""

    sequence: int
    at: datetime
    who: str
    what: str
    subject: str
    person: str
    detail: str


@pages.get("")
@needs(Permission.SEE_AUDIT)
def newest() -> ResponseReturnValue:
    """A page of the log."""
    before = request.args.get("before", type=_sequence)
    found = audit.page(session(), before, SIZE + 1)
    names = staff.names(session())
    return render_template(
        "staff/audit/log.html",
        lines=[_line(one, names) for one in found[:SIZE]],
        older=found[SIZE - 1].sequence if len(found) > SIZE else None,
        first=before is None,
    )


@pages.post("/check")
@needs(Permission.SEE_AUDIT)
def check() -> ResponseReturnValue:
    """Work the whole chain out again."""
    give_up()  # a long read must not hold the one place for writing
    end = audit.head(session())
    broken = audit.first_break(session())
    return render_template("staff/audit/checked.html", count=end.sequence, broken=broken, head=end.hash)


def _sequence(text: str) -> int:
    """A number that an entry may have. Anything else is as good as none."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError
    return int(text)


def _line(one: AuditEntry, names: dict[str, str]) -> Line:
    kind, _, key = one.subject.partition(":")
    detail = json.loads(one.content)["detail"]
    return Line(
        sequence=one.sequence,
        at=one.at,
        who=words.actor(one.actor, names),
        what=words.event(one.event),
        subject=names.get(one.subject) or one.subject,
        person=key if kind == "person" else "",
        detail=", ".join(f"{name}: {value}" for name, value in sorted(detail.items())),
    )
