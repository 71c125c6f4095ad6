"""Letters by GOV.UK Notify: its own client against a server that answers as Notify does."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quiz.domain.posting import Outage, Outcome, Outgoing, State
from quiz.outside.notify import CAME_BACK, Notify
from tests.postbox import free_port

KEY = "licensing-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000"
TEMPLATE = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
LETTER = Outgoing("0198-1", "<1@example.org>", "zoe@example.com", "Take your test", "Dear Zoë")


class Answering(ThreadingHTTPServer):
    """Answers with `status` and `answer`, and keeps what was asked."""

    status, answer = 201, "{}"
    breaks_off = False
    asked: list[dict[str, object]]


class Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append({"path": self.path, "bearer": self.headers["Authorization"], **json.loads(sent)})
        if self.server.breaks_off:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer.encode())

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path})
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer.encode())

    def log_message(self, *_words: object) -> None:
        """Quiet."""


@pytest.fixture
def there() -> Iterator[Answering]:
    with Answering(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def sent(server: Answering, key: str = KEY) -> Outcome:
    with Notify(key, TEMPLATE, f"http://127.0.0.1:{server.server_port}", timeout=5).opened() as send:
        return send(LETTER)


def test_subject_and_words_go_into_the_template(there):
    there.answer = '{"id": "740e5834"}'
    assert sent(there) == Outcome(State.SENT, receipt="740e5834")
    (asked,) = there.asked
    assert asked["path"] == "/v2/notifications/email"
    assert (asked["email_address"], asked["template_id"], asked["reference"]) == ("zoe@example.com", TEMPLATE, "0198-1")
    assert asked["personalisation"] == {"subject": "Take your test", "body": "Dear Zoë"}
    assert str(asked["bearer"]).startswith("Bearer ")


@pytest.mark.parametrize(("status", "state"), [(400, State.REFUSED), (418, State.UNKNOWN)])
def test_what_notify_has_against_a_letter_is_kept(there, status, state):
    there.status = status
    there.answer = '{"errors": [{"error": "ValidationError", "message": "not a valid email"}], "status_code": 400}'
    outcome = sent(there)
    assert (outcome.state, outcome.words) == (state, f"{status} not a valid email")


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_wrong_key_a_missing_template_or_too_many_letters_are_an_outage(there, status):
    there.status = status
    there.answer = '{"errors": [{"message": "Exceeded rate limit"}]}'
    with pytest.raises(Outage, match=f"{status} Exceeded rate limit"):
        sent(there)


def test_a_connection_that_breaks_off_leaves_nobody_knowing(there):
    there.breaks_off = True
    assert (sent(there).state, len(there.asked)) == (State.UNKNOWN, 1)


def test_an_answer_that_is_none_leaves_nobody_knowing(there):
    there.answer = "<html>"
    assert sent(there).state is State.UNKNOWN


def test_where_nobody_answers_it_is_an_outage():
    carrier = Notify(KEY, TEMPLATE, f"http://127.0.0.1:{free_port()}", timeout=5)
    with pytest.raises(Outage, match="cannot be reached"), carrier.opened() as send:
        send(LETTER)


def test_a_key_that_can_be_none_is_told_and_no_key_is_printed(there):
    with pytest.raises(Outage, match="too short"):
        sent(there, "short")
    assert KEY not in repr(Notify(KEY, TEMPLATE, "http://127.0.0.1:1"))


def back(server: Answering) -> dict[str, str]:
    return Notify(KEY, TEMPLATE, f"http://127.0.0.1:{server.server_port}", timeout=5).came_back()


def test_notify_is_asked_once_for_what_came_back_and_each_has_words(there):
    there.answer = json.dumps(
        {"notifications": [{"id": f"{number}", "status": status} for number, status in enumerate(CAME_BACK)]}
    )
    assert back(there) == {str(number): words for number, words in enumerate(CAME_BACK.values())}
    (asked,) = there.asked
    assert asked["path"] == (
        "/v2/notifications?status=permanent-failure&status=temporary-failure&status=technical-failure"
        "&template_type=email"
    )


def test_a_long_list_is_read_on_but_not_for_ever(there):
    many = [{"id": f"n{number}", "status": "permanent-failure"} for number in range(250)]
    there.answer = json.dumps({"notifications": many})
    assert len(back(there)) == 250
    assert [str(one["path"]).endswith("&older_than=n249") for one in there.asked] == [False, True, True, True]


@pytest.mark.parametrize(
    ("status", "answer"), [(403, "{}"), (500, "{}"), (200, "<html>"), (200, "[]"), (200, '{"notifications": [{}]}')]
)
def test_what_cannot_be_asked_is_an_outage(there, status, answer):
    there.status, there.answer = status, answer
    with pytest.raises(Outage):
        back(there)


def test_what_notify_answers_is_not_logged(there, caplog):
    there.status, there.answer = 400, '{"errors": [{"message": "zoe@example.com is not on the list"}]}'
    sent(there)
    assert "zoe@example.com" not in caplog.text
