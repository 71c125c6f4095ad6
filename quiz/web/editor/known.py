"""What a question may refer to: topics, sources, handbook sections and contacts."""

from functools import lru_cache

from wtforms.fields.choices import SelectChoice

from quiz.domain.blueprint import TEST, Blueprint
from quiz.domain.question import Known
from quiz.formats import handbook_file, sources_file
from quiz.formats.sources_file import Source
from quiz.records import papers
from quiz.settings import ROOT
from quiz.web import book, service
from quiz.web.request import session

SOURCES = ROOT / "question_bank" / "sources.toml"


def rules() -> Blueprint:
    """The rules of the test as they are now."""
    return papers.current(session(), TEST)


def topic_words(blueprint: Blueprint, code: str) -> str:
    """“T3 Grooming and signs in a passenger”; the code alone for a topic that the rules no longer have."""
    return next((f"{code} {topic.name}" for topic in blueprint.topics if topic.code == code), code)


def known(blueprint: Blueprint) -> Known:
    """Everything that the checker compares with."""
    return Known(
        topics=frozenset(topic.code for topic in blueprint.topics),
        sources=frozenset(sources()),
        sections=handbook_file.addresses(book.chapters()),
        contacts=frozenset(contact.key for contact in service.contacts().contacts),
        critical_topics=blueprint.critical_topics,
    )


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """The sources by key, read once per process."""
    return sources_file.read(SOURCES.read_text("utf-8"))


@lru_cache(maxsize=1)
def sections() -> tuple[SelectChoice, ...]:
    """What a question may cite ("slug#anchor"), by chapter."""
    return tuple(
        SelectChoice(f"{chapter.slug}#{part.anchor}", part.heading, optgroup=f"{chapter.number}. {chapter.title}")
        for chapter in book.chapters()
        for part in chapter.sections
    )
