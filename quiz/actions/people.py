"""Drivers: add one, correct details, add a licence."""

import re
from datetime import date
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from quiz.actions.work import Work
from quiz.documents import fonts
from quiz.domain import licence, names
from quiz.domain.errors import Refused
from quiz.domain.licence import Kind
from quiz.records import people
from quiz.records.people import Licence, Person


def add_driver(
    work: Work,
    *,
    name: str,
    kind: Kind,
    number: str,
    authority: str,
    email: str = "",
    phone: str = "",
    expires_on: date | None = None,
) -> Person:
    """A new person with a first licence. Refuses a number that somebody already holds."""
    person = add_person(work, name=name, email=email, phone=phone)
    add_licence(work, person.id, kind=kind, number=number, authority=authority, expires_on=expires_on)
    return person


def add_person(work: Work, *, name: str, email: str = "", phone: str = "") -> Person:
    """A new person without a licence."""
    person = Person(created_at=work.now, **details(name, email, phone))
    work.session.add(person)
    work.session.flush()
    work.record("person.added", f"person:{person.id}")
    return person


def correct(work: Work, person_id: UUID, *, name: str, email: str, phone: str) -> None:
    """Correct a person's details. Certificates keep what was printed."""
    person = people.lock(work.session, person_id)
    new = details(name, email, phone)
    changed = sorted(key for key, found in new.items() if getattr(person, key) != found)
    for key, found in new.items():
        setattr(person, key, found)
    if changed:
        work.record("person.corrected", f"person:{person_id}", fields=",".join(changed))


def add_licence(
    work: Work, person_id: UUID, *, kind: Kind, number: str, authority: str, expires_on: date | None
) -> Licence:
    """One more licence of a person."""
    people.lock(work.session, person_id)
    tidy = licence.number(number)
    _must_be_free(work, authority, kind, tidy)
    row = Licence(
        person_id=person_id,
        authority=authority,
        kind=kind,
        number=tidy,
        number_key=licence.normalise(tidy),
        expires_on=expires_on,
    )
    must_be_printable(tidy, "licence-number")
    work.session.add(row)
    work.session.flush()
    work.record("licence.added", f"person:{person_id}", licence=row.id, kind=kind)
    return row


def correct_licence(
    work: Work, person_id: UUID, licence_id: UUID, *, kind: Kind, number: str, expires_on: date | None
) -> None:
    """Correct a licence of this person, for example when an application has become a licence."""
    people.lock(work.session, person_id)
    row = work.session.get(Licence, licence_id, populate_existing=True)
    if row is None or row.person_id != person_id:
        raise Refused("licence-unknown", "This driver has no such licence.")
    tidy = licence.number(number)
    if (row.kind, row.number_key) != (kind, licence.normalise(tidy)):
        _must_be_free(work, row.authority, kind, tidy)
    must_be_printable(tidy, "licence-number")
    row.kind, row.number, row.number_key, row.expires_on = kind, tidy, licence.normalise(tidy), expires_on
    work.record("licence.corrected", f"person:{person_id}", licence=row.id)


def _must_be_free(work: Work, authority: str, kind: Kind, number: str) -> None:
    if people.taken(work.session, authority, kind, number) is not None:
        raise Refused(
            "licence-taken",
            f"There is already a driver with the number {number} ({licence.KIND_WORDS[kind].lower()}). "
            "Find that driver instead.",
        )


def details(name: str, email: str, phone: str) -> dict[str, str]:
    """What is kept of a person, tidied. Refuses what cannot be shown, printed or reached."""
    tidy = names.tidy(name)
    for problem in names.problems(tidy):
        raise Refused("name", problem)
    must_be_printable(tidy, "name")
    return {"name": tidy, "name_key": names.key(tidy), "email": email_address(email), "phone": phone_number(phone)}


def must_be_printable(text: str, code: str) -> None:
    """Refuse what no document of ours could show."""
    if missing := fonts.unprintable(text):
        raise Refused(
            code,
            f"The certificate cannot be printed with “{missing}”. Type it in Latin letters, as on the licence.",
        )


def email_address(typed: str) -> str:
    """An e-mail address in its usual spelling; "" for nothing typed."""
    if not typed.strip():
        return ""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Refused("email", "Enter an e-mail address like name@example.com") from error


def phone_number(typed: str) -> str:
    """A telephone number with single spaces; "" for nothing typed."""
    tidy = " ".join(typed.split())
    if tidy and not re.fullmatch(r"\+?[0-9][0-9 ()-]{6,19}", tidy):
        raise Refused("phone", "Enter a telephone number: digits and spaces, for example 01632 960 001")
    return tidy
