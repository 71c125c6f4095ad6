"""Two wordings of a question side by side: which words went and which came."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from quiz.domain import calendar
from quiz.domain.question import Draft, Option

SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed ("same"), went ("gone") or came ("new")."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the question that reads differently."""

    part: str
    pieces: tuple[Piece, ...]


def differences(old: Draft, new: Draft) -> list[Difference]:
    """What differs, part by part, in the order of the page; nothing for equal ones."""
    before, after = dict(_parts(old)), dict(_parts(new))
    return [
        Difference(part, tuple(pieces(before.get(part, ""), after.get(part, ""))))
        for part in sorted({*before, *after}, key=_place)
        if before.get(part, "") != after.get(part, "")
    ]


def pieces(old: str, new: str) -> Iterator[Piece]:
    """The words of two texts, those that differ marked."""
    left, right = old.split(), new.split()
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, " ".join(left[a:b]))
        if kind in ("delete", "replace"):
            yield Piece(GONE, " ".join(left[a:b]))
        if kind in ("insert", "replace"):
            yield Piece(NEW, " ".join(right[c:d]))


def standing(option: Option) -> str:
    """What an option is, in a word."""
    return "Right" if option.right else "Unsafe" if option.unsafe else "Wrong"


ORDER = ("Topic", "Kind", "Question", "Option", "Why", "Sources", "Handbook section", "Review by", "Local", "Foes")


def _place(part: str) -> tuple[int, str]:
    return next(place for place, word in enumerate(ORDER) if part.startswith(word)), part


def _parts(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "Topic", draft.topic
    yield "Kind", "Choose two answers" if draft.two else "Choose one answer"
    yield "Question", draft.stem
    for number, option in enumerate(draft.options, 1):
        yield f"Option {number}", option.text
        yield f"Option {number} is", standing(option)
        yield f"Option {number}, harm", option.harm
        yield f"Option {number}, source of the harm", option.source
        yield f"Option {number}, why", option.why
    yield "Why the right answer is right", draft.why
    yield "Sources", " ".join(draft.sources)
    yield "Handbook section", draft.section
    yield "Review by", calendar.words(draft.review_by)
    yield "Local agreement", "Needed" if draft.local else "Not needed"
    yield "Foes", " ".join(draft.foes)
