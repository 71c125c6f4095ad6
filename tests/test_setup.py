"""The set-up: what is done is known to be done, what is pinned is pinned, and no page has what is not ours."""

import gzip
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from requirements import assets, browser, environment, npm, setup, steps

PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)
# In pieces, so that this file does not have what it looks for.
REGISTRIES = (*(name + ".org" for name in ("pypi", "pythonhosted", "npmjs", "deb.debian")), "npmjs" + ".com")
NOT_COMMITTED = {".git", ".cache", ".venv", "vendor", "__pycache__", "test-results"}


def pins(name: str) -> set[tuple[str, str]]:
    return set(PINNED.findall((steps.PINS / f"{name}.txt").read_text()))


def committed() -> Iterator[Path]:
    """The files of the checkout but for what is built, cached or of one council."""
    for folder, below, names in os.walk(steps.ROOT):
        below[:] = [name for name in below if name not in NOT_COMMITTED and not name.endswith("_cache")]
        if Path(folder) == steps.ROOT / "instance":
            names = ["README.md"] if "README.md" in names else []
        yield from (Path(folder) / name for name in names)


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_a_signature_follows_what_a_file_says_and_not_its_age(tmp_path: Path) -> None:
    file = tmp_path / "pins.txt"
    file.write_text("flask==1")
    before = steps.sign("run", file)
    os.utime(file, (0, 0))
    assert steps.sign("run", file) == before
    file.write_text("flask==2")
    assert steps.sign("run", file) != before


def test_parts_of_a_signature_do_not_run_together() -> None:
    assert steps.sign("ab", "c") != steps.sign("a", "bc")


def test_a_step_without_its_stamp_is_to_be_done(tmp_path: Path) -> None:
    stamp = tmp_path / "deep" / "stamp"
    assert not steps.done(stamp, "signed")
    steps.mark(stamp, "signed")
    assert steps.done(stamp, "signed")
    assert not steps.done(stamp, "signed otherwise")


def test_a_command_that_fails_stops_the_set_up_with_its_last_words() -> None:
    with pytest.raises(steps.Stopped, match=r"exit code 3:\nno room"):
        steps.run(sys.executable, "-c", "print('no room'); raise SystemExit(3)")


def test_a_command_that_is_not_there_stops_the_set_up() -> None:
    with pytest.raises(steps.Stopped, match="no-such-program cannot be run"):
        steps.run("no-such-program")


def test_an_unknown_errand_is_a_mistake_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(["fly"]) == 2
    assert "run, test, lock" in capsys.readouterr().out


def test_the_tests_run_on_what_is_pinned() -> None:
    assert steps.done(steps.VENV / ".dev", environment.signed("dev")), "run `make test`, which installs it"


@pytest.mark.parametrize("folder", ["plain", "two words", "d" * 140], ids=["plain", "a space", "long"])
def test_a_command_starts_wherever_the_checkout_lies(tmp_path: Path, folder: str) -> None:
    home = tmp_path / folder
    program(home / "python", f'exec "{sys.executable}" "$@"')
    (home / "errand.py").write_text("import sys\n\ndef main():\n    print(sys.argv[1:])\n    return 4\n")
    script = home / "errand"
    script.write_text(environment.command(home / "python", "errand", "main"))
    script.chmod(0o755)
    with pytest.raises(steps.Stopped, match=r"exit code 4:\n\['a b'\]"):
        steps.run(script, "a b")


@pytest.mark.parametrize(
    ("script", "taken"),
    [("echo v24.1.0", True), ("echo v20.20.2", True), ("echo v18.19.0", False), ("exit 127", False), ("echo", False)],
    ids=["new", "just new enough", "old", "broken", "says nothing"],
)
def test_the_machines_own_node_is_taken_when_it_will_do(tmp_path: Path, script: str, taken: bool) -> None:
    node = program(tmp_path / "node", script)
    program(tmp_path / "npm", "")
    assert npm.own_node(str(tmp_path)) == (node if taken else None)


def test_a_node_without_npm_is_not_taken(tmp_path: Path) -> None:
    program(tmp_path / "node", "echo v24.1.0")
    assert npm.own_node(str(tmp_path)) is None


def test_there_is_a_chromium_to_test_with() -> None:
    assert browser.chromium(), "run `make test`, which installs it"


@pytest.mark.parametrize("name", ["uv", "node", "run", "dev"])
def test_every_package_is_pinned_by_version_and_digest(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (steps.PINS / f"{name}.txt").read_text())
    assert all(PINNED.match(entry) and "--hash=sha256:" in entry for entry in entries)


def test_the_tests_use_the_same_packages_as_the_service() -> None:
    assert pins("run") <= pins("dev")


def test_every_wanted_package_is_pinned() -> None:
    project = tomllib.loads((steps.ROOT / "pyproject.toml").read_text())
    for name, wanted in (("run", project["project"]["dependencies"]), ("dev", project["dependency-groups"]["dev"])):
        assert {re.split(r"[\[=<>]", entry)[0] for entry in wanted} <= {package for package, _ in pins(name)}


def test_no_file_names_a_registry_or_where_this_checkout_lies() -> None:
    here = [f"{steps.ROOT}/"] if len(steps.ROOT.parts) > 2 else []  # a place like /quiz is also an address of ours
    forbidden = re.compile("|".join(map(re.escape, [*REGISTRIES, *here])).encode())
    assert [str(path) for path in committed() if forbidden.search(path.read_bytes())] == []


def test_the_pins_name_no_address() -> None:
    files = [*steps.PINS.glob("*.txt"), steps.ROOT / "static" / "package-lock.json"]
    assert [path.name for path in files if "://" in path.read_text()] == []


def test_the_typeface_and_the_pictures_of_gov_uk_are_taken_out() -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif}.b{background-image:url(/assets/images/crest.svg)}"
        "/*# sourceMappingURL=a.css.map */"
    )
    assert assets.our_css(css) == ".a{font-family:var(--quiz-font,arial,sans-serif)}.b{background-image:none}"


@pytest.mark.parametrize("word", assets.NOT_OURS)
def test_a_version_that_is_not_understood_is_not_served(word: str) -> None:
    with pytest.raises(steps.Stopped, match="does not know this version"):
        assets.checked("a.css", f".a{{font-family:{word}}}")


@pytest.mark.parametrize("name", assets.PAGE_FILES)
def test_what_is_served_is_ours_in_every_compression(name: str) -> None:
    plain = (assets.VENDOR / name).read_bytes()
    assert not [word for word in assets.NOT_OURS if word.encode() in plain]
    assert gzip.decompress((assets.VENDOR / f"{name}.gz").read_bytes()) == plain
    assert brotli.decompress((assets.VENDOR / f"{name}.br").read_bytes()) == plain


def test_nothing_else_is_served() -> None:
    built = {path.relative_to(assets.VENDOR).as_posix() for path in assets.VENDOR.rglob("*") if path.is_file()}
    assert built == set(assets.BUILT)


def test_fonts_are_truetype_and_come_with_their_licence() -> None:
    for name in assets.FONT_FILES:
        assert (assets.VENDOR / "fonts" / name).read_bytes().startswith(b"\0\1\0\0")
    for name in assets.FONT_LICENCES:
        assert "SIL OPEN FONT LICENSE" in (assets.VENDOR / "fonts" / name).read_text()


def test_make_says_what_can_be_typed() -> None:
    makefile = (steps.ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    said = re.findall(r"^  make (\w+)", steps.run("make", "--no-print-directory", "help"), re.MULTILINE)
    assert targets and said == targets[1].split()
