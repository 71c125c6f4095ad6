"""Settings: complete and right, or refused with the key, the value and what is allowed."""

import re
from datetime import date
from pathlib import Path

import pytest

from quiz.keyring import keys, make_keys
from quiz.setting_rules import contrast_on_white
from quiz.settings import Settings, SettingsError

LEAST = """
[council]
name = "Testford Council"
short_name = "Testford"
website = "https://testford.example"
[service]
base_url = "https://taxi.testford.example"
"""


def load(folder: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return Settings.load(folder, environment or {})


def refused(folder: Path, text: str, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, text, environment)
    return caught.value.problems


def test_the_least_that_a_council_writes_is_enough(tmp_path):
    made = load(tmp_path, LEAST)
    assert (made.council.short_name, made.service.name) == ("Testford", "Taxi driver safeguarding test")
    assert made.server.database_url == f"sqlite:///{tmp_path / 'quiz.db'}"


def test_the_text_for_a_new_instance_loads_as_it_is(tmp_path):
    made = load(tmp_path, Settings.default_text())
    assert made.council.name == "Chorley Council"
    assert not made.service.over_https


def test_every_example_in_the_text_for_a_new_instance_is_allowed(tmp_path):
    (tmp_path / "logo.svg").write_text("<svg/>")
    (tmp_path / "mail_password").write_text("hush")
    made = load(tmp_path, re.sub(r"(?m)^# (?=[a-z_]+ = )", "", Settings.default_text()))
    assert made.privacy.notice_written_on == date(2026, 11, 21)
    assert made.privacy.missing == ()


def test_a_privacy_notice_is_not_finished_until_everything_is_there(tmp_path):
    made = load(tmp_path, LEAST + '[privacy]\ncontroller = "Testford Council"\n')
    assert made.privacy.missing == ("contact", "retention_months", "lawful_basis", "notice_written_on")


def test_all_problems_are_told_at_once(tmp_path):
    problems = refused(tmp_path, "[council]\nnaem = 'Testford'\n[servcie]\nname = 'Test'\n")
    assert "[servcie] is not a group of settings." in problems[0]
    assert problems[1] == "[council] naem is not a setting. There are: name, short_name, website."
    assert "[council] name is missing. Allowed: 1 to 200 characters on one line." in problems
    assert len(problems) == 6


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        (
            "server",
            "trusted_proxies = 4",
            "[server] trusted_proxies = 4 is not allowed. Allowed: a whole number from 0",
        ),
        ("server", "trusted_proxies = true", "[server] trusted_proxies = true is not allowed"),
        ("appearance", 'brand_colour = "green"', '[appearance] brand_colour = "green" is not allowed'),
        ("appearance", 'link_colour = "#ffdd00"', "contrast of at least 4.5 to 1"),
        ("appearance", 'logo = "../logo.png"', "the name of a .png or .svg file"),
        ("appearance", 'logo = "nowhere.png"', "the name of a .png or .svg file"),
        ("support", 'contact = "Licensing Team"', "the key of a contact"),
        ("mail", 'security = "ssl"', '"starttls", "tls" or "none"'),
        ("mail", 'host = "smtp.example.org"', "from_address is needed as well"),
        ("mail", 'by = "post"', '"none", "smtp" or "notify"'),
        ("mail", 'by = "smtp"', '[mail] by = "smtp" needs from_address as well.'),
        ("mail", 'by = "notify"', '[mail] by = "notify" needs notify_template as well.'),
        ("mail", 'notify_template = "invitation"', "the ID of a template"),
        (
            "mail",
            'by = "notify"\nnotify_template = "11111111-2222-3333-4444-555555555555"\nnotify_key_file = "nowhere"',
            'the file "nowhere" is not there',
        ),
        (
            "mail",
            'host = "smtp.example.org"\nfrom_address = "a@example.org"\nusername = "a"\npassword_file = "b"\n'
            'security = "none"',
            "would send the password unprotected",
        ),
        ("reminders", 'on = "no"', '[reminders] on = "no" is not allowed. Allowed: true or false.'),
        ("privacy", 'notice_written_on = "yesterday"', "a date without quotation marks"),
    ],
)
def test_a_wrong_value_is_refused_in_words(tmp_path, table, line, words):
    assert any(words in problem for problem in refused(tmp_path, f"{LEAST}[{table}]\n{line}\n"))


@pytest.mark.parametrize(
    "address",
    [
        "http://taxi.testford.example",
        "https://testford.example/taxi",
        "taxi.testford.example",
        "https://a b",
        "ftp://a",
    ],
)
def test_a_base_url_is_encrypted_and_without_a_path(tmp_path, address):
    assert refused(tmp_path, LEAST.replace("https://taxi.testford.example", address))


def test_plain_http_is_for_this_machine_only(tmp_path):
    made = load(tmp_path, LEAST.replace("https://taxi.testford.example", "http://[::1]:8000"))
    assert not made.service.over_https


def test_the_environment_names_the_database_and_its_password_is_never_shown(tmp_path):
    made = load(tmp_path, LEAST, {"QUIZ_DATABASE_URL": "postgresql+psycopg://quiz:hush@db/quiz"})
    assert made.server.database_url.endswith("@db/quiz")
    problems = refused(tmp_path, LEAST, {"QUIZ_DATABASE_URL": "mysql://quiz:hush@db/quiz"})
    assert "hush" not in repr(made) + "".join(problems)


@pytest.mark.parametrize("text", ["[council", "council = 3", "\xff"])
def test_a_file_that_is_no_settings_file_is_refused(tmp_path, text):
    (tmp_path / "settings.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError):
        Settings.load(tmp_path, {})


def test_an_instance_without_settings_says_how_to_get_them(tmp_path):
    with pytest.raises(SettingsError, match="quiz init"):
        Settings.load(tmp_path, {})


def test_black_and_white_have_the_contrast_that_the_guidelines_give():
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)


def test_keys_are_made_once_and_kept_from_others(tmp_path):
    make_keys(tmp_path)
    first = keys(tmp_path)
    make_keys(tmp_path)
    assert keys(tmp_path) == first
    assert first.secret_key != first.pepper
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_a_missing_key_stops_the_start_and_is_named(tmp_path):
    make_keys(tmp_path)
    (tmp_path / "keys" / "pepper").unlink()
    with pytest.raises(SettingsError, match="keys/pepper is missing"):
        keys(tmp_path)


def test_a_key_is_never_printed(tmp_path):
    make_keys(tmp_path)
    assert "pepper" not in repr(keys(tmp_path))
