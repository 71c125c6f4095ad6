"""The file of an evidence pack: JSON that people can read and `quiz verify` can check."""

import json
import re
from collections.abc import Mapping
from typing import Any

from quiz.domain.errors import Refused
from quiz.domain.evidence import FORM, Document, shown
from quiz.formats import strict_json

MOST = 20 * 1024 * 1024
ALGORITHM = "Ed25519"
TITLE = re.compile(rb"<dc:title>.{0,99}>Evidence pack<", re.DOTALL)  # our documents keep their metadata readable


def write(document: Document) -> str:
    """The one text of a pack: the same pack gives the same bytes."""
    plain = {
        "items": document.items,
        "manifest": document.manifest,
        "signature": {"algorithm": ALGORITHM, "key": document.key, "value": document.signature},
    }
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def is_one(content: bytes) -> bool:
    """Whether a file calls itself an evidence pack."""
    return content.lstrip()[:1] == b"{" and b'"manifest"' in content


def is_paper(content: bytes) -> bool:
    """Whether it is the PDF of a pack, by the title in its metadata."""
    return content.startswith(b"%PDF") and TITLE.search(content) is not None


def read(content: bytes) -> Document:
    """The pack of a file. Refuses what is no pack, and whatever could be read in two ways."""
    if len(content) > MOST:
        raise Refused("evidence-unreadable", "This file is too large to be an evidence pack.")
    try:
        plain = strict_json.read(content, "a pack")
        json.dumps(plain, ensure_ascii=False).encode()  # half a character has no bytes to digest
        return _document(plain)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        words = f"This is not an evidence pack, or it is damaged: {shown(str(error))}."
        raise Refused("evidence-unreadable", words) from error


def _document(plain: Mapping[str, Any]) -> Document:
    if set(plain) != {"items", "manifest", "signature"}:
        raise ValueError("it must hold manifest, signature and items, and nothing else")
    manifest, signature, items = plain["manifest"], plain["signature"], plain["items"]
    if manifest["form"] != FORM:
        raise ValueError(f"its form is “{manifest['form']}”, not “{FORM}”")
    if set(signature) != {"algorithm", "key", "value"} or signature["algorithm"] != ALGORITHM:
        raise ValueError("its signature is not one of this form")
    if not isinstance(manifest["items"], dict) or not all(isinstance(facts, dict) for facts in items.values()):
        raise ValueError("its items are not groups of facts")
    return Document(manifest, str(signature["key"]), str(signature["value"]), items)
