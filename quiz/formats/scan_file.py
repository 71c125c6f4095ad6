"""Scans of certificates: what a file is by its content, whatever its name says."""

import struct

from quiz.domain.errors import Refused

LARGEST = 5 * 1024 * 1024  # bytes
CONTENT_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
NAMED = {"pdf": "pdf", "jpg": "jpeg", "jpeg": "jpeg", "png": "png"}
MOST_PIXELS = 20_000  # on one side
JPEG_SIZES = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})


def kind_of(content: bytes, name: str) -> str:
    """ "pdf", "jpeg" or "png". Refuses anything else, what is too large, what is cut off, and a name that says
    something else.
    """
    if not content:
        raise Refused("scan", "The file is empty. Choose the scan again.")
    if len(content) > LARGEST:
        raise Refused("scan", f"The scan is larger than {LARGEST // 2**20} MB. Scan it with fewer dots, or in grey.")
    found = next((kind for kind, is_one in CHECKS if is_one(content)), None)
    if found is None:
        raise Refused("scan", "This is no PDF, JPEG or PNG file, or it is damaged. Nothing else can be kept.")
    if NAMED.get(name.rpartition(".")[2].lower()) != found:
        raise Refused("scan", f"The name of the file says something else than its content, which is {found.upper()}.")
    return found


def _is_pdf(content: bytes) -> bool:
    """A header at the start, and the end of a file at the end."""
    return content.startswith(b"%PDF-1.") and b"%%EOF" in content[-1024:] and b"startxref" in content[-2048:]


def _is_png(content: bytes) -> bool:
    """Signature, a header with a size that makes sense, and the last chunk."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR" or b"IEND" not in content[-12:]:
        return False
    return _makes_sense(*struct.unpack(">II", content[16:24]))


def _is_jpeg(content: bytes) -> bool:
    """From its first marker to its last, with a size that makes sense among the segments between."""
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-64:]:
        return False
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker in JPEG_SIZES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return _makes_sense(width, height)
        place += 2 + length
    return False


def _makes_sense(width: int, height: int) -> bool:
    return 0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS


CHECKS = (("pdf", _is_pdf), ("png", _is_png), ("jpeg", _is_jpeg))
