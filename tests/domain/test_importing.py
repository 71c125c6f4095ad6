"""Lists of licence holders: what columns, cells and rows mean, and what a list would change."""

from datetime import date
from itertools import count
from uuid import UUID

import pytest

from quiz.domain import import_cells as cells
from quiz.domain import import_match as matching
from quiz.domain.errors import Refused
from quiz.domain.import_match import Field, Match
from quiz.domain.import_rows import Reader, Row
from quiz.domain.importing import Category, Choice, Facts, Held, Known, Question, Staged, choose, compare
from quiz.domain.licence import Kind

COUNCIL = "Chorley Council"
TODAY = date(2026, 11, 23)
SAM = UUID(int=900)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Licence No|Licence Type|Expiry Date|Forename|Surname|Email Address|Mobile",
         "number kind expires forename surname email mobile"),
        ("Badge Number|TYPE|Licence_Holder|DATE OF EXPIRY|E-mail|Tel. No.", "number kind name expires email phone"),
        ("Name|Driving Licence Number|Date of birth|Licence number|Licence ref", "name - - number -"),
    ],
)  # fmt: skip
def test_headings_of_licensing_systems(header, fields):
    found = matching.of_header(header.split("|"))
    assert [one or "-" for one in found.fields] == fields.split()
    assert matching.stored(found.stored) == found


def test_what_is_lacking_is_said():
    match = Match((Field.NUMBER, Field.FORENAME, None))
    assert len(matching.lacking(match)) == 2
    assert matching.lacking(Match((Field.NUMBER, Field.NAME), "dual")) == []
    assert "only one column" in matching.lacking(Match((Field.NUMBER, Field.NAME, Field.NAME), "dual"))[0]


def test_a_match_is_remembered_by_the_headings_in_their_order():
    one = matching.fingerprint(["Licence No", "Name"])
    assert one == matching.fingerprint(["LICENCE_NO.", "name"]) != matching.fingerprint(["Name", "Licence No"])


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("31/12/2026", date(2026, 12, 31)), ("31-12-26", date(2026, 12, 31)), ("1.2.2027", date(2027, 2, 1)),
        ("31 Dec 2026", date(2026, 12, 31)), ("31st December 2026", date(2026, 12, 31)),
        ("1-Sept-26", date(2026, 9, 1)),
        ("2026-12-31", date(2026, 12, 31)), ("2026-12-31T00:00:00", date(2026, 12, 31)),
        ("20261231", date(2026, 12, 31)),
        ("31/12/2026 00:00", date(2026, 12, 31)), ("Thu, 31 Dec 2026", date(2026, 12, 31)), ("", None),
    ],
)  # fmt: skip
def test_dates_in_british_forms(cell, meant):
    assert cells.day(cell) == meant


@pytest.mark.parametrize(
    ("cell", "words"),
    [("12/31/2026", "no date"), ("30/02/2027", "no date"), ("46387", "no date"), ("31 Ju 2026", "no date"),
     ("01/01/1900", "between 2000 and 2100"), ("1/1/99", "between"), ("31/12/2199", "between"), ("soon", "no date")],
)  # fmt: skip
def test_dates_that_cannot_be_right(cell, words):
    if cell == "1/1/99":  # two digits are of this century
        assert cells.day(cell) == date(2099, 1, 1)
        return
    with pytest.raises(Refused, match=words):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'+44 7700 900123", "+44 7700 900123"), ('="00123"', "00123"), (" N/A ", ""), ("-", ""), ("\ufeffPH1", "PH1")],
)
def test_guards_of_spreadsheets_are_taken_off(cell, text):
    assert cells.clean(cell) == text


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("http://example.com","PH1")', "x" * 501])
def test_a_formula_and_an_endless_cell_are_refused(cell):
    with pytest.raises(Refused):
        cells.clean(cell)


