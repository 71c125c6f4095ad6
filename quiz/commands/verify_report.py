"""quiz verify of a monitoring report: is it the one that the council issued, and at which end of its log?"""

from collections.abc import Sequence
from datetime import datetime

from quiz.domain import calendar
from quiz.domain.errors import Refused
from quiz.domain.evidence import grouped, shown
from quiz.domain.signed import Finding
from quiz.formats import report_file
from quiz.formats.signing import PublicKey

UNSIGNED = {
    Finding.ALTERED: "NOT GENUINE: the seal was altered, or somebody else signed it.",
    Finding.UNKNOWN_KEY: "NOT KNOWN: no key here made this signature. Ask the council for its public keys.",
    Finding.GIVEN_UP: "NOT CERTAIN: the key that signed it was given up, since others may have it. Ask the council "
    "whether it issued a report with the digest below.",
}


def verify(content: bytes, keys: Sequence[PublicKey]) -> str:
    """What there is to say of a genuine report. Refuses any other."""
    text, report, seal = report_file.open_file(content)
    digest = f"SHA-256 of the report: {grouped(report_file.digest(text))}"
    found = report_file.check(keys, seal)
    if found in UNSIGNED:
        raise Refused("report-not-genuine", f"{UNSIGNED[found]}\n{digest}")
    if seal.digest != report_file.digest(text) or seal.number != report.head.number:
        raise Refused("report-not-genuine", f"NOT GENUINE: the report was altered after it was sealed.\n{digest}")
    head = report.head
    at = calendar.moment(datetime.fromisoformat(seal.at))
    kind = {"sample": " SAMPLE: made-up people.", "pilot": " PILOT: these tests count for no licence."}
    return "\n".join([
        f"Genuine: report {shown(head.number)} as {shown(head.council)} issued it on {at}.{kind.get(head.mode, '')}",
        f"{head.version.capitalize()} version for {calendar.words(head.first)} to {calendar.words(head.last)}.",
        f"The audit log ended then with entry {seal.sequence}, hash {grouped(shown(seal.hash))}.",
        f"{digest} (Signed by key {shown(seal.key)}.)",
    ])  # fmt: skip
