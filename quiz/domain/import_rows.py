"""A row of a list of licence holders, read by the match of its columns."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from quiz.domain import import_cells as cells
from quiz.domain import licence, names
from quiz.domain.errors import Refused
from quiz.domain.import_match import FIELD_WORDS, Field, Match

Value = TypeVar("Value")


class Act(StrEnum):
    """What a row of a reversal file asks for; a list from a licensing system asks for nothing of the kind."""

    REMOVE = "remove"
    RESTORE = "restore"


@dataclass(slots=True)
class Row:
    """What a row says. Where `problems` is not empty, the rest holds what could be read nevertheless."""

    number: int
    authority: str = ""
    kind: str = ""
    licence: str = ""
    key: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    expires: date | None = None
    unlisted: date | None = None
    act: str = ""
    problems: list[str] = field(default_factory=list)


class Notes(StrEnum):
    """What was done to read rows, told once for the whole list with the number of rows."""

    TURNED = "the name stood surname first and was turned round"
    MENDED = "the telephone number was mended (a lost zero put back, or the first of several taken)"


class Reader:
    """Reads rows one after the other. `email`, `phone` and `printable` are checks that rules alone cannot make."""

    def __init__(
        self,
        match: Match,
        authority: str,
        email: Callable[[str], str],
        phone: Callable[[str], str],
        printable: Callable[[str], object],
    ) -> None:
        self.match, self.authority = match, authority
        self.check_email, self.check_phone, self.printable = email, phone, printable
        self.columns = {one: place for place, one in enumerate(match.fields) if one}
        self.notes: Counter[Notes] = Counter()

    def read(self, number: int, given: Sequence[str], wrong: Mapping[int, str]) -> Row:
        """One row. Everything that is wrong with it is told, not only the first."""
        row = Row(number, self.authority)
        text = {one: self._text(row, one, place, given, wrong) for one, place in self.columns.items()}
        beyond = len(self.match.fields)
        if any(one.strip() for one in given[beyond:]):
            row.problems.append("It has more cells than there are headings, so its columns cannot be trusted")
        if wrong.get(-1):
            row.problems.append(wrong[-1])
        row.act = self._try(row, lambda: _act(text.get(Field.ACTION, "")), "")
        own = bool(row.act)
        row.kind = self._try(row, lambda: self._kind(text), "")
        row.licence = self._try(row, lambda: cells.number(text[Field.NUMBER]), "")
        row.key = licence.normalise(row.licence)
        row.name = self._try(row, lambda: self._name(text), "")
        row.email = self._try(row, lambda: self.check_email(text.get(Field.EMAIL, "")), "")
        row.phone = self._try(row, lambda: self._phone(text), "")
        row.expires = self._try(row, lambda: cells.day(text.get(Field.EXPIRES, ""), not own), None)
        row.unlisted = self._try(row, lambda: cells.day(text.get(Field.UNLISTED, ""), False), None)
        self._authority(row, text.get(Field.AUTHORITY, ""))
        return row

    def told(self) -> list[str]:
        """What was done to read the list, in words."""
        return [f"In {count:,} {'row' if count == 1 else 'rows'} {note}." for note, count in sorted(self.notes.items())]

    def _text(self, row: Row, what: Field, place: int, given: Sequence[str], wrong: Mapping[int, str]) -> str:
        if place in wrong:
            row.problems.append(f"{FIELD_WORDS[what]}: {wrong[place]}")
            return ""
        try:
            return cells.clean(given[place]) if place < len(given) else ""
        except Refused as refusal:
            row.problems.append(f"{FIELD_WORDS[what]}: {refusal.message}")
            return ""

    def _try(self, row: Row, reading: Callable[[], Value], otherwise: Value) -> Value:
        try:
            return reading()
        except Refused as refusal:
            if refusal.message not in row.problems:
                row.problems.append(refusal.message.rstrip("."))
            return otherwise

    def _kind(self, text: Mapping[Field, str]) -> str:
        if Field.KIND in self.columns and (text[Field.KIND] or not self.match.kind):
            return cells.kind(text[Field.KIND])
        return self.match.kind

    def _name(self, text: Mapping[Field, str]) -> str:
        found, turned = cells.name(text.get(Field.NAME, ""))
        if not found:
            found = f"{text.get(Field.FORENAME, '')} {text.get(Field.SURNAME, '')}"
        tidy = names.tidy(found)
        for problem in names.problems(tidy):
            cells.refuse("There is no name" if not tidy else problem)
        self.printable(tidy)
        self.notes.update([Notes.TURNED] * turned)
        return tidy

    def _phone(self, text: Mapping[Field, str]) -> str:
        given = text.get(Field.MOBILE, "") or text.get(Field.PHONE, "")
        found, mended = cells.phone(given, self.check_phone)
        self.notes.update([Notes.MENDED] * mended)
        return found

    def _authority(self, row: Row, given: str) -> None:
        if given and names.key(given) != names.key(self.authority):
            row.authority = given
            if not row.act:
                row.problems.append(f"The licence is one of {given}, not of {self.authority}")


def _act(text: str) -> str:
    words = text.casefold()
    if words and words not in (Act.REMOVE, Act.RESTORE):
        cells.refuse(f"“{text}” is no import action: it can be “{Act.REMOVE}” or “{Act.RESTORE}”")
    return words
