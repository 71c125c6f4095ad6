"""A real Chromium on the real app: served on a loopback port of its own, on this test's database and clock."""

import shutil
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from quiz.domain.roles import Role
from tests.browser.looking import PATIENCE, Window
from tests.make import PASSWORD, Made, Make

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
# It runs as root on machines of its own, draws without a graphics card and talks to nobody but us.
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --host-resolver-rules=MAP&*&~NOTFOUND,EXCLUDE&127.0.0.1"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives Chromium."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine. A missing one fails."""
    path = shutil.which("chromium")
    assert path, "there is no Chromium; `make test` installs it where it may, otherwise install the package `chromium`"
    return browser_type_launch_args | {
        "executable_path": path,
        "args": [flag.replace("&", " ") for flag in FLAGS.split()],
    }


class Quiet(WSGIRequestHandler):
    """A server that does not write a line for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the windows of these tests keep what went wrong."""


@pytest.fixture(scope="session")
def base_url(made_app: Flask) -> Iterator[str]:
    """Where the app answers. It is served once; `app` gives it the database and clock of each test."""
    server = make_server("127.0.0.1", 0, made_app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def window(app: Flask, browser: Browser, base_url: str) -> Iterator[Callable[..., Window]]:
    """Opens windows, each with cookies of its own. Whatever any of them complained about fails the test at its end."""
    opened: list[tuple[BrowserContext, Window]] = []

    def open_one(size: dict[str, int] = PHONE, **how: Any) -> Window:
        context = browser.new_context(base_url=base_url, viewport=size, locale="en-GB", **how)
        context.set_default_timeout(PATIENCE)
        opened.append((context, Window(context.new_page())))
        return opened[-1][1]

    yield open_one
    for context, _ in opened:
        context.close()
    complaints = [complaint for _, one in opened for complaint in one.complaints]
    assert not complaints, complaints


@pytest.fixture
def phone(window: Callable[..., Window]) -> Window:
    """A small phone."""
    return window()


def arrive(page: Page, button: str) -> None:
    """Press, and wait until the next page is whole: Chromium says that it was pressed long before."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def sign_in(page: Page, made: Made) -> None:
    """Number and code, as a driver types them."""
    page.goto("/sign-in")
    page.get_by_label("Licence or application number").fill(made.number)
    page.get_by_label("Access code").fill(made.code)
    arrive(page, "Continue")


def begin(page: Page, made: Made, start_word: str = "") -> str:
    """Signed in and started; gives the key of the attempt."""
    sign_in(page, made)
    page.get_by_label("I am the person named here").check()
    if start_word:
        page.get_by_label("Start word").fill(start_word)
    arrive(page, "Start the test")
    return page.url.split("/")[-2]


def staff_sign_in(page: Page, make: Make, *roles: Role, name: str = "Robin Staff") -> None:
    """Somebody with these roles, signed in."""
    email = f"{name.replace(' ', '.').lower()}@example.com"
    make.staff(*roles, email=email, name=name)
    page.goto("/staff/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    arrive(page, "Sign in")
