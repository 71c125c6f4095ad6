"""The file of telephone numbers: it comes back as it was written, and says what is wrong in it."""

import pytest

from quiz.domain.errors import Refused
from quiz.formats import contacts_file
from quiz.settings import ROOT

COMMITTED = (ROOT / "question_bank" / "contacts.toml").read_text(encoding="utf-8")
POLICE = """\
[[contact]]
key = "police"
name = "Police"
number = "101"
scope = "national"
purpose = "Not an emergency"
checked_on = 2026-11-21
checked_by = "Robin"
"""


def refused(text):
    with pytest.raises(Refused) as found:
        contacts_file.read(text)
    assert found.value.code == "contacts-file"
    return found.value.message


def test_the_committed_contacts_come_back_as_they_were_written():
    read = contacts_file.read(COMMITTED)
    assert contacts_file.read(contacts_file.write(read)) == read


def test_what_is_written_stays_the_same_when_it_is_written_again():
    written = contacts_file.write(contacts_file.read(COMMITTED))
    assert contacts_file.write(contacts_file.read(written)) == written


def test_an_unconfirmed_contact_has_no_day():
    (read,) = contacts_file.read(POLICE.replace("checked_on = 2026-11-21\n", ""))
    assert not read.confirmed
    assert "checked_on" not in contacts_file.write([read])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"police"', "police", "cannot be read"),
        ("[[contact]]", "[[contacts]]", "cannot be read"),
        ("[[contact]]", "[contact]", "cannot be read"),
        ("purpose = ", "reason = ", "cannot be read"),
        ('number = "101"', "", "cannot be read"),
        ('"101"', "101", "police: number must be text in quotes"),
        ("2026-11-21", '"today"', "police: checked_on must be a date like 2027-11-21"),
        ("2026-11-21", "2026-11-21T09:00:00", "police: checked_on must be a date like 2027-11-21"),
        ('"Robin"', '"Robin"\ncard_order = "1"', "police: card_order must be a number"),
        ('"101"', '"ring us"', "police: Enter a telephone number"),
        ('"national"', '"everywhere"', "police: scope must be national or local"),
        ('"Robin"', '"Robin"\n' + POLICE, "two contacts have the same key"),
    ],
)
def test_a_broken_file_is_refused_in_words(old, new, words):
    assert words in refused(POLICE.replace(old, new))


def test_every_problem_is_named_at_once():
    message = refused(POLICE.replace('"101"', '"?"').replace('"Police"', '""').replace('"national"', '""'))
    assert [
        words for words in ("telephone number", "drivers will read", "national or local") if words not in message
    ] == []
