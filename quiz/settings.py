"""The settings of an instance: read once from its settings.toml, complete and right, or refused with every reason."""

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from quiz.setting_rules import (
    BASE_URL,
    CARRIER,
    COLOUR,
    CONTACT,
    DATABASE,
    DAY,
    HOST,
    LOOPBACK,
    MAILBOX,
    PICTURE,
    SECURITY,
    SWITCH,
    TEMPLATE,
    TEXT,
    WEBSITE,
    Rule,
    between,
)

ROOT = Path(__file__).resolve().parents[1]
PICTURES = {".png": b"\x89PNG", ".svg": b"<svg"}


class SettingsError(Exception):
    """The instance cannot start. `problems` says everything that is wrong, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def setting(says: str, rule: Rule, default: Any = MISSING, *, example: Any = None, secret: bool = False) -> Any:
    """One setting: what it is for, what it may be, its default (none: it must be given), and an example."""
    notes = {"says": says, "rule": rule, "secret": secret, "example": default if example is None else example}
    return field(default=default, metadata=notes, repr=not secret, kw_only=True)


@dataclass(frozen=True)
class Council:
    """Who runs this service."""

    name: str = setting("The name of the council, as drivers know it", TEXT, example="Chorley Council")
    short_name: str = setting("A shorter name, for small places", TEXT, example="Chorley")
    website: str = setting("The website of the council", WEBSITE, example="https://chorley.gov.uk")


@dataclass(frozen=True)
class Service:
    """What this service is called and where it is reached."""

    name: str = setting("The name of this service", TEXT, "Taxi driver safeguarding test")
    base_url: str = setting(
        "Where browsers reach this service; certificates carry it", BASE_URL, example="http://127.0.0.1:8000"
    )

    @property
    def over_https(self) -> bool:
        """Whether cookies and browsers may insist on an encrypted connection."""
        return self.base_url.startswith("https:")


@dataclass(frozen=True)
class Appearance:
    """The council's look."""

    brand_colour: str = setting("The colour of the strip at the top", COLOUR, "#1b5e4b")
    link_colour: str = setting("The colour of links", COLOUR, "#1a5a96")
    logo: str = setting("The council's logo, shown at the top", PICTURE, "", example="logo.svg")


@dataclass(frozen=True)
class Support:
    """Whom a driver rings about the test itself."""

    contact: str = setting("Whom drivers ring about the test", CONTACT, "licensing")


@dataclass(frozen=True)
class Mail:
    """How letters leave by e-mail. With "none", access codes are printed and reminders are told by telephone."""

    by: str = setting("Who takes our letters: nobody, a mail server, or GOV.UK Notify", CARRIER, "none", example="smtp")
    host: str = setting("The mail server that takes our letters", HOST, "", example="smtp.example.org")
    port: int = setting("Its port", between(1, 65535), 587)
    security: str = setting("How the connection is protected", SECURITY, "starttls")
    username: str = setting("The account, if it asks for one", TEXT, "", example="licensing")
    password_file: str = setting("A file that holds only the password", TEXT, "", example="mail_password")
    from_address: str = setting("Who the letters are from", MAILBOX, "", example="licensing@example.org")
    notify_key_file: str = setting(
        "A file that holds only the API key of GOV.UK Notify", TEXT, "", example="notify_key"
    )
    notify_template: str = setting(
        "Its template, with ((subject)) as the subject and ((body)) as the message",
        TEMPLATE,
        "",
        example="11111111-2222-3333-4444-555555555555",
    )
    notify_url: str = setting("Where GOV.UK Notify is reached", BASE_URL, "https://api.notifications.service.gov.uk")


@dataclass(frozen=True)
class Reminders:
    """Letters that are written by themselves before a licence or a pass ends."""

    on: bool = setting("Whether anybody is reminded, by e-mail or on the list of people to ring", SWITCH, True)


