"""The typefaces of every document, and which characters they can print.

Documents are set in Atkinson Hyperlegible Next, or in Noto Sans where a name has letters that it lacks. Both are plain
TTF files that the set-up puts into static/vendor/fonts.
"""

import unicodedata
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[2] / "static" / "vendor" / "fonts"
HOUSE, HOUSE_FILES = "Atkinson Hyperlegible Next", "AtkinsonHyperlegibleNext_*.ttf"
FALLBACK, FALLBACK_FILES = "Noto Sans", "NotoSans_*.ttf"
GAP = "\N{REPLACEMENT CHARACTER}"  # stands for a character that cannot be printed

# Controls, invisible marks, private and unassigned characters, line and paragraph ends: no font gives them a meaning,
# and the standards of our PDF forbid most of them.
NEVER = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


@cache
def shared() -> typst.Fonts:
    """The fonts, read once a process. None of the machine's own, so that a document looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


def unprintable(text: str) -> str:
    """The characters of `text` that no document can print, each once, in their order; "" when all of it prints."""
    return "".join(c for c in dict.fromkeys(text) if not _prints(c))


def typeface(text: str) -> str:
    """The family for a document of this text: one face throughout, never a name patched together from two."""
    return HOUSE if _covered(HOUSE_FILES).issuperset(text) else FALLBACK


def _prints(character: str) -> bool:
    # The fallback has all letters of the house's face, so it alone decides. A gap is what a broken copy leaves behind.
    drawn = character in _covered(FALLBACK_FILES) and character != GAP
    return drawn and unicodedata.category(character) not in NEVER


@cache
def _covered(pattern: str) -> frozenset[str]:
    """The characters that every weight of a family has a glyph for."""
    files = sorted(FOLDER.glob(pattern))
    if not files:
        raise FileNotFoundError(f"No {pattern} in {FOLDER}: run the set-up")
    return frozenset.intersection(*map(_drawn_by, files))


def _drawn_by(file: Path) -> frozenset[str]:
    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
