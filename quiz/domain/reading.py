"""How hard a question is to read: a school grade, and words that a learner of English may not know."""

import re
from collections.abc import Iterator, Set

from quiz.domain import contacts
from quiz.domain.question import Draft, Problem
from quiz.domain.wording import sentences

GRADE = 6.0
VOWELS = re.compile(r"[aeiouy]+")
WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
BEGINS = re.compile(r"(?:^|[.!?:’'‘“”])\s*$")  # what stands before the first word of a sentence or of speech
# What a word may lose and still be the everyday word that the list has.
FORMS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"), ("es", ""), ("s", ""), ("ed", ""),
    ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("ers", ""), ("est", ""), ("ly", ""),
    ("n", ""),
)  # fmt: skip


def grade(texts: list[str]) -> float:
    """School grade by Flesch and Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59.

    Kincaid and others, Derivation of new readability formulas, Naval Technical Training Command, 1975. Each text ends a
    sentence of its own, as an option does. No words: 0.
    """
    parts = [sentence for text in texts for sentence in sentences(text)]
    words = [word for part in parts for word in WORD.findall(part)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """About how many syllables an English word has: groups of vowels, less a silent end."""
    letters = re.sub(r"[’']\w*$", "", word.casefold())
    found = len(VOWELS.findall(letters))
    if re.search(r"[^aeiouy]e$|[^aeioutdy]ed$|[^aeiouyscxz]es$", letters) and not re.search(r"[^aeiouy]le$", letters):
        found -= 1
    return max(1, found)


def warnings(draft: Draft, everyday: Set[str]) -> Iterator[Problem]:
    """A grade above 6 for question and options together, and words outside the everyday list (empty: not asked)."""
    seen = [contacts.PLACEHOLDER.sub("", text) for text in (draft.stem, *(option.text for option in draft.options))]
    if (found := grade(seen)) > GRADE:
        yield Problem(
            "stem", f"The reading grade is {found:.1f}; use shorter words and sentences, {GRADE:.0f} is the aim"
        )
    names = frozenset(name for text in seen for name in _names(text))
    hard = sorted({word for text in seen for word in _rare(text, everyday, names)}) if everyday else []
    if hard:
        words = f"Not on the list of everyday words: {', '.join(hard)}. Use another word, or add it to everyday.txt"
        yield Problem("stem", words)


def _names(text: str) -> Iterator[str]:
    """Words with a capital inside a sentence: names, wherever else in the question they stand."""
    for found in WORD.finditer(text):
        if found[0][0].isupper() and not BEGINS.search(text[: found.start()]):
            yield _bare(found[0])


def _rare(text: str, everyday: Set[str], names: Set[str]) -> Iterator[str]:
    for found in WORD.finditer(text):
        word = _bare(found[0])
        if word not in names and not known(word.casefold(), everyday):
            yield word.casefold()


def _bare(word: str) -> str:
    return re.sub(r"[’']\w*$", "", word)


def known(word: str, everyday: Set[str]) -> bool:
    """Whether the list has the word, or the one that it is a form of (a doubled letter before -ed and -ing too)."""
    if word in everyday or len(word) == 1:
        return True
    bases = [word.removesuffix(end) + instead for end, instead in FORMS if word.endswith(end)]
    return any(base in everyday or (base[-1:] == base[-2:-1] and base[:-1] in everyday) for base in bases)
