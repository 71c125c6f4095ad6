"""A list of licence holders as licensing systems export it: CSV or XLSX, told by its content, read as rows of text."""

from pathlib import Path

from quiz.domain.errors import Refused
from quiz.formats import holders_csv, holders_xlsx
from quiz.formats.holders import Holders

LARGEST = 20 * 1024 * 1024  # bytes
TEXT, WORKBOOK = (".csv", ".tsv", ".txt"), (".xlsx",)
SAVE_AS = "Open it in the spreadsheet program, choose “Save as” and the kind “Excel workbook (.xlsx)” or “CSV UTF-8”."
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path, name: str) -> Holders:
    """Read a file that somebody called by that name. Refuses, in words, what is no such list."""
    check(path, name)
    return holders_xlsx.read(path) if Path(name).suffix.lower() in WORKBOOK else holders_csv.read(path.read_bytes())


def check(path: Path, name: str) -> None:
    """Refuse at once what is too large, or not what its name says. The content decides."""
    ending = Path(name).suffix.lower()
    size = path.stat().st_size
    if size == 0:
        raise Refused("file-empty", "The file is empty.")
    if size > LARGEST:
        raise Refused("file-large", f"The file is larger than {LARGEST // 2**20} MB. Split it into several lists.")
    with path.open("rb") as file:
        head = file.read(4096)
    if ending in (".xlsm", ".xlsb", ".xltm"):
        raise Refused("file-macros", f"Workbooks that may hold macros ({ending}) are not taken. {SAVE_AS}")
    if head.startswith(OLE):
        raise Refused(
            "file-old",
            f"This is a workbook of the old kind (.xls), or it is protected by a password. Neither is taken. {SAVE_AS}",
        )
    if ending not in TEXT + WORKBOOK:
        raise Refused("file-kind", f"Lists are taken as .csv or .xlsx. {SAVE_AS}")
    if head.startswith(ZIP) is not (ending in WORKBOOK):
        seems = "a workbook or another packed file" if head.startswith(ZIP) else _seems(head)
        raise Refused("file-name", f"The file is called {ending}, but its content is {seems}. {SAVE_AS}")
    if ending in TEXT and _seems(head) != "plain text":
        raise Refused("file-name", f"The file is called {ending}, but its content is {_seems(head)}. {SAVE_AS}")


def _seems(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "a web page"
    if head.startswith(b"%PDF"):
        return "a PDF"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "plain text"
    return "no text" if any(one < 9 or 13 < one < 32 for one in head) else "plain text"
