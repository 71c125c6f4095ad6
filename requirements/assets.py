"""Builds static/vendor: GOV.UK Frontend without what only GOV.UK may show, and the fonts of the documents."""

import re
import shutil
from pathlib import Path

from requirements.environment import IN_VENV
from requirements.npm import PINNED, STATIC, installed
from requirements.steps import CACHE, PINS, Stopped, done, emptied, mark, run, say, sign

VENDOR = STATIC / "vendor"
GOVUK = Path("govuk-frontend/dist/govuk")
FONTS = Path("@expo-google-fonts")
# Whole TrueType files: the PDF maker reads no other kind.
FONT_FILES = {
    "AtkinsonHyperlegibleNext_400Regular.ttf": "atkinson-hyperlegible-next/400Regular",
    "AtkinsonHyperlegibleNext_700Bold.ttf": "atkinson-hyperlegible-next/700Bold",
    "NotoSans_400Regular.ttf": "noto-sans/400Regular",
    "NotoSans_700Bold.ttf": "noto-sans/700Bold",
}
FONT_LICENCES = {
    "AtkinsonHyperlegibleNext-OFL.txt": "atkinson-hyperlegible-next/LICENSE_FONT",
    "NotoSans-OFL.txt": "noto-sans/LICENSE_FONT",
}
PAGE_FILES = ("govuk-frontend.min.css", "govuk-frontend.min.js")
LICENCE = "govuk-frontend-licence.txt"
BUILT = (
    LICENCE,
    *PAGE_FILES,
    *(f"{name}{ending}" for name in PAGE_FILES for ending in (".gz", ".br")),
    *(f"fonts/{name}" for name in (*FONT_FILES, *FONT_LICENCES)),
)
# GDS Transport, the crown and the crest are for services on GOV.UK: none of them may reach a council's page.
NOT_OURS = ("GDS", "/assets/", "sourceMappingURL")
NOTICE = f"\n/*! From GOV.UK Frontend, changed; licence: {LICENCE} */\n"


def vendor() -> None:
    """Builds static/vendor anew when what it is made from, or how, has changed, or a file of it is missing."""
    stamp, signed = CACHE / "vendor.stamp", sign(*PINNED, PINS / LICENCE, Path(__file__))
    if done(stamp, signed) and all((VENDOR / name).is_file() for name in BUILT):
        return
    say("Building static/vendor: styles, scripts and fonts")
    new = emptied(CACHE / "vendor")
    build(installed("npm", "--omit=dev"), new)
    shutil.rmtree(VENDOR, ignore_errors=True)
    new.rename(VENDOR)
    mark(stamp, signed)


def build(packages: Path, into: Path) -> None:
    govuk, fonts = packages / GOVUK, packages / FONTS
    for name, ours in zip(PAGE_FILES, (our_css, our_js), strict=True):
        (into / name).write_text(checked(name, ours((govuk / name).read_text())) + NOTICE)
    run(IN_VENV, "-m", "whitenoise.compress", "--quiet", into)
    shutil.copyfile(PINS / LICENCE, into / LICENCE)
    (into / "fonts").mkdir()
    for name, folder in FONT_FILES.items():
        shutil.copyfile(fonts / folder / name, into / "fonts" / name)
    for name, licence in FONT_LICENCES.items():
        shutil.copyfile(fonts / licence, into / "fonts" / name)


def our_css(css: str) -> str:
    """The stylesheet with the typeface of --quiz-font (Arial when a page sets none) and without any picture."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = css.replace("GDS Transport,arial,sans-serif", "var(--quiz-font,arial,sans-serif)")
    css = css.replace("GDS Transport", "arial")
    return re.sub(r"url\(/assets/[^)]*\)", "none", css)


def our_js(script: str) -> str:
    return re.sub(r"//# sourceMappingURL=\S*", "", script)


def checked(name: str, text: str) -> str:
    for word in NOT_OURS:
        if word in text:
            raise Stopped(f"{name} still has {word!r}: requirements/assets.py does not know this version of it")
    return text
