"""quiz contacts, quiz blueprint and quiz go-live: from a pilot to the real thing, on the record."""

from datetime import date, timedelta

import pytest

from quiz.actions import editing
from quiz.domain.editing import Capacity, Verdict
from quiz.domain.roles import Role
from quiz.records import audit, bank, contacts, papers, service
from quiz.settings import Settings

PRIVACY = """
[privacy]
controller = "Chorley Council"
contact = "dpo@example.org"
retention_months = 84
lawful_basis = "A task in the public interest."
notice_written_on = 2026-11-20
"""
ADOPTED = ("--on", "2026-11-20", "--minute", "12/2026", "--basis", "Report of the licensing manager")


def review_everything(make) -> None:
    """Editor and lead approve each question, as the pages would let them."""
    for actor, capacity, role in (("staff:e", Capacity.EDITOR, Role.EDITOR), ("staff:l", Capacity.LEAD, Role.LEAD)):
        with make.work(actor) as work:
            for version in bank.live_versions(work.session, "driver"):
                if capacity is Capacity.EDITOR or version.critical:
                    editing.review(work, version, [role], capacity, Verdict.APPROVE, "")


def test_contacts_are_listed_with_who_checked_them(quiz):
    quiz.done("contacts", "confirm", "licensing", "--by", "A. Clerk", "--on", "2026-11-20")
    lines = {line.split()[0]: " ".join(line.split()) for line in quiz.done("contacts", "list").splitlines()}
    assert lines["licensing"].endswith(" local checked 2026-11-20 by A. Clerk")
    assert lines["children-services"].endswith(" local NOT CONFIRMED")


@pytest.mark.both_engines
def test_confirming_is_on_the_record(quiz, make):
    quiz.done("contacts", "confirm", "licensing", "--by", "A. Clerk")
    with make.reading() as session:
        found = contacts.load(session, service.facts(session).contacts_version).get("licensing")
        (entry,) = audit.about(session, "contact:licensing")
    assert (found.checked_by, found.confirmed) == ("A. Clerk", True)
    assert entry.actor.startswith("cli:")


def test_a_contact_that_is_not_there_cannot_be_confirmed(quiz):
    assert "no contact called “pizza”" in quiz.refused("contacts", "confirm", "pizza", "--by", "A. Clerk")


def test_a_check_in_the_future_is_refused(quiz):
    tomorrow = date.today() + timedelta(days=2)
    assert "in the future" in quiz.refused("contacts", "confirm", "licensing", "--by", "A", "--on", tomorrow)


@pytest.mark.both_engines
def test_the_rules_as_they_are_shown_can_be_adopted(quiz, make, tmp_path):
    shown = quiz.done("blueprint", "show")
    assert shown.startswith("# Version 1 of the rules. Not adopted yet.\n")
    file = tmp_path / "blueprint.toml"
    file.write_text(shown.replace('"unset"', '"no"').replace("pass_mark = 16", "pass_mark = 17"), encoding="utf-8")
    assert "Version 2 " in quiz.done("blueprint", "adopt", *ADOPTED, "--file", file)
    with make.reading() as session:
        rules, row = papers.current(session, "driver"), papers.newest(session, "driver")
    assert (rules.pass_mark, rules.unsupervised["renewal"]) == (17, "no")
    assert (row.adopted_on, row.minute, row.basis) == (date(2026, 11, 20), ADOPTED[3], ADOPTED[5])
    assert "Adopted on 20 November 2026, minute 12/2026." in quiz.done("blueprint", "show")


def test_without_a_file_the_present_rules_are_adopted(quiz):
    before = quiz.done("blueprint", "show").partition("\n")[2]
    quiz.done("blueprint", "adopt", *ADOPTED)
    assert quiz.done("blueprint", "show").partition("\n")[2] == before


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("pass_mark = 16", "pass_mark = 99", "The pass mark must be between"),
        ("minutes = 45", "minutes = soon", "cannot be read"),
        ('topics = ["T1"]\ncount = 1', 'topics = ["T1"]\ncount = 20', "The bank cannot fill a paper"),
    ],
    ids=["impossible", "unreadable", "more than the bank has"],
)
def test_rules_that_cannot_work_are_refused(quiz, make, tmp_path, old, new, why):
    shown = quiz.done("blueprint", "show")
    assert old in shown
    (tmp_path / "blueprint.toml").write_text(shown.replace(old, new), encoding="utf-8")
    assert why in quiz.refused("blueprint", "adopt", *ADOPTED, "--file", tmp_path / "blueprint.toml")
    with make.reading() as session:
        assert papers.newest(session, "driver").number == 1


