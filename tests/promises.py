"""What every page of this service promises, whichever test opens it."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bs4 import BeautifulSoup, Tag

FIELDS = "input:not([type=hidden]), select, textarea"
TAKES_FOCUS = ("input", "select", "textarea", "button")
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def words(tag: Tag | None) -> str:
    """What a reader sees of an element, on one line."""
    return " ".join(tag.get_text().split()) if tag else ""


def broken(soup: BeautifulSoup) -> Iterator[str]:
    """What every page of this service promises and this one does not keep."""
    # Every page of every test comes by here: one walk over its elements costs a fifth of a selector for each promise.
    tags = soup.find_all(True)
    yield from _broken_head(soup, tags)
    yield from _broken_references(tags)
    yield from _broken_headings(soup)
    yield from _broken_fields(tags)
    yield from _inline(tags)


def _classes(tag: Tag) -> list[str]:
    return list(tag.get("class") or [])


def _broken_head(soup: BeautifulSoup, tags: list[Tag]) -> Iterator[str]:
    heads, title = [tag for tag in tags if tag.name == "h1"], words(soup.title)
    wrong = any(one in ("govuk-error-summary", "govuk-error-message") for tag in tags for one in _classes(tag))
    if len(heads) != 1:
        yield f"{len(heads)} h1"
    if wrong != title.startswith("Error: "):
        yield f"the title {title!r} does not tell whether there is an error"
    if not title.removeprefix("Error: ").startswith(words(heads[0]) if heads else "") or title.count(" – ") < 1:
        yield f"the title {title!r} does not begin with the heading"
    if not soup.html or soup.html.get("lang") != "en-GB":
        yield "no language"
    if not any(tag.name == "a" and words(tag) == "Get help or report a concern" for tag in tags):
        yield "no way to help"


def _broken_references(tags: list[Tag]) -> Iterator[str]:
    named = {str(tag["id"]): tag for tag in tags if "id" in tag.attrs}
    counted = Counter(str(tag["id"]) for tag in tags if "id" in tag.attrs)
    yield from (f"the id {one!r} stands twice" for one, count in sorted(counted.items()) if count > 1)
    for tag in tags:
        for name in REFERENCES:
            for one in str(tag.get(name, "")).split():
                if one not in named:
                    yield f"{name} names {one!r}, which is not there"
        if tag.name == "a" and str(tag.get("href", "")).startswith("#"):
            target = named.get(str(tag["href"])[1:])
            if target is None:
                yield f"the link {tag['href']} lands nowhere"
            elif target.name not in TAKES_FOCUS and tag.find_parent(class_="govuk-error-summary"):
                yield f"the error {words(tag)!r} leads to a {target.name}, which takes no focus"


def _broken_headings(soup: BeautifulSoup) -> Iterator[str]:
    levels = [int(tag.name[1]) for tag in soup.main.find_all(HEADINGS)] if soup.main else []
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"the headings skip a level: {levels}"


def _broken_fields(tags: list[Tag]) -> Iterator[str]:
    labelled = {str(tag["for"]) for tag in tags if tag.name == "label" and "for" in tag.attrs}
    for tag in tags:
        is_field = tag.name in ("select", "textarea") or (tag.name == "input" and tag.get("type") != "hidden")
        if is_field and str(tag.get("id", "")) not in labelled and not tag.get("aria-label"):
            yield f"the field {tag.get('name')!r} has no label"
        if tag.name == "form" and tag.get("method") == "post" and not tag.find("input", attrs={"name": "csrf_token"}):
            yield "a form without a token"
        if tag.name == "img" and "alt" not in tag.attrs:
            yield f"a picture without words: {tag}"
        if tag.name == "a" and "href" in tag.attrs and not words(tag) and not tag.img:
            yield "a link without words"


def _inline(tags: list[Tag]) -> Iterator[str]:
    for tag in tags:
        if tag.name == "style" or "style" in tag.attrs or (tag.name == "script" and "src" not in tag.attrs):
            yield "style or script inside the page, which the content policy refuses"
        if any(name.startswith("on") for name in tag.attrs):
            yield f"a handler inside the page: {tag.name}"
