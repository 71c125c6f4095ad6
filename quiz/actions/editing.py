"""The editors' deeds: write, send to review, review, agree, suspend and bring back. Nothing old is ever altered."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain import bank, checking, editing
from quiz.domain.editing import Answer, Capacity, Status, Verdict
from quiz.domain.errors import Refused
from quiz.domain.question import Draft, Known, Problem
from quiz.domain.roles import Role
from quiz.records import bank as records
from quiz.records import questions
from quiz.records.questions import Agreement, Approval, Exposure, Question, Review, ReviewRequest, Suspension, Version


def problems(session: Session, draft: Draft, test: str, known: Known) -> list[Problem]:
    """Everything wrong with a draft by itself and beside the rest of the bank."""
    others = [row.draft for row in records.newest(session, test)]
    return [*checking.problems(draft, known), *bank.beside(draft, others)]


def write(work: Work, draft: Draft, test: str, known: Known, written_from: int | None = None) -> Version:
    """A new version of a question, or a new question. Refuses what the checker finds.

    `written_from` is the newest version that the author had seen (0: none); None asks nothing.
    """
    if written_from is not None:
        older = questions.versions(work.session, draft.id)
        editing.must_be_newest(written_from, older[0].number if older else 0)
    wrong = problems(work.session, draft, test, known)
    if wrong:
        raise Refused("question-problems", "; ".join(map(str, wrong)))
    return add_version(work, draft, test, origin="written")


def add_version(work: Work, draft: Draft, test: str, origin: str) -> Version:
    """Keep a draft as the next version of its question."""
    if work.session.get(Question, draft.id) is None:
        work.session.add(Question(id=draft.id, test=test, topic=draft.topic, created_at=work.now))
        work.session.flush()
    older = questions.versions(work.session, draft.id)
    row = Version(
        question_id=draft.id,
        number=older[0].number + 1 if older else 1,
        topic=draft.topic,
        critical=draft.critical,
        options=len(draft.options),
        review_by=draft.review_by,
        body=questions.write(draft),
        author=work.actor,
        origin=origin,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record("question.written", f"question:{draft.id}", version=row.number)
    return row


def approve_initial(work: Work, version: Version) -> None:
    """What came with the program may be drawn at once in an empty database; the go-live list asks for a review."""
    _approve(work, version, None, None)


def send_to_review(work: Work, version: Version) -> None:
    """Ask colleagues to look at the newest version of a question."""
    if status(work, version) is not Status.DRAFT:
        raise Refused(
            "not-a-draft", "Only a draft can be sent to review. Open the question again to see how it stands."
        )
    work.session.add(ReviewRequest(version_id=version.id, at=work.now, by=work.actor))
    work.session.flush()
    work.record("question.sent-to-review", f"question:{version.question_id}", version=version.number)


def status(work: Work, version: Version) -> Status:
    """How a version stands. One that came with the program waits for review here, although it may be drawn."""
    newest = questions.versions(work.session, version.question_id)[0].id == version.id
    said = questions.spoken(work.session, version.id)
    approved = work.session.get(Approval, version.id) is not None
    loaded = approved and editing.unreviewed(version.origin, version.critical, said)
    sent = work.session.get(ReviewRequest, version.id) is not None
    return editing.status(sent, said, approved, newest, loaded)


def may_speak_as(work: Work, version: Version, roles: Iterable[Role]) -> tuple[Capacity, ...]:
    """As what somebody may still review this version."""
    return editing.asked(roles, version.critical, questions.spoken(work.session, version.id))


def review(
    work: Work, version: Version, roles: Iterable[Role], capacity: Capacity, verdict: Verdict, comment: str
) -> None:
    """Approve a version or return it. With the last approval that was missing it may be drawn."""
    questions.lock(work.session, version.question_id)  # whoever reviews at the same moment is heard first
    said = questions.spoken(work.session, version.id)
    editing.must_be_reviewable(work.actor, version.author, status(work, version), said)
    if capacity not in may_speak_as(work, version, roles):
        raise Refused("not-asked", "Your role cannot give the review that this question still needs.")
    if verdict is Verdict.RETURN and not comment.strip():
        raise Refused("comment-missing", "Say what should be changed, so that the author can mend it.")
    work.session.add(
        Review(
            version_id=version.id, reviewer=work.actor, capacity=capacity, verdict=verdict, comment=comment.strip(),
            at=work.now,
        )
    )  # fmt: skip
    work.session.flush()
    work.record(
        "question.reviewed", f"question:{version.question_id}", version=version.number, verdict=verdict, as_=capacity
    )
    approved = work.session.get(Approval, version.id) is not None
    spoken = questions.spoken(work.session, version.id)
    if verdict is Verdict.APPROVE and not approved and not editing.missing(version.critical, spoken):
        by = {one.capacity: one.reviewer for one in spoken if one.verdict is Verdict.APPROVE}
        _approve(work, version, by[Capacity.EDITOR], by.get(Capacity.LEAD))


def _approve(work: Work, version: Version, approver: str | None, lead: str | None) -> None:
    work.session.add(
        Approval(
            version_id=version.id, author=version.author, critical=version.critical, origin=version.origin,
            approver=approver, lead=lead, at=work.now,
        )
    )  # fmt: skip
    work.session.get_one(Question, version.question_id).topic = version.topic
    exposure = work.session.get(Exposure, version.question_id)
    if exposure is None:
        mean = questions.mean_exposure(work.session, version.topic)
        work.session.add(Exposure(question_id=version.question_id, topic=version.topic, shown=mean))
    else:
        exposure.topic = version.topic
    work.session.flush()
    work.record("question.approved", f"question:{version.question_id}", version=version.number)


def record_agreement(
    work: Work,
    version: Version,
    *,
    body: str,
    role: str,
    agreed_on: date,
    answer: Answer = Answer.AGREE,
    comment: str = "",
) -> Agreement:
    """Record what a body outside answered. An agreement counts for attempts begun after this, an objection for all.

    The body's own earlier answer about this version is withdrawn: it has changed its mind.
    """
    if not body.strip() or not role.strip():
        raise Refused("agreement-who", "Enter the body that agreed and the role of the person who spoke for it.")
    if answer is not Answer.AGREE and not comment.strip():
        raise Refused("agreement-why", "Say what should be changed, or why it is rejected.")
    said = (body.strip(), role.strip(), agreed_on, answer)
    for one in questions.standing(work.session, version.id):
        if _same(one, *said):
            raise Refused("agreed-already", "This answer is recorded already.")
        if one.body.casefold() == said[0].casefold() and one.answer != answer:
            withdraw_agreement(work, one.id)
    row = Agreement(
        version_id=version.id, body=said[0], role=said[1], agreed_on=agreed_on, answer=answer,
        comment=comment.strip(), recorded_at=work.now, recorded_by=work.actor,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record(
        "agreement.recorded", f"question:{version.question_id}", version=version.number, agreement=row.id, answer=answer
    )
    return row


def record_answers(
    work: Work, answers: Iterable[tuple[Version, Answer, str]], *, body: str, role: str, agreed_on: date
) -> int:
    """What one body answered about many versions, each with its comment; how many were new."""
    new = 0
    for version, answer, comment in answers:
        said = (body.strip(), role.strip(), agreed_on, answer)
        if not any(_same(one, *said) for one in questions.standing(work.session, version.id)):
            record_agreement(work, version, body=body, role=role, agreed_on=agreed_on, answer=answer, comment=comment)
            new += 1
    return new


def _same(one: Agreement, body: str, role: str, agreed_on: date, answer: Answer) -> bool:
    return (one.body, one.role, one.agreed_on, one.answer) == (body, role, agreed_on, answer)


def withdraw_agreement(work: Work, agreement_id: UUID) -> None:
    """The unsafe mark no longer counts, for attempts that are not yet marked too."""
    row = work.session.get(Agreement, agreement_id, with_for_update=True)
    if row is None:
        raise Refused("agreement-unknown", "There is no such agreement.")
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = work.now, work.actor
        version = work.session.get_one(Version, row.version_id)
        work.record("agreement.withdrawn", f"question:{version.question_id}", agreement=row.id)


def suspend(work: Work, question_id: str, reason: str) -> None:
    """Out of use at once, by one person. Papers already drawn keep the question."""
    if not reason.strip():
        raise Refused("reason-missing", "Say why, so that colleagues can mend the question.")
    if questions.suspension(work.session, question_id) is not None:
        raise Refused("suspended-already", "This question is suspended already.")
    work.session.add(Suspension(question_id=question_id, at=work.now, by=work.actor, reason=reason.strip()))
    work.session.flush()
    work.record("question.suspended", f"question:{question_id}")


def ask_back(work: Work, question_id: str) -> None:
    """The first of the two people who bring a question back."""
    row = _suspended(work, question_id)
    if row.asked_by is not None:
        raise Refused("asked-already", "Somebody has asked for this already. Another person has to bring it back.")
    row.asked_at, row.asked_by = work.now, work.actor
    work.record("question.restore-asked", f"question:{question_id}")


def bring_back(work: Work, question_id: str) -> None:
    """The second of the two: the question may be drawn again."""
    row = _suspended(work, question_id)
    if row.asked_by is None:
        raise Refused("not-asked-back", "Somebody has to ask first to bring this question back.")
    editing.must_be_two(row.asked_by, work.actor)
    row.lifted_at, row.lifted_by = work.now, work.actor
    work.record("question.restored", f"question:{question_id}")


def _suspended(work: Work, question_id: str) -> Suspension:
    row = questions.suspension(work.session, question_id)
    if row is not None:
        work.session.refresh(row, with_for_update=True)  # two people may press at the same moment
    if row is None or row.lifted_at is not None:
        raise Refused("not-suspended", "This question is not suspended.")
    return row
