"""The handbook's files, read once per process: chapters by address, and the digest that an attempt keeps."""

from functools import lru_cache

from quiz.formats import handbook_file
from quiz.formats.handbook_file import Chapter
from quiz.settings import ROOT

FOLDER = ROOT / "question_bank" / "handbook"


@lru_cache(maxsize=1)
def _files() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """The chapters in order."""
    return handbook_file.read(_files())


@lru_cache(maxsize=1)
def digest() -> str:
    """A name for exactly these texts (64 hexadecimal digits)."""
    return handbook_file.digest(_files())


def title(slug: str) -> str:
    """The title of a chapter by its address."""
    return next((chapter.title for chapter in chapters() if chapter.slug == slug), slug)


def words(address: str) -> str:
    """“What to do, and what never to do: Never” for "what-to-do#never"; the address itself where there is none."""
    for chapter in chapters():
        for part in chapter.sections:
            if f"{chapter.slug}#{part.anchor}" == address:
                return f"{chapter.title}: {part.heading}"
    return address
