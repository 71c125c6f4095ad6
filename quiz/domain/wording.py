"""How a question may be worded: short, plain, respectful, and without giving its answer away."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from quiz.domain import contacts, terms
from quiz.domain.question import Draft, Problem

STEM_WORDS = 50
OPTION_WORDS = 14
QUESTION_WORDS = 100
SENTENCE_WORDS = 20
NEAR = 0.8
NEGATIVE = re.compile(r"\b(NOT|EXCEPT|not true|least likely|except)\b")
# A question for what is wrong, in small letters too: "Which of these is not a sign?", "What should you never do?"
TURNED = re.compile(
    r"^\W*(?:\w+,? )?(?:which|what|whom?|whose|where|how)\b"
    r"(?: (?!(?:when|while|if|as|because|that|who|until|after|before)\b)[\w’'-]+)*?"
    r" ?(?:not|never|cannot|\w+n[’']t)\b.*\?\W*$",
    re.I,
)
ABOVE = re.compile(r"\b(all|none|both|any) of (the above|these)\b", re.I)
# Two negatives in one breath: "do not leave unless", "never without". A comma, "and", "but" or "or" parts them.
DOUBLE = re.compile(
    r"\b(?:not|never|no|nobody|nothing|cannot|\w+n[’']t)"
    r"(?: (?!and\b|but\b|or\b|so\b|to\b|that\b)[\w’'-]+){0,4}"
    r" (?:not|never|nobody|nothing|without|none|unless|(?:un|im|in)(?:able|likely|possible|common|safe|true))\b",
    re.I,
)
ARTICLE_LAST = re.compile(r"\b(an?|the|is|are|was|were)\W*$", re.I)
SAYS_TWO = re.compile(r"\b(?:which|what|choose) two\b", re.I)
EQUALITY = "T12"  # the one topic that may speak of protected characteristics
LITTLE = frozenset(
    """a about after again all also am an and another any are as at away back be because been before being best
    both but by can could did do does doing down each else few find first for from get gets go goes going had
    has have he her here hers him his how i if in into is it its just keep last let like look looks made make
    man may me more most must my near need needs new next no nobody not nothing now of off on once one only or
    other our out over own put rather right said say says see she should so some somebody someone something
    still take takes tell tells than that the their them then there these they thing things this those to today
    tonight too two under until up us use very want wants was way we well what when where which while who whom
    whose why will with would yes you your""".split()
)
ENDINGS = ("ing", "ers", "er", "ed", "es", "ly", "s", "e")


def problems(draft: Draft) -> Iterator[Problem]:
    """What the words of one question break, each with what to write instead."""
    yield from _form(draft)
    yield from _length(draft)
    yield from _respect(draft)
    yield from _giveaways(draft)


def texts(draft: Draft) -> Iterator[tuple[str, int, str, str]]:
    """Everything that somebody may read: the field, the number of the option (0: none), which part, and the text."""
    yield "stem", 0, "text", draft.stem
    yield "why", 0, "text", draft.why
    for number, option in enumerate(draft.options, 1):
        yield "options", number, "text", option.text
        yield "options", number, "harm", option.harm
        yield "options", number, "why", option.why


def plain(text: str) -> str:
    """The words alone, in small letters."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def root(word: str) -> str:
    """A word without its commonest endings, so that “rings” meets “ring”."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def content(text: str) -> frozenset[str]:
    """The roots of the words that carry meaning."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"[’']s\b", "", contacts.PLACEHOLDER.sub(r"\2", text).casefold()))
    return frozenset(root(word) for word in words if word not in LITTLE and len(word) > 2)


def near(left: frozenset[str], right: frozenset[str], limit: float = NEAR) -> bool:
    """Whether two sets of words share more than `limit` of all their words (Jaccard)."""
    return bool(left and right) and len(left & right) / len(left | right) > limit


def alike(found: Sequence[str]) -> bool:
    """Whether two of these texts are made of nearly the same words."""
    words = [frozenset(text.split()) for text in found]
    return any(near(one, other) for one, other in combinations(words, 2))


def sentences(text: str) -> list[str]:
    """A text's sentences; a quotation's end may be one too."""
    return [one for one in re.split(r"(?<=[.!?])[’'”]?\s+", text.strip()) if one]


def _form(draft: Draft) -> Iterator[Problem]:
    asked = sentences(draft.stem)[-1:]
    if NEGATIVE.search(draft.stem) or any(map(TURNED.match, asked)):
        yield Problem("stem", "Ask what to do, not what NOT to do: rewrite the question without NOT or EXCEPT")
    for place, number, text in _seen(draft):
        if ABOVE.search(text) and number:
            yield Problem("options", "Write a real option instead of “all (or none) of the above”")
        if found := DOUBLE.search(text):
            yield Problem(place, f"“{found[0]}” is a double negative: say it the other way round", number)


def _length(draft: Draft) -> Iterator[Problem]:
    words = len(draft.stem.split())
    if words > STEM_WORDS:
        yield Problem("stem", f"The question has {words} words; use {STEM_WORDS} or fewer")
    for number, option in enumerate(draft.options, 1):
        if len(option.text.split()) > OPTION_WORDS:
            message = f"“{option.text}” has {len(option.text.split())} words; use {OPTION_WORDS} or fewer"
            yield Problem("options", message, number)
    total = words + sum(len(option.text.split()) for option in draft.options)
    if total > QUESTION_WORDS:
        yield Problem("stem", f"Question and options have {total} words together; use {QUESTION_WORDS} or fewer")
    for place, number, part, text in texts(draft):
        for sentence in sentences(text) if (place, part) != ("options", "text") else ():
            if len(sentence.split()) > SENTENCE_WORDS:
                message = f"Split this sentence, it has {len(sentence.split())} words: “{sentence}”"
                yield Problem(place, message, number, part)


def _respect(draft: Draft) -> Iterator[Problem]:
    for place, number, part, text in texts(draft):
        for term, instead in terms.RESPECT:
            if found := term.search(text):
                yield Problem(place, f"Do not use “{found[0]}”: write {instead}", number, part)
        if contacts.TYPED_NUMBER.search(text):
            words = "Write {number:KEY} instead of a telephone number, so that it can be changed once"
            yield Problem(place, words, number, part)
    for place, number, text in _seen(draft) if draft.topic != EQUALITY else ():
        for term, what in terms.STEREOTYPE:
            if found := term.search(text):
                words = f"Leave out “{found[0]}”: it names {what}. Say what the person does"
                yield Problem(place, words, number)


def _giveaways(draft: Draft) -> Iterator[Problem]:
    if ARTICLE_LAST.search(draft.stem):
        yield Problem("stem", "End with a whole question: a stem that the option completes gives it away by grammar")
    if draft.two is not bool(SAYS_TWO.search(draft.stem)) and draft.stem.strip():
        asked = "“Which two …?”, since two answers are wanted" if draft.two else "for one answer, or mark two right"
        yield Problem("stem", f"Ask {asked}")
    right = [option.text for option in draft.options if option.right]
    wrong = [option.text for option in draft.options if not option.right]
    if not right or not wrong:
        return
    for what, looks in LOOKS:
        if {looks(text) for text in right}.isdisjoint(looks(text) for text in wrong) and len({*map(looks, wrong)}) == 1:
            yield Problem("options", f"Only the right option {what}: write all options alike")
    in_wrong = frozenset[str]().union(*map(content, wrong))
    for text in right:
        if only := sorted((content(text) & content(draft.stem)) - in_wrong):
            words = f"Only the question and the right option have “{'”, “'.join(only)}”: use it in a wrong option too"
            yield Problem("options", words)


def _seen(draft: Draft) -> Iterator[tuple[str, int, str]]:
    """What a driver reads in the test."""
    yield "stem", 0, draft.stem
    for number, option in enumerate(draft.options, 1):
        yield "options", number, option.text


LOOKS = (
    ("ends as it does", lambda text: text.rstrip()[-1:] in ".!?’'"),
    ("begins as it does", lambda text: text.lstrip()[:1].isupper()),
    ("is speech", lambda text: text.lstrip()[:1] in "‘'“"),
    ("is two sentences", lambda text: len(sentences(text)) > 1),
)
