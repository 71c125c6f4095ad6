"""The card's numbers as contacts for a telephone: vCard 3.0 (RFC 2426), which old and new telephones take in."""

from collections.abc import Iterable, Iterator

from quiz.domain.contacts import Contact

EMERGENCY = "emergency"
LINE = 75  # octets in a line, before it must be folded
SHORT = 4  # digits of a number that people know by heart, such as 101


def text(contacts: Iterable[Contact], council: str) -> str:
    """One VCARD for each contact, in their order; lines end in CR LF. Send it as UTF-8."""
    return "".join(f"{_folded(line)}\r\n" for contact in contacts for line in _lines(contact, council))


def _lines(contact: Contact, council: str) -> Iterator[str]:
    name = _escaped(_name(contact))
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{name}"
    yield f"N:{name};;;;"
    yield f"TEL;TYPE=VOICE:{contact.dial.removeprefix('tel:')}"
    if contact.email:
        yield f"EMAIL;TYPE=INTERNET:{_escaped(contact.email)}"
    yield f"CATEGORIES:{_escaped(council)},Safeguarding"
    yield f"NOTE:{_escaped(_note(contact, council))}"
    yield "END:VCARD"


def _name(contact: Contact) -> str:
    if contact.key == EMERGENCY:
        return f"{contact.number} Danger now"
    return f"{contact.number} {contact.name}" if len(contact.number) <= SHORT else contact.name


def _note(contact: Contact, council: str) -> str:
    unconfirmed = "" if contact.confirmed else "Number not yet confirmed"
    sentences = (unconfirmed, contact.purpose, contact.note, f"From the safeguarding contact card of {council}")
    return " ".join(f"{sentence.strip().rstrip('.')}." for sentence in sentences if sentence.strip())


def _escaped(words: str) -> str:
    for character in "\\;,":
        words = words.replace(character, f"\\{character}")
    return "\\n".join(words.splitlines())


def _folded(line: str) -> str:
    """Cut where an octet too many would stand, never inside a character; a continued line begins with a space."""
    pieces, room = [""], LINE
    for character in line:
        octets = len(character.encode())
        if octets > room:
            pieces.append(" ")
            room = LINE - 1
        pieces[-1] += character
        room -= octets
    return "\r\n".join(pieces)
