"""A pack holds all that stands about an attempt, hangs together, and is written down; disclosing suspends."""

import hashlib
import json
from uuid import UUID

import pytest

from quiz.actions import adjusting, deciding, editing, marking_again, pausing, sitting, supervising, training, unsafe
from quiz.actions import evidence as actions
from quiz.actions.evidence import House, Wanted
from quiz.documents import evidence as on_paper
from quiz.documents.evidence import Paper
from quiz.domain import chain, evidence
from quiz.domain.adjustments import Kind
from quiz.domain.decisions import Grounds
from quiz.domain.evidence import Copy, Document
from quiz.domain.roles import Role
from quiz.domain.signed import Finding
from quiz.domain.sittings import Incident
from quiz.domain.training import Elsewhere, Plan
from quiz.domain.unsafe import Capacity, Verdict
from quiz.formats import evidence_file, signing
from quiz.records import attempts, audit, bank, questions
from quiz.records import evidence as records
from quiz.records import training as trained
from quiz.records.evidence import EvidencePack
from quiz.records.tables import METADATA
from tests.actions.sitter import at_once, begin, refused, say, send_in
from tests.actions.test_letters import take, written
from tests.documents.reading import spoken, squeezed
from tests.make import COUNCIL, ISSUER, Made, Make

# All that is known of the tables about an attempt: told in a pack, or left out on purpose (digests of codes, start
# words, what only a running test needs, earlier packs). A new table or column is gathered first and named here then.
KNOWN = {
    "attempt": "id person_id invitation_id test blueprint_id contacts_version handbook_digest supervised mode "
    "started_at deadline finished_at finished_how voided_at sealed paused_at pause_until uncounted_at adjusted "
    "repeated stopped_by reason outcome weak",  # the last three repeat what the invitation and the mark say
    "paper_slot": "attempt_id position version_id question_id option_order",
    "answer": "id attempt_id position session_id sequence choice later confirmed at",
    "mark": "attempt_id number at by score of outcome reasons topics groups unsafe below because excused",
    "pause": "id attempt_id began_at until ended_at by kind",
    "adjustment": "id person_id kind amount evidence_seen until agreed_at agreed_by ended_at ended_by",
    "invitation": "id person_id test reason supervised deadline made_at made_by",
    "access_code": "digest invitation_id issued_at issued_by withdrawn_at",
    "seat": "id sitting_id person_id invitation_id added_at added_by identity let_in_at let_in_by attempt_id "
    "released_at",
    "incident": "id sitting_id seat_id attempt_id at by reason words",
    "unsafe_reading": "id attempt_id capacity verdict why at by",
    "decision": "id person_id attempt_id certificate kind reason told note detail at by",
    "certificate": "number person_id attempt_id issue test mode issued_at issued_on expires_on printed withdrawn_at "
    "replaced_by",
    "reply": "id attempt_id at words",
    "training_place": "id session_id person_id invited_at invited_by attended valid_until noted_at noted_by",
    "attendance_note": "id place_id attended why at by",
    "accepted_attendance": "id person_id body course attended_on until seen at by ended_at ended_by ended_why",
    "found_wrong": "version_id at by reason told note",
    "evidence_pack": "id attempt_id copy reason recipient at by digest content",
}
HOUSE = House(COUNCIL, "Driver test", {})


@pytest.fixture
def officer(make: Make) -> UUID:
    return make.staff(Role.OFFICER, name="Olive Officer")


def sat(make: Make, made: Made, officer: UUID) -> UUID:
    """An attempt about which there is something to say: an adjustment, a pause, a changed answer, a decision."""
    with make.work(f"staff:{officer}") as work:
        adjusting.agree(work, made.person_id, "driver", Kind.EXTRA_TIME, "25", evidence_seen=True, until=None)
    attempt_id = begin(make, made)
    with make.work(f"person:{made.person_id}") as work:
        pausing.pause(work, made.person_id, attempt_id)
        pausing.resume(work, made.person_id, attempt_id)
    say(make, made, attempt_id, 1, "1")
    say(make, made, attempt_id, 2, "3")
    say(make, made, attempt_id, 1, "2", later=True)
    send_in(make, made, attempt_id)
    with make.work(f"staff:{officer}") as work:
        grounds = Grounds("technical", "It does not count.", "Ask Pat about the lights")
        deciding.void(work, made.person_id, attempt_id, grounds)
    return attempt_id


