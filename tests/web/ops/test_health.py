"""Alive means that the program answers; ready, that it can work."""

from sqlalchemy import text

from quiz.records import database


def test_a_program_that_answers_is_alive(browse):
    assert browse().open("/healthz").text == "alive\n"


def test_a_present_schema_is_ready(browse):
    assert browse().open("/readyz").text == "ready\n"


def test_another_schema_is_not_ready(browse, engine):
    with database.transaction(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    page = browse().open("/readyz")
    assert (page.status, page.text) == (503, "the database has another schema than this program\n")
