"""A reader's view of the site: a browser that presses what it sees, and pages that keep their promises."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.promises import FIELDS, broken, words

HOST = "http://127.0.0.1:8000"


class Page:
    """What came back. Checked for what every page promises as soon as it is made."""

    def __init__(self, path: str, response: TestResponse) -> None:
        self.path, self.response, self.status = path, response, response.status_code
        self.is_html = response.mimetype == "text/html"
        self.soup = BeautifulSoup(response.get_data(as_text=True) if self.is_html else "", "lxml")
        if self.is_html:
            found = list(broken(self.soup))
            assert not found, f"{path}: {found}"

    @property
    def heading(self) -> str:
        """The words of the one h1."""
        return words(self.soup.h1)

    @property
    def title(self) -> str:
        """The words in the browser's tab."""
        return words(self.soup.title)

    @property
    def text(self) -> str:
        """The words of the page itself, without the frame around it."""
        return words(self.soup.main) if self.is_html else self.response.get_data(as_text=True)

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [words(line) for line in self.soup.select(".govuk-error-summary__list li")]

    @property
    def choices(self) -> list[str]:
        """The labels of everything that can be chosen or ticked."""
        return [
            words(self.label_of(field)) for field in self.soup.select("main input[type=radio], main [type=checkbox]")
        ]

    @property
    def links(self) -> dict[str, str]:
        """Where the links of the page lead, by their words."""
        return {words(link): str(link["href"]) for link in self.soup.select("main a[href], nav a[href]")}

    def label_of(self, field: Tag) -> Tag | None:
        """The label of a field."""
        return self.soup.find("label", attrs={"for": field.get("id", "")})

    def field_for(self, label: str) -> Tag:
        """The field with that label."""
        for field in self.soup.select(FIELDS):
            if words(self.label_of(field)) == label:
                return field
        raise AssertionError(f"no field labelled {label!r} on {self.path}; there are {self.labels}")

    @property
    def labels(self) -> list[str]:
        """The labels of all fields."""
        return [words(self.label_of(field)) for field in self.soup.select(FIELDS)]

    def button(self, label: str) -> Tag:
        """The button, or the link that looks like one, with those words."""
        for found in self.soup.select("button, a[role=button]"):
            if words(found) == label:
                return found
        there = [words(found) for found in self.soup.select("button, a[role=button]")]
        raise AssertionError(f"no button {label!r} on {self.path}; there are {there}")


class Browser:
    """Opens, follows, fills in and presses, by the words on the page. Follows redirects, keeps the cookie."""

    def __init__(self, app: Flask, host: str = HOST) -> None:
        self.client, self.host = app.test_client(), host
        self._page: Page | None = None
        self._first = ""

    def enter(self, at: str, **cookie: object) -> None:
        """Come with a sign-in that was made before. Where somebody who signs in arrives is opened when a test looks."""
        with self.client.session_transaction(base_url=self.host) as kept:
            kept.update(cookie)
        self._first = at

    @property
    def page(self) -> Page | None:
        """What is on the screen."""
        if self._page is None and self._first:
            self.open(self._first)
        return self._page

    @page.setter
    def page(self, page: Page) -> None:
        self._page = page

    def open(self, path: str) -> Page:
        """Go to an address."""
        return self._send(path, "GET")

    def follow(self, label: str) -> Page:
        """Click the link with those words."""
        for link in self._shown().soup.select("a[href]"):
            if words(link) == label:
                return self.open(urljoin(self._shown().path, str(link["href"])).partition("#")[0])
        raise AssertionError(f"no link {label!r} on {self._shown().path}; there are {list(self._shown().links)}")

    def press(self, label: str, **fields: object) -> Page:
        """Fill in fields by name, leave the others as they are, and press the button with those words."""
        button = self._shown().button(label)
        if button.name == "a":
            return self.open(str(button["href"]))
        form = self._shown().soup.find("form", id=button.get("form", "")) or button.find_parent("form")
        assert form is not None, f"the button {label!r} stands in no form"
        sent = [(name, value) for name, value in filled_in(form) if name not in fields]
        for name, value in fields.items():
            sent += [(name, one) for one in (value if isinstance(value, (list, tuple)) else [value]) if one is not None]
        if button.get("name"):
            sent.append((str(button["name"]), str(button.get("value", ""))))
        target = urljoin(self._shown().path, str(button.get("formaction") or form.get("action") or self._shown().path))
        return self._send(target, str(form.get("method", "get")).upper(), sent)

    def choose(self, *labels: str, then: str = "Save and continue") -> Page:
        """Choose the options with these labels, those of the same name being let go, and press the button."""
        fields = [self._shown().field_for(label) for label in labels]
        names = {str(field["name"]) for field in fields}
        return self.press(then, **{n: [str(f["value"]) for f in fields if f["name"] == n] for n in names})

    def post(self, path: str, **fields: object) -> Page:
        """Send what no page offers, with the present page's token, as a tampered form would."""
        token = self.page.soup.select_one("input[name=csrf_token]") if self.page else None
        return self._send(path, "POST", [*([("csrf_token", token["value"])] if token else []), *fields.items()])

    def _shown(self) -> Page:
        page = self.page
        assert page is not None, "open a page first"
        return page

    def _send(self, path: str, method: str, sent: list[tuple[str, object]] | None = None) -> Page:
        headers = {"Referer": self.host + self._page.path} if self._page else {}
        data: dict[str, list[object]] = {}
        for name, value in sent or ():
            data.setdefault(name, []).append(value)
        asked = {"query_string": data} if method == "GET" and data else {"data": data} if data else {}
        response = self.client.open(path, method=method, base_url=self.host, headers=headers, **asked)
        if response.status_code in (301, 302, 303, 307, 308):
            return self._send(_local(urljoin(path, str(response.location))), "GET")
        self.page = Page(path, response)
        return self.page


def filled_in(form: Tag) -> Iterator[tuple[str, object]]:
    """Names and values that a browser would send for a form as it stands."""
    for field in form.select("input, select, textarea"):
        kind, name = field.get("type", ""), str(field.get("name", ""))
        if not name or field.has_attr("disabled") or kind in ("submit", "button", "file"):
            continue
        if kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        yield name, _value(field)


def _value(field: Tag) -> str:
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return str(chosen["value"]) if chosen else ""
    return str(field.get("value", "on" if field.get("type") == "checkbox" else ""))


def _local(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
