"""All versions of one question with what has become of each, in three statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.domain import editing
from quiz.domain.editing import Answer, Status
from quiz.records.questions import Agreement, Approval, Review, ReviewRequest, Version


@dataclass(frozen=True, slots=True)
class Past:
    """One version: who asked for review, what was said, who outside agreed. `live`: it is the one that may be drawn.

    `loaded`: it came with the program, may be drawn, and still lacks a review here.
    """

    version: Version
    sent: ReviewRequest | None
    approval: Approval | None
    reviews: tuple[Review, ...]
    agreements: tuple[Agreement, ...]
    status: Status
    live: bool
    loaded: bool

    @property
    def said(self) -> list[editing.Review]:
        """The reviews as the rules of editing want them."""
        return [one.said for one in self.reviews]

    @property
    def agreed(self) -> bool:
        """Whether an agreement is in force and nothing that a body said stands against it."""
        return editing.agreed(Answer(one.answer) for one in self.agreements if one.withdrawn_at is None)


def of(session: Session, question_id: str) -> list[Past]:
    """The versions of a question, newest first; none for a question that does not exist."""
    rows = session.execute(
        select(Version, ReviewRequest, Approval)
        .outerjoin(ReviewRequest, ReviewRequest.version_id == Version.id)
        .outerjoin(Approval, Approval.version_id == Version.id)
        .where(Version.question_id == question_id)
        .order_by(Version.number.desc())
    ).all()
    ids = [row.Version.id for row in rows]
    reviews = session.scalars(
        select(Review).where(Review.version_id.in_(ids)).order_by(Review.at, Review.reviewer)
    ).all()
    agreements = session.scalars(
        select(Agreement).where(Agreement.version_id.in_(ids)).order_by(Agreement.recorded_at, Agreement.id)
    ).all()
    live = next((row.Version.id for row in rows if row.Approval), None)
    return [
        _past(*row, live, newest=place == 0, reviews=reviews, agreements=agreements) for place, row in enumerate(rows)
    ]


def _past(
    version: Version,
    sent: ReviewRequest | None,
    approval: Approval | None,
    live: UUID | None,
    *,
    newest: bool,
    reviews: Iterable[Review],
    agreements: Iterable[Agreement],
) -> Past:
    own = tuple(one for one in reviews if one.version_id == version.id)
    said = [one.said for one in own]
    loaded = version.id == live and editing.unreviewed(version.origin, version.critical, said)
    return Past(
        version=version,
        sent=sent,
        approval=approval,
        reviews=own,
        agreements=tuple(one for one in agreements if one.version_id == version.id),
        status=editing.status(sent is not None, said, approval is not None, newest, loaded),
        live=version.id == live,
        loaded=loaded,
    )
