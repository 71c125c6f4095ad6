"""Access codes in letters that nobody printed or sent: erased in time, told on the letter, the driver invited anew."""

from datetime import timedelta

import pytest

from quiz.actions import forgetting, invitations, letters
from quiz.actions.letter_facts import House
from quiz.domain.holders import Wanted
from quiz.domain.posting import CODE_KEPT, State
from quiz.records import inviting
from quiz.records.invitations import Invitation
from tests.actions.test_letters import HOUSE, by_staff, came, row, take, written
from tests.make import Made, Make

BY_HAND = House(*[getattr(HOUSE, name) for name in HOUSE.__slots__[:6]], False)


@pytest.fixture
def made(make: Make) -> Made:
    return make.driver(number="PH1234", email="zoe@example.com")


def forget(make: Make) -> int:
    with make.work("cli:root") as work:
        return forgetting.some(work)


def to_invite(make: Make) -> int:
    with make.reading() as session:
        return inviting.counted(session, Wanted(), "driver", make.clock.now).invited


def without_last_day(make: Make, invitation_id: object) -> None:
    with make.work() as work:
        work.session.get_one(Invitation, invitation_id).deadline = None


def test_a_letter_that_nobody_printed_is_over_after_thirty_days_and_the_driver_can_be_invited_again(make, made, clock):
    letter = written(make, made, BY_HAND)
    without_last_day(make, letter.invitation_id)
    clock.now += CODE_KEPT - timedelta(seconds=1)
    assert (forget(make), row(make, letter).state, to_invite(make)) == (0, "paper", 0)
    clock.pass_by(seconds=1)
    assert (forget(make), forget(make)) == (1, 0)
    after = row(make, letter)
    assert (after.state, after.sealed, after.words) == ("given-up", None, forgetting.TOO_OLD)
    assert to_invite(make) == 1


def test_a_code_that_was_replaced_or_has_ended_goes_at_once(make, made, clock):
    replaced, ended = written(make, made, BY_HAND), written(make, make.driver(), BY_HAND)
    with make.work("staff:ann") as work:
        row_ = invitations.invite(work, made.person_id, test="driver", reason="renewal")
        invitations.issue_code(work, row_)
    assert forget(make) == 1 and row(make, replaced).words == forgetting.NO_MORE
    clock.pass_by(days=29)
    assert forget(make) == 1 and row(make, ended).sealed is None


def test_a_refused_letter_stays_for_whoever_decides_and_goes_again_with_a_new_code(make, made, clock):
    letter = written(make, made)
    without_last_day(make, letter.invitation_id)
    old = next(line.strip() for line in take(make).body.splitlines() if line.strip().count("-") == 2)
    came(make, letter, State.REFUSED, "550 No such user")
    clock.now += CODE_KEPT
    assert (forget(make), forget(make)) == (1, 0)
    after = row(make, letter)
    assert (after.state, after.sealed, after.words) == ("refused", None, f"550 No such user {forgetting.ERASED}")
    by_staff(make, letters.again, letter)
    body = take(make).body
    assert old not in body and "{code}" not in body
