"""What every page of this service promises, whichever test opens it."""

from collections.abc import Iterator
from itertools import pairwise

from bs4 import BeautifulSoup, Tag

FIELDS = "input:not([type=hidden]), select, textarea"


def words(tag: Tag | None) -> str:
    """What a reader sees of an element, on one line."""
    return " ".join(tag.get_text().split()) if tag else ""


def broken(soup: BeautifulSoup) -> Iterator[str]:
    """What every page of this service promises and this one does not keep."""
    heads, title = soup.find_all("h1"), words(soup.title)
    wrong = bool(soup.select(".govuk-error-summary, .govuk-error-message"))
    if len(heads) != 1:
        yield f"{len(heads)} h1"
    if wrong != title.startswith("Error: "):
        yield f"the title {title!r} does not tell whether there is an error"
    if not title.removeprefix("Error: ").startswith(words(heads[0]) if heads else "") or title.count(" – ") < 1:
        yield f"the title {title!r} does not begin with the heading"
    if not soup.html or soup.html.get("lang") != "en-GB":
        yield "no language"
    if "Get help or report a concern" not in [words(link) for link in soup.find_all("a")]:
        yield "no way to help"
    yield from _broken_references(soup)
    yield from _broken_fields(soup)
    yield from _inline(soup)


def _broken_references(soup: BeautifulSoup) -> Iterator[str]:
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    yield from (f"the id {one!r} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1}))
    for name in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
        for tag in soup.select(f"[{name}]"):
            yield from (f"{name} names {one!r}, which is not there" for one in str(tag[name]).split() if one not in ids)
    for link in soup.select('a[href^="#"]'):
        if str(link["href"])[1:] not in ids:
            yield f"the link {link['href']} lands nowhere"
    for link in soup.select(".govuk-error-summary a"):
        target = soup.find(id=str(link["href"])[1:])
        if target and target.name not in ("input", "select", "textarea", "button"):
            yield f"the error {words(link)!r} leads to a {target.name}, which takes no focus"
    levels = [int(tag.name[1]) for tag in soup.select("main h1, main h2, main h3, main h4, main h5, main h6")]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"the headings skip a level: {levels}"


def _broken_fields(soup: BeautifulSoup) -> Iterator[str]:
    for field in soup.select(FIELDS):
        if not soup.find("label", attrs={"for": field.get("id", "")}) and not field.get("aria-label"):
            yield f"the field {field.get('name')!r} has no label"
    for form in soup.select("form[method=post]"):
        if not form.select("input[name=csrf_token]"):
            yield "a form without a token"
    for picture in soup.select("img:not([alt])"):
        yield f"a picture without words: {picture}"
    yield from ("a link without words" for link in soup.select("a[href]") if not words(link) and not link.img)


def _inline(soup: BeautifulSoup) -> Iterator[str]:
    if soup.select("style, [style], script:not([src])"):
        yield "style or script inside the page, which the content policy refuses"
    for tag in soup.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs)):
        yield f"a handler inside the page: {tag.name}"
