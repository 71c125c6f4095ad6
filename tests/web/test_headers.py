"""What responses say about caching and content, the cookie, the proxy, and what is never served."""

from pathlib import Path

import pytest
from flask import Flask, request, request_started

from quiz.app import create_app
from quiz.keyring import make_keys
from quiz.settings import Settings
from quiz.web.assets import FOLDER, digest
from tests.page import Browser


@pytest.fixture
def secure_app(tmp_path: Path, engine, clock) -> Flask:
    """The app behind one proxy, reached over https."""
    text = Settings.default_text().replace("http://127.0.0.1:8000", "https://taxi.example.org")
    (tmp_path / "settings.toml").write_text(text.replace("# trusted_proxies = 0", "trusted_proxies = 1"))
    make_keys(tmp_path)
    return create_app(Settings.load(tmp_path, {}), engine, clock)


def test_no_page_may_run_or_load_what_is_not_ours(browse):
    policy = browse().open("/").response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/healthz", "/brand.css"])
def test_every_response_says_the_same_about_company(browse, path):
    headers = browse().open(path).response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/help", "/sign-in", "/nowhere", "/privacy"])
def test_pages_are_not_kept_by_browsers(browse, path):
    assert browse().open(path).response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/handbook", "/handbook/what-to-do"])
def test_public_pages_are_kept_but_asked_for_again(app, path):
    client = app.test_client()
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_style_and_script_are_kept_for_good_under_an_address_of_their_content(app):
    client = app.test_client()
    for name in ("site.css", "site.js", "icon.svg"):
        response = client.get(f"/static/{digest(FOLDER)}/{name}")
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["package.json", "package-lock.json", ".npmrc", "vendor/fonts/NotoSans_400Regular.ttf"]
)
def test_what_only_the_set_up_needs_is_not_served(app, name):
    assert app.test_client().get(f"/static/{digest(FOLDER)}/{name}").status_code == 404


def test_the_colours_of_the_settings_reach_the_page(app):
    client = app.test_client()
    assert 'href="/brand.css?v=' in client.get("/").get_data(as_text=True)
    response = client.get("/brand.css")
    assert "--govuk-brand-colour:#1b5e4b;" in response.get_data(as_text=True)
    assert "immutable" in response.headers["Cache-Control"]


def test_over_plain_http_the_cookie_still_keeps_to_itself(browse):
    cookie = browse().open("/sign-in").response.headers["Set-Cookie"]
    assert cookie.startswith("quiz=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_secure_and_browsers_insist_on_https(secure_app):
    response = secure_app.test_client().get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert response.headers["Set-Cookie"].startswith("__Host-quiz=")
    assert "Secure" in response.headers["Set-Cookie"]
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_over_https_a_form_from_our_own_page_is_taken(secure_app, make):
    made = make.driver()
    browser = Browser(secure_app, "https://taxi.example.org")
    browser.open("/sign-in")
    assert browser.press("Continue", licence=made.number, code="wrong").errors


def test_over_https_a_form_from_elsewhere_is_not(secure_app):
    browser = Browser(secure_app, "https://taxi.example.org")
    page = browser.open("/sign-in")
    token = page.soup.select_one("input[name=csrf_token]")["value"]
    sent = {"base_url": "https://taxi.example.org", "data": {"csrf_token": token, "licence": "PH1", "code": "x"}}
    refused = browser.client.post("/sign-in", headers={"Referer": "https://evil.example/"}, **sent)
    assert refused.status_code == 400


def seen_from(app: Flask) -> list[str | None]:
    """Whom the app believes to talk to, when a request says it came by two others."""
    seen: list[str | None] = []
    with request_started.connected_to(lambda _app, **_: seen.append(request.remote_addr), app):
        app.test_client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.7"})
    return seen


def test_the_address_of_a_browser_is_taken_from_our_own_proxy_only(secure_app, app):
    assert seen_from(secure_app) == ["192.0.2.7"]
    assert seen_from(app) == ["127.0.0.1"]
