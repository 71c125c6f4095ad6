"""The code of a certificate, wherever it was kept: a PDF of ours, a text file, or what a QR reader showed."""

import re
import zlib
from collections.abc import Iterator

PDF = b"%PDF-"
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
ADDRESS = re.compile(rb"https?://[^\s()<>\"]{1,200}/verify/[0-9A-Z-]{15,20}#[0-9A-Za-z._-]{100,200}")
LARGEST = 8 * 1024 * 1024  # bytes that one part of a PDF may unpack to


def codes(content: bytes) -> list[str]:
    """The addresses with a code in a file, each once, in their order; of a text, the text itself."""
    if not content.startswith(PDF):
        return [content[:1000].decode("utf-8", "replace").strip()]
    # The address behind the QR code is also the target of a link, and links are written out in a PDF's dictionaries.
    found = (match.group().decode() for part in _parts(content) for match in ADDRESS.finditer(part))
    return list(dict.fromkeys(found))


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    for match in STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(match.group(1), LARGEST)
        except zlib.error:
            continue
