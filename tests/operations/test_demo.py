"""quiz demo: made-up people, clearly marked, whose results came about as real ones do."""

import re
import stat

import pytest
from sqlalchemy import select

from quiz.actions import going_live
from quiz.app import create_app
from quiz.commands import desk
from quiz.commands.desk import Desk
from quiz.domain.errors import Refused
from quiz.domain.posting import State
from quiz.domain.roles import STAFF_ROLES
from quiz.domain.standing import Status
from quiz.formats import report_file
from quiz.keyring import keys
from quiz.records import (
    attempts,
    audit,
    bank,
    certificates,
    database,
    groups,
    holders,
    imports,
    people,
    reports,
    service,
    staff,
)
from quiz.records.letters import Letter
from quiz.records.people import Person
from quiz.records.training import TrainingSession
from tests.operations.conftest import Quiz
from tests.page import Browser


@pytest.fixture
def looking(made_demo):
    """A look at the demonstration's database."""
    with desk.connected(made_demo.settings()) as engine, database.reading(engine) as session:
        yield session


def sign_ins(quiz: Quiz) -> dict[str, str]:
    """The secrets by licence number or e-mail address, from what the command prints."""
    return dict(re.findall(r"^  (\S+)\s+([3-9A-Z]{5}(?:-[3-9A-Z]{5}){2})\s", quiz.done("demo"), re.MULTILINE))


def test_it_says_where_to_go_and_how_to_sign_in(made_demo):
    told = made_demo.done("demo", "--port", 8123)
    assert "Open http://127.0.0.1:8123 " in told
    assert len(sign_ins(made_demo)) == 8 + 7


def test_the_sign_ins_are_nobody_elses(made_demo):
    file = made_demo.folder / "demo-sign-ins.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_time_shows_the_same_and_keeps_everything(made_demo):
    before = (made_demo.folder / "quiz.db").read_bytes()
    assert sign_ins(made_demo) == sign_ins(made_demo)
    assert (made_demo.folder / "quiz.db").read_bytes() == before


def test_every_demonstration_has_secrets_of_its_own(made_demo, nowhere):
    theirs, ours = sign_ins(made_demo), sign_ins(nowhere)
    assert theirs.keys() == ours.keys()
    assert not set(theirs.values()) & set(ours.values())


def test_everybody_is_called_sample(looking):
    names = [*looking.scalars(select(Person.name)), *(one.name for one, _ in staff.everyone(looking))]
    assert [name for name in names if not name.startswith("SAMPLE ")] == []
    assert service.facts(looking).mark == "SAMPLE"


def test_there_is_somebody_of_each_role_and_two_editors(looking):
    held = [role for _, roles in staff.everyone(looking) for role in roles]
    assert sorted(held) == sorted([*STAFF_ROLES, "editor"])


def test_drivers_stand_in_different_places(looking):
    told = {}
    for person in looking.scalars(select(Person)):
        history = attempts.of_person(looking, person.id)
        told[person.name.removeprefix("SAMPLE ")] = [
            "open" if mark is None else f"{mark.outcome} {mark.score} {mark.reasons}".strip() for _, mark in history
        ]
    wanted = {
        "Alex Morgan": [],
        "Kim Foster": [],
        "Sam Taylor": ["open"],
        "Jo Bennett": ["not-passed 11 score", "not-passed 12 score"],
        "Chris Walker": ["not-passed 18 unsafe"],
        "Ali Carter": [],
        "Pat Ellis": [],
        "Lou Price": ["open"],
        "Max Reid": ["passed 17"],
        "Robin Hughes": ["not-passed 14 score", "passed 18"],
        "Val Hurst": ["not-passed 9 score", "not-passed 11 score", "not-passed 13 score"],
        "Jamie Stone": ["not-passed 18 unsafe", "passed 19"],
    }
    assert {name: told[name] for name in wanted} == wanted


