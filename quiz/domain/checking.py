"""Everything that can be wrong with one question. Files, the editor's form and imports all meet this checker."""

import re
from collections.abc import Iterator
from datetime import date

from quiz.domain import contacts, reading, wording
from quiz.domain.question import Draft, Known, Problem

MOST_UNSAFE = 2
LONGER_BY = 1.2
HARM_WORDS = 5
ID_FORM = re.compile(r"[tp]\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
SECTION_FORM = re.compile(r"[a-z0-9-]+#[a-z0-9-]+")
# Whoever rings 999 without need has done no harm, so it can never be unsafe; "Follow the car and ring 999" can.
OVER_REPORTING = re.compile(r"(ring|call|dial|phone) 999\b(?!.*\b(if|unless|when|once|after|later|follow))", re.I)


def problems(draft: Draft, known: Known) -> Iterator[Problem]:
    """Everything wrong with one question, each in words that say what to write instead."""
    yield from _missing(draft)
    yield from _options(draft)
    yield from _unsafe(draft, known)
    yield from wording.problems(draft)
    yield from _references(draft, known)


def warnings(draft: Draft, known: Known, today: date) -> Iterator[Problem]:
    """What somebody should look at again, although the question may stand."""
    yield from reading.warnings(draft, known.everyday)
    if draft.review_by < today:
        yield Problem(
            "review_by", f"This question was to be looked at again by {draft.review_by}; read it and set a day"
        )


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
    texts = [wording.plain(option.text) for option in draft.options]
    if len(set(texts)) < len(texts):
        yield Problem("options", "Two options say the same thing; change one of them")
    elif wording.alike(texts):
        yield Problem("options", "Two options say nearly the same thing; change one of them")
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
        for part, message in _harm(option.text, option.unsafe, option.harm, option.source):
            yield Problem("options", message, number, part)
        if option.source and known.sources and option.source not in known.sources:
            yield Problem("options", f"There is no source “{option.source}” in sources.toml", number, "source")
    if unsafe and known.critical_topics and draft.topic not in known.critical_topics:
        yield Problem(
            "options", f"The blueprint draws no critical question from {draft.topic}; unmark the unsafe option"
        )


def _harm(text: str, unsafe: bool, harm: str, source: str) -> Iterator[tuple[str, str]]:
    """The unsafe rule: foreseeable harm, said in a sentence, with its source, and never for reporting too much."""
    if not unsafe:
        if harm.strip():
            yield "harm", f"“{text}” names a harm but is not marked unsafe; do one or the other"
        if source.strip():
            yield "source", f"“{text}” names the source of a harm but is not marked unsafe; do one or the other"
        return
    if len(harm.split()) < HARM_WORDS or not harm.rstrip().endswith("."):
        yield "harm", f"Say in one sentence what harm “{text}” would do, or unmark it as unsafe"
    if not source.strip():
        yield "source", "Name the source that says so; RECOMMENDATION where a body outside still has to agree"
    if OVER_REPORTING.match(text):
        yield "text", "Reporting too much is never unsafe: unmark this option, or write what is dangerous about it"


def _references(draft: Draft, known: Known) -> Iterator[Problem]:
    if known.topics and draft.topic not in known.topics:
        yield Problem("topic", f"There is no topic “{draft.topic}” in the blueprint")
    for source in draft.sources:
        if known.sources and source not in known.sources:
            yield Problem("sources", f"There is no source “{source}” in sources.toml")
    if not SECTION_FORM.fullmatch(draft.section) or (known.sections and draft.section not in known.sections):
        yield Problem("section", f"There is no handbook section “{draft.section}”; write chapter#section")
    for place, number, part, text in wording.texts(draft):
        if set("{}") & set(contacts.PLACEHOLDER.sub("", text)):
            yield Problem(place, "Only {number:KEY} and {name:KEY} may stand in braces", number, part)
        for key in sorted(contacts.placeholders(text) - known.contacts) if known.contacts else ():
            yield Problem(place, f"There is no contact “{key}”", number, part)
