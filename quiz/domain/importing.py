"""What a list of licence holders would change: each row compared with what is known. Nothing is merged silently."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from quiz.domain import names
from quiz.domain.import_cells import phone_key
from quiz.domain.import_rows import Act, Row

KEPT_FOR = timedelta(days=30)  # the rows of a list, which are personal data, and with them the way to undo it


class Category(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    DECIDE = "decide"
    REFUSED = "refused"
    UNLISTED = "unlisted"
    UNCHANGED = "unchanged"


CATEGORY_WORDS = {
    Category.NEW: "New",
    Category.CHANGED: "Changed",
    Category.DECIDE: "Need a decision",
    Category.REFUSED: "Refused",
    Category.UNLISTED: "No longer listed",
    Category.UNCHANGED: "Unchanged",
}


def said(people: int, licences: int, changed: int) -> str:
    """What a list brings, or brought, in words."""
    new = f"{people:,} new {'driver' if people == 1 else 'drivers'}"
    return f"{new}, {licences:,} new {'licence' if licences == 1 else 'licences'}, {changed:,} changed"


class Question(StrEnum):
    """What an officer is asked about a row. Until it is answered, the row is left out."""

    TWICE = "twice"
    PERSON = "person"
    NAME = "name"


class Choice(StrEnum):
    """What the officer says."""

    LEAVE = ""
    USE = "use"
    SAME = "same"
    OTHER = "other"


CHOICES = {
    Question.TWICE: (Choice.USE,),
    Question.PERSON: (Choice.SAME, Choice.OTHER),
    Question.NAME: (Choice.SAME,),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A licence that is known, with its holder."""

    licence_id: UUID
    person_id: UUID
    authority: str
    kind: str
    key: str
    name: str
    email: str
    phone: str
    expires: date | None
    unlisted: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is known. `place` is the row of the list that brings them, where they are not in the records yet."""

    person_id: UUID
    name: str
    email: str
    phone: str
    place: int = 0


@dataclass(slots=True)
class Staged:
    """A row with what would become of it: what it says, what is known instead, and what it would add or change."""

    row: Row
    category: Category = Category.UNCHANGED
    question: str = ""
    reason: str = ""
    licence_id: UUID | None = None
    person_id: UUID | None = None
    other_id: UUID | None = None
    held: Held | None = None
    taken: bool = False
    adds_person: bool = False
    adds_licence: bool = False
    changes: bool = False
    said: tuple[str, str, str] = ("", "", "")  # name, e-mail, telephone as they would be afterwards
    expires: date | None = None
    unlisted: date | None = None


@dataclass(frozen=True)
class Facts:
    """What is known: licences by authority, kind and key; people by the key of their name."""

    today: date
    licences: Mapping[tuple[str, str, str], Held]
    people: Mapping[str, Sequence[Known]]
    new_id: Callable[[], UUID]
    brought: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))


def compare(rows: Iterable[Row], facts: Facts) -> list[Staged]:
    """Every row with what would become of it, in the order of the list."""
    staged = [Staged(row) for row in rows]
    groups: dict[tuple[str, str, str], list[Staged]] = defaultdict(list)
    for one in staged:
        if one.row.problems:
            one.category, one.reason = Category.REFUSED, ". ".join(one.row.problems)
        else:
            groups[one.row.authority, one.row.kind, one.row.key].append(one)
    for key, group in groups.items():
        different = _without_repeats(group)
        held = facts.licences.get(key)
        for one in different:
            _place(one, held, facts, twice=len(different) > 1)
    _agree(staged)
    return staged


def choose(one: Staged, choice: Choice) -> None:
    """What an officer's answer makes of a row."""
    one.taken = choice is not Choice.LEAVE
    if one.question == Question.PERSON:
        one.adds_person = choice is Choice.OTHER
        one.adds_licence = one.taken


def _without_repeats(group: list[Staged]) -> list[Staged]:
    """Rows that say the same as an earlier one count once."""
    first: dict[tuple[object, ...], Staged] = {}
    for one in group:
        row = one.row
        said = (names.key(row.name), row.email.casefold(), phone_key(row.phone), row.expires, row.act, row.unlisted)
        if (earlier := first.setdefault(said, one)) is not one:
            one.reason = f"Row {earlier.row.number} says the same"
    return list(first.values())