def test_the_desk_has_something_to_do_of_every_kind(looking, made_demo):
    """Lists of drivers, letters, a list to decide about, a group, training and a report."""
    today = desk.now().date()
    counts = holders.counts(looking, tuple(Status), today)
    empty = {status for status, count in counts.items() if not count}
    assert empty == {Status.ENDED, Status.UNLISTED, Status.WITHOUT}
    states = set(looking.scalars(select(Letter.state)))
    assert states >= {State.WAITING, State.SENT, State.REFUSED, State.UNKNOWN, State.PAPER, State.PHONE, State.RUNG}
    brought, open_list = imports.listed(looking)[::-1]
    assert brought.applied_at and not open_list.applied_at and imports.undecided(looking, open_list.id) == 2
    assert [sum(groups.counts(looking, one, "sample", today).values()) for one in groups.every(looking)] == [3]
    held, planned = looking.scalars(select(TrainingSession).order_by(TrainingSession.starts_at))
    assert held.held_at and not planned.held_at and planned.starts_at > desk.now()
    (row,) = reports.listed(looking)
    tables = {one.title: one.rows for section in report_file.read(row.content).sections for one in section.tables}
    assert tables["Tests by try"][-1][:4] == ("All", 18, 12, 6)
    assert tables["Action plan"][0][0] == "Training"


def test_who_passed_has_a_certificate_marked_sample(looking):
    (robin,) = people.numbered(looking, "sample 6")
    (certificate,) = certificates.of_person(looking, robin)
    assert '"mark": "SAMPLE"' in certificate.printed


def test_the_log_is_whole_and_in_order(looking):
    assert audit.first_break(looking) is None
    times = [entry.at for entry in audit.page(looking, size=10_000)]
    assert times == sorted(times, reverse=True)


def test_the_unsafe_rule_is_at_work(looking):
    critical = [version.id for version in bank.live_versions(looking, "driver") if version.critical]
    assert bank.agreed_ever(looking, critical) == set(critical)


def test_every_sample_sign_in_works(nowhere):
    secrets = sign_ins(nowhere)
    with desk.connected(nowhere.settings()) as engine:
        app = create_app(nowhere.settings(), engine)
        for key, secret in secrets.items():
            browser = Browser(app)
            if "@" in key:
                browser.open("/staff/sign-in")
                page = browser.press("Sign in", email=key, password=secret)
                assert page.path.startswith(("/staff", "/editor")) and "sign-in" not in page.path, key
            else:
                browser.open("/sign-in")
                page = browser.press("Continue", licence=key, code=secret)
                assert page.path != "/sign-in", key
            assert page.status == 200
            assert "SAMPLE" in page.soup.get_text()


def test_it_can_never_go_live(made_demo):
    assert "made-up people" in made_demo.refused("go-live", "--yes")
    with desk.connected(made_demo.settings()) as engine:
        at = Desk(made_demo.settings(), engine, keys(made_demo.folder).pepper, desk.now())
        with pytest.raises(Refused, match="made-up people"), at.work() as work:
            going_live.go_live(work, "driver", ())


def test_it_is_served_to_this_computer_only(made_demo):
    assert "this computer only" in made_demo.refused("serve", "--host", "0.0.0.0")  # noqa: S104 (refused)


@pytest.mark.both_engines
def test_a_real_instance_is_left_alone(quiz):
    assert "leaves it alone" in quiz.refused("demo")
    assert not (quiz.folder / "demo-sign-ins.txt").exists()


def test_it_does_not_take_the_place_of_a_real_one_whose_database_is_away(nowhere):
    nowhere.done("init")
    settings = nowhere.folder / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"Chorley"', '"Elsewhere"', 1), encoding="utf-8")
    (nowhere.folder / "quiz.db").rename(nowhere.folder / "away.db")
    assert "leaves it alone" in nowhere.refused("demo")
    assert not (nowhere.folder / "quiz.db").exists()


def test_a_start_that_was_cut_short_is_made_good(nowhere):
    nowhere.done("demo")
    (nowhere.folder / "quiz.db").unlink()
    assert len(sign_ins(nowhere)) == 15


def test_it_can_live_in_postgresql(tmp_path, new_database):
    quiz = Quiz(tmp_path, QUIZ_DATABASE_URL=new_database())
    first = sign_ins(quiz)
    assert sign_ins(quiz) == first


def test_lost_sign_ins_can_be_made_anew(nowhere):
    nowhere.done("demo")
    (nowhere.folder / "demo-sign-ins.txt").unlink()
    assert "quiz drivers code SAMPLE1" in nowhere.done("demo")
    assert nowhere.done("drivers", "code", "SAMPLE1")
    assert nowhere.done("staff", "reset-password", "officer@sample.example")