@pytest.mark.parametrize("cell", ["PH1234 / HC567", "PH1234, HC567", "PH 12 & HC 34", "PH1\nHC2", "PH1234/HC567"])
def test_two_licences_in_one_cell_are_refused(cell):
    with pytest.raises(Refused, match="two licence numbers"):
        cells.number(cell)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("00123", "00123"), ("hcd/0123/24", "HCD/0123/24"), ("ph 12-34", "PH 12-34"), ("123/24", "123/24")],
)
def test_numbers_are_kept_as_they_are_written(cell, kept):
    assert cells.number(cell) == kept


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("Hackney Carriage Driver's Licence", Kind.HACKNEY), ("PHD", Kind.PRIVATE_HIRE), ("HC/PH", Kind.DUAL),
     ("Hackney carriage and private hire", Kind.DUAL), ("private-hire", Kind.PRIVATE_HIRE), ("Dual Driver", Kind.DUAL)],
)  # fmt: skip
def test_kinds_in_the_words_of_licensing_systems(cell, kind):
    assert cells.kind(cell) is kind


@pytest.mark.parametrize(
    ("cell", "words"), [("Private Hire Vehicle", "not a driver"), ("Boat", "no kind"), ("", "no kind")]
)
def test_other_licences_are_refused(cell, words):
    with pytest.raises(Refused, match=words):
        cells.kind(cell)


@pytest.mark.parametrize(
    ("cell", "kept", "mended"),
    [("7700900123", "07700900123", True), ("01632 960001 / 07700 900123", "01632 960001", True),
     ("+44 (0)7700 900123", "+44 7700 900123", True), ("07700 900123", "07700 900123", False), ("", "", False)],
)  # fmt: skip
def test_telephone_numbers_are_mended_and_it_is_said(cell, kept, mended):
    assert cells.phone(cell, str) == (kept, mended)


def test_one_number_in_two_spellings():
    assert cells.phone_key("+44 7700 900123") == cells.phone_key("07700 900 123")


def reader(*fields, kind="private-hire") -> Reader:
    return Reader(Match(fields, kind), COUNCIL, str, str, str)


def test_everything_wrong_with_a_row_is_told_and_the_rest_is_kept():
    read = reader(Field.NUMBER, Field.NAME, Field.EXPIRES)
    row = read.read(7, ["PH1", "", "1/1/1900", "loose"], {})
    assert (row.number, row.key, row.kind) == (7, "PH1", "private-hire")
    assert len(row.problems) == 3 and "more cells than there are headings" in row.problems[0]
    assert "formula" in read.read(8, ["", "Ann", ""], {0: "It holds a formula"}).problems[0]


def test_a_name_that_stands_surname_first_is_turned_round_and_it_is_said():
    read = reader(Field.NUMBER, Field.NAME)
    assert read.read(2, ["PH1", "KHAN, Amir"], {}).name == "Amir KHAN"
    assert read.told() == ["In 1 row the name stood surname first and was turned round."]


def test_a_licence_of_another_council_is_refused():
    read = reader(Field.NUMBER, Field.NAME, Field.AUTHORITY)
    assert read.read(2, ["PH1", "Ann", "Preston"], {}).problems
    assert not read.read(2, ["PH1", "Ann", "chorley council"], {}).problems


def row(number, key="PH1", name="Sam Driver", kind="private-hire", **more) -> Row:
    return Row(number, COUNCIL, kind, key, key, name, **more)


def held(key="PH1", name="Sam Driver", kind="private-hire", person=SAM, **more) -> Held:
    facts = {"email": "", "phone": "", "expires": None, "unlisted": None} | more
    return Held(UUID(int=int(key[2:])), person, COUNCIL, kind, key, name, **facts)


def staged(rows, licences=(), people=()) -> list[Staged]:
    ids = count(1000)
    by_name: dict[str, list[Known]] = {}
    for one in people:
        by_name.setdefault(one.name.lower(), []).append(one)
    known = {(one.authority, one.kind, one.key): one for one in licences}
    return compare(rows, Facts(TODAY, known, by_name, lambda: UUID(int=next(ids))))


def categories(found: list[Staged]) -> list[str]:
    return [f"{one.category}{'/' + one.question if one.question else ''}" for one in found]


