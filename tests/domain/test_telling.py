"""Who on the list of a training session has to be told what: each thing once, and nothing that is not so any more."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from quiz.domain import telling
from quiz.domain.errors import Refused
from quiz.domain.posting import Kind, State

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
KEY, PLACE, OTHER = UUID(int=1), UUID(int=5), UUID(int=6)


@dataclass(frozen=True)
class Session:
    id: UUID = KEY
    starts_at: datetime = NOW + timedelta(days=7)
    place: str = "Town Hall"
    trainer: str = "SAMPLE trainer"
    cancelled_at: datetime | None = None
    edition: int = 1


@dataclass(frozen=True)
class Letter:
    kind: Kind = Kind.TRAINING
    about: str = f"{KEY}.1.{PLACE}"
    state: State = State.SENT


OLD = Letter(about=telling.about(Session(edition=0), PLACE))
UNSENT = replace(OLD, state=State.GIVEN_UP)
CANCELLED = Session(cancelled_at=NOW)
UNSENT_THEN = Letter(about=telling.about(Session(), OTHER), state=State.GIVEN_UP)  # before being taken off the list
GONE = Letter(Kind.TRAINING_CANCELLED)


@pytest.mark.parametrize(
    ("session", "letters", "kind"),
    [
        (Session(), [], Kind.TRAINING),
        (Session(), [Letter()], None),
        (Session(), [Letter(state=State.PHONE)], None),
        (Session(), [OLD], Kind.TRAINING_MOVED),
        (Session(), [OLD, Letter(Kind.TRAINING_MOVED)], None),
        (Session(), [UNSENT], Kind.TRAINING),  # what never went out was never said
        (Session(), [Letter(state=State.GIVEN_UP)], None),  # staff decided not to send it
        (Session(), [UNSENT_THEN], Kind.TRAINING),
        (CANCELLED, [], None),
        (CANCELLED, [OLD], Kind.TRAINING_CANCELLED),
        (CANCELLED, [UNSENT], None),
        (CANCELLED, [Letter(), GONE], None),
        (Session(starts_at=NOW), [], None),
    ],
)  # fmt: skip
def test_each_is_told_what_is_not_known_yet(session, letters, kind):
    assert telling.owed(session, PLACE, letters, NOW) == kind


@pytest.mark.parametrize(
    ("session", "listed", "letter"),
    [
        (None, True, Letter()),
        (Session(), False, Letter()),
        (Session(starts_at=NOW), True, Letter()),
        (Session(), True, OLD),
        (CANCELLED, True, Letter()),
        (Session(), True, GONE),
    ],
)
def test_what_is_not_so_any_more_is_not_sent(session, listed, letter):
    telling.must_be_so(Session(), True, Letter(), NOW)
    telling.must_be_so(CANCELLED, True, GONE, NOW)
    with pytest.raises(Refused):
        telling.must_be_so(session, listed, letter, NOW)
