"""Telling drivers of a training session: that they are invited, that it was moved, that it is cancelled."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from quiz.actions import letter_facts, letters
from quiz.actions.letter_facts import House
from quiz.actions.printing import Sheet
from quiz.actions.work import Work
from quiz.documents import email
from quiz.domain import calendar
from quiz.domain import telling as rules
from quiz.domain.errors import Refused
from quiz.domain.posting import Kind, State
from quiz.records import people, telling, training
from quiz.records.training import TrainingSession

CHANGED = "The session was changed meanwhile. Nothing was sent. Look at it again."


def tell(work: Work, house: House, training_id: UUID, places: Collection[UUID], seen: int) -> Counter[str]:
    """Tell these drivers of the list what they have to be told; how many letters are in which state.

    Whoever knows already is passed over. `seen` is the edition of the session that was on the page.
    """
    row = training.locked(work.session, training_id)
    if row is None or row.edition != seen:
        raise Refused("training-moved", CHANGED)
    wanted = [
        (one, kind)
        for one in telling.listed(work.session, training_id)
        if one.place.id in places and (kind := rules.owed(row, one.place.id, one.letters, work.now))
    ]
    licences = people.licences_of(work.session, [one.person.id for one, _ in wanted])
    wordings = {kind: letter_facts.wording(work.session, kind) for _, kind in wanted}
    written = []
    for one, kind in wanted:
        values = house.values | rules.values(row) | letter_facts.of_driver(one.person, licences[one.person.id], None)
        about = rules.about(row, one.place.id)
        written.append(letters.written(work, house, kind, one.person, about, values, State.PHONE, words=wordings[kind]))
    work.session.add_all(written)
    work.session.flush()
    if written:
        work.record_all(letters.noted(written))
    return Counter(one.state for one in written)


def to_print(work: Work, house: House, row: TrainingSession) -> list[Sheet]:
    """The letters to drivers without e-mail who were not told yet, in the words in force. Changes nothing."""
    waiting = telling.by_phone(work.session, row.id)
    held = people.licences_of(work.session, [person.id for _, person in waiting])
    wordings = {kind: letter_facts.wording(work.session, Kind(kind)) for kind in {letter.kind for letter, _ in waiting}}
    day, sheets = calendar.day_of(work.now), []
    for letter, person in waiting:
        kind, words, licences = Kind(letter.kind), wordings[letter.kind], held[person.id]
        values = house.values | rules.values(row) | letter_facts.of_driver(person, licences, None)
        known_by = [one.shown.words for one in licences]
        text = letter_facts.on_paper(kind, words, values, house, "", known_by=known_by, day=day)
        sheets.append(Sheet(letter.id, text, email.filled(kind, words, values, house.mark)))
    return sheets


def take_back(work: Work, row: TrainingSession, words: str, person_id: UUID | None = None) -> None:
    """What was not sent yet is not so any more, so it is not sent."""
    letters.end_all(work, telling.unsent(work.session, row.id, person_id), State.GIVEN_UP, words)
