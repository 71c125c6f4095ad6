"""Sees to it that the tests have a real Chromium: the machine's own, else Debian's, else one from npm."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from requirements.environment import IN_VENV, site_packages
from requirements.npm import installed, node
from requirements.steps import CACHE, Stopped, emptied, run, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACKED = CACHE / "chromium"
WRAPPER = UNPACKED / "run"
APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")
ASK = f"The tests need Chromium. Install it so that it can be called by one of the names {', '.join(NAMES)}."
# The packed Chromium has its libraries and a typeface beside it; machines that lack a browser may lack these too.
SCRIPT = """#!/bin/sh
LD_LIBRARY_PATH="{folder}/lib" FONTCONFIG_FILE="{folder}/fonts.conf" \\
    exec "{folder}/chromium" --headless "$@"
"""
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""
# Runs in .venv, which has brotli.
UNPACK = """
import io, pathlib, sys, tarfile, brotli
packed, into = map(pathlib.Path, sys.argv[1:])
(into / "chromium").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
(into / "chromium").chmod(0o755)
for name in ("al2023", "fonts", "swiftshader"):
    archive = io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
    tarfile.open(fileobj=archive).extractall(into)
"""


def chromium() -> Path | None:
    """The Chromium that tests are to start; None when the set-up has not been through here."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    return WRAPPER if WRAPPER.is_file() else None


def browser() -> None:
    """Tries what can be done on this machine, in turn; where nothing helps, says what a person can do."""
    driver()
    for way in ways():
        if chromium():
            return
        try:
            way()
        except Stopped as reason:
            say(f"That did not work. {reason}")
    if not chromium():
        raise Stopped(ASK)


def ways() -> Iterator[Callable[[], None]]:
    if shutil.which("apt-get") and os.geteuid() == 0:
        yield from_debian
    if (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        yield from_npm


def driver() -> None:
    """Playwright drives the browser by a Node of its own; where a library that it wants is missing, ours steps in."""
    its_own = site_packages() / "playwright/driver/node"
    try:
        run(its_own, "--version")
    except Stopped:
        its_own.unlink(missing_ok=True)
        its_own.symlink_to(node())


def from_debian() -> None:
    say("Installing Chromium with apt-get")
    nobody_asked = {"DEBIAN_FRONTEND": "noninteractive"}
    run(*APT, "update", settings=nobody_asked)
    run(*APT, "install", "--yes", "--no-install-recommends", "chromium", settings=nobody_asked)


def from_npm() -> None:
    """For a person who may not install software on the machine: a Chromium unpacked under .cache."""
    say("Unpacking a Chromium under .cache")
    packages = installed("chromium-npm")
    run(IN_VENV, "-c", UNPACK, packages / "@sparticuz/chromium/bin", emptied(UNPACKED))
    (UNPACKED / "fonts.conf").write_text(FONTS_CONF.format(folder=UNPACKED))
    WRAPPER.write_text(SCRIPT.format(folder=UNPACKED))
    WRAPPER.chmod(0o755)
