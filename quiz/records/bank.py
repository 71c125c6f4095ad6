"""Questions asked of the whole bank: what can be drawn, what waits for whom, the texts of a paper."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, Subquery, exists, func, select
from sqlalchemy.orm import Session, aliased

from quiz.domain import editing
from quiz.domain.editing import Answer, Status
from quiz.domain.levelling import Facts
from quiz.domain.paper import Candidate
from quiz.domain.question import Draft
from quiz.records import levels, questions
from quiz.records.levels import Answered
from quiz.records.questions import Agreement, Approval, Exposure, Question, Review, ReviewRequest, Suspension, Version


@dataclass(frozen=True, slots=True)
class Live:
    """The version of a question that may be drawn."""

    id: UUID
    number: int
    topic: str
    critical: bool
    origin: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question as the editors' list shows it, by its newest version.

    `unreviewed`: the live version came with the program and lacks a review here. `agreed`: bodies outside agree with
    it, so that its unsafe options count; `wants_agreement`: they are to be asked.
    """

    question: str
    version: int
    topic: str
    stem: str
    critical: bool
    author: str
    reviews: tuple[editing.Review, ...]
    status: Status
    live: Live | None
    suspended: bool
    unreviewed: bool
    agreed: bool
    wants_agreement: bool
    review_by: date

    @property
    def loaded(self) -> bool:
        """The newest version itself is the one that came with the program and lacks a review here."""
        return self.unreviewed and self.live is not None and self.live.number == self.version


def newest_approved() -> Subquery:
    """The newest approved version of each question."""
    return (
        select(Version.question_id, func.max(Version.number).label("number"))
        .join(Approval, Approval.version_id == Version.id)
        .group_by(Version.question_id)
        .subquery("live")
    )


def live_versions(session: Session, test: str) -> list[Version]:
    """Every version that could be drawn if it is not suspended, by question."""
    live = newest_approved()
    return list(
        session.scalars(
            select(Version)
            .join(live, (live.c.question_id == Version.question_id) & (live.c.number == Version.number))
            .join(Question, Question.id == Version.question_id)
            .where(Question.test == test)
            .order_by(Version.question_id)
        )
    )


def past_review(test: str, today: date) -> Select[UUID]:
    """The query for questions that should have been looked at again before today."""
    live = newest_approved()
    return (
        select(Version.id)
        .join(live, (live.c.question_id == Version.question_id) & (live.c.number == Version.number))
        .join(Question, Question.id == Version.question_id)
        .where(Question.test == test, Version.review_by < today)
    )


def candidates(session: Session, test: str) -> list[Candidate]:
    """What may be drawn now: the newest approved version of each question that is not suspended, in one statement."""
    live = newest_approved()
    suspended = exists().where(Suspension.question_id == Version.question_id, Suspension.lifted_at.is_(None))
    rows = session.execute(
        select(
            Version.id,
            Version.question_id,
            Version.topic,
            Version.critical,
            Version.options,
            Exposure.shown,
            levels.JUDGED.c.share,
            Answered.answered,
            Answered.right,
        )
        .join(live, (live.c.question_id == Version.question_id) & (live.c.number == Version.number))
        .join(Question, Question.id == Version.question_id)
        .join(Exposure, Exposure.question_id == Version.question_id)
        .outerjoin(levels.JUDGED, levels.JUDGED.c.version_id == Version.id)
        .outerjoin(Answered, Answered.version_id == Version.id)
        .where(Question.test == test, ~suspended)
        .order_by(Version.id)
    ).all()
    foes = _foes(session, [row[0] for row in rows])
    return [
        Candidate(row[0], row[1], row[2], row[3], row[4], row[5], foes[row[0]], _expected(row[6], row[7], row[8]))
        for row in rows
    ]


def _expected(judged: float | None, answered: int | None, right: int | None) -> float | None:
    return Facts(None if judged is None else float(judged), answered or 0, right or 0).expected


_known_foes: dict[UUID, frozenset[str]] = {}


def _foes(session: Session, version_ids: list[UUID]) -> dict[UUID, frozenset[str]]:
    """The foes of versions. A version never changes, so its text is read once per process."""
    new = [key for key in version_ids if key not in _known_foes]
    for at in range(0, len(new), 500):
        query = select(Version.id, Version.body).where(Version.id.in_(new[at : at + 500]))
        _known_foes.update((key, frozenset(json.loads(body)["foes"])) for key, body in session.execute(query))
    return _known_foes


