"""What both kinds of lists have in common: rows of text under one row of headings, within limits."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from quiz.domain.errors import Refused
from quiz.domain.import_match import recognised

MOST_COLUMNS = 60
LONGEST_HEADING = 200  # characters that are looked at
MOST_ROWS = 100_000
MOST_LINES = 150_000  # empty ones counted
LOOKED_AT = 20  # rows at the top in which the headings are looked for
NOTHING: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands: its number as a spreadsheet shows it, its cells, and what is wrong with some of them.

    What is wrong with the whole row stands at -1.
    """

    number: int
    cells: Sequence[str]
    wrong: Mapping[int, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Nothing in it at all."""
        return not self.wrong and not any(one.strip() for one in self.cells)


@dataclass(frozen=True, slots=True)
class Holders:
    """A list: the headings, the rows below, and what was done to read it."""

    header: tuple[str, ...]
    header_row: int
    rows: list[Line]
    notes: list[str]


def heading(first: Sequence[Line]) -> int:
    """Which of the first rows holds the headings: the one with the most that are known, else the first with words."""
    found = [recognised(one.cells) for one in first]
    if found and max(found) >= 2:
        return found.index(max(found))
    return next((place for place, one in enumerate(first) if not one.empty), 0)


def gather(
    lines: Iterable[Line], notes: list[str], check_header: Callable[[Line], None] = lambda line: None
) -> Holders:
    """Find the headings and take the rows below, within the limits."""
    found = _limited(lines)
    first = list(islice(found, LOOKED_AT))
    place = heading(first)
    if not first or first[place].empty:
        raise Refused("file-empty", "The file holds no rows.")
    top = first[place]
    check_header(top)
    header = _trimmed(top.cells)
    if skipped := sum(not one.empty for one in first[:place]):
        notes.append(f"The headings stand in row {top.number}. Rows above them that were passed over: {skipped}.")
    rows = [one for one in [*first[place + 1 :], *_counted(found)] if not one.empty]
    if not rows:
        raise Refused("file-empty", "There are headings in the file, but no rows below them.")
    if len(rows) > MOST_ROWS:
        _too_many()
    return Holders(header, top.number, rows, notes)


def _limited(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if line.number > MOST_LINES:
            _too_many()
        width = len(line.cells)
        if width > MOST_COLUMNS and (width > 500 or any(one.strip() for one in line.cells[MOST_COLUMNS:])):
            raise Refused(
                "file-columns",
                f"The list has more than {MOST_COLUMNS} columns. Leave out those that are not about the licence, the "
                "name, the e-mail address, the telephone number and the expiry date.",
            )
        yield line


def _counted(lines: Iterator[Line]) -> Iterator[Line]:
    """Stops at the limit, so that a list of a million rows is not kept in memory first."""
    for count, line in enumerate((one for one in lines if not one.empty), 1):
        if count > MOST_ROWS:
            _too_many()
        yield line


def _too_many() -> None:
    raise Refused("file-rows", f"The list has more than {MOST_ROWS:,} rows. Split it into several lists.")


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Empty headings at the end are no columns."""
    kept = [" ".join(one.split())[:LONGEST_HEADING] for one in cells]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
