"""Letters by SMTP. Each step is looked at by itself, so that we know whether a letter may have been sent."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from functools import partial
from typing import TypeAlias

from quiz.domain.posting import Outage, Outcome, Outgoing, Send, State

Answer: TypeAlias = tuple[int, bytes]

TIMEOUT = 30.0  # seconds for each step
CLOSING = 421  # the server is about to close: nothing more goes over this connection
LONGEST = 300


@dataclass(frozen=True)
class MailServer:
    """A mail server, and from whom our letters are. `security` is "starttls", "tls" or "none"."""

    host: str
    port: int
    security: str
    sender: str
    name: str
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT
    trust: ssl.SSLContext | None = field(default=None, repr=False)

    @contextmanager
    def opened(self) -> Iterator[Send]:
        """One connection for several letters. Raises Outage while the server cannot be used."""
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise Outage(f"The mail server cannot be used: {_why(error)}") from None
        try:
            yield partial(self._send, server)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _connected(self) -> smtplib.SMTP:
        trust = self.trust or ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=trust)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                server.starttls(context=trust)
            server.ehlo_or_helo_if_needed()
            if self.username:
                server.login(self.username, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _send(self, server: smtplib.SMTP, letter: Outgoing) -> Outcome:
        try:
            content = self._bytes(letter)
        except ValueError:
            return Outcome(State.REFUSED, "The address or the subject cannot stand in an e-mail.")
        try:
            refused = self._addressed(server, letter)
        except (OSError, smtplib.SMTPException) as error:
            raise Outage(f"The mail server broke off: {_why(error)}") from None
        return refused or _handed_over(server, content)

    def _addressed(self, server: smtplib.SMTP, letter: Outgoing) -> Outcome | None:
        """Sender, recipient, and leave to send; what the server has against this letter, if anything."""
        plain = letter.to.isascii()
        if not plain and not server.has_extn("smtputf8"):
            return Outcome(State.REFUSED, "The mail server takes no addresses with letters such as “é”.")
        answer = server.mail(self.sender, [] if plain else ["SMTPUTF8", "BODY=8BITMIME"])
        if answer[0] != 250:
            raise Outage(f"The mail server takes no letters from {self.sender}: {_said(answer)}")
        answer = server.rcpt(letter.to)
        if answer[0] in (250, 251):
            answer = server.docmd("DATA")
        return None if answer[0] == 354 else _not_taken(server, answer)

    def _bytes(self, letter: Outgoing) -> bytes:
        message = EmailMessage(policy=SMTP if letter.to.isascii() else SMTPUTF8)
        name = "".join(c for c in self.name if c not in '"\\')
        message["From"] = f'"{name}" <{self.sender}>'
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body + "\n", cte="quoted-printable")
        return bytes(message)


def _not_taken(server: smtplib.SMTP, answer: Answer) -> Outcome:
    """What to do about a letter that was turned away: 4.. means later, 5.. means never."""
    if answer[0] == CLOSING:
        raise Outage(f"The mail server closed the connection: {_said(answer)}")
    server.rset()
    return Outcome(State.WAITING if 400 <= answer[0] < 500 else State.REFUSED, _said(answer))


def _handed_over(server: smtplib.SMTP, content: bytes) -> Outcome:
    """The letter itself. From its last line on until the answer, nobody knows whether it was taken."""
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(State.UNKNOWN, f"The mail server broke off before it answered: {_why(error)}")
    if answer[0] == 250:
        return Outcome(State.SENT)
    return Outcome(State.WAITING if 400 <= answer[0] < 500 else State.REFUSED, _said(answer))


def _said(answer: Answer) -> str:
    return f"{answer[0]} {answer[1].decode('utf-8', 'replace')}"[:LONGEST]


def _why(error: Exception) -> str:
    """In words that hold no password: what a server answered, or what the system says."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said((error.smtp_code, said if isinstance(said, bytes) else str(said).encode()))
    return (str(error) or type(error).__name__)[:LONGEST]
