"""The council's name and look, worked out once from the settings."""

from dataclasses import dataclass
from hashlib import sha256

from quiz.settings import Settings


@dataclass(frozen=True)
class Brand:
    """What every page shows of the council. `logo` and `stylesheet` are addresses; no logo is ""."""

    council: str
    short_name: str
    website: str
    service: str
    colour: str
    logo: str
    stylesheet: str


def of(settings: Settings) -> Brand:
    """The brand of these settings."""
    css, logo = stylesheet(settings), picture(settings)
    return Brand(
        council=settings.council.name,
        short_name=settings.council.short_name,
        website=settings.council.website,
        service=settings.service.name,
        colour=settings.appearance.brand_colour,
        logo=f"/logo?v={digest(logo)}" if logo else "",
        stylesheet=f"/brand.css?v={digest(css.encode())}",
    )


def stylesheet(settings: Settings) -> str:
    """The colours as a style sheet, since the content policy allows no style inside a page."""
    colours = {
        "brand": settings.appearance.brand_colour,
        "link": settings.appearance.link_colour,
        "link-hover": darker(settings.appearance.link_colour),
    }
    return ":root{" + "".join(f"--govuk-{name}-colour:{colour};" for name, colour in colours.items()) + "}\n"


def picture(settings: Settings) -> bytes:
    """The logo as it lies in the instance folder; nothing where there is none."""
    name = settings.appearance.logo
    return (settings.instance / name).read_bytes() if name else b""


def digest(content: bytes) -> str:
    """A short name for a content."""
    return sha256(content).hexdigest()[:12]


def darker(colour: str) -> str:
    """Three fifths of the light of a colour "#rrggbb"."""
    return "#" + "".join(f"{int(colour[at : at + 2], 16) * 3 // 5:02x}" for at in (1, 3, 5))
