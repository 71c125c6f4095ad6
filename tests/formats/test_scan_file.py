"""A scan is what its content says, whole and not too large, and named like it."""

import struct

import pytest

from quiz.domain.errors import Refused
from quiz.formats import scan_file

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\nstartxref\n9\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 800, 600) + b"\x08\x02\0\0\0crc!\0\0\0\0IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 600, 800) + b"\x01\x11\x00 data \xff\xd9"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(PDF, "Certificate.PDF", "pdf"), (PNG, "a.png", "png"), (JPEG, "a.jpg", "jpeg"), (JPEG, "a.jpeg", "jpeg")],
)
def test_three_kinds_are_known_by_their_content(content, name, kind):
    assert scan_file.kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "empty"),
        (PDF + b" " * scan_file.LARGEST, "a.pdf", "larger than 5 MB"),
        (PDF[:20], "a.pdf", "damaged"),
        (PNG[:30], "a.png", "damaged"),
        (JPEG[:12], "a.jpg", "damaged"),
        (PNG.replace(struct.pack(">I", 800), struct.pack(">I", 900_000)), "a.png", "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "no PDF, JPEG or PNG"),
        (b"MZ\x90\x00 a program", "a.pdf", "no PDF, JPEG or PNG"),
        (PDF, "a.png", "something else than its content, which is PDF"),
        (PNG, "scan", "something else than its content, which is PNG"),
    ],
)
def test_anything_else_is_refused_in_words(content, name, words):
    with pytest.raises(Refused, match=words):
        scan_file.kind_of(content, name)