def packed(make: Make, made: Made, attempt_id: UUID, officer: UUID, copy: Copy = Copy.INTERNAL) -> EvidencePack:
    with make.work(f"staff:{officer}") as work:
        wanted = Wanted(copy, "Appeal in court", "  Zoë  Solicitor ")
        pack_id = actions.make(work, made.person_id, attempt_id, wanted, HOUSE, ISSUER.signer).id
    with make.reading() as session:
        return session.get_one(EvidencePack, pack_id)


def document(row: EvidencePack) -> Document:
    return evidence_file.read(row.content.encode())


def test_a_pack_holds_every_question_answer_and_deed_and_hangs_together(make, made, officer):
    make.agree_everything()
    attempt_id = sat(make, made, officer)
    row = packed(make, made, attempt_id, officer)
    pack = document(row)
    items = pack.items
    assert (evidence.differences(pack), list(evidence.contradictions(items))) == ([], [])
    signed = (evidence.PURPOSE, evidence.canonical(pack.manifest), bytes.fromhex(pack.signature))
    assert signing.verify([ISSUER.signer.public()], pack.key, *signed) is Finding.GENUINE
    assert (pack.manifest["recipient"], pack.manifest["reason"]) == ("Zoë Solicitor", "Appeal in court")
    assert row.digest == hashlib.sha256(row.content.encode()).hexdigest()
    assert len([name for name in items if name.startswith("question/")]) == 20
    with make.reading() as session:
        slot = attempts.paper(session, made.person_id, attempt_id).slots[0]
        draft = bank.drafts(session, [slot.version])[slot.version]
    shown = [option["option"] for option in items["question/01"]["options"]]
    assert shown == list(slot.order) and "{" not in str([o["text"] for o in items["question/01"]["options"]])
    assert items["question/01"]["question"] == draft.id
    log, counts = items["answers/01"]["log"], items["answers/01"]["counts"]
    assert [(one["number"], one["choice"], one["later"]) for one in log] == [(1, "1", False), (3, "2", True)]
    assert counts["places"] == [2]
    assert items["adjustments"]["applied"] == ["A quarter more time"]
    assert items["adjustments"]["agreed"][0]["by"]["name"] == "Olive Officer"
    assert len(items["pauses"]["taken"]) == 1
    assert items["decision/01"]["note"] == "Ask Pat about the lights"
    assert items["mark/01"]["outcome"] == "not-passed" and len(items["mark/01"]["rule"]) >= 5
    assert items["blueprint"]["rules"]["blueprint"]["pass_mark"] == 16
    assert items["letters"]["sent"] == []
    told = {json.loads(facts["content"])["event"] for name, facts in items.items() if name.startswith("audit/")}
    assert {"invitation.made", "attempt.started", "attempt.paused", "attempt.finished", "decision.made"} <= told


def test_whatever_comes_to_stand_about_an_attempt_must_be_told_in_its_pack():
    hanging = {
        table.name
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in ("attempt", "paper_slot")
    }
    assert hanging <= set(KNOWN), "gather this table in actions/gathering, then name it here"
    columns = {name: " ".join(column.name for column in METADATA.tables[name].columns) for name in KNOWN}
    assert columns == KNOWN, "gather this column in actions/gathering, then name it here"


def test_the_end_of_the_log_in_a_pack_is_in_the_log(make, made, officer):
    items = document(packed(make, made, sat(make, made, officer), officer)).items
    with make.reading() as session:
        assert audit.hash_of(session, items["log"]["entries"]) == items["log"]["hash"]
        assert audit.first_break(session) is None


def test_a_passed_attempt_shows_the_certificate_as_it_was_printed(make, made, officer):
    items = document(packed(make, made, make.attempt(made), officer)).items
    assert items["certificate/01"]["printed"]["name"] == "Sam Driver"
    assert all(items[f"answers/{n:02}"]["counts"]["right_by_the_key"] for n in range(1, 21))


def test_an_unsafe_option_is_told_as_it_counted_though_its_agreement_was_withdrawn_since(make, made, officer):
    make.agree_everything()
    attempt_id = make.attempt(made, right=17, unsafe=1)
    make.clock.pass_by(hours=1)
    with make.work("staff:lead") as work:
        for question_id in attempts.question_ids(work.session, attempt_id):
            for one in questions.standing(work.session, questions.version(work.session, question_id, 1).id):
                editing.withdraw_agreement(work, one.id)
    items = document(packed(make, made, attempt_id, officer)).items
    (place,) = items["mark/01"]["unsafe_questions"]
    question, counts = items[f"question/{place:02}"], items[f"answers/{place:02}"]["counts"]
    (chosen,) = [one for one in question["options"] if one["place"] in counts["places"]]
    assert (chosen["counted_as_unsafe"], counts["unsafe"]) == (True, True)
    assert question["agreements"][0]["withdrawn_at"] is not None


