"""Makes .venv hold exactly the pinned Python packages, and the command `quiz`."""

import platform
import shutil
import sys
import sysconfig
import tomllib
from pathlib import Path

from requirements.steps import CACHE, PINS, ROOT, VENV, Stopped, done, emptied, mark, run, say, sign

# The interpreter that .venv is made from; not .venv's own, should that be the one in use.
PYTHON: str = getattr(sys, "_base_executable", sys.executable)
IN_VENV = VENV / "bin" / "python"
# Settings of a person's own that would turn pip away from the folder it is told to fill.
PIP_SETTINGS = {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
UV_SETTINGS = {"UV_PYTHON_DOWNLOADS": "never"}


def environment(kind: str) -> None:
    """Brings .venv to requirements/<kind>.txt, kind being "run" or "dev"."""
    if not (done(VENV / f".{kind}", signed(kind)) and IN_VENV.exists()):
        say(f"Installing the Python packages of requirements/{kind}.txt")
        fill(kind)
    connect()
    run(IN_VENV, "-m", "compileall", "-q", ROOT / "quiz")


def signed(kind: str) -> str:
    return sign(maker(), PINS / f"{kind}.txt")


def maker() -> str:
    """A .venv holds the paths of its folder and its Python: a moved checkout or another Python needs a new one."""
    return sign(str(ROOT), platform.python_version(), platform.machine())


def fill(kind: str) -> None:
    for stamp in (VENV / ".run", VENV / ".dev"):
        stamp.unlink(missing_ok=True)
    try:
        fill_fast(PINS / f"{kind}.txt")
    except Stopped as reason:
        say(f"uv could not do it, so pip does, more slowly. {reason}")
        fill_slowly(PINS / f"{kind}.txt")
    mark(VENV / f".{kind}", signed(kind))
    if kind == "dev":  # holds every pin of run.txt too, so `make run` after `make test` has nothing to do
        mark(VENV / ".run", signed("run"))


def fill_fast(pins: Path) -> None:
    uv = packages("uv") / "bin" / "uv"
    if not (done(VENV / ".made", maker()) and IN_VENV.exists()):
        shutil.rmtree(VENV, ignore_errors=True)
        run(uv, "venv", "--quiet", "--no-project", "--python", PYTHON, VENV, settings=UV_SETTINGS)
        mark(VENV / ".made", maker())
    # Compiled now, since where Python is told to write no bytecode every start of the service would compile afresh.
    options = ("--quiet", "--compile-bytecode", "--python", IN_VENV, "--require-hashes")
    run(uv, "pip", "sync", *options, pins, settings=UV_SETTINGS)


def fill_slowly(pins: Path) -> None:
    """Without uv, or where only pip is told of the organisation's own package index."""
    run(PYTHON, "-m", "venv", "--clear", "--without-pip", VENV)
    pip("--python", str(IN_VENV), "install", "--require-hashes", "-r", str(pins))
    mark(VENV / ".made", maker())


def packages(name: str) -> Path:
    """A folder of its own under .cache with what requirements/<name>.txt pins: a tool of the set-up, not of the app."""
    folder, pins = CACHE / name, PINS / f"{name}.txt"
    stamp, made = folder / ".filled", sign(pins, platform.python_version(), platform.machine())
    if not done(stamp, made):
        pip("install", "--target", str(emptied(folder)), "--require-hashes", "-r", str(pins))
        mark(stamp, made)
    return folder


def pip(*words: str) -> None:
    run(PYTHON, "-m", "pip", *words, settings=PIP_SETTINGS)


def connect() -> None:
    """Makes `import quiz` and the commands of pyproject.toml work in .venv while the code stays in the checkout.

    An editable install would do the same, but needs a build system: more to download and to pin than two small files.
    """
    write(site_packages() / "quiz.pth", f"{ROOT}\n")
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    for name, target in scripts.items():
        write(VENV / "bin" / name, command(IN_VENV, *target.split(":")))
        (VENV / "bin" / name).chmod(0o755)


def site_packages() -> Path:
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))


def command(python: Path, module: str, function: str) -> str:
    """A script that is shell on its first lines and Python after: a #! line has no room for long paths or spaces."""
    return (
        f"#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''\n"
        f"import sys\n\nfrom {module} import {function}\n\nsys.exit({function}())\n"
    )


def write(path: Path, text: str) -> None:
    if not (path.is_file() and path.read_text() == text):
        path.write_text(text)
