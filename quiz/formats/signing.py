"""Signing, and checking a signature: Ed25519 (RFC 8032). Public keys are written as JSON that anybody may read."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quiz.domain import signed
from quiz.domain.errors import Refused
from quiz.domain.signed import Finding, Signed, Statement

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks. `raw` has 32 bytes; nothing that it signed is believed for itself once it was `given_up`."""

    number: int
    raw: bytes
    demo: bool = False
    given_up: datetime | None = None

    @property
    def id(self) -> str:
        """The first 8 hexadecimal digits of its SHA-256: how a signature names it."""
        return hashlib.sha256(self.raw).hexdigest()[:8]


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A key that signs. `seed` has 32 bytes and is secret."""

    seed: bytes

    @property
    def key_id(self) -> str:
        """The name of its public half."""
        return self.public().id

    def public(self, number: int = 0, demo: bool = False) -> PublicKey:
        """Its public half."""
        return PublicKey(number, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw(), demo)

    def sign(self, purpose: str, message: bytes) -> bytes:
        """64 bytes. `purpose` keeps what was signed for one thing from being shown for another."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(purpose.encode() + message)


def sign(signer: Signer, statement: Statement) -> Signed:
    """A certificate's statement with its signature."""
    key_id = signer.key_id
    return Signed(statement, key_id, signer.sign(signed.PURPOSE, statement.text(key_id).encode()))


def check(keys: Sequence[PublicKey], given: Signed) -> Finding:
    """What the signature of a certificate's statement tells."""
    return verify(keys, given.key_id, signed.PURPOSE, given.statement.text(given.key_id).encode(), given.signature)


def verify(keys: Sequence[PublicKey], key_id: str, purpose: str, message: bytes, signature: bytes) -> Finding:
    """What a signature by the key of that name tells about a message."""
    key = next((one for one in keys if one.id == key_id), None)
    if key is None:
        return Finding.UNKNOWN_KEY
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, purpose.encode() + message)
    except InvalidSignature:
        return Finding.ALTERED
    return Finding.GIVEN_UP if key.given_up else Finding.GENUINE


def write(keys: Sequence[PublicKey]) -> str:
    """Public keys as JSON."""
    return json.dumps({"keys": [_plain(one) for one in keys]}, indent=2) + "\n"


def _plain(one: PublicKey) -> dict[str, object]:
    given_up = one.given_up.isoformat() if one.given_up else None
    public = b64encode(one.raw).decode()
    return {
        "number": one.number, "id": one.id, "algorithm": "Ed25519", "public": public, "demo": one.demo,
        "given_up": given_up,
    }  # fmt: skip


def read(text: str) -> tuple[PublicKey, ...]:
    """The keys that `write` wrote. Refuses anything else."""
    try:
        return tuple(_read(one) for one in json.loads(text)["keys"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("public-keys", "This is not a list of public keys, or it is damaged.") from error


def _read(given: dict[str, object]) -> PublicKey:
    raw, moment = b64decode(str(given["public"]), validate=True), given["given_up"]
    if len(raw) != SEED_BYTES:
        raise ValueError("not an Ed25519 key")
    key = PublicKey(int(str(given["number"])), raw, given["demo"] is True)
    return replace(key, given_up=datetime.fromisoformat(str(moment))) if moment else key
