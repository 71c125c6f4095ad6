"""What a question is, and everything that can be wrong with one. Files, the editor's form and imports all meet this."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import date

from quiz.domain import contacts

STEM_WORDS = 50
OPTION_WORDS = 14
QUESTION_WORDS = 100
SENTENCE_WORDS = 20
MOST_UNSAFE = 2
LONGER_BY = 1.2
ID_FORM = re.compile(r"t\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
SECTION_FORM = re.compile(r"[a-z0-9-]+#[a-z0-9-]+")
NEGATIVE = re.compile(r"\b(NOT|EXCEPT|not true|least likely|except)\b")
ABOVE = re.compile(r"\b(all|none|both) of (the above|these)\b", re.I)
DISRESPECTFUL = (
    "prostitut", "promiscuous", "lifestyle choice", "asking for it", "streetwise", "jail bait", "rent boy",
    "handicapped", "wheelchair-bound", "wheelchair bound", "retarded", "the disabled", "illegal immigrant",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. `unsafe` says that choosing it shows dangerous practice, `harm` to whom and how."""

    text: str
    right: bool = False
    unsafe: bool = False
    harm: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it is written: the same value from a file, a form or an import."""

    id: str
    topic: str
    stem: str
    options: tuple[Option, ...]
    why: str
    sources: tuple[str, ...]
    section: str
    review_by: date
    two: bool = False
    local: bool = False
    foes: tuple[str, ...] = ()

    @property
    def critical(self) -> bool:
        """A critical question has at least one unsafe option."""
        return any(option.unsafe for option in self.options)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: the field it stands in and the sentence to show.

    Of one option: its number (from 1) and which `part` of it; 0 is the field as a whole.
    """

    field: str
    message: str
    option: int = 0
    part: str = "text"

    def __str__(self) -> str:
        return f"Option {self.option}: {self.message}" if self.option else self.message


@dataclass(frozen=True, slots=True)
class Known:
    """What a question may refer to."""

    topics: Set[str] = field(default_factory=frozenset)
    sources: Set[str] = field(default_factory=frozenset)
    sections: Set[str] = field(default_factory=frozenset)
    contacts: Set[str] = field(default_factory=frozenset)
    critical_topics: Set[str] = field(default_factory=frozenset)


def problems(draft: Draft, known: Known) -> Iterator[Problem]:
    """Everything wrong with one question, each in words that say what to write instead."""
    yield from _missing(draft)
    yield from _options(draft)
    yield from _unsafe(draft, known)
    yield from _wording(draft)
    yield from _respect(draft)
    yield from _references(draft, known)


def _missing(draft: Draft) -> Iterator[Problem]:
    if not ID_FORM.fullmatch(draft.id):
        yield Problem("id", "Give the question an id like “t07-child-alone”: topic, then small letters and dashes")
    if not draft.stem.strip():
        yield Problem("stem", "Write the question")
    if not draft.why.strip():
        yield Problem("why", "Say why the right answer is right")
    if not draft.sources:
        yield Problem("sources", "Name at least one source")
    for number, option in enumerate(draft.options, 1):
        if not option.right and not option.why.strip():
            yield Problem("options", "Say why a decent driver might choose it and why it is wrong", number, "why")


def _options(draft: Draft) -> Iterator[Problem]:
    wanted, rights = (5, 2) if draft.two else (4, 1)
    kind = "“choose two”" if draft.two else "single-answer"
    if len(draft.options) != wanted:
        yield Problem("options", f"A {kind} question has {wanted} options; this one has {len(draft.options)}")
    found = sum(option.right for option in draft.options)
    if found != rights:
        yield Problem("options", f"Mark exactly {rights} right in a {kind} question; {found} are marked")
    texts = [_plain(option.text) for option in draft.options]
    if len(set(texts)) < len(texts):
        yield Problem("options", "Two options say the same thing; change one of them")
    for number, text in enumerate(texts, 1):
        if not text:
            yield Problem("options", "Write the words of this option", number)
    right = max((len(o.text) for o in draft.options if o.right), default=0)
    wrong = max((len(o.text) for o in draft.options if not o.right), default=0)
    if wrong and right > wrong * LONGER_BY and right - wrong > 3:
        yield Problem("options", "The right option is the longest by more than 20 %; shorten it or lengthen another")


