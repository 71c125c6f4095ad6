"""The question bank as files: check them, load them, write them out."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from quiz.actions import editing
from quiz.actions.work import Work
from quiz.domain import bank, question
from quiz.domain.blueprint import Blueprint
from quiz.domain.contacts import Contact
from quiz.domain.errors import Refused
from quiz.domain.question import Draft, Known, Problem
from quiz.formats import bank_file, blueprint_file, contacts_file, handbook_file, sources_file
from quiz.records import bank as records
from quiz.records import contacts, papers, questions, service


@dataclass(frozen=True, slots=True)
class Wrong:
    """One problem: in which file, in which question, and the sentence to fix."""

    file: str
    question: str
    problem: Problem

    def __str__(self) -> str:
        where = f"{self.file}: {self.question}" if self.question else self.file
        return f"{where}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Folder:
    """A question bank as it lies on the disk."""

    blueprint: Blueprint
    contacts: tuple[Contact, ...]
    known: Known
    files: dict[str, list[Draft]]
    wrong: tuple[Wrong, ...]

    @property
    def drafts(self) -> list[Draft]:
        """All questions, file by file."""
        return [draft for drafts in self.files.values() for draft in drafts]


def read(folder: Path) -> Folder:
    """Read and check a whole folder. Problems of questions are collected; a broken blueprint is Refused."""
    rules = blueprint_file.read(_text(folder / "blueprint.toml"))
    numbers = contacts_file.read(_text(folder / "contacts.toml"))
    handbook = handbook_files(folder)
    known = Known(
        topics=frozenset(topic.code for topic in rules.topics),
        sources=frozenset(sources_file.read(_text(folder / "sources.toml"))),
        sections=handbook_file.addresses(handbook_file.read(handbook)),
        contacts=frozenset(contact.key for contact in numbers),
        critical_topics=rules.critical_topics,
    )
    files: dict[str, list[Draft]] = {}
    wrong: list[Wrong] = []
    for path in sorted((folder / "topics").glob("*.toml")):
        drafts, unreadable = bank_file.read(_text(path))
        files[path.name] = drafts
        wrong += [Wrong(path.name, key, problem) for key, problem in unreadable]
        wrong += [Wrong(path.name, draft.id, p) for draft in drafts for p in question.problems(draft, known)]
    wrong += [
        Wrong(one.file, "", Problem("handbook", one.message))
        for one in handbook_file.problems(handbook, known.contacts)
    ]
    home = {draft.id: name for name, drafts in files.items() for draft in drafts}
    everything = [draft for drafts in files.values() for draft in drafts]
    wrong += [Wrong(home.get(key, ""), key, problem) for key, problem in bank.problems(everything)]
    wrong += [Wrong("blueprint.toml", "", Problem("places", words)) for words in bank.shortages(everything, rules)]
    return Folder(rules, numbers, known, files, tuple(wrong))


def handbook_files(folder: Path) -> dict[str, str]:
    """The handbook's texts by file name."""
    return {path.name: _text(path) for path in sorted((folder / "handbook").glob("*.md"))}


def must_be_right(folder: Folder) -> None:
    """Refuses a bank with any problem, naming every one."""
    if folder.wrong:
        raise Refused("bank-problems", "\n".join(map(str, folder.wrong)))


def load(work: Work, drafts: Iterable[Draft], test: str, *, initial: bool) -> int:
    """Keep every question that is new or changed; returns how many. The same file again changes nothing.

    With `initial` (an empty database only) they may be drawn at once; otherwise they become drafts for review.
    Refuses, before anything is kept, what does not fit the contacts and the blueprint that are in force here.
    """
    given = list(drafts)
    if not initial:
        _must_fit_here(work.session, given, test)
    kept = 0
    for draft in given:
        older = questions.versions(work.session, draft.id)
        if older and older[0].draft == draft:
            continue
        row = editing.add_version(work, draft, test, origin="initial" if initial else "written")
        if initial:
            editing.approve_initial(work, row)
        kept += 1
    return kept


def _must_fit_here(session: Session, drafts: Iterable[Draft], test: str) -> None:
    """A folder brings contacts and a blueprint of its own; what drivers see is filled from those in the database."""
    rules = papers.current(session, test)
    numbers = contacts.load(session, service.facts(session).contacts_version).contacts
    here = Known(
        topics=frozenset(topic.code for topic in rules.topics),
        contacts=frozenset(contact.key for contact in numbers),
        critical_topics=rules.critical_topics,
    )
    wrong = [f"{draft.id}: {problem}" for draft in drafts for problem in question.problems(draft, here)]
    if wrong:
        raise Refused("bank-problems", "\n".join(wrong))


def export(session: Session, test: str) -> dict[str, str]:
    """The live questions as files by name, in the canonical form: they load back byte for byte."""
    rules = papers.current(session, test)
    by_topic: dict[str, list[Draft]] = {}
    for version in records.live_versions(session, test):
        by_topic.setdefault(version.topic, []).append(version.draft)
    return {
        file_name(code): write(rules, code, drafts)
        for code, drafts in sorted(by_topic.items(), key=lambda pair: int(pair[0][1:]))
    }


def write(rules: Blueprint, code: str, drafts: Iterable[Draft]) -> str:
    """One topic's file."""
    ordered = sorted(drafts, key=lambda draft: draft.id)
    return bank_file.write(ordered, f"{code} {rules.topic(code).name}")


def file_name(code: str) -> str:
    """T7 stands in t07.toml."""
    return f"t{int(code[1:]):02}.toml"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("bank-file", f"{path.name} cannot be read: {error.__class__.__name__}") from error
