"""The words of a letter, which staff may change: what stands in braces, and what a text must be to be kept."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quiz.domain.posting import OF_TRAINING, PRINTED, REMINDERS, Kind

MOST_TOLD = 3  # characters of a licence number
NOT_TOLD = "(not shown here)"
LONGEST_SUBJECT = 120
LONGEST_BODY = 5000
BRACES = re.compile(r"\{([^{}\n]*)\}")

# What may stand in braces, and what comes in its place.
PLACEHOLDERS = {
    "name": "the name of whoever gets the letter",
    "licence": "the last characters of the licence number, three at most",
    "licence_end": "the day on which the licence ends",
    "code": "the access code",
    "deadline": "the last day to take the test",
    "pass_by": "a sentence that names the last day to pass the test; nothing where there is none",
    "reason": "a sentence that says why the driver takes the test",
    "place": "a sentence that says where the driver takes the test",
    "training_day": "the day of the training session",
    "training_time": "when the training session begins",
    "training_place": "where the training session is",
    "trainer": "who gives the training",
    "test": "the name of the test",
    "reference": "the reference that stands in place of a licence number",
    "pass_end": "the last day of the pass",
    "called": "what one of the group is called, such as elected member",
    "address": "the web address of the test",
    "handbook": "the web address of the handbook",
    "practice": "the web address of the practice questions",
    "phone": "whom to ring, with the number",
    "service": "the name of this service",
    "council": "the name of the council",
}
SHARED = ("name", "licence", "licence_end", "address", "handbook", "practice", "phone", "service", "council")
SESSION = ("training_day", "training_time", "training_place")
# Nobody of a group reads of licences.
OF_MEMBERS = ("name", "reference", "called", "test", "address", "handbook", "phone", "council")
ALLOWED: dict[Kind, tuple[str, ...]] = {
    Kind.INVITATION: (*SHARED, "code", "deadline", "pass_by", "reason", "place"),
    Kind.PRINTED: (*SHARED, "code", "pass_by", "reason", "place"),
    Kind.MEMBER_INVITATION: (*OF_MEMBERS, "code", "pass_by"),
    Kind.MEMBER_PRINTED: (*OF_MEMBERS, "code", "pass_by"),
    Kind.MEMBER_REMINDER: (*OF_MEMBERS, "pass_end"),
    **dict.fromkeys(REMINDERS, SHARED),
    **dict.fromkeys(OF_TRAINING, ("name", "licence", *SESSION, "trainer", *SHARED[3:])),
}
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.INVITATION: ("code", "address"),
    Kind.PRINTED: ("code", "address"),
    Kind.MEMBER_INVITATION: ("reference", "code", "address"),
    Kind.MEMBER_PRINTED: ("code", "address"),
    Kind.MEMBER_REMINDER: ("pass_end", "phone"),
    **dict.fromkeys(REMINDERS, ("licence_end", "phone")),
    **dict.fromkeys(OF_TRAINING, (*SESSION, "phone")),
}
# A subject is shown on locked screens and stands in logs of mail servers.
NOT_IN_SUBJECT = ("code", "licence", "name", "reference")


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter before anybody's facts are in it."""

    subject: str
    body: str


def tidy(subject: str, body: str) -> Wording:
    """The same words with single spaces in the subject, and lines that end with their last word."""
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", body).replace("\r\n", "\n").split("\n")]
    return Wording(unicodedata.normalize("NFC", " ".join(subject.split())), "\n".join(lines).strip("\n"))


def problems(kind: Kind, wording: Wording) -> Iterator[tuple[str, str]]:
    """Why these words cannot be kept: pairs of "subject" or "body", and a sentence."""
    yield from _text_problems("subject", wording.subject, LONGEST_SUBJECT)
    yield from _text_problems("body", wording.body, LONGEST_BODY)
    for where, text in (("subject", wording.subject), ("body", wording.body)):
        yield from _brace_problems(kind, where, text)
    for name in BRACES.findall(wording.subject):
        if name in NOT_IN_SUBJECT:
            yield "subject", f"{{{name}}} must not stand in the subject, which others may see. Write it in the letter"
    for name in NEEDED[kind]:
        if name not in BRACES.findall(wording.body):
            yield "body", f"The letter needs {{{name}}}: {PLACEHOLDERS[name]}"
    if kind in PRINTED and "{code}" in wording.body:
        lines = [line.strip() for line in wording.body.split("\n")]
        if lines.count("{code}") != 1 or wording.body.count("{code}") != 1:
            yield "body", "Write {code} once, on a line of its own: there the code is printed in a box"


def _text_problems(where: str, text: str, longest: int) -> Iterator[tuple[str, str]]:
    if not text:
        yield where, "Enter the subject" if where == "subject" else "Enter the words of the letter"
    if len(text) > longest:
        yield where, f"Use {longest} characters or fewer"
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") and c != "\n" for c in text):
        yield where, "There is a character that cannot be shown. Type the text again"


def _brace_problems(kind: Kind, where: str, text: str) -> Iterator[tuple[str, str]]:
    allowed = ", ".join(f"{{{name}}}" for name in ALLOWED[kind])
    for name in dict.fromkeys(BRACES.findall(text)):
        if name not in ALLOWED[kind]:
            yield where, f"{{{name}}} is not known in this letter. You can use {allowed}"
    if set("{}") & set(BRACES.sub("", text)):
        yield where, f"A brace stands alone. Braces are only for {allowed}"


def pass_by(day: str) -> str:
    """The sentence that names the last day; nothing without one."""
    return f"Please pass the test by {day}." if day else ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with values in place of what stands in braces. What has no value yet stays as it is.

    A sentence that says nothing takes the space before it away.
    """

    def put(found: re.Match[str]) -> str:
        value = values.get(found[2], f"{{{found[2]}}}")
        return found[1] + value if value else ""

    return re.sub("( ?)" + BRACES.pattern, put, text)


def ending(numbers: list[str]) -> str:
    """By what a driver knows the own licence, though the letter does not say its number: "234", "234 or 567".

    Never more than half of it: whoever finds a code in somebody's mail must not find the number there too.
    """
    return " or ".join(dict.fromkeys(_told(number) for number in numbers))


def _told(number: str) -> str:
    characters = "".join(c for c in number if c.isalnum())
    told = min(MOST_TOLD, len(characters) // 2)
    return characters[-told:] if told else NOT_TOLD