def _unsafe(draft: Draft, known: Known) -> Iterator[Problem]:
    unsafe = [option for option in draft.options if option.unsafe]
    if draft.two and unsafe:
        yield Problem("options", "Only single-answer questions may have unsafe options")
    if len(unsafe) > MOST_UNSAFE:
        yield Problem("options", f"At most {MOST_UNSAFE} options may be unsafe")
    if any(option.right for option in unsafe):
        yield Problem("options", "An option cannot be right and unsafe")
    for number, option in enumerate(draft.options, 1):
        if option.unsafe and not option.harm.strip():
            words = f"Say in one sentence what harm “{option.text}” would do, or unmark it as unsafe"
            yield Problem("options", words, number, "harm")
        if option.harm.strip() and not option.unsafe:
            words = f"“{option.text}” names a harm but is not marked unsafe; do one or the other"
            yield Problem("options", words, number, "harm")
    if unsafe and known.critical_topics and draft.topic not in known.critical_topics:
        yield Problem(
            "options", f"The blueprint draws no critical question from {draft.topic}; unmark the unsafe option"
        )


def _wording(draft: Draft) -> Iterator[Problem]:
    stem, options = draft.stem, [option.text for option in draft.options]
    if NEGATIVE.search(stem):
        yield Problem("stem", "Ask what to do, not what NOT to do: rewrite the question without NOT or EXCEPT")
    if any(ABOVE.search(text) for text in options):
        yield Problem("options", "Write a real option instead of “all (or none) of the above”")
    if _words(stem) > STEM_WORDS:
        yield Problem("stem", f"The question has {_words(stem)} words; use {STEM_WORDS} or fewer")
    for number, text in enumerate(options, 1):
        if _words(text) > OPTION_WORDS:
            yield Problem("options", f"“{text}” has {_words(text)} words; use {OPTION_WORDS} or fewer", number)
    total = _words(stem) + sum(map(_words, options))
    if total > QUESTION_WORDS:
        yield Problem("stem", f"Question and options have {total} words together; use {QUESTION_WORDS} or fewer")
    for sentence in re.split(r"(?<=[.!?])\s+", stem):
        if _words(sentence) > SENTENCE_WORDS:
            yield Problem("stem", f"Split this sentence, it has {_words(sentence)} words: “{sentence}”")


def _respect(draft: Draft) -> Iterator[Problem]:
    for place, number, text in _texts(draft):
        for term in DISRESPECTFUL:
            if term in text.casefold():
                words = f"Do not use “{term}…”: the handbook's list of words says what to write instead"
                yield Problem(place, words, number)
        if contacts.TYPED_NUMBER.search(text):
            words = "Write {number:KEY} instead of a telephone number, so that it can be changed once"
            yield Problem(place, words, number)


def _references(draft: Draft, known: Known) -> Iterator[Problem]:
    if known.topics and draft.topic not in known.topics:
        yield Problem("topic", f"There is no topic “{draft.topic}” in the blueprint")
    for source in draft.sources:
        if known.sources and source not in known.sources:
            yield Problem("sources", f"There is no source “{source}” in sources.toml")
    if not SECTION_FORM.fullmatch(draft.section) or (known.sections and draft.section not in known.sections):
        yield Problem("section", f"There is no handbook section “{draft.section}”; write chapter#section")
    for place, number, text in _texts(draft):
        if set("{}") & set(contacts.PLACEHOLDER.sub("", text)):
            yield Problem(place, "Only {number:KEY} and {name:KEY} may stand in braces", number)
    for place, number, text in _texts(draft) if known.contacts else ():
        for key in sorted(contacts.placeholders(text) - known.contacts):
            yield Problem(place, f"There is no contact “{key}”", number)


def _texts(draft: Draft) -> Iterator[tuple[str, int, str]]:
    """What a driver reads, each with its field and the number of its option."""
    yield "stem", 0, draft.stem
    for number, option in enumerate(draft.options, 1):
        yield "options", number, option.text


def _words(text: str) -> int:
    return len(text.split())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
