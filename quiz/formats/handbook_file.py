"""Handbook files: `# Title`, then sections `## Heading {#anchor}` in Markdown. Text in, chapters out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

FILE = re.compile(r"(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
TITLE = re.compile(r"# (\S.*)")
HEADING = re.compile(r"## (\S.*?) \{#([a-z0-9]+(?:-[a-z0-9]+)*)\}")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]*)\)")
BRACES = re.compile(r"\{([^{}\n]*)\}")
CONTACT = re.compile(r"(?:number|name|note):([a-z0-9-]+)")
FACTS = frozenset({"council", "questions", "minutes", "pass_mark", "tries"})
MARKUP = re.compile(r"<[A-Za-z!/?][^>\n]*>")
ELSEWHERE = ("https://", "tel:")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter that can be cited. `text` is Markdown with its placeholders still in it."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file. `opening` is what stands before the first section."""

    number: int
    slug: str
    title: str
    opening: str
    sections: tuple[Section, ...]

    @property
    def everything(self) -> tuple[Section, ...]:
        """The sections, with what stands before the first of them as one without anchor and heading."""
        return (Section("", "", self.opening), *self.sections) if self.opening else self.sections


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend, in which file, in a sentence."""

    file: str
    message: str


def read(files: Mapping[str, str]) -> tuple[Chapter, ...]:
    """Chapters in order, from texts by file name. Lines that are wrong are left out: `problems` names them."""
    chapters = [_chapter(found, files[name]) for name in sorted(files) if (found := FILE.fullmatch(name))]
    return tuple(sorted(chapters, key=lambda chapter: chapter.number))


def addresses(chapters: Iterable[Chapter]) -> frozenset[str]:
    """Everything a question may cite: `slug#anchor`."""
    return frozenset(f"{chapter.slug}#{section.anchor}" for chapter in chapters for section in chapter.sections)


def digest(files: Mapping[str, str]) -> str:
    """A name (64 hexadecimal digits) for exactly these texts, kept with an attempt."""
    content = sha256()
    for name in sorted(files):
        content.update(f"{name}\0{files[name]}\0".encode())
    return content.hexdigest()


def problems(files: Mapping[str, str], contacts: Iterable[str] | None = None) -> Iterator[Problem]:
    """All that is wrong with the files. `contacts` are the keys that exist; None leaves keys unchecked."""
    chapters = read(files)
    known = addresses(chapters) | {chapter.slug for chapter in chapters}
    for name in sorted(files):
        found = FILE.fullmatch(name)
        if not found:
            yield Problem(name, "Name the file NN-words-with-dashes.md, so that it has a place and an address")
            continue
        messages = [*_shape(files[name]), *_links(found[2], files[name], known), *_words(files[name], contacts)]
        yield from (Problem(name, message) for message in messages)
    for number in sorted({c.number for c in chapters if sum(c.number == other.number for other in chapters) > 1}):
        yield Problem(f"{number:02}-…", f"Two chapters have the number {number}")


def _chapter(name: re.Match[str], text: str) -> Chapter:
    first, _, rest = text.partition("\n")
    title = TITLE.fullmatch(first.rstrip())
    opening: list[str] = []
    sections: list[tuple[str, str, list[str]]] = []
    for line in rest.splitlines():
        if found := HEADING.fullmatch(line.rstrip()):
            sections.append((found[2], found[1], []))
        else:
            (sections[-1][2] if sections else opening).append(line)
    made = tuple(Section(anchor, heading, _joined(lines)) for anchor, heading, lines in sections)
    return Chapter(int(name[1]), name[2], title[1] if title else name[2], _joined(opening), made)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _shape(text: str) -> Iterator[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    if not lines or not TITLE.fullmatch(lines[0]):
        yield "Begin the file with its title: “# Title”"
    anchors = [found[2] for line in lines if (found := HEADING.fullmatch(line))]
    if not anchors:
        yield "Give the chapter at least one section: “## Heading {#anchor}”"
    for line in lines[1:]:
        if line.startswith("# "):
            yield f"Only the first line may be a title; make this a section: “{line}”"
        if line.startswith("## ") and not HEADING.fullmatch(line):
            yield f"Write the section as “## Heading {{#anchor}}”, the anchor in small letters and dashes: “{line}”"
    for anchor in sorted({anchor for anchor in anchors if anchors.count(anchor) > 1}):
        yield f"The anchor “{anchor}” stands twice"


def _links(slug: str, text: str, known: frozenset[str]) -> Iterator[str]:
    for target in LINK.findall(text):
        if not target.startswith(ELSEWHERE) and (slug + target if target.startswith("#") else target) not in known:
            yield f"The link “{target}” leads nowhere: write chapter#anchor, #anchor or an address with https://"


def _words(text: str, contacts: Iterable[str] | None) -> Iterator[str]:
    keys = None if contacts is None else set(contacts)
    for found in MARKUP.findall(text):
        yield f"Markdown only, no HTML: “{found}”"
    for inside in BRACES.findall(text):
        contact = CONTACT.fullmatch(inside)
        if contact and keys is not None and contact[1] not in keys:
            yield f"There is no contact called “{contact[1]}”"
        if not contact and inside not in FACTS and not inside.startswith("#"):
            yield f"Nothing is known to put in place of “{{{inside}}}”"