def test_new_changed_unchanged_and_refused():
    bad = row(5, "PH5")
    bad.problems.append("There is no name")
    found = staged(
        [row(2), row(3, "PH2", expires=TODAY), row(4, "PH3", name="Bea Bold"), bad],
        [held(), held("PH2", person=UUID(int=901))],
    )
    assert categories(found) == ["unchanged", "changed", "new", "refused"]
    assert [one.taken for one in found] == [False, True, True, False]
    assert (found[1].expires, found[1].held.expires) == (TODAY, None)
    assert found[3].reason == "There is no name"


def test_an_empty_cell_takes_nothing_away_and_a_spelling_is_no_change():
    known = held(name="Zoë Ng", email="zoe@example.com", phone="07700 900123", expires=TODAY)
    (found,) = staged([row(2, name="ZOE NG", phone="+44 7700 900123")], [known])
    assert found.category is Category.UNCHANGED


def test_the_same_licence_twice_needs_a_decision_only_where_the_rows_differ():
    found = staged([row(2), row(3, name="SAM DRIVER"), row(4, expires=TODAY)])
    assert categories(found) == ["decide/twice", "unchanged", "decide/twice"]
    assert found[1].reason == "Row 2 says the same"
    assert categories(staged([row(2), row(3)])) == ["new", "unchanged"]
    assert not any(one.taken for one in found)


def test_one_person_with_several_licences_is_asked_about_never_merged():
    sam = Known(SAM, "Sam Driver", "sam@example.com", "")
    found = staged([row(2, "PH2", email="SAM@example.com"), row(3, "PH3", name="Sam Driver")], people=[sam])
    assert categories(found) == ["decide/person", "new"]
    assert (found[0].other_id, found[0].taken) == (SAM, False)
    assert "Nothing else says" in found[1].reason
    choose(found[0], Choice.SAME)
    assert (found[0].taken, found[0].adds_person, found[0].adds_licence) == (True, False, True)
    choose(found[0], Choice.OTHER)
    assert (found[0].taken, found[0].adds_person, found[0].adds_licence) == (True, True, True)
    choose(found[0], Choice.LEAVE)
    assert (found[0].taken, found[0].adds_person, found[0].adds_licence) == (False, False, False)


def test_two_licences_of_one_new_person_in_the_list():
    found = staged([row(2, "PH2", phone="07700900123"), row(3, "HC3", kind="hackney", phone="07700 900123")])
    assert categories(found) == ["new", "decide/person"]
    assert found[1].other_id == found[0].person_id and "Row 2 has" in found[1].reason


def test_a_known_licence_under_an_entirely_different_name_is_asked_about():
    found = staged(
        [row(2, name="Bea Bold"), row(3, "PH2", name="Sam Driver-Jones")], [held(), held("PH2", person=UUID(int=901))]
    )
    assert categories(found) == ["decide/name", "changed"]


def test_rows_of_one_person_agree_or_the_later_one_is_refused():
    both = [held(), held("HC2", kind="hackney")]
    found = staged([row(2, email="a@example.com"), row(3, "HC2", kind="hackney", email="b@example.com")], both)
    assert categories(found) == ["changed", "refused"]
    assert "Row 2 is about another licence of the same person" in found[1].reason
    found = staged([row(2, email="a@example.com"), row(3, "HC2", kind="hackney")], both)
    assert categories(found) == ["changed", "unchanged"]


def test_a_licence_that_is_listed_again_comes_back():
    (found,) = staged([row(2)], [held(unlisted=TODAY)])
    assert (found.category, found.unlisted) == (Category.CHANGED, None)


def test_what_a_reversal_file_asks_for():
    known = held(email="new@example.com", expires=TODAY)
    (restored,) = staged([row(2, act="restore", unlisted=TODAY)], [known])
    assert (restored.said, restored.expires, restored.unlisted) == (("Sam Driver", "", ""), None, TODAY)
    (removed,) = staged([row(2, act="remove")], [known])
    assert (removed.category, removed.unlisted, removed.said[1]) == (Category.CHANGED, TODAY, "new@example.com")
    (unknown,) = staged([row(2, act="restore")])
    assert (unknown.category, unknown.question) == (Category.REFUSED, "")
    assert Question.TWICE == "twice"
