"""What each step of the set-up stands on: the folders, running a command, and knowing that a step is already done."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
PINS = ROOT / "requirements"
LINES_SHOWN = 15


class Stopped(Exception):
    """The set-up cannot go on; the message says why and what to do, in words for whoever typed the command."""


def say(words: str) -> None:
    print(words, flush=True)


def run(*command: str | Path, folder: Path = ROOT, settings: Mapping[str, str] | None = None) -> str:
    """Runs a command without a keyboard and returns what it printed; its last words are kept for when it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            env={**os.environ, **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as fault:
        raise Stopped(f"{words[0]} cannot be run: {fault.strerror}") from fault
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-LINES_SHOWN:])
        raise Stopped(f"{' '.join(words)}\nended with exit code {done.returncode}:\n{last}")
    return done.stdout


def sign(*parts: str | Path) -> str:
    """A digest of words and of the content of files: it differs exactly when one of them does.

    Times of files are not looked at, because a new checkout gives every file a new one.
    """
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()


def done(stamp: Path, signed: str) -> bool:
    return stamp.is_file() and stamp.read_text() == signed


def mark(stamp: Path, signed: str) -> None:
    """To be called last in a step: a step that was cut short leaves no stamp and is done again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(signed)


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
