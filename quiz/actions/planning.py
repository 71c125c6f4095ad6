"""Keeping the action plan: added to, changed, closed, put into another order. Every wording is kept."""

from uuid import UUID

from quiz.actions.work import Work
from quiz.domain import action_plan as rules
from quiz.domain.action_plan import Action
from quiz.domain.errors import Refused
from quiz.records import action_plan
from quiz.records.action_plan import ActionChange, ActionItem
from quiz.records.base import new_id


def add(work: Work, action: Action) -> ActionItem:
    """A new line at the end."""
    action = _tidy(action)
    action_plan.locked(work.session)
    row = ActionItem(id=new_id(), place=action_plan.last_place(work.session) + 1, **_columns(action), **_by(work))
    work.session.add(row)
    work.session.flush()
    _keep(work, row, "action.added")
    return row


def change(work: Work, item_id: UUID, action: Action) -> ActionItem:
    """Another wording, day or state of a line. What it was before stays kept."""
    action = _tidy(action)
    row = _line(work, item_id)
    if row.said == action:
        return row
    for name, value in {**_columns(action), **_by(work)}.items():
        setattr(row, name, value)
    work.session.flush()
    _keep(work, row, "action.changed")
    return row


def move(work: Work, item_id: UUID, up: bool) -> None:
    """One place up or down; nothing where there is no place."""
    rows = action_plan.locked(work.session)
    at = next((n for n, one in enumerate(rows) if one.id == item_id), None)
    if at is None:
        raise _unknown()
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return
    rows[at].place, rows[other].place = rows[other].place, rows[at].place
    work.session.flush()
    for row in (rows[at], rows[other]):
        work.session.add(_change(work, row))
    work.session.flush()
    work.record("action.moved", f"action:{item_id}", place=rows[at].place)


def _line(work: Work, item_id: UUID) -> ActionItem:
    row = next((one for one in action_plan.locked(work.session) if one.id == item_id), None)
    if row is None:
        raise _unknown()
    return row


def _unknown() -> Refused:
    return Refused("action-unknown", "There is no such action.")


def _tidy(action: Action) -> Action:
    found = Action(
        action.area.strip(), action.action.strip(), action.owner.strip(), action.due, action.status,
        action.evidence.strip(),
    )  # fmt: skip
    rules.must_make_sense(found)
    return found


def _columns(action: Action) -> dict[str, object]:
    return {
        "area": action.area, "action": action.action, "owner": action.owner, "due": action.due,
        "status": action.status, "evidence": action.evidence,
    }  # fmt: skip


def _by(work: Work) -> dict[str, object]:
    return {"changed_at": work.now, "changed_by": work.actor}


def _keep(work: Work, row: ActionItem, event: str) -> None:
    kept = _change(work, row)
    work.session.add(kept)
    work.session.flush()
    work.record(event, f"action:{row.id}", change=kept.id)


def _change(work: Work, row: ActionItem) -> ActionChange:
    return ActionChange(
        id=new_id(), item_id=row.id, place=row.place, **_columns(row.said), at=work.now, by=work.actor
    )  # fmt: skip
