"""What the cells of a list of licence holders mean. Each is read, or refused in words for the officer."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NoReturn

from quiz.domain import licence
from quiz.domain.errors import Refused
from quiz.domain.licence import KIND_WORDS, Kind

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST = 500  # characters in a cell
NOTHING = frozenset(("", "-", "--", "n/a", "na", "none", "nil", "null", "not known", "unknown", "#n/a", "tbc"))

KINDS = {
    Kind.HACKNEY: "hackney, hackney carriage, hackney carriage driver, hackney driver, hackney carriage licence, hc, "
    "hcd, hackney carriage drivers, hackney carriage drivers licence, "
    "hackney carriage driver licence, taxi, taxi driver",
    Kind.PRIVATE_HIRE: "private hire, private hire driver, private hire licence, private hire drivers, ph, phd, "
    "private hire drivers licence, private hire driver licence, phv driver",
    Kind.DUAL: "dual, dual driver, dual licence, combined, combined driver, both, hackney carriage and private hire, "
    "hackney and private hire, hackney carriage private hire, hackney carriage and private hire driver, joint, "
    "joint driver, dual hackney carriage and private hire driver, dual badge, hc ph, ph hc, hackney private hire, "
    "dual drivers",
    Kind.APPLICATION: "application, applicant, new application, new driver application",
}
OTHERS = ("vehicle", "operator", "plate", "proprietor", "premises", "scrap", "street trading")

FORMS = (
    (re.compile(r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4}|\d{2})"), False),
    (re.compile(r"(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})"), False),
    (re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"), False),
    (
        re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ \-/]*(?P<month>[a-z]{3,9})[ ,\-/]*(?P<year>\d{4}|\d{2})", re.I),
        True,
    ),
)  # fmt: skip
MONTHS = "january february march april may june july august september october november december".split()
HOURS = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?( ?[ap]m)?$", re.I)
WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", re.I)
FULL_NUMBER = re.compile(r"[A-Z]+[ -]?\d{2,}")
APART = re.compile(r"[,;&\n|]|\bAND\b|\s/\s|\s\+\s")


def refuse(words: str) -> NoReturn:
    """No code: the words are kept with the row."""
    raise Refused("import-cell", words)


def clean(cell: str) -> str:
    """A cell as text: what guards a spreadsheet against formulas is taken off; a formula is refused."""
    if len(cell) > 10 * LONGEST:
        refuse(f"A cell has more than {LONGEST} characters")
    text = unicodedata.normalize("NFC", cell.replace("\u200b", "").replace("\ufeff", "")).strip()
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1].strip()
    elif text.startswith("'"):
        text = text[1:].strip()
    elif text.startswith("="):
        refuse("It holds a formula. Formulas are not read: paste the values in their place")
    if len(text) > LONGEST:
        refuse(f"A cell has more than {LONGEST} characters")
    return "" if text.casefold() in NOTHING else text


def number(cell: str) -> str:
    """A licence number as it is kept. Two in one cell are refused: nobody could say which is which kind."""
    tidy = " ".join(cell.split()).upper()
    parts = [one for one in APART.split(cell.upper()) if any(c.isdigit() for c in one)]
    halves = tidy.split("/")
    if len(parts) > 1 or (len(halves) == 2 and all(FULL_NUMBER.fullmatch(one.strip()) for one in halves)):
        refuse("There are two licence numbers in one cell. Give each licence a row of its own")
    if not tidy:
        refuse("There is no licence number")
    return licence.number(tidy)


def kind(cell: str) -> Kind:
    """What kind of licence the words mean."""
    words = " ".join("".join(c if c.isalnum() else " " for c in cell.casefold().replace("'", "")).split())
    found = _KINDS.get(words)
    if found is not None:
        return found
    if any(one in words for one in OTHERS):
        refuse(f"“{cell}” is not a driver’s licence")
    if not words:
        refuse("There is no kind of licence")
    refuse(f"“{cell}” is no kind of licence that is known here")


_KINDS = {" ".join(words.split()): one for one, text in KINDS.items() for words in text.split(",")}
_KINDS |= {words.casefold(): one for one, words in KIND_WORDS.items()} | {
    one.value.replace("-", " "): one for one in Kind
}


def day(cell: str, within: bool = True) -> date | None:
    """A day in one of the forms that people in Britain write. `within`: not before 2000, not after 2100."""
    text = WEEKDAY.sub("", HOURS.sub("", " ".join(cell.split())))
    if not text:
        return None
    found = next((read for form, named in FORMS if (read := _day(form.fullmatch(text), named))), None)
    if found is None:
        refuse(f"“{cell}” is no date. Dates are read as day, month, year: 31/12/2026")
    if within and not FIRST_DAY <= found <= LAST_DAY:
        refuse(f"The date {found.day}/{found.month}/{found.year} cannot be right: it must lie between 2000 and 2100")
    return found


def _day(match: re.Match[str] | None, named: bool) -> date | None:
    if match is None:
        return None
    year, month = int(match["year"]), match["month"].casefold()
    if named:
        whole = [place for place, one in enumerate(MONTHS, 1) if one.startswith(month) or month == "sept" == one[:4]]
        places = whole[0] if len(whole) == 1 else 0
    else:
        places = int(month)
    try:
        return date(year + 2000 if year < 100 else year, places, int(match["day"]))
    except ValueError:
        return None


def name(cell: str) -> tuple[str, bool]:
    """A name, and whether it stood surname first ("KHAN, Amir") and was turned round."""
    parts = [" ".join(one.split()) for one in cell.split(",")]
    if len(parts) == 2 and all(parts):
        return f"{parts[1]} {parts[0]}", True
    return " ".join(cell.split()), False


def phone(cell: str, check: Callable[[str], str]) -> tuple[str, bool]:
    """A telephone number, and whether something had to be done to read it: a zero that a spreadsheet had dropped is
    put back; of several numbers the first is taken."""
    first = re.split(r"[/,;]|\bor\b", cell)[0].strip()
    mended = re.sub(r"^\+?44 ?\(0\)", "+44 ", first)
    if re.fullmatch(r"[127]\d{9}", mended.replace(" ", "")):
        mended = "0" + mended
    return check(mended.replace(".", " ")), mended != " ".join(cell.split())


def phone_key(text: str) -> str:
    """What two spellings of one telephone number have in common."""
    digits = "".join(c for c in text if c.isdigit())
    return "0" + digits[2:] if text.strip().startswith("+44") else digits
