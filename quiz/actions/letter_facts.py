"""What stands in letters: who writes, the words in force, and what comes in place of words in braces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from quiz.documents import email
from quiz.domain import calendar, groups, letter_layout, letter_words
from quiz.domain.blueprint import Reason
from quiz.domain.letter_words import Wording
from quiz.domain.letters import PLACES, REASONS, LetterText, mark_words
from quiz.domain.posting import Kind
from quiz.records import letters as rows
from quiz.records import papers
from quiz.records.groups import Audience, Membership
from quiz.records.invitations import Invitation
from quiz.records.people import Licence, Person

NO_DAY = "a day that our records do not have"


@dataclass(frozen=True, slots=True)
class House:
    """Who writes: names and addresses that stand in every letter. `by_email`: whether any can be sent by e-mail."""

    council: str
    service: str
    address: str
    support: str
    domain: str
    mark: str
    by_email: bool

    @property
    def values(self) -> dict[str, str]:
        """What comes in place of the words in braces that are the same in all letters."""
        return {
            "address": self.address,
            "handbook": f"{self.address}/handbook",
            "practice": f"{self.address}/practice",
            "phone": self.support,
            "service": self.service,
            "council": self.council,
        }


def wording(session: Session, kind: Kind) -> Wording:
    """The words that count now: those of the staff, or those that came with the program."""
    found = rows.newest_text(session, kind)
    return Wording(found.subject, found.body) if found else email.original(kind)


def of_driver(person: Person, licences: Sequence[Licence], expires_on: date | None) -> dict[str, str]:
    """What a letter says of a driver: a name, the last characters of a number, and a day."""
    return {
        "name": person.name,
        "licence": letter_words.ending([one.number for one in licences]),
        "licence_end": calendar.words(expires_on) if expires_on else NO_DAY,
    }


def of_invitation(house: House, invited: Invitation, whom: tuple[Person, Sequence[Licence]]) -> dict[str, str]:
    """What a letter says of a driver and of an invitation, all but the code."""
    person, licences = whom
    ends = max((one.expires_on for one in licences if one.expires_on), default=None)
    return house.values | of_driver(person, licences, ends) | {
        "reason": REASONS[Reason(invited.reason)],
        "place": PLACES[invited.supervised],
        **until(invited.deadline),
    }  # fmt: skip


def of_member(
    session: Session, house: House, audience: Audience, whom: tuple[Person, Membership], deadline: date | None = None
) -> dict[str, str]:
    """What a letter says to somebody of a group: nothing of licences, and the address of their own sign-in."""
    person, membership = whom
    return house.values | {
        "name": person.name,
        "reference": groups.shown(membership.reference),
        "called": audience.called,
        "test": papers.current(session, audience.test).name,
        "address": f"{house.address}/sign-in/{audience.key}",
        **until(deadline),
    }


def until(deadline: date | None) -> dict[str, str]:
    """Until when, if there is a last day."""
    day = calendar.words(deadline) if deadline else ""
    return {"deadline": day or NO_DAY, "pass_by": letter_words.pass_by(day)}


def on_paper(
    kind: Kind,
    words: Wording,
    values: Mapping[str, str],
    house: House,
    code: str,
    *,
    known_by: Sequence[str],
    day: date,
) -> LetterText:
    """A letter to be set in type, in these words. `known_by` is what the reader signs in with, as it is printed."""
    return LetterText(
        council=house.council,
        holder=values["name"],
        known_by=tuple(known_by),
        title=letter_words.fill(words.subject, values),
        body=letter_layout.blocks(words.body, values),
        code=code,
        address=values["address"],
        issued_on=day,
        mark=house.mark,
        mark_words=mark_words(kind, house.mark),
    )


def reference_line(membership: Membership) -> str:
    """What stands under the name of somebody of a group."""
    return f"Your reference: {groups.shown(membership.reference)}"
