"""The worker sends letters through a real mail server: once each, whatever happens to either."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quiz.actions import letters
from quiz.commands import posting, working
from quiz.commands.desk import Desk
from quiz.domain.posting import LEASE, Outage
from quiz.outside.mail import MailServer
from quiz.outside.notify import Notify
from quiz.records import letters as rows
from quiz.records import people
from quiz.records.service import Service
from quiz.settings import Settings
from tests.actions.test_letters import row, written
from tests.make import PEPPER, Clock, Make
from tests.operations.conftest import Quiz
from tests.outside.test_notify import KEY, Answering, Handler
from tests.postbox import Postbox, free_port, open_postbox

MAIL = """
[mail]
by = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
from_address = "licensing@example.org"
"""

CODE = re.compile(r"\b\w{5}-\w{5}-\w{5}\b")

pytestmark = pytest.mark.both_engines


@pytest.fixture
def box() -> Iterator[Postbox]:
    with open_postbox() as opened:
        yield opened


@pytest.fixture
def port(box: Postbox) -> int:
    return box.port


@pytest.fixture
def at(make: Make, clock: Clock, tmp_path: Path, port: int) -> Desk:
    text = Settings.default_text().replace("[mail]", MAIL.format(port=port).lstrip(), 1)
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return Desk(Settings.load(tmp_path), make.engine, PEPPER, clock.now)


def loop(at: Desk, clock: Clock) -> int:
    return working.loop(at, clock, lambda: False, True, {})


def drivers(make: Make, count: int) -> list[rows.Letter]:
    return [written(make, make.driver(email=f"driver{number}@example.com")) for number in range(count)]


def states(make: Make, letters: list[rows.Letter]) -> list[str]:
    return [row(make, one).state for one in letters]


def test_letters_go_out_once(make, at, clock, box):
    letters = drivers(make, 3)
    loop(at, clock)
    loop(at, clock)
    assert box.recipients == ["driver0@example.com", "driver1@example.com", "driver2@example.com"]
    assert [one["Message-ID"] for one in box.letters] == [one.message_id for one in letters]
    assert states(make, letters) == ["sent"] * 3


def test_two_workers_at_once_send_each_letter_once(make, at, clock, box):
    letters = drivers(make, 12)
    workers = [threading.Thread(target=loop, args=(at, clock)) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(box.recipients) == sorted(one.address for one in letters)
    assert states(make, letters) == ["sent"] * 12


def test_a_crash_after_the_server_took_it_leaves_it_unknown_and_never_sends_it_again(make, at, clock, box, monkeypatch):
    (letter,) = drivers(make, 1)
    real = MailServer._send

    def dies(self, server, outgoing):
        assert real(self, server, outgoing).state == "sent"
        raise SystemExit("killed between the server's 250 and our commit")

    monkeypatch.setattr(MailServer, "_send", dies)
    with pytest.raises(SystemExit):
        posting.send_letters(at, clock)
    monkeypatch.undo()
    assert (states(make, [letter]), len(box.letters)) == (["claimed"], 1)
    for _ in range(3):
        clock.now += LEASE
        loop(at, clock)
    assert (states(make, [letter]), len(box.letters)) == (["unknown"], 1)


def test_what_the_server_puts_off_goes_later_and_what_it_refuses_is_told(make, at, clock, box):
    letters = drivers(make, 3)
    box.to_recipients = ["451 4.7.1 Greylisted", "550 5.1.1 No such user"]
    posting.send_letters(at, clock)
    assert states(make, letters) == ["waiting", "refused", "sent"]
    assert row(make, letters[1]).words == "550 5.1.1 No such user"
    clock.pass_by(minutes=2)
    posting.send_letters(at, clock)
    assert states(make, letters) == ["sent", "refused", "sent"]
    assert box.recipients == ["driver2@example.com", "driver0@example.com"]


def test_after_a_day_without_a_server_all_letters_go_once(make, at, clock, box, monkeypatch):
    letters = drivers(make, 3)
    there, tried = MailServer._connected, []

    def gone(self):
        tried.append(clock.now)
        raise OSError("Connection refused")

    monkeypatch.setattr(MailServer, "_connected", gone)
    for _minute in range(24 * 60):
        posting.send_letters(at, clock)
        clock.pass_by(minutes=1)
    assert len(tried) < 40, "the back-off"
    assert states(make, letters) == ["waiting"] * 3
    assert "cannot be used: Connection refused" in row(make, letters[0]).words
    monkeypatch.setattr(MailServer, "_connected", there)
    for _minute in range(70):
        posting.send_letters(at, clock)
        clock.pass_by(minutes=1)
    assert sorted(box.recipients) == [f"driver{number}@example.com" for number in range(3)]
    assert states(make, letters) == ["sent"] * 3


def test_a_server_that_stops_in_the_middle_leaves_the_rest_waiting(make, at, clock, box):
    letters = drivers(make, 3)
    box.to_sender = ["250 OK", "421 4.3.2 Closing"]
    posting.send_letters(at, clock)
    assert states(make, letters) == ["sent", "waiting", "waiting"]
    assert posting.send_letters(at, clock) == 0
    clock.pass_by(minutes=2)
    posting.send_letters(at, clock)
    assert states(make, letters) == ["sent"] * 3 and len(box.letters) == 3


class TestWithoutServer:
    @pytest.fixture
    def port(self) -> int:
        return free_port()

    def test_other_work_goes_on_and_the_log_tells_no_address(self, make, at, clock, caplog):
        letters = drivers(make, 1)
        assert loop(at, clock) == 0
        assert states(make, letters) == ["waiting"]
        assert "example.com" not in caplog.text


def test_a_demonstration_sends_nothing(make, at, clock, box):
    letters = drivers(make, 1)
    with make.reading() as session:
        assert posting.house(at.settings, session).by_email
    with make.work() as work:
        work.session.get_one(Service, 1).demo = True
    assert posting.send_letters(at, clock) == 0
    with make.reading() as session:
        assert not posting.house(at.settings, session).by_email
    assert (states(make, letters), box.letters) == (["waiting"], [])


def test_where_the_settings_name_nobody_nothing_is_sent(make, at, clock, box):
    letters = drivers(make, 1)
    nobody = replace(at, settings=replace(at.settings, mail=replace(at.settings.mail, by="none")))
    assert posting.carrier_of(nobody.settings) is None
    assert posting.send_letters(nobody, clock) == 0
    assert (states(make, letters), box.letters) == (["waiting"], [])


def test_a_secret_is_read_from_its_file_or_missed_in_words(at, tmp_path):
    mail = replace(at.settings.mail, by="notify", notify_key_file="notify_key", notify_template="t")
    settings = replace(at.settings, mail=mail)
    with pytest.raises(Outage, match="The file notify_key of the settings cannot be read"):
        posting.carrier_of(settings)
    (tmp_path / "notify_key").write_text("the key\n")
    assert posting.carrier_of(settings) == Notify("the key", "t", mail.notify_url)


def test_what_notify_could_not_deliver_is_refused_once_and_sent_again_with_a_new_code(make, at, clock, tmp_path):
    (letter,) = drivers(make, 1)
    with Answering(("127.0.0.1", 0), Handler) as server:
        server.asked, server.answer = [], '{"id": "740e5834"}'
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (tmp_path / "notify_key").write_text(KEY)
        mail = replace(
            at.settings.mail, by="notify", notify_key_file="notify_key", notify_template="t",
            notify_url=f"http://127.0.0.1:{server.server_port}",
        )  # fmt: skip
        desk = replace(at, settings=replace(at.settings, mail=mail))
        assert posting.came_back(desk) == 0 and server.asked == []  # nothing was sent that could come back
        assert posting.send_letters(desk, clock) == 1
        old = server.asked[0]["personalisation"]["body"]
        server.answer = '{"notifications": [{"id": "740e5834", "status": "permanent-failure"}]}'
        assert (posting.came_back(desk), posting.came_back(desk)) == (1, 0)
        after = row(make, letter)
        assert (after.state, after.sealed, after.ended_at) == ("refused", None, None)
        assert after.words == "GOV.UK Notify could not deliver it: the address does not exist, or refuses our letters."
        assert posting.send_letters(desk, clock) == 0  # nothing goes by itself
        with make.work("staff:ann") as work:
            letters.again(work, letter.id)
        server.answer = '{"id": "850f6945"}'
        assert posting.send_letters(desk, clock) == 1
        assert CODE.search(server.asked[-1]["personalisation"]["body"])[0] not in old
        server.answer = '{"notifications": [{"id": "740e5834", "status": "permanent-failure"}]}'
        assert posting.came_back(desk) == 0  # that was the first time
        assert row(make, letter).state == "sent"
        asked = len(server.asked)
        assert posting.came_back(replace(desk, now=clock.now + timedelta(days=9))) == 0 and len(server.asked) == asked
        server.shutdown()


def test_a_tick_reminds_once_and_says_so_unless_the_settings_say_no(make, quiz: Quiz):
    made = make.driver(email="a@example.com")
    with make.work() as work:
        (licence,) = people.licences(work.session, made.person_id)
        licence.expires_on = datetime.now(UTC).date() + timedelta(days=20)
    settings = (quiz.folder / "settings.toml").read_text()
    (quiz.folder / "settings.toml").write_text(settings.replace("# on = true", "on = false"))
    assert "on = false" in quiz.done("settings") and "Reminders" not in quiz.done("tick")
    (quiz.folder / "settings.toml").write_text(settings)
    assert "Reminders written because a licence or a pass ends soon: 1." in quiz.done("tick")
    assert "Reminders" not in quiz.done("tick")
    with make.reading() as session:
        assert rows.counts(session).phone == 1  # the settings name nobody who sends letters
