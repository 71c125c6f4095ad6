"""Sets a template of this folder with facts, as a tagged PDF that can be read aloud and kept for good.

Facts pass as JSON, so nothing in a name or an address can act as markup. The same facts give the same bytes.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import typst

from quiz.documents import fonts

FOLDER = Path(__file__).parent

Fact: TypeAlias = "str | int | float | bool | Sequence[Fact] | Mapping[str, Fact] | None"


def pdf(template: str, facts: Mapping[str, Fact]) -> bytes:
    """PDF/UA-1 and PDF/A-2a at once. `facts` must hold what the template asks for; see `head`."""
    return typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=fonts.shared(),
        ignore_system_fonts=True,
        sys_inputs=inputs(facts),
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
    )


def inputs(facts: Mapping[str, Fact]) -> dict[str, str]:
    """What a template reads, with nothing in it that the fonts cannot print."""
    shown = json.dumps(_printable(facts), ensure_ascii=False)
    return {"facts": shown, "typeface": fonts.typeface(shown)}


def head(title: str, day: date, mark: str, words: str) -> dict[str, Fact]:
    """What every document has: its title, the date that it bears, the mark across it and that mark in words."""
    return {"title": title, "date": [day.year, day.month, day.day], "mark": mark, "mark_words": words}


def _printable(fact: Fact) -> Fact:
    if isinstance(fact, str):
        return _shown(fact)
    if isinstance(fact, Mapping):
        return {key: _printable(value) for key, value in fact.items()}
    return [_printable(value) for value in fact] if isinstance(fact, Sequence) else fact


def _shown(text: str) -> str:
    # Names are refused at entry when they cannot be printed. One that came another way must not cost a driver the
    # certificate: a gap that everyone can see stands in for the letter.
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(r"\s+", " ", text)  # a space at an end stays: it parts these words from those before or after
    return text.translate({ord(c): fonts.GAP for c in fonts.unprintable(text)})
