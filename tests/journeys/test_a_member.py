"""The errand of an elected member, from the group to the next year; and a driver who never hears of it."""

import re
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.records.audit import AuditEntry
from quiz.records.certificates import Certificate
from quiz.records.groups import Membership
from tests.journeys.test_a_driver import sit
from tests.make import Clock, Made, Make
from tests.page import Browser

Browse = Callable[[], Browser]
CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}")
REFERENCE = re.compile(r"M-[A-Z0-9]{5}")
NAME = "Safeguarding refresher for members and officers"
LICENCES = re.compile(r"licen[cs]e|[Tt]axi driver", re.IGNORECASE)
OTHERS = re.compile(
    r"\bmembers?\b|\bgroups? of\b|councillor|refresher|\breference\b|other trades|elected", re.IGNORECASE
)


def test_an_elected_member_is_added_invited_passes_and_is_due_again_after_a_year(
    officer: Browser, browse: Browse, make: Make, clock: Clock
) -> None:
    make.group("Officers")  # adopts the test
    officer.open("/staff/groups")
    officer.press("Make a group")
    officer.press("Make the group", name="Elected members", called="elected member", test="members-and-officers")
    assert officer.page.heading == "Elected members"
    officer.press("Add one person")
    officer.press("Add to the group", name="Morgan Member", email="morgan@example.com")
    assert "Has not passed yet" in officer.page.text and "Not invited yet" in officer.page.text
    reference = REFERENCE.search(officer.page.text)[0]
    member_page = officer.page.path
    officer.press("Invite and issue a code")
    officer.press("Invite and issue a code")
    code = CODE.search(officer.page.text)[0]
    assert "/sign-in/elected-members" in officer.page.text
    letter = officer.press("Print the letter")
    assert letter.response.content_type == "application/pdf"
    assert code not in officer.open(member_page).text

    member = browse()
    member.open("/sign-in/elected-members")
    assert member.page.labels == ["Your reference", "Access code"]
    assert member.press("Continue", licence=reference, code=code).heading == "Before you start"
    for said in ("Morgan Member", "Reference", reference, NAME, "You need 16 right answers"):
        assert said in member.page.soup.get_text(" "), said
    assert not LICENCES.search(member.page.soup.get_text(" ")) and "Unsafe answers" not in member.page.text
    with make.reading() as session:
        person_id = only_member(session)
    sit(member, make, Made(person_id, person_id, reference, code))
    assert member.page.heading == "You passed"
    assert NAME in member.page.text and "valid to the end of 23 November 2027" in member.page.text
    assert not LICENCES.search(member.page.soup.get_text(" "))
    result = member.page.path
    member.follow("Your certificate")
    assert "Morgan Member" in member.page.text and f"the {NAME}" in member.page.text
    assert "Valid to the end of 23 November 2027" in member.page.text
    assert not LICENCES.search(member.page.soup.get_text(" "))
    for file in ("certificate.pdf", "card.pdf", "card-sheet.pdf"):
        assert member.client.get(f"{result}/{file}", base_url=member.host).status_code == 200
    assert "Has a valid pass" in officer.open(member_page).text

    member.open("/test")
    member.press("Sign out")
    assert member.page.heading == "You have signed out"
    assert member.press("Sign in").path == "/sign-in/elected-members"

    clock.pass_by(days=366)
    officer.open("/staff/sign-in")
    officer.press("Sign in", email="officer@example.com", password="three made-up words")
    assert "Due: the pass has ended" in officer.open(member_page).text
    assert officer.open("/staff/groups/elected-members?due=due").links["Morgan Member"] == member_page
    officer.open("/staff/groups/elected-members/letters")
    assert "1 letter is to be printed." in officer.press("Invite them").text
    assert officer.press("Download the letter").response.content_type == "application/pdf"
    with make.reading() as session:
        said = [one.content for one in session.scalars(select(AuditEntry))]
    assert not [text for text in said if "Morgan" in text or "morgan@" in text or reference[2:] in text]


def only_member(session: Session) -> UUID:
    """The one person who is no driver."""
    return session.scalars(select(Membership.person_id)).one()


def test_a_member_who_fails_reads_nothing_of_a_licence(browse: Browse, make: Make) -> None:
    made = make.member(make.group())
    member = browse()
    member.open("/sign-in/elected-members")
    member.press("Continue", licence=made.number, code=made.code)
    sit(member, make, made, right=9)
    assert member.page.heading == "You did not pass this time"
    assert "This result alone decides nothing." in member.page.text
    assert not LICENCES.search(member.page.soup.get_text(" "))


def test_a_wrong_code_says_reference_and_an_unknown_group_is_not_found(browse: Browse, make: Make) -> None:
    made = make.member(make.group())
    member = browse()
    member.open("/sign-in/elected-members")
    member.press("Continue", licence=made.number, code="34678-34678-34678")
    assert "The reference and the access code do not belong together" in member.page.text
    assert browse().open("/sign-in/nobody").status == 404


def test_a_drivers_pages_mention_nobody_else(browse: Browse, make: Make) -> None:
    group = make.group()
    make.attempt(make.member(group))
    made = make.driver()
    driver = browse()
    pages = [driver.open("/"), driver.open("/sign-in")]
    pages.append(driver.press("Continue", licence=made.number, code=made.code))
    sit(driver, make, made)
    pages.append(driver.page)
    result = driver.page.path
    pages += [driver.open(f"{result}/certificate"), driver.open(f"{result}/card"), driver.open("/practice")]
    pages.append(driver.open("/test"))
    pages.append(driver.press("Sign out"))
    pages += [driver.open(path) for path in ("/contact", "/cookies", "/verify")]
    for page in pages:
        assert page.status == 200
        assert OTHERS.search(page.soup.get_text(" ")) is None, (page.path, OTHERS.search(page.soup.get_text(" ")))
        assert "/sign-in/" not in str(page.soup)


def test_a_driver_who_is_a_member_too_sees_in_each_test_only_that_one(browse: Browse, make: Make) -> None:
    driver_made = make.driver(number="PH7001")
    member_made = make.member(make.group(), number="PH7001")
    member_attempt = make.attempt(member_made)
    driver = browse()
    driver.open("/sign-in")
    driver.press("Continue", licence="PH7001", code=driver_made.code)
    assert driver.page.heading == "Before you start" and "Taxi driver safeguarding test" in driver.page.soup.get_text()
    sit(driver, make, driver_made)
    assert "Earlier tests" not in driver.page.text
    assert str(member_attempt) not in str(driver.open("/result").soup)
    assert driver.open(f"/result/{member_attempt}").status == 404


def test_whoever_checks_a_members_certificate_is_told_that_it_is_no_drivers(browse: Browse, make: Make) -> None:
    make.attempt(make.member(make.group()))
    with make.reading() as session:
        number = session.scalars(select(Certificate.number)).one()
    public = browse()
    assert NAME in public.open(f"/verify/{number}").text
    public.press("Show the name", surname="Member")
    assert "Morgan Member" in public.page.text
    assert "It is not the certificate of a licensed driver" in public.page.text
    assert "Compare name and licence" not in public.page.text