def _place(one: Staged, held: Held | None, facts: Facts, twice: bool) -> None:
    row = one.row
    if row.act and held is None:
        _refuse(one, "There is no such licence in the records")
    elif held is None:
        _new(one, facts, twice)
    else:
        _held(one, held, facts.today)
    if twice and one.category in (Category.NEW, Category.CHANGED, Category.UNCHANGED):
        one.category, one.question, one.taken = Category.DECIDE, Question.TWICE, False
        one.reason = "The list has this licence more than once, and the rows differ"
    elif twice and one.category is Category.DECIDE:
        _refuse(
            one, "The list has this licence more than once, and who holds it is not clear. Keep one row in the list"
        )


def _new(one: Staged, facts: Facts, twice: bool) -> None:
    row = one.row
    one.licence_id, one.person_id = facts.new_id(), facts.new_id()
    one.said, one.expires = (row.name, row.email, row.phone), row.expires
    key = names.key(row.name)
    alike = next((known for known in (*facts.people.get(key, ()), *facts.brought[key]) if _alike(row, known)), None)
    if alike is not None:
        one.category, one.question, one.other_id = Category.DECIDE, Question.PERSON, alike.person_id
        one.reason = f"Row {alike.place} has" if alike.place else "The records have"
        one.reason += " somebody of the same name with the same e-mail address or telephone number"
        return
    one.category, one.taken, one.adds_person, one.adds_licence = Category.NEW, True, True, True
    if not twice:
        facts.brought[key].append(Known(one.person_id, row.name, row.email, row.phone, row.number))
    if any(not (row.email or row.phone) or not (known.email or known.phone) for known in facts.people.get(key, ())):
        one.reason = "The records have somebody of the same name. Nothing else says whether it is the same person"


def _alike(row: Row, known: Known) -> bool:
    by_email = bool(row.email) and row.email.casefold() == known.email.casefold()
    return by_email or (bool(row.phone) and phone_key(row.phone) == phone_key(known.phone))


def _held(one: Staged, held: Held, today: date) -> None:
    row = one.row
    one.held, one.licence_id, one.person_id = held, held.licence_id, held.person_id
    one.said, one.expires, one.unlisted = (held.name, held.email, held.phone), held.expires, None
    if row.act == Act.REMOVE:
        one.unlisted = held.unlisted or today
    elif row.act == Act.RESTORE:
        one.said, one.expires, one.unlisted = (row.name, row.email, row.phone), row.expires, row.unlisted
    else:
        # An empty cell tells nothing, so it takes nothing away; another spelling of the same is no change.
        name = held.name if names.key(row.name) == names.key(held.name) else row.name
        email = held.email if row.email.casefold() in ("", held.email.casefold()) else row.email
        phone = held.phone if phone_key(row.phone) in ("", phone_key(held.phone)) else row.phone
        one.said, one.expires = (name, email, phone), row.expires or held.expires
    _settle(one)
    if one.category is Category.CHANGED and not row.act and not _words(row.name) & _words(held.name):
        one.category, one.question, one.taken = Category.DECIDE, Question.NAME, False
        one.reason = f"The records have this licence for {held.name}: no part of the name is the same"


def _words(name: str) -> set[str]:
    return set(names.key(name).replace("-", " ").split())


def _settle(one: Staged) -> None:
    """Whether anything would change."""
    held = one.held
    if held is None:
        return
    before = ((held.name, held.email, held.phone), held.expires, held.unlisted)
    one.changes = one.taken = (one.said, one.expires, one.unlisted) != before
    one.category = Category.CHANGED if one.changes else Category.UNCHANGED


def _agree(staged: list[Staged]) -> None:
    """Rows about one person must leave the person with one name, one e-mail address and one telephone number."""
    by_person: dict[UUID, list[Staged]] = defaultdict(list)
    for one in staged:
        if one.held is not None and one.person_id is not None and one.question != Question.TWICE:
            by_person[one.person_id].append(one)
    for rows in by_person.values():
        if len(rows) > 1:
            _one_person(rows)


def _one_person(rows: list[Staged]) -> None:
    agreed: list[tuple[str, int] | None] = [None, None, None]
    for one in rows:
        before = (one.held.name, one.held.email, one.held.phone) if one.held else one.said
        told = [(said, one.row.number) if said != was else None for said, was in zip(one.said, before, strict=True)]
        clash = next((old for old, new in zip(agreed, told, strict=True) if old and new and old[0] != new[0]), None)
        if clash is not None:
            _refuse(one, f"Row {clash[1]} is about another licence of the same person and says something else")
            continue
        agreed = [old or new for old, new in zip(agreed, told, strict=True)]


def _refuse(one: Staged, reason: str) -> None:
    one.category, one.question, one.reason = Category.REFUSED, "", reason
    one.taken = one.adds_person = one.adds_licence = one.changes = False
