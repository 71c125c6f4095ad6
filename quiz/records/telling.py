"""Letters about training sessions, and who on a list was told what."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from quiz.domain.posting import OF_TRAINING, State
from quiz.domain.telling import UNSENT
from quiz.records.letters import Letter
from quiz.records.people import Person
from quiz.records.training import TrainingPlace, TrainingSession


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody on the list, with the letters about this session, the oldest first."""

    place: TrainingPlace
    person: Person
    letters: tuple[Letter, ...]


def _about(training_id: UUID) -> Select[Letter]:
    """Letters to those on the list: by person, so that the index of letters serves."""
    listed = select(TrainingPlace.person_id).where(TrainingPlace.session_id == training_id)
    return select(Letter).where(
        Letter.person_id.in_(listed), Letter.kind.in_(OF_TRAINING), Letter.about.startswith(f"{training_id}.")
    )


def listed(session: Session, training_id: UUID) -> list[Told]:
    """Everybody on the list by name, with what was written to them about it."""
    found: dict[UUID, list[Letter]] = {}
    for letter in session.scalars(_about(training_id).order_by(Letter.id)):
        found.setdefault(letter.person_id, []).append(letter)
    rows = session.execute(
        select(TrainingPlace, Person)
        .join(Person, Person.id == TrainingPlace.person_id)
        .where(TrainingPlace.session_id == training_id)
        .order_by(Person.name_key, TrainingPlace.id)
    )
    return [Told(place, person, tuple(found.get(person.id, ()))) for place, person in rows]


def unsent(session: Session, training_id: UUID, person_id: UUID | None = None) -> list[Letter]:
    """Letters about it that were not sent yet, locked: to everybody on the list, or to one of them."""
    query = _about(training_id).where(Letter.state.in_(UNSENT)).order_by(Letter.id).with_for_update()
    if person_id is not None:
        query = query.where(Letter.person_id == person_id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def by_phone(session: Session, training_id: UUID) -> list[tuple[Letter, Person]]:
    """Letters about it to drivers without e-mail, who were not told yet, by name."""
    query = _about(training_id).where(Letter.state == State.PHONE).add_columns(Person)
    rows = session.execute(query.join(Person, Person.id == Letter.person_id).order_by(Person.name_key, Letter.id))
    return [(row[0], row[1]) for row in rows]


def session_of(session: Session, letter: Letter) -> tuple[TrainingSession | None, bool]:
    """Which session a letter is about, and whether its driver is still on the list."""
    training_id = UUID(letter.about.partition(".")[0])
    row = session.get(TrainingSession, training_id, populate_existing=True)
    query = select(TrainingPlace.id).where(
        TrainingPlace.session_id == training_id, TrainingPlace.person_id == letter.person_id
    )
    return row, session.scalar(query) is not None