def test_rules_are_adopted_after_the_decision(quiz):
    tomorrow = date.today() + timedelta(days=2)
    assert "in the future" in quiz.refused("blueprint", "adopt", *ADOPTED, "--on", tomorrow)
    assert "Give the minute" in quiz.refused("blueprint", "adopt", *ADOPTED, "--minute", " ")


def test_the_list_says_what_is_open_and_how_it_is_done(quiz):
    told = quiz.done("go-live")
    assert told.count("[ ] ") == 7
    assert "Fill in under [privacy] in settings.toml: controller, contact, " in told


@pytest.mark.both_engines
def test_nobody_goes_live_while_something_is_open(quiz, make):
    assert quiz.refused("go-live", "--yes").startswith("Not yet: Local contacts are confirmed; ")
    with make.reading() as session:
        assert not service.facts(session).live


@pytest.mark.both_engines
def test_a_complete_pilot_goes_live_once(quiz, make, tmp_path, passphrase):
    (quiz.folder / "settings.toml").write_text(Settings.default_text().replace("[privacy]", PRIVACY), encoding="utf-8")
    with make.reading() as session:
        unconfirmed = contacts.load(session, service.facts(session).contacts_version).unconfirmed()
    for contact in unconfirmed:
        quiz.done("contacts", "confirm", contact.key, "--by", "A. Clerk")
    (tmp_path / "rules.toml").write_text(quiz.done("blueprint", "show").replace('"unset"', '"yes"'), encoding="utf-8")
    quiz.done("blueprint", "adopt", *ADOPTED, "--file", tmp_path / "rules.toml")
    make.agree_everything()
    review_everything(make)
    quiz.environment.update(passphrase)
    quiz.done("backup", "--keys", tmp_path / "keys.sealed")
    assert quiz.done("go-live").endswith("Nothing is missing: quiz go-live --yes\n")
    assert quiz.done("go-live", "--yes") == "The service is live. Results count for licences from now on.\n"
    with make.reading() as session:
        assert service.facts(session).mark == ""
    assert "live already" in quiz.refused("go-live", "--yes")


def test_a_test_of_other_people_is_offered_once_it_is_adopted(quiz, make, tmp_path):
    assert "Not adopted, so nobody is asked" in quiz.done("blueprint", "show", "--test", "other-trades")
    assert quiz.done("blueprint", "adopt", *ADOPTED, "--test", "other-trades").startswith("Version 1 of the rules")
    shown = quiz.done("blueprint", "show", "--test", "other-trades")
    assert "minute 12/2026" in shown and 'audience = "People of other licensed trades"' in shown
    with make.reading() as session:
        assert papers.names(session)["other-trades"] == "Safeguarding test for other licensed trades"
        assert papers.newest(session, "driver").adopted_on is None
    (tmp_path / "rules.toml").write_text(shown.replace("valid_months = 12", "valid_months = 24"), encoding="utf-8")
    file = ("--file", tmp_path / "rules.toml")
    assert "say --test other-trades" in quiz.refused("blueprint", "adopt", *ADOPTED, *file)
    assert quiz.done("blueprint", "adopt", *ADOPTED, *file, "--test", "other-trades").startswith("Version 2")
    with make.reading() as session:
        assert papers.current(session, "other-trades").valid_months == 24


def test_a_test_that_nobody_has_written_cannot_be_adopted(quiz):
    said = quiz.refused("blueprint", "adopt", *ADOPTED, "--test", "pizza")
    assert "There are: driver, members-and-officers, other-trades." in said
