"""The action plan that stands beside the report: what is to be done, by which post, until when, and what shows it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.domain import calendar
from quiz.domain.errors import Refused

LONGEST_AREA = 120
LONGEST_OWNER = 120
LONGEST = 1000


class Status(StrEnum):
    """How far an action is."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    COMPLETED = "completed"
    DROPPED = "dropped"


STATUS_WORDS = {
    Status.NOT_STARTED: "Not started",
    Status.UNDER_WAY: "Under way",
    Status.COMPLETED: "Completed",
    Status.DROPPED: "Will not be done",
}
CLOSED = (Status.COMPLETED, Status.DROPPED)


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the plan. `owner` is a post, not a person."""

    area: str
    action: str
    owner: str
    due: date | None
    status: Status
    evidence: str

    def is_late(self, today: date) -> bool:
        """Its day is over and it is still open."""
        return self.due is not None and self.due < today and self.status not in CLOSED

    def row(self, today: date) -> tuple[str, str, str, str, str, str]:
        """The line in the form that committees know."""
        due = calendar.words(self.due) if self.due else "No date"
        status = STATUS_WORDS[self.status] + (", overdue" if self.is_late(today) else "")
        return (self.area, self.action, self.owner, due, status, self.evidence)


def must_make_sense(action: Action) -> None:
    """Says what, by whom; and what is completed says by what that shows."""
    for name, text, longest, words in (
        ("area", action.area, LONGEST_AREA, "Enter the key area."),
        ("action", action.action, LONGEST, "Enter what is to be done."),
        ("owner", action.owner, LONGEST_OWNER, "Enter which post or team does it."),
    ):
        if not text.strip():
            raise Refused(f"action-{name}", words)
        if len(text) > longest:
            raise Refused(f"action-{name}", f"Use {longest} characters or fewer.")
    if "@" in action.owner:
        raise Refused("action-owner", "Enter a post or a team, not a person: the plan is printed in public reports.")
    if len(action.evidence) > LONGEST:
        raise Refused("action-evidence", f"Use {LONGEST} characters or fewer.")
    if action.status is Status.COMPLETED and not action.evidence.strip():
        raise Refused("action-evidence", "Say what shows that it is completed.")
