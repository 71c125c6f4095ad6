"""Finding people: by a number in any spelling, by part of a name, page by page."""

from quiz.domain.licence import Kind
from quiz.records import holders, people
from tests.make import COUNCIL, Make


def found(make: Make, typed: str) -> list[str]:
    with make.reading() as session:
        return [person.name for person in holders.find(session, typed)]


def test_people_are_found_by_a_number_in_any_spelling_or_by_part_of_a_name(make):
    make.driver(name="Zoë O'Neil", number="PH 0012")
    make.driver(name="Sam O'Neil-Smith", number="HC/77", kind=Kind.HACKNEY)
    make.driver(name="Per_cent Ann", number="PH0123")
    both, zoe, sam, ann = ["Sam O'Neil-Smith", "Zoë O'Neil"], ["Zoë O'Neil"], ["Sam O'Neil-Smith"], ["Per_cent Ann"]
    expected = {
        "o'neil": both, "O’NEIL": both, "zoe": zoe, "  Zoë   O'Neil ": zoe, "'": both, "ann": ann,
        "ph-0012": zoe, "ph001": zoe, "PH 0": ann + zoe, "hc77": sam, "0012": zoe,
        "ph12": zoe, "hc 0077": sam, "123": ann, "12": [], "neil zoe": zoe, "smith ann": [],
        "_": ann, "%": [], "": [], "   ": [], "nobody": [], "' OR 1=1 --": [],
    }  # fmt: skip
    assert {typed: found(make, typed) for typed in expected} == expected


def test_no_more_than_the_limit_are_found(make):
    for _ in range(4):
        make.driver()
    with make.reading() as session:
        assert len(holders.find(session, "sam", limit=3)) == 3


def test_one_number_of_two_kinds_is_two_people(make):
    one = make.driver(number="77", kind=Kind.HACKNEY)
    two = make.driver(number="77", kind=Kind.PRIVATE_HIRE)
    with make.reading() as session:
        assert people.numbered(session, " 7 7 ") == sorted([one.person_id, two.person_id])
        assert people.taken(session, COUNCIL, Kind.HACKNEY, "7-7").person_id == one.person_id
        assert people.taken(session, COUNCIL, Kind.DUAL, "77") is None


def test_no_number_is_nobodys(make):
    make.driver()
    with make.reading() as session:
        assert people.numbered(session, " - ") == []


def test_pages_of_people_hold_everybody_once_while_others_are_added(make):
    there = [make.driver().person_id for _ in range(5)]
    with make.reading() as session:
        first = [person.id for person in people.newest(session, size=2)]
    make.driver()
    with make.reading() as session:
        second = [person.id for person in people.newest(session, before=first[-1], size=2)]
        third = [person.id for person in people.newest(session, before=second[-1], size=2)]
    assert [*first, *second, *third] == there[::-1]


def test_licences_of_many_people(make):
    one, two = make.driver(number="A1"), make.driver(number="B2")
    with make.reading() as session:
        held = people.licences_of(session, [one.person_id, two.person_id])
        assert {key: [row.number for row in rows] for key, rows in held.items()} == {
            one.person_id: ["A1"], two.person_id: ["B2"],
        }  # fmt: skip
