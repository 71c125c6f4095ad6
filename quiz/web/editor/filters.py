"""Which questions the list shows, and which of them wait for the one who is looking."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from quiz.domain import editing
from quiz.domain.editing import Status
from quiz.domain.errors import Refused
from quiz.domain.roles import Role
from quiz.records.bank import Line


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: audit key, roles, and the London day."""

    actor: str
    roles: frozenset[Role]
    today: date

    def is_asked(self, line: Line) -> bool:
        """Whether this question waits for a review that the viewer can give."""
        try:
            editing.must_be_reviewable(self.actor, line.author, line.status, line.reviews)
        except Refused:
            return False
        return bool(editing.asked(self.roles, line.critical, line.reviews))


STATUSES: dict[str, tuple[str, Callable[[Line, Viewer], bool]]] = {
    "waiting": ("Waiting for your review", lambda line, viewer: viewer.is_asked(line)),
    "draft": ("Draft", lambda line, viewer: line.status is Status.DRAFT),
    "in-review": ("In review", lambda line, viewer: line.status is Status.IN_REVIEW and not line.loaded),
    "returned": ("Returned", lambda line, viewer: line.status is Status.RETURNED),
    "approved": ("Approved", lambda line, viewer: line.status is Status.APPROVED),
    "suspended": ("Suspended", lambda line, viewer: line.suspended),
    "loaded": ("Loaded, not yet reviewed here", lambda line, viewer: line.unreviewed),
    "overdue": ("Past its review-by date", lambda line, viewer: line.review_by < viewer.today),
    "unagreed": (
        "Agreement wanted",
        lambda line, viewer: line.wants_agreement and not line.agreed,
    ),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for, as it stands in the address. Empty means: all."""

    topic: str = ""
    status: str = ""
    critical: bool = False
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.topic or self.status or self.critical or self.text)

    def chosen(self, lines: Iterable[Line], viewer: Viewer) -> list[Line]:
        """The questions that fit."""
        words = self.text.casefold().split()
        fits = STATUSES[self.status][1] if self.status else lambda line, viewer: True
        return [
            line
            for line in lines
            if (not self.topic or line.topic == self.topic)
            and (line.critical or not self.critical)
            and fits(line, viewer)
            and all(word in f"{line.stem} {line.question}".casefold() for word in words)
        ]

    def address(self, **changes: str) -> dict[str, str]:
        """The same as the pairs of an address; empty ones are left out."""
        found = {
            "topic": self.topic,
            "status": self.status,
            "critical": "y" if self.critical else "",
            "text": self.text,
        }
        return {key: value for key, value in {**found, **changes}.items() if value}


def asked_for(args: MultiDict[str, str]) -> Filters:
    """The filters of an address. What is not known is left out."""
    status = args.get("status", "")
    return Filters(
        topic=args.get("topic", ""),
        status=status if status in STATUSES else "",
        critical="critical" in args,
        text=args.get("text", "").strip()[:100],
    )
