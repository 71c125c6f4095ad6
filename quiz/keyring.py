"""The keys of an instance: secrets in files of their own, and the public halves of those that sign."""

import os
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from quiz.domain.errors import Refused
from quiz.formats import signing
from quiz.formats.signing import PublicKey, Signer
from quiz.settings import SettingsError

KEY_BYTES = 32
SHARED = ("secret_key", "pepper")


@dataclass(frozen=True, repr=False)
class Keys:
    """The secrets of an instance, bytes each: one signs cookies, the other goes into digests of codes."""

    secret_key: bytes
    pepper: bytes


@dataclass(frozen=True, repr=False)
class Signing:
    """The key that signs now, and every key whose signatures are out there, oldest first."""

    signer: Signer
    public: tuple[PublicKey, ...]


def keys(instance: Path) -> Keys:
    """The keys of an instance. Raises SettingsError where one is missing or too short."""
    found = {name: _key(instance / "keys" / name) for name in SHARED}
    missing = [f"keys/{name} is missing or damaged. Restore it from the backup of the keys." for name in found]
    problems = [words for words, key in zip(missing, found.values(), strict=True) if len(key) < KEY_BYTES]
    if problems:
        raise SettingsError(problems)
    return Keys(**found)


def secret_files(instance: Path) -> dict[str, bytes]:
    """Everything secret, by the name of its file, for the backup of the keys. Raises SettingsError like `keys`."""
    keys(instance)
    names = (*SHARED, *(path.name for path in sorted((instance / "keys").glob("signing-*.key"))))
    return {name: _key(instance / "keys" / name) for name in names}


def make_keys(instance: Path, demo: bool = False) -> None:
    """Make the keys that are not there yet. A key that exists is never touched: codes in the post depend on it."""
    folder = instance / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in SHARED:
        if not (folder / name).exists():
            _write_new(folder / name, secrets.token_bytes(KEY_BYTES))
    if not list(folder.glob("signing-*.key")):
        _make_signing_key(folder, _next_number(folder), demo)


def can_sign(instance: Path) -> bool:
    """Whether there is a key that signs: instances of earlier versions have none."""
    return any((instance / "keys").glob("signing-*.key"))


def signing_keys(instance: Path) -> Signing:
    """The keys that sign and check. Raises SettingsError where none can sign."""
    folder = instance / "keys"
    secret = {_number(path): _key(path) for path in folder.glob("signing-*.key")}
    if not secret:
        raise SettingsError(["keys/ has no key that signs certificates. Run “quiz init”: it makes one."])
    return Signing(Signer(secret[max(secret)]), public_keys(instance))


def public_keys(instance: Path) -> tuple[PublicKey, ...]:
    """Every public key, oldest first."""
    found = [signing.read(path.read_text("utf-8"))[0] for path in (instance / "keys").glob("signing-*.pub")]
    return tuple(sorted(found, key=lambda key: key.number))


def rotate(instance: Path) -> PublicKey:
    """A new key signs from now on. What the older ones signed stays genuine."""
    demo = any(key.demo for key in public_keys(instance))
    return _make_signing_key(instance / "keys", _next_number(instance / "keys"), demo)


def give_up(instance: Path, key_id: str, since: datetime) -> PublicKey:
    """Others may have this key since then. It signs no more; a new one does where it was the one in use."""
    known = {key.id: key for key in public_keys(instance)}
    if key_id not in known:
        raise Refused("unknown-key", f"There is no key {key_id}. There are: {', '.join(known)}.")
    key = replace(known[key_id], given_up=since)
    if signing_keys(instance).signer.key_id == key_id:
        rotate(instance)
    _replace(instance / "keys" / f"signing-{key.number}.pub", signing.write([key]).encode())
    return key


def _make_signing_key(folder: Path, number: int, demo: bool) -> PublicKey:
    _write_new(folder / f"signing-{number}.key", secrets.token_bytes(signing.SEED_BYTES))
    key = Signer(_key(folder / f"signing-{number}.key")).public(number, demo)
    _write_new(folder / f"signing-{number}.pub", signing.write([key]).encode())
    return key


def _next_number(folder: Path) -> int:
    return max((_number(path) for path in folder.glob("signing-*.*")), default=0) + 1


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("signing-"))


def _key(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _write_new(path: Path, content: bytes) -> None:
    fresh = _fresh(path, content)
    try:
        os.link(fresh, path)  # unlike a rename, a link never replaces a key that somebody else has just made
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _replace(path: Path, content: bytes) -> None:
    _fresh(path, content).rename(path)


def _fresh(path: Path, content: bytes) -> Path:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    return fresh
