"""A real mail server for tests, which takes letters or does what a test tells it to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Postbox:
    """What arrived, and what is to be answered to the next recipients or letters (then again "250 OK")."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.to_sender: list[str] = []
        self.to_recipients: list[str] = []
        self.to_letters: list[str] = []
        self.breaks_off = False
        self.port = 0

    async def handle_MAIL(self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:  # fmt: skip
        answer = self.to_sender.pop(0) if self.to_sender else "250 OK"
        if answer.startswith("250"):
            envelope.mail_from, envelope.mail_options = address, options
        return answer

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
                          _options: list[str]) -> str:  # fmt: skip
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.to_letters:
            return self.to_letters.pop(0)
        self.envelopes.append(envelope)
        found = message_from_bytes(envelope.content, policy=default)
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        if self.breaks_off:
            server.transport.abort()
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        """To whom letters came, in their order."""
        return [str(one["To"]) for one in self.letters]


def free_port() -> int:
    """A port of this machine at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class Listening(Controller):
    """Takes a free port itself and keeps it: one that was looked for before may be somebody else's by now."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def open_postbox(port: int = 0, **how: Any) -> Iterator[Postbox]:
    """A mail server on this machine, at a free port or at that one."""
    box = Postbox()
    controller = Listening(box, hostname="127.0.0.1", port=port, **how)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop(no_assert=True)


def knows(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: LoginPassword) -> AuthResult:
    """The one account there is."""
    return AuthResult(success=(data.login, data.password) == (b"licensing", b"hush"), handled=False)
