"""The shape of the program: who may import whom, who knows the time, who commits, and how large a file may be."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.settings import ROOT
from tests.test_setup import committed

QUIZ = ROOT / "quiz"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(QUIZ.rglob("*.py"))
    if path.parent.name != "versions"
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}

# Rules decide, records remember, actions do, pages show: each ring imports only what stands before it.
INNER = {"domain", "formats", "documents", "records", "actions"}
MAY_IMPORT = {
    "domain": set(),
    "formats": {"domain"},
    "documents": {"domain"},
    "records": {"domain"},
    "outside": {"domain"},
    "actions": {"domain", "formats", "documents", "records"},
    "web": INNER | {"outside", "settings", "keyring"},
    "commands": INNER | {"outside", "settings", "setting_rules", "keyring", "serving", "steady"},
    "steady": {"domain"},
    "keyring": {"domain", "formats", "settings"},
    "settings": {"setting_rules"},
    "setting_rules": set(),
    "app": {"records", "settings", "keyring", "steady", "web"},
    "serving": {"app", "domain", "settings"},
    "cli": {"domain", "settings"},
}
PAGES = {"flask", "flask_wtf", "jinja2", "werkzeug", "wtforms", "click"}
DATABASES = {"sqlalchemy", "alembic", "psycopg", "sqlite3"}
KEPT_OUT = {
    "formats": PAGES | DATABASES,
    "documents": PAGES | DATABASES,
    "records": PAGES,
    "actions": PAGES,
    "web": {"click", "alembic"},
    "commands": PAGES - {"click"},
}
# What would let the time, chance or the world outside into a rule.
IMPURE = {
    "os", "sys", "io", "pathlib", "time", "secrets", "socket", "subprocess", "threading", "asyncio", "logging",
    "sqlite3", "urllib", "http", "tempfile", "shutil", "getpass", "platform",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic"}
KNOW_THE_TIME = {
    "quiz.steady": "the clock of the service, given to the app at the start",
    "quiz.commands.desk": "taken once for a command",
    "quiz.records.base": "a key holds when it was made",
}
KNOW_CHANCE = {
    "quiz.app": "the chance of the service, given to it at the start",
    "quiz.commands.desk": "the same for a command",
    "quiz.records.base": "keys of rows",
    "quiz.keyring": "the keys of an instance",
    "quiz.steady": "names of files that are not there yet",
    "quiz.web.faults": "the name of a request in the log",
}
COMMIT = {"quiz.web.request"}
AUDIENCES = ("public", "driver", "staff", "editor", "api", "ops")
LENT = {("quiz.web.editor.shown", "quiz.web.driver.sheet"): "an editor sees a question as the driver will see it"}
TOP_LEVEL = {
    "quiz", "templates", "static", "question_bank", "instance", "tests", "requirements",
    "pyproject.toml", "README.md", "Makefile",
}  # fmt: skip
UNFINISHED = ("TO" + "DO", "FIX" + "ME")  # in pieces, so that this file does not have what it looks for


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that a module imports, by their whole names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write the whole name of what is imported"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else str(node.module)


def ring(name: str) -> str:
    """The second part of a module's name: quiz.domain.paper is in "domain"."""
    return name.split(".")[1] if "." in name else name


