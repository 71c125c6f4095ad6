"""Letters by GOV.UK Notify, through its own client. One template there takes the subject and the words of ours."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from notifications_python_client.errors import APIError, HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from requests import ConnectionError as NoConnection
from requests import ConnectTimeout
from urllib3.exceptions import NewConnectionError

from quiz.domain.posting import Outage, Outcome, Outgoing, Send, State

TIMEOUT = 30
BUSY = (429, 500, 503)  # Notify asks to send it again
LONGEST = 300
PAGE, PAGES = 250, 4
CAME_BACK = {
    "permanent-failure": "GOV.UK Notify could not deliver it: the address does not exist, or refuses our letters.",
    "temporary-failure": "GOV.UK Notify could not deliver it for three days: the mailbox may be full.",
    "technical-failure": "GOV.UK Notify could not deliver it because of a fault of its own.",
}

# The client writes what Notify answers to the log, and that may hold what a letter said.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Notify:
    """GOV.UK Notify with our key and template."""

    key: str = field(repr=False)
    template: str
    url: str
    timeout: int = TIMEOUT

    @contextmanager
    def opened(self) -> Iterator[Send]:
        """A client for several letters. Raises Outage for a key that can be none."""
        if len(self.key) < 73:
            raise Outage("The API key of GOV.UK Notify is too short. Copy the whole key into its file.")
        make: Any = NotificationsAPIClient  # the client has no types
        yield partial(self._send, make(self.key, base_url=self.url, timeout=self.timeout))

    def _send(self, client: Any, letter: Outgoing) -> Outcome:
        try:
            answer = client.send_email_notification(
                letter.to,
                self.template,
                personalisation={"subject": letter.subject, "body": letter.body},
                reference=letter.reference,
            )
        except HTTPError as error:
            return _not_taken(error)
        except APIError:
            return Outcome(State.UNKNOWN, "GOV.UK Notify answered something else than it should.")
        receipt = answer.get("id") if isinstance(answer, dict) else None
        return Outcome(State.SENT, receipt=str(receipt or ""))

    def came_back(self) -> dict[str, str]:
        """E-mails of the last days that Notify took and could not deliver: their receipts, and why in words.

        One question for each 250, and so many at most. Raises Outage where it cannot be asked.
        """
        make: Any = NotificationsAPIClient
        found: dict[str, str] = {}
        older: str | None = None
        try:
            client = make(self.key, base_url=self.url, timeout=self.timeout)
            for _ in range(PAGES):
                answer = client.get_all_notifications(list(CAME_BACK), "email", older_than=older)
                page = {str(one["id"]): CAME_BACK[one["status"]] for one in answer["notifications"]}
                found |= page
                if len(page) < PAGE:
                    break
                older = list(page)[-1]
        except HTTPError as error:
            raise Outage(f"GOV.UK Notify cannot be asked at present: {error.status_code}") from None
        except (APIError, KeyError, TypeError, ValueError, AttributeError, AssertionError):
            raise Outage("GOV.UK Notify answered something else than it should.") from None
        return found


def _not_taken(error: HTTPError) -> Outcome:
    if error.response is None:
        if _never_connected(error.__cause__):
            raise Outage("GOV.UK Notify cannot be reached.")
        return Outcome(State.UNKNOWN, "The connection to GOV.UK Notify broke off before it answered.")
    words = f"{error.status_code} {_said(error)}"[:LONGEST]
    if error.status_code in (401, 403, 404, *BUSY):
        raise Outage(f"GOV.UK Notify takes no letters at present: {words}")
    if error.status_code == 400:
        return Outcome(State.REFUSED, words)
    return Outcome(State.UNKNOWN, words)


def _never_connected(cause: BaseException | None) -> bool:
    """Whether nothing was sent at all."""
    inner = cause.args[0] if isinstance(cause, NoConnection) and cause.args else None
    return isinstance(cause, ConnectTimeout) or isinstance(getattr(inner, "reason", inner), NewConnectionError)


def _said(error: HTTPError) -> str:
    told = error.message
    return told if isinstance(told, str) else "; ".join(str(one.get("message", "")) for one in told or ())
