"""A judge says how hard a question is, once, before seeing what others said."""

from uuid import UUID

from quiz.actions.work import Work
from quiz.domain.errors import Refused
from quiz.records import levels
from quiz.records.levels import Rating
from quiz.records.questions import Version


def rate(work: Work, version_id: UUID, share: int) -> None:
    """Of a hundred drivers who are just good enough to pass, so many answer this version right."""
    version = work.session.get_one(Version, version_id)
    if not 0 <= share <= 100:
        raise Refused("rating-share", "Enter a number from 0 to 100.")
    if any(one.judge == work.actor for one in levels.ratings(work.session, version_id)):
        raise Refused("rated-already", "You have rated this version already. A rating is given once.")
    work.session.add(Rating(version_id=version_id, judge=work.actor, share=share, at=work.now))
    work.session.flush()
    work.record("question.rated", f"question:{version.question_id}", version=version.number, share=share)
