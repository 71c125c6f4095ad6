"""The question bank as files: check them, load them, write them out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from quiz.actions import editing
from quiz.actions.work import Work
from quiz.domain import bank, checking
from quiz.domain.blueprint import Blueprint
from quiz.domain.contacts import Contact
from quiz.domain.errors import Refused
from quiz.domain.question import Draft, Known, Problem
from quiz.formats import bank_file, blueprint_file, contacts_file, handbook_file, sources_file
from quiz.records import bank as records
from quiz.records import contacts, papers, questions, service

POOLS = "Live questions are named like “t07-…” and stand in topics/, practice ones “p07-…” and stand in practice/"


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
    practice: dict[str, list[Draft]]
    wrong: tuple[Wrong, ...]
    tests: tuple[Blueprint, ...] = ()

    @property
    def drafts(self) -> list[Draft]:
        """All live questions, file by file."""
        return [draft for drafts in self.files.values() for draft in drafts]

    @property
    def homes(self) -> dict[str, str]:
        """The file of every question, practice ones too, by id."""
        return {draft.id: name for name, drafts in {**self.files, **self.practice}.items() for draft in drafts}


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
        everyday=everyday(folder),
    )
    tests = other_tests(folder)
    files, unreadable = _questions(folder, "topics")
    practice, unread = _questions(folder, "practice")
    found = Folder(rules, numbers, known, files, practice, (), tuple(tests.values()))
    wrong = [
        *(
            Wrong(one.file, "", Problem("handbook", one.message))
            for one in handbook_file.problems(handbook, known.contacts)
        ),
        *unreadable,
        *unread,
        *_wrong(found),
        *(Wrong("blueprint.toml", "", Problem("places", words)) for words in bank.shortages(found.drafts, rules)),
        *_wrong_tests(found, tests),
    ]
    return replace(found, wrong=tuple(wrong))


def other_tests(folder: Path) -> dict[str, Blueprint]:
    """The tests of other people that a folder brings, by the name of their file. Nobody is asked before adoption."""
    return {path.stem: blueprint_file.read(_text(path)) for path in sorted((folder / "tests").glob("*.toml"))}


def _wrong_tests(folder: Folder, tests: dict[str, Blueprint]) -> Iterator[Wrong]:
    for name, rules in tests.items():
        file = f"tests/{name}.toml"
        if rules.test != name:
            yield Wrong(file, "", Problem("test", f"The test “{rules.test}” stands in {rules.test}.toml"))
        if rules.draws_on != folder.blueprint.test:
            yield Wrong(file, "", Problem("bank", f"Write bank = “{folder.blueprint.test}”: there are no others"))
        unknown = sorted(rules.placed - folder.known.topics)
        if unknown:
            yield Wrong(file, "", Problem("places", f"There is no topic {', '.join(unknown)}"))
        yield from (Wrong(file, "", Problem("places", words)) for words in bank.shortages(folder.drafts, rules))


def warnings(folder: Folder, today: date) -> list[Wrong]:
    """What somebody should look at again, although the bank may be used as it is."""
    each = [
        (draft.id, problem)
        for drafts in (*folder.files.values(), *folder.practice.values())
        for draft in drafts
        for problem in checking.warnings(draft, folder.known, today)
    ]
    homes = folder.homes
    return [Wrong(homes[key], key, problem) for key, problem in (*each, *bank.warnings(folder.drafts))]


def _questions(folder: Path, name: str) -> tuple[dict[str, list[Draft]], list[Wrong]]:
    """The questions of one pool by file, and what could not be read."""
    files: dict[str, list[Draft]] = {}
    wrong: list[Wrong] = []
    for path in sorted((folder / name).glob("*.toml")):
        shown = path.name if name == "topics" else f"{name}/{path.name}"
        files[shown], unreadable = bank_file.read(_text(path))
        wrong += [Wrong(shown, key, problem) for key, problem in unreadable]
    return files, wrong


def _wrong(folder: Folder) -> Iterator[Wrong]:
    for pool, letter in ((folder.files, "t"), (folder.practice, "p")):
        for name, drafts in pool.items():
            for draft in drafts:
                yield from (Wrong(name, draft.id, problem) for problem in checking.problems(draft, folder.known))
                if not draft.id.startswith(letter):
                    yield Wrong(name, draft.id, Problem("id", POOLS))
    homes = folder.homes
    everything = [draft for pool in (folder.files, folder.practice) for drafts in pool.values() for draft in drafts]
    yield from (Wrong(homes[key], key, problem) for key, problem in bank.problems(everything))


def everyday(folder: Path) -> frozenset[str]:
    """The words that a driver with plain English knows, one a line; lines with # are remarks. No file, no words."""
    path = folder / "everyday.txt"
    lines = _text(path).splitlines() if path.exists() else []
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


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
    wrong = [f"{draft.id}: {problem}" for draft in drafts for problem in checking.problems(draft, here)]
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
