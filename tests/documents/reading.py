"""Reads documents back, as a screen reader, a telephone or an archive would."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import typst
from PIL import Image

from quiz.documents import fonts, typeset
from quiz.documents.typeset import Fact

PPI = 200
MILLIMETRE = PPI / 25.4  # pixels


@dataclass(frozen=True)
class Run:
    """A piece of text on a page: its size and place in points from the lower left. An artifact is not read aloud."""

    page: int
    words: str
    size: float
    x: float
    y: float
    artifact: bool


def opened(document: bytes) -> pikepdf.Pdf:
    """The PDF as objects."""
    return pikepdf.open(BytesIO(document))


def runs(document: bytes) -> list[Run]:
    """All text in the order of the pages."""
    with opened(document) as pdf:
        return [run for number, page in enumerate(pdf.pages, 1) for run in _runs(number, page)]


def spoken(document: bytes, page: int = 0) -> str:
    """What is read aloud (of one page, or of all), without any space, so that lines may break anywhere."""
    return squeezed("".join(run.words for run in runs(document) if not run.artifact and page in (0, run.page)))


def squeezed(words: str) -> str:
    """Without any space."""
    return "".join(words.split())


def pictures(template: str, facts: Mapping[str, Fact]) -> list[Image.Image]:
    """Each page in grey, at 200 pixels an inch."""
    made = typst.compile(
        typeset.FOLDER / template,
        root=typeset.FOLDER,
        font_paths=fonts.shared(),
        ignore_system_fonts=True,
        sys_inputs=typeset.inputs(facts),
        format="png",
        ppi=PPI,
    )
    return [Image.open(BytesIO(page)).convert("L") for page in (made if isinstance(made, list) else [made])]


def warnings(template: str, facts: Mapping[str, Fact]) -> list[typst.TypstWarning]:
    """What typst complains of; a glyph that is missing is an error and raises."""
    return typst.compile_with_warnings(
        typeset.FOLDER / template,
        root=typeset.FOLDER,
        font_paths=fonts.shared(),
        ignore_system_fonts=True,
        sys_inputs=typeset.inputs(facts),
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
    )[1]


def collisions(document: bytes) -> list[tuple[str, str]]:
    """Pairs of lines that begin at the same margin and run into one another."""
    lines = [run for run in runs(document) if not run.artifact and run.words.strip()]
    below = [(over, under) for over in lines for under in lines if (over.page, over.y) > (under.page, under.y)]
    return [
        (over.words, under.words)
        for over, under in below
        if over.page == under.page and abs(over.x - under.x) < 1 and 0.5 < over.y - under.y < under.size * 0.75
    ]


def tags(document: bytes) -> list[str]:
    """The names of all structure elements, in reading order."""
    with opened(document) as pdf:
        return [str(element.S)[1:] for element in _elements(pdf.Root.StructTreeRoot.K)]


def alternatives(document: bytes) -> list[str]:
    """The words that stand for each figure."""
    with opened(document) as pdf:
        return [str(found.Alt) for found in _elements(pdf.Root.StructTreeRoot.K) if found.S == "/Figure"]


def edge_is_blank(page: Image.Image, millimetres: float) -> bool:
    """Nothing is printed within so many millimetres of the paper's edge."""
    strip = round(millimetres * MILLIMETRE)
    inner = (strip, strip, page.width - strip, page.height - strip)
    framed = page.copy()
    framed.paste(255, inner)
    return framed.getextrema()[0] >= 250


def _elements(kids: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _elements(kid.K)


def _runs(number: int, page: pikepdf.Page) -> Iterator[Run]:
    alphabets = {name: _alphabet(font) for name, font in page.Resources.get("/Font", {}).items()}
    alphabet: dict[int, str] = {}
    size = 0.0
    where, outer, line = pikepdf.Matrix(), [], pikepdf.Matrix()
    marked: list[tuple[bool, bool]] = []  # for each level: is it an artifact, do words stand for its glyphs?
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                outer.append(where)
            case "Q":
                where = outer.pop()
            case "cm":
                where = pikepdf.Matrix(*map(float, operands)) @ where
            case "Tm":
                line = pikepdf.Matrix(*map(float, operands)) @ where
            case "Tf":
                alphabet, size = alphabets[str(operands[0])], float(operands[1])
            case "BMC" | "BDC":
                words = _spelled_out(operands)
                marked.append((operands[0] == "/Artifact", words is not None))
                if words is not None:
                    yield Run(number, words, size, line.e, line.f, any(level[0] for level in marked))
            case "EMC":
                marked.pop()
            case "Tj" | "TJ" if not any(level[1] for level in marked):
                strings = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                words = "".join(_decoded(bytes(s), alphabet) for s in strings if isinstance(s, pikepdf.String))
                yield Run(number, words, size, line.e, line.f, any(level[0] for level in marked))


def _spelled_out(operands: list[pikepdf.Object]) -> str | None:
    """The text that a marked piece stands for, where its glyphs alone do not tell (letters with marks)."""
    told = operands[1].get("/ActualText") if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else None
    return None if told is None else str(told)


def _decoded(codes: bytes, alphabet: dict[int, str]) -> str:
    return "".join(alphabet[int.from_bytes(codes[i : i + 2])] for i in range(0, len(codes), 2))


def _alphabet(font: pikepdf.Object) -> dict[int, str]:
    """Glyph code to text, from the font's ToUnicode table."""
    found: dict[int, str] = {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, words in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(words).decode("utf-16-be")
    return found