@dataclass(frozen=True)
class Privacy:
    """What the privacy notice must say. Until all of it is there, the page says that the notice is not finished."""

    controller: str = setting("Who decides about the personal data", TEXT, "", example="Chorley Council")
    contact: str = setting("How to reach the data protection officer", TEXT, "", example="dpo@example.org")
    retention_months: int = setting(
        "How many months results are kept after a licence ends", between(1, 600), 0, example=84
    )
    lawful_basis: str = setting(
        "The legal reason for using the data, as a sentence", TEXT, "", example="A task in the public interest."
    )
    notice_written_on: date | None = setting("When the council wrote its notice", DAY, None, example=date(2026, 11, 21))

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the settings that the council has not filled in yet."""
        return tuple(held.name for held in fields(self) if not getattr(self, held.name))


@dataclass(frozen=True)
class Server:
    """How requests and data arrive."""

    trusted_proxies: int = setting("How many proxies of ours stand in front", between(0, 3), 0)
    database_url: str = setting(
        "The database; by default a file in this folder",
        DATABASE,
        "",
        secret=True,
        example="sqlite:////srv/quiz/quiz.db",
    )


TABLES: dict[str, type] = {
    table.__name__.lower(): table for table in (Council, Service, Appearance, Support, Mail, Reminders, Privacy, Server)
}


@dataclass(frozen=True)
class Settings:
    """All of it. `instance` is the folder that holds settings.toml, the keys and (by default) the database."""

    instance: Path
    council: Council
    service: Service
    appearance: Appearance
    support: Support
    mail: Mail
    reminders: Reminders
    privacy: Privacy
    server: Server

    @classmethod
    def load(cls, instance: Path, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check settings.toml; QUIZ_DATABASE_URL in the environment wins. Raises SettingsError."""
        given = _with_environment(_read(instance / "settings.toml"), environment)
        problems = [*_problems(given)] or [*_belongs_together(instance, given)]
        if problems:
            raise SettingsError(problems)
        made = cls(instance, **{name: table(**given.get(name, {})) for name, table in TABLES.items()})
        url = made.server.database_url or f"sqlite:///{instance.resolve() / 'quiz.db'}"
        return replace(made, server=replace(made.server, database_url=url))

    @property
    def letter_domain(self) -> str:
        """The domain that stands in the names of our letters, by which mail servers know them."""
        return self.mail.from_address.rpartition("@")[2] or urlsplit(self.service.base_url).hostname or "quiz"

    @staticmethod
    def default_text() -> str:
        """A settings.toml for a new instance: every setting explained, those with a default switched off."""
        return "\n".join(_default_lines())


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError([f"{path} is not there. `quiz init` writes one."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError([f"{path} cannot be read: {error}"]) from None


def _with_environment(given: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    url = environment.get("QUIZ_DATABASE_URL")
    server = given.get("server", {})
    return given | {"server": server | {"database_url": url}} if url and isinstance(server, dict) else given


def _problems(given: Mapping[str, Any]) -> Iterator[str]:
    for name in given.keys() - TABLES.keys():
        yield f"[{name}] is not a group of settings. There are: {', '.join(TABLES)}."
    for name, table in TABLES.items():
        values = given.get(name, {})
        if isinstance(values, dict):
            yield from _problems_of(name, {held.name: held for held in fields(table)}, values)
        else:
            yield f"{name} must be a group of settings, written as [{name}] on a line of its own."


def _problems_of(name: str, known: Mapping[str, Field[Any]], values: Mapping[str, Any]) -> Iterator[str]:
    for key in values.keys() - known.keys():
        yield f"[{name}] {key} is not a setting. There are: {', '.join(known)}."
    for key, held in known.items():
        allowed = held.metadata["rule"].allowed
        if key not in values and held.default is MISSING:
            yield f"[{name}] {key} is missing. Allowed: {allowed}."
        elif key in values and not held.metadata["rule"].fits(values[key]):
            shown = "(not shown)" if held.metadata["secret"] else _toml(values[key])
            yield f"[{name}] {key} = {shown} is not allowed. Allowed: {allowed}."


def _belongs_together(instance: Path, given: Mapping[str, Any]) -> Iterator[str]:
    mail = given.get("mail", {})
    for key, other in (("host", "from_address"), ("username", "password_file")):
        if key in mail and other not in mail:
            yield f"[mail] {key} is given, so {other} is needed as well."
    yield from _mail_belongs_together(instance, mail)
    logo = given.get("appearance", {}).get("logo")
    if logo and not _is_picture(instance / logo):
        yield f"[appearance] logo = {_toml(logo)} is not allowed. Allowed: {PICTURE.allowed}."


def _mail_belongs_together(instance: Path, mail: Mapping[str, Any]) -> Iterator[str]:
    carrier = mail.get("by", "none")
    for key in {"smtp": ("host", "from_address"), "notify": ("notify_key_file", "notify_template")}.get(carrier, ()):
        if key not in mail:
            yield f"[mail] by = {_toml(carrier)} needs {key} as well."
    secret = mail.get({"smtp": "password_file", "notify": "notify_key_file"}.get(carrier, ""))
    if secret and not (instance / secret).is_file():
        yield f"[mail] the file {_toml(secret)} is not there. It holds a password or key, and nothing else."
    if mail.get("security") == "none" and "username" in mail and mail.get("host") not in LOOPBACK:
        yield '[mail] security = "none" would send the password unprotected. Allowed with it: "starttls" or "tls".'


def _is_picture(path: Path) -> bool:
    return path.is_file() and PICTURES[path.suffix] in path.read_bytes()[:4096]


def _toml(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, default=str, ensure_ascii=False)


def _default_lines() -> Iterator[str]:
    yield "# The settings of this instance. Lines that begin with # are switched off: defaults and examples."
    yield "# After a change, start the service again. A wrong line stops it with a reason."
    for name, table in TABLES.items():
        yield f"\n[{name}]"
        yield f"# {table.__doc__}"
        for held in fields(table):
            yield f"# {held.metadata['says']}. Allowed: {held.metadata['rule'].allowed}."
            yield ("" if held.default is MISSING else "# ") + f"{held.name} = {_toml(held.metadata['example'])}"
    yield ""
