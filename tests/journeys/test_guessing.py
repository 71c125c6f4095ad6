"""Guesses that are sent all at once are no more guesses than those sent one after the other, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask import session as cookie
from flask_wtf.csrf import generate_csrf

from quiz.actions import signing_in
from quiz.domain.limits import FREE_BY_NUMBER
from quiz.records import certificates
from quiz.web.public.verify import FREE_LOOKUPS
from tests.make import Make
from tests.page import HOST

AT_ONCE = 16
WAITS = b"Wait "


def surname(make: Make) -> tuple[str, dict[str, str], dict[str, object]]:
    passed = make.driver()
    make.attempt(passed)
    with make.reading() as session:
        (row,) = certificates.of_person(session, passed.person_id)
    return f"/verify/{row.number}", {"surname": "Nobody"}, {}


def start_word(make: Make) -> tuple[str, dict[str, str], dict[str, object]]:
    made = make.driver(supervised=True)
    make.seat(made)
    with make.work() as work:
        opened = signing_in.driver(work, "192.0.2.1", made.number, made.code)
    assert opened is not None
    return "/test/start", {"declared": "y", "word": "wrong"}, {"driver": opened.token}


def code(make: Make) -> tuple[str, dict[str, str], dict[str, object]]:
    return "/sign-in", {"licence": make.driver().number, "code": "AAAAA-AAAAA-AAAAA"}, {}


def password(make: Make) -> tuple[str, dict[str, str], dict[str, object]]:
    make.staff(email="robin@example.com")
    return "/staff/sign-in", {"email": "robin@example.com", "password": "wrong"}, {}


@pytest.mark.parametrize(
    ("door", "free"),
    [(surname, FREE_LOOKUPS), (start_word, FREE_BY_NUMBER), (code, FREE_BY_NUMBER), (password, FREE_BY_NUMBER)],
)
def test_guesses_at_the_same_moment_get_no_more_answers(app: Flask, make, door, free):
    path, fields, signed_in = door(make)
    with app.test_request_context():
        token, secret = generate_csrf(), cookie["csrf_token"]
    together = Barrier(AT_ONCE)

    def guess(_number: int) -> bool:
        client = app.test_client()
        with client.session_transaction(base_url=HOST) as held:
            held.update(signed_in, csrf_token=secret)
        together.wait()
        answer = client.post(path, base_url=HOST, data={"csrf_token": token, **fields})
        assert answer.status_code in (200, 429)
        return WAITS not in answer.data

    with ThreadPoolExecutor(AT_ONCE) as threads:
        judged = sum(threads.map(guess, range(AT_ONCE)))
    assert judged == free + 1
