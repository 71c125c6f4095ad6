"""The file of a monitoring report: JSON that people can read and `quiz verify` can check."""

import hashlib
import json
from collections.abc import Sequence

from quiz.domain import report as rules
from quiz.domain.errors import Refused
from quiz.domain.evidence import canonical, shown
from quiz.domain.report import PURPOSE, Report, Seal
from quiz.domain.signed import Finding
from quiz.formats import signing, strict_json
from quiz.formats.signing import PublicKey, Signer

MOST = 5 * 1024 * 1024
ALGORITHM = "Ed25519"


def freeze(report: Report) -> str:
    """The one text of a report: the same report gives the same bytes."""
    return canonical(rules.plain(report)).decode()


def read(content: str) -> Report:
    """The report that was frozen."""
    return rules.of_plain(json.loads(content))


def digest(content: str) -> str:
    """SHA-256 over the frozen text, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()


def sign(signer: Signer, number: str, content: str, sequence: int, head: str, at: str) -> Seal:
    """Tie a report to the end of the audit log at that moment."""
    seal = Seal(number, digest(content), sequence, head, at, signer.key_id, "")
    signature = signer.sign(PURPOSE, canonical(seal.signed())).hex()
    return Seal(number, seal.digest, sequence, head, at, signer.key_id, signature)


def check(keys: Sequence[PublicKey], seal: Seal) -> Finding:
    """What the signature tells."""
    try:
        signature = bytes.fromhex(seal.signature)
    except ValueError:
        return Finding.ALTERED
    return signing.verify(keys, seal.key, PURPOSE, canonical(seal.signed()), signature)


def write(content: str, seal: Seal) -> str:
    """The file: the report as it was frozen, and its seal."""
    plain = {
        "report": json.loads(content),
        "seal": {**seal.signed(), "algorithm": ALGORITHM, "key": seal.key, "value": seal.signature},
    }
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def is_one(content: bytes) -> bool:
    """Whether a file calls itself a monitoring report."""
    return content.lstrip()[:1] == b"{" and b'"seal"' in content and rules.FORM.encode() in content


def open_file(content: bytes) -> tuple[str, Report, Seal]:
    """Frozen text, report and seal of a file. Refuses what is none, and whatever could be read in two ways."""
    if len(content) > MOST:
        raise Refused("report-unreadable", "This file is too large to be a monitoring report.")
    try:
        plain = strict_json.read(content, "a report")
        if set(plain) != {"report", "seal"} or plain["seal"]["algorithm"] != ALGORITHM:
            raise ValueError("it must hold a report and its seal, and nothing else")
        seal = plain["seal"]
        found = Seal(
            str(seal["number"]), str(seal["digest"]), int(seal["sequence"]), str(seal["hash"]), str(seal["at"]),
            str(seal["key"]), str(seal["value"]),
        )  # fmt: skip
        return canonical(plain["report"]).decode(), rules.of_plain(plain["report"]), found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        words = f"This is not a monitoring report, or it is damaged: {shown(str(error))}."
        raise Refused("report-unreadable", words) from error