def test_who_read_an_unsafe_answer_and_the_second_mark_are_told_without_the_note_outside(make, made, officer):
    make.agree_everything()
    attempt_id = make.attempt(made, right=17, unsafe=1)
    for actor, role, capacity in (
        (f"staff:{officer}", Role.OFFICER, Capacity.OFFICER), ("staff:lead", Role.LEAD, Capacity.LEAD)
    ):  # fmt: skip
        with make.work(actor) as work:
            unsafe.read(work, attempt_id, [role], capacity, Verdict.WITHDRAWN, "Read it with Pat")
    with make.work(f"staff:{officer}") as work:
        unsafe.answer(work, attempt_id, Grounds("unclear", "You have passed."), ISSUER)
    inside, outside = (packed(make, made, attempt_id, officer, copy) for copy in Copy)
    assert "Read it with Pat" in inside.content and "Read it with Pat" not in outside.content
    items = document(outside).items
    assert [one["verdict"] for one in items["readings"]["found"]] == ["withdrawn", "withdrawn"]
    assert [items[name]["outcome"] for name in ("mark/01", "mark/02")] == ["not-passed", "passed"]
    said = spoken(on_paper.pdf(Paper(document(outside), outside.digest)))
    assert squeezed("Because of The decision of 23 November 2026 at 9:00:00am: The question or the answer can") in said
    assert squeezed("it counted as unsafe until that was withdrawn") in said


def test_a_question_that_was_found_wrong_is_told_with_why_and_with_the_mark_that_followed(make, made, officer):
    attempt_id = make.attempt(made, right=15)
    items = document(packed(make, made, attempt_id, officer)).items
    wrong = next(n for n in range(1, 21) if not items[f"answers/{n:02}"]["counts"]["right_by_the_key"])
    with make.work(f"staff:{officer}") as work:
        version = questions.version(work.session, items[f"question/{wrong:02}"]["question"], 1)
        editing.suspend(work, version.question_id, "The key is wrong")
        marking_again.wrong_question(work, version, Grounds("wrong-key", "You have passed."), 1, ISSUER)
    pack = document(packed(make, made, attempt_id, officer, Copy.DISCLOSED))
    assert pack.items["mark/02"]["questions_found_wrong"] == [wrong]
    said = spoken(on_paper.pdf(Paper(pack, "0" * 64)))
    for words in ("This question was found wrong later.", "Found wrong on 23 November 2026", "Mark 2: Passed"):
        assert squeezed(words) in said


def test_where_a_supervised_test_was_sat_and_what_was_noted_is_told(make, officer):
    made = make.driver(supervised=True)
    sitting_id = make.sitting("Committee room")
    seat_id, word = make.seat(made, sitting_id)
    session_id = make.session(made)
    with make.work(f"person:{made.person_id}") as work:
        attempt_id = sitting.start(work, session_id, made.invitation_id, "handbook", word).id
    with make.work("staff:invigilator") as work:
        supervising.stop(work, sitting_id, seat_id, Incident.HELPED, "Answers were read out.", ISSUER)
    pack = document(packed(make, made, attempt_id, officer, Copy.DISCLOSED))
    held = pack.items["identity"]["session"]
    assert (held["place"], held["document"], len(held["notes"])) == ("Committee room", "passport", 1)
    assert list(evidence.contradictions(pack.items)) == []
    said = spoken(on_paper.pdf(Paper(pack, "0" * 64)))
    assert all(squeezed(words) in said for words in ("Committee room", "Answers were read out.", "Ended early by"))


def test_a_disclosed_pack_tells_roles_instead_of_names_and_no_notes(make, made, officer):
    row = packed(make, made, sat(make, made, officer), officer, Copy.DISCLOSED)
    pack = document(row)
    for words in ("Olive Officer", "Ask Pat", "Appeal in court", '"note"', '"comment"'):
        assert words not in row.content
    assert pack.items["decision/01"]["by"] == {"role": "licensing officer"}
    assert pack.items["decision/01"]["told"] == "It does not count."
    assert any(option["right"] for option in pack.items["question/01"]["options"])
    assert (evidence.differences(pack), list(evidence.contradictions(pack.items))) == ([], [])


