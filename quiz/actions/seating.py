"""Where a supervised test begins: in the seat of a sitting of today, let in, with its start word."""

from quiz.actions.work import Work
from quiz.domain import sittings as rules
from quiz.records import sittings
from quiz.records.invitations import Invitation
from quiz.records.sittings import Seat


def seat_for(work: Work, invitation: Invitation, start_word: str) -> Seat:
    """The seat that this driver begins in. Refuses whoever is not on a list, not let in, or has the wrong word.

    The sitting is held until the end, so that it cannot be closed meanwhile.
    """
    found = sittings.open_for(work.session, invitation.person_id, invitation.test, *rules.may_be_open(work.now))
    if found is None:
        raise rules.not_in_session()
    sitting = sittings.locked(work.session, found[0].id)
    rules.must_be_let_in(sitting, found[1], start_word, work.now)
    found[1].invitation_id = invitation.id
    return found[1]
