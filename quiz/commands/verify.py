"""quiz verify: is this certificate, pack or report genuine? Without the database, wherever the public keys are."""

from pathlib import Path

import click

from quiz import keyring
from quiz.commands import desk, verify_evidence, verify_report
from quiz.domain import calendar, numbers, signed
from quiz.domain.errors import Refused
from quiz.domain.signed import Finding, Signed
from quiz.formats import certificate_file, evidence_file, report_file, signing

KEYS_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NO_CODE = (
    "There is no certificate code in it. Give the certificate's PDF, or the whole address that a QR reader shows: "
    "it ends with # and a long line of letters."
)
SAYS = {
    Finding.ALTERED: "NOT GENUINE: the code was altered, or somebody else signed it.",
    Finding.UNKNOWN_KEY: "NOT KNOWN: no key here made this signature. Ask the issuing council for its keys.",
    Finding.GIVEN_UP: "NOT CERTAIN: the key that signed it was given up, since others may have it. Look the number up "
    "at the address on the certificate.",
}
KINDS = {"": "", "PILOT": " PILOT: it counts for no licence.", "SAMPLE": " SAMPLE: not a real certificate."}


@click.command()
@click.argument("file_or_text")
@click.option("--keys", "keys_from", type=KEYS_FILE, metavar="FILE", help="Public keys, as /.well-known/ gives them.")
def verify(file_or_text: str, keys_from: Path | None) -> None:
    """Check a certificate's PDF, the text of its QR code, an evidence pack or a report (JSON), against the public keys.

    Without --keys the keys of this instance are used. No database is asked, so whether a certificate was withdrawn
    later cannot be told. Of an evidence pack, each item that was altered, is missing or was added is named.
    """
    keys = signing.read(keys_from.read_text("utf-8", "replace")) if keys_from else _own_keys()
    path = Path(file_or_text)
    is_file = len(file_or_text) < 4096 and "\0" not in file_or_text and path.is_file()
    content = path.read_bytes() if is_file else file_or_text.encode()
    if report_file.is_one(content):
        return click.echo(verify_report.verify(content, keys))
    if evidence_file.is_one(content):
        return click.echo(verify_evidence.verify(content, keys))
    if evidence_file.is_paper(content):
        raise Refused("evidence-paper", verify_evidence.PAPER)
    found = certificate_file.codes(content)
    if len(found) > 1:
        raise Refused("codes-differ", "NOT GENUINE: this file holds codes of different certificates.")
    given = signed.read(found[0]) if found else None
    if given is None:
        raise Refused("no-code", NO_CODE)
    beside = signed.number_before(found[0])
    finding = signing.check(keys, given)
    if finding is not Finding.GENUINE:
        raise Refused(finding, SAYS[finding])
    if beside is not None and beside != given.statement.number:
        raise Refused("number-differs", f"NOT GENUINE: the code was made for {numbers.show(given.statement.number)}, "
                      f"and the address names {numbers.show(beside)}.")  # fmt: skip
    return click.echo(_told(given))


def _own_keys() -> tuple[signing.PublicKey, ...]:
    return keyring.public_keys(desk.load_settings().instance)


def _told(given: Signed) -> str:
    what = given.statement
    kind = {"PILOT": " PILOT: it counts for no licence.", "SAMPLE": " SAMPLE: not a real certificate."}.get(
        what.mark, ""
    )
    return (
        f"Genuine when issued.{kind} Whether it was withdrawn later was not checked.\n"
        f"It must say: number {numbers.show(what.number)}, issued on {calendar.words(what.issued_on)}, "
        f"valid to the end of {calendar.words(what.expires_on)}. (Signed by key {given.key_id}.)"
    )