def test_disclosing_takes_the_questions_out_of_use_and_keeps_earlier_reasons(make, made, officer):
    attempt_id = sat(make, made, officer)
    with make.reading() as session:
        before = len(bank.candidates(session, "driver"))
    packed(make, made, attempt_id, officer, Copy.INTERNAL)
    with make.reading() as session:
        assert len(bank.candidates(session, "driver")) == before
    first = packed(make, made, attempt_id, officer, Copy.DISCLOSED)
    packed(make, made, attempt_id, officer, Copy.DISCLOSED)
    with make.reading() as session:
        assert len(bank.candidates(session, "driver")) == before - 20
        asked = attempts.question_ids(session, attempt_id)
        reasons = {questions.suspension(session, one).reason for one in asked}
        assert reasons == {
            "Shown to somebody outside in an evidence pack on 23 November 2026. Decide whether it may be asked again."
        }
        assert [one.id for one in records.of_attempt(session, attempt_id)][-1] != first.id


def test_two_who_disclose_at_once_both_get_a_pack(make, made, officer):
    attempt_id = sat(make, made, officer)
    rows = at_once(2, lambda _: packed(make, made, attempt_id, officer, Copy.DISCLOSED))
    assert [evidence.differences(document(row)) for row in rows] == [[], []]
    with make.reading() as session:
        asked = attempts.question_ids(session, attempt_id)
        assert records.suspended(session, asked) == set(asked)


def test_letters_are_told_with_their_words_and_without_the_code(make, officer):
    made = make.driver(email="sam@example.com")
    attempt_id = make.attempt(made)
    written(make, made)
    out = take(make)
    pack = document(packed(make, made, attempt_id, officer, Copy.DISCLOSED))
    (told,) = pack.items["letters"]["sent"]
    assert (told["came_of_it"], told["subject"]) == ("Being sent now", out.subject)
    assert "{code}" in told["body"] and "Dear Sam Driver" in told["body"]
    said = spoken(on_paper.pdf(Paper(pack, "0" * 64)))
    assert squeezed("Invitation with access code") in said and squeezed("Dear Sam Driver") in said


def test_training_stands_in_a_pack_apart_from_the_test(make, made, officer):
    attempt_id = sat(make, made, officer)
    with make.work(f"staff:{officer}") as work:
        held = training.plan(work, Plan(work.now, "Town Hall", "SAMPLE trainer", 5))
        training.invite(work, held.id, [made.person_id])
        training.note_list(work, held.id, made.number)
        ((place, _),) = trained.of_person(work.session, made.person_id).places
        training.note(work, held.id, {place.id: False}, "The wrong line")
        found = Elsewhere("Preston Council", "Their course", work.now.date(), "The paper")
        training.end(work, made.person_id, training.accept(work, made.person_id, found).id, "It was forged")
    inside = document(packed(make, made, attempt_id, officer)).items["training"]
    (one,), (other,) = inside["sessions"], inside["elsewhere"]
    assert (one["place"], one["standing"], one["attended"]) == ("Town Hall", "Held", False)
    assert [(note["attended"], note["why"]) for note in one["notes"]] == [(True, ""), (False, "The wrong line")]
    assert (other["body"], other["ended_why"]) == ("Preston Council", "It was forged")
    row = packed(make, made, attempt_id, officer, Copy.DISCLOSED)
    assert "The wrong line" not in row.content and "It was forged" not in row.content  # notes of the office
    said = spoken(on_paper.pdf(Paper(document(row), "0" * 64)))
    for words in ("Training stands beside the test", "Town Hall", "Did not come", "Their course, Preston Council"):
        assert squeezed(words) in said


def test_making_and_taking_a_pack_are_on_the_record_without_a_name(make, made, officer):
    attempt_id = sat(make, made, officer)
    row = packed(make, made, attempt_id, officer)
    with make.work(f"staff:{officer}") as work:
        actions.take(work, row, "json")
    with make.reading() as session:
        taken, made_entry = audit.about(session, f"attempt:{attempt_id}")[:2]
        assert [one.event for one in (made_entry, taken)] == ["evidence.made", "evidence.taken"]
        assert row.digest in made_entry.content and "Zoë" not in made_entry.content + taken.content
        assert chain.digest(taken.previous, taken.content) == taken.hash


def test_no_pack_of_a_running_test_of_somebody_else_or_for_nobody(make, made, officer):
    running = begin(make, made)
    refused("evidence-running", packed, make, made, running, officer)
    refused("attempt-unknown", packed, make, make.driver(), running, officer)
    send_in(make, made, running)
    with make.work() as work:
        for code, reason, recipient in (
            ("evidence-recipient", "Why", " "), ("evidence-reason", "", "The court"),
            ("evidence-recipient", "Why", "李"), ("evidence-recipient", "Why", "x" * 101),
        ):  # fmt: skip
            wanted = Wanted(Copy.DISCLOSED, reason, recipient)
            refused(code, actions.make, work, made.person_id, running, wanted, HOUSE, ISSUER.signer)