def calls(tree: ast.AST) -> Iterator[str]:
    """The last names of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            if isinstance(node.func, ast.Name):
                yield node.func.id


def audience(name: str) -> str | None:
    """Whose pages a module makes; None for what all pages share."""
    parts = name.split(".")
    return parts[2] if parts[:2] == ["quiz", "web"] and len(parts) > 2 and parts[2] in AUDIENCES else None


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring; none where there is no such ring."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return way[way.index(name) :]
        if name in done:
            return []
        found = next((ring for other in sorted(graph[name]) if (ring := walk(other, [*way, name]))), [])
        done.add(name)
        return found

    return next((found for name in sorted(graph) if (found := walk(name, []))), [])


@pytest.mark.parametrize("name", [name for name in MODULES if name != "quiz"])
def test_imports_point_inwards(name):
    own = ring(name)
    rings = {ring(other) for other in imported(TREES[name]) if other.split(".")[0] == "quiz"} - {own}
    outside = {other.split(".")[0] for other in imported(TREES[name])}
    assert rings - MAY_IMPORT[own] == set()
    assert outside & KEPT_OUT.get(own, set()) == set()


def test_rules_stand_on_the_standard_library_alone():
    found = {
        (name, other)
        for name in MODULES
        if ring(name) == "domain"
        for other in imported(TREES[name])
        if other.split(".")[0] not in {*sys.stdlib_module_names, "quiz"} or other.split(".")[0] in IMPURE
    }
    assert found == set()


def test_rules_know_no_time_no_chance_and_no_files():
    forbidden = CLOCKS - {"time"} | {
        "open",
        "print",
        "input",
        "uuid1",
        "uuid4",
        "uuid7",
        "eval",
        "exec",
        "SystemRandom",
    }
    found = {
        (name, one) for name in MODULES if ring(name) == "domain" for one in calls(TREES[name]) if one in forbidden
    }
    assert found == set()


def test_rules_take_chance_as_an_argument():
    taken = {
        alias.name
        for name in MODULES
        if ring(name) == "domain"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.ImportFrom) and node.module == "random"
        for alias in node.names
    }
    made = [name for name in MODULES if ring(name) == "domain" and "Random" in calls(TREES[name])]
    assert (taken, made) == ({"Random"}, [])


def test_only_the_edges_know_the_time():
    asking = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
        if isinstance(node.func.value, ast.Name) and node.func.value.id in {"datetime", "date", "time"}
    }
    assert asking == set(KNOW_THE_TIME)


def test_only_the_edges_know_chance():
    sources = {"SystemRandom", "urandom", "token_bytes", "token_hex", "token_urlsafe", "uuid4"}
    assert {name for name, tree in TREES.items() if sources & set(calls(tree))} == set(KNOW_CHANCE)


def test_no_module_imports_itself_through_others():
    graph = {name: {other for other in imported(tree) if other in MODULES} - {name} for name, tree in TREES.items()}
    assert cycle(graph) == []


def test_a_ring_of_imports_would_be_found():
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]


def test_imports_stand_at_the_top():
    inside = [
        f"{name}:{node.lineno}"
        for name, tree in TREES.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_pages_of_one_audience_do_not_lean_on_those_of_another():
    across = {
        (name, other)
        for name, tree in TREES.items()
        for other in imported(tree)
        if audience(name) and audience(other) and audience(name) != audience(other)
    }
    assert across == set(LENT)


def test_there_is_one_commit_on_the_side_of_the_pages():
    assert {name for name, tree in TREES.items() if {"commit", "rollback"} & set(calls(tree))} == COMMIT


def test_transactions_are_opened_in_three_places():
    opening = {name for name, tree in TREES.items() if "transaction" in calls(tree)}
    assert opening == {"quiz.web.request", "quiz.commands.desk"}
    assert {n for n, tree in TREES.items() if "writing" in calls(tree)} <= {"quiz.records.database", "quiz.web.request"}


def test_every_module_says_in_a_line_what_it_promises():
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_files_can_be_read_at_one_sitting():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in [*MODULES.values(), *(ROOT / "requirements").rglob("*.py")]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_templates_can_be_read_at_a_glance():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "templates").rglob("*.*")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 80
    }
    assert long == {}


def test_templates_lie_with_their_audience():
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert folders <= {*AUDIENCES, "components", "errors", "documents", "email"}


def test_tests_mirror_what_they_test():
    rings = {name for name in INNER if any((ROOT / "tests" / name).glob("test_*.py"))}
    assert rings == INNER


def test_nothing_is_left_unfinished():
    found = [
        path.relative_to(ROOT).as_posix()
        for path in committed()
        if path.suffix in (".py", ".html", ".md", ".toml", ".css", ".js", ".typ", ".txt")
        and any(word in path.read_text(encoding="utf-8") for word in UNFINISHED)
    ]
    assert found == []


def test_the_top_level_is_what_was_agreed():
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {"test-results"} == TOP_LEVEL


def test_an_instance_brings_nothing_but_its_readme():
    ignored = Path(ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/instance/*", "!/instance/README.md", "/static/vendor/", "/.venv/", "/.cache/"} <= set(ignored)
