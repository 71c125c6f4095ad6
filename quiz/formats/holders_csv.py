"""Lists as text: UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs between the cells."""

import csv
import io
import re
from collections.abc import Iterator

from quiz.domain.errors import Refused
from quiz.domain.import_match import recognised
from quiz.formats.holders import LOOKED_AT, Holders, Line, gather, heading

BETWEEN = {",": "commas", ";": "semicolons", "\t": "tabs"}
LONGEST_CELL = 20_000
SEPARATOR = re.compile(r"sep=(.)\r?\n")  # a first line that some programs write for others


def read(content: bytes) -> Holders:
    """Read the list. What it was taken for is told."""
    text, coding = decode(content)
    told = SEPARATOR.match(text)
    between = told[1] if told else separator(text)
    body = text[told.end() :] if told else text
    words = BETWEEN.get(between, f"“{between}”")
    notes = [f"Read as text in {coding}, with {words} between the cells."]
    return gather(_lines(body, between, first=2 if told else 1), notes)


def decode(content: bytes) -> tuple[str, str]:
    """The text, and the name of its coding."""
    for mark, coding, words in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
        (b"", "utf-8", "UTF-8"),
        (b"", "cp1252", "Windows-1252"),
    ):
        if content.startswith(mark):
            try:
                text = content.decode(coding)
            except UnicodeDecodeError:
                continue
            if "\0" in text:
                break
            return text, words
    raise Refused("file-coding", "The letters of this file cannot be read. Save it again as “CSV UTF-8”.")


def separator(text: str) -> str:
    """What stands between the cells: whatever makes the most headings that are known."""

    def fits(one: str) -> tuple[int, int]:
        first = []
        for line in _lines(text[:200_000], one, lenient=True):
            first.append(line)
            if len(first) == LOOKED_AT:
                break
        cells = first[heading(first)].cells if first else []
        return recognised(cells), len(cells)

    return max(BETWEEN, key=fits)


def _lines(text: str, between: str, first: int = 1, lenient: bool = False) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    number = first - 1
    try:
        for cells in rows:
            number += 1
            yield Line(number, cells)
    except csv.Error as error:
        if not lenient:
            raise Refused(
                "file-quotes",
                f"Row {number + 1} cannot be read: a cell has no end. Look for a quotation mark without its partner.",
            ) from error