def drafts(session: Session, version_ids: Iterable[UUID]) -> dict[UUID, Draft]:
    """The texts of a paper, in one statement."""
    rows = session.execute(
        select(Version.id, Version.question_id, Version.topic, Version.review_by, Version.body).where(
            Version.id.in_(list(version_ids))
        )
    )
    return {row.id: questions.read(*row[1:]) for row in rows}


def agreed(session: Session, version_ids: Iterable[UUID], at: datetime) -> frozenset[UUID]:
    """Which versions' unsafe options count for an attempt begun at that moment.

    An agreement recorded later adds nothing; one withdrawn, or an objection made, since then helps everybody.
    """
    return frozenset(
        session.scalars(_agreed().where(Agreement.version_id.in_(list(version_ids)), Agreement.recorded_at <= at))
    )


def agreed_ever(session: Session, version_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which versions have an agreement that nobody has withdrawn, and no standing objection."""
    return frozenset(session.scalars(_agreed().where(Agreement.version_id.in_(list(version_ids)))))


def _agreed() -> Select[UUID]:
    objection = aliased(Agreement)
    objected = exists().where(
        objection.version_id == Agreement.version_id, objection.answer != Answer.AGREE, objection.withdrawn_at.is_(None)
    )
    return select(Agreement.version_id).where(
        Agreement.answer == Answer.AGREE, Agreement.withdrawn_at.is_(None), ~objected
    )


def loaded(session: Session, live: Iterable[Version]) -> list[UUID]:
    """Which of these live versions came with the program and still lack a review here, in one statement."""
    versions = {version.id: version for version in live}
    said: dict[UUID, list[editing.Review]] = {key: [] for key in versions}
    for row in session.scalars(select(Review).where(Review.version_id.in_(versions))):
        said[row.version_id].append(row.said)
    return [key for key, one in versions.items() if editing.unreviewed(one.origin, one.critical, said[key])]


def newest(session: Session, test: str) -> list[Version]:
    """The newest version of every question, approved or not, by question."""
    numbers = select(Version.question_id, func.max(Version.number).label("number")).group_by(Version.question_id)
    top = numbers.subquery("newest")
    return list(
        session.scalars(
            select(Version)
            .join(top, (top.c.question_id == Version.question_id) & (top.c.number == Version.number))
            .join(Question, Question.id == Version.question_id)
            .where(Question.test == test)
            .order_by(Version.question_id)
        )
    )


def lines(session: Session, test: str) -> list[Line]:
    """The whole bank for the editors' list, in six statements whatever its size."""
    standing = _Standing(session)
    return [standing.line(version) for version in newest(session, test)]


class _Standing:
    """What has happened to the versions of all questions, read once."""

    def __init__(self, session: Session) -> None:
        top = newest_approved()
        query = (
            select(Version.question_id, Version.id, Version.number, Version.topic, Version.critical, Version.origin)
            .join(top, (top.c.question_id == Version.question_id) & (top.c.number == Version.number))
            .order_by(Version.question_id)
        )
        self.live = {row[0]: Live(*row[1:]) for row in session.execute(query)}
        self.agreed = set(session.scalars(_agreed()))
        self.suspended = set(session.scalars(select(Suspension.question_id).where(Suspension.lifted_at.is_(None))))
        self.sent = set(session.scalars(select(ReviewRequest.version_id)))
        self.said: dict[UUID, list[editing.Review]] = {}
        for row in session.scalars(select(Review).order_by(Review.at, Review.reviewer)):
            self.said.setdefault(row.version_id, []).append(row.said)

    def line(self, one: Version) -> Line:
        said, live = self.said.get(one.id, []), self.live.get(one.question_id)
        unreviewed = live is not None and editing.unreviewed(live.origin, live.critical, self.said.get(live.id, []))
        approved = live is not None and live.id == one.id
        draft = one.draft
        return Line(
            question=one.question_id,
            version=one.number,
            topic=one.topic,
            stem=draft.stem,
            critical=one.critical,
            author=one.author,
            reviews=tuple(said),
            status=editing.status(one.id in self.sent, said, approved, newest=True, loaded=approved and unreviewed),
            live=live,
            suspended=one.question_id in self.suspended,
            unreviewed=unreviewed,
            agreed=(live.id if live else one.id) in self.agreed,
            wants_agreement=editing.wants_agreement(draft),
            review_by=one.review_by,
        )
