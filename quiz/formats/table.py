"""Rows as CSV that a spreadsheet opens safely."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

WIDE = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", *WIDE)  # some programs take the wide ones for the others
BYTE_ORDER_MARK = "\ufeff"


def guarded(cell: object) -> str:
    """Text that a spreadsheet cannot take for a formula: a leading apostrophe before risky characters.

    See the OWASP page on CSV injection. Numbers stay numbers, a negative one too.
    """
    if isinstance(cell, int | float):
        return str(cell)
    text = "" if cell is None else str(cell)
    return "'" + text if text.lstrip(" ").startswith(RISKY) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """CSV with a byte order mark (so that names in any script open rightly), a line at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BYTE_ORDER_MARK
    writer.writerow(header)
    yield _taken(buffer)
    for cells in rows:
        writer.writerow([guarded(cell) for cell in cells])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
