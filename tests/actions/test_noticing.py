"""Signals of two drivers in one session: only wrong answers that are the same, and never those of a wrong question."""

from quiz.actions import noticing, sitting
from quiz.domain.paper import Slot
from quiz.records import attempts, bank
from quiz.records.found_wrong import FoundWrong
from tests.make import ISSUER


def sat_alike(make, monkeypatch, same: int) -> list:
    """Two drivers of one session with one paper, the options in another order; `same` wrong answers are the same."""
    with make.reading() as session:
        live = bank.live_versions(session, "driver")
    one_answer = [one for one in live if not one.draft.two][:20]
    ids, sitting_id = [], make.sitting()
    for turn in range(2):
        made = make.driver(supervised=True)
        _, word = make.seat(made, sitting_id)
        slots = [Slot(one.id, one.question_id, tuple(range(one.options))[:: 1 - 2 * turn]) for one in one_answer]
        monkeypatch.setattr(sitting.paper, "draw", lambda *_args, slots=slots: slots)
        session_id = make.session(made)
        with make.work(f"person:{made.person_id}") as work:
            attempt = sitting.start(work, session_id, made.invitation_id, "handbook", word)
            sheet = attempts.paper(work.session, made.person_id, attempt.id)
            for n, (slot, version) in enumerate(zip(sheet.slots, one_answer, strict=True)):
                wrong = [at for at, option in enumerate(version.draft.options) if not option.right]
                chosen = wrong[0] if n < same else wrong[turn]
                place = str(slot.order.index(chosen) + 1)
                sitting.answer(work, sheet, slot, session_id, [place], two=False, later=False)
        with make.work(f"person:{made.person_id}") as work:
            sitting.send_in(work, made.person_id, sheet.id, ISSUER)
        ids.append(sheet.id)
    return [ids, [one.id for one in one_answer]]


def kinds(make, attempt_id) -> list[str]:
    with make.reading() as session:
        return [one.kind for one in noticing.signals(session, session.get(attempts.Attempt, attempt_id))]


def test_the_same_wrong_options_in_one_session_are_noticed_whatever_their_order(make, monkeypatch):
    (first, second), _ = sat_alike(make, monkeypatch, same=19)
    assert "alike" in kinds(make, first) and "alike" in kinds(make, second)


def test_different_wrong_options_are_not(make, monkeypatch):
    (first, _), _ = sat_alike(make, monkeypatch, same=10)
    assert "alike" not in kinds(make, first)


def test_questions_that_were_found_wrong_accuse_nobody(make, monkeypatch):
    (first, _), versions = sat_alike(make, monkeypatch, same=20)
    with make.work() as work:
        for version_id in versions:
            work.session.add(
                FoundWrong(
                    version_id=version_id, at=work.now, by="staff:1", reason="key", told="It was wrong.", note=""
                )
            )
    assert "alike" not in kinds(make, first)
