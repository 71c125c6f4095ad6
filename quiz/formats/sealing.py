"""Short secrets that must wait in the database: only the instance's own pepper opens them again (AES-GCM)."""

import hashlib
import hmac
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from quiz.domain.errors import Refused

NONCE_BYTES = 12


def seal(pepper: bytes, place: str, text: str, nonce: bytes) -> str:
    """The sealed text. `place` says where it stands, so that it opens nowhere else; `nonce` is new and random."""
    return b64encode(nonce + AESGCM(_key(pepper)).encrypt(nonce, text.encode(), place.encode())).decode()


def unseal(pepper: bytes, place: str, sealed: str) -> str:
    """The text. Refuses what was sealed with another pepper or for another place, or was altered since."""
    try:
        whole = b64decode(sealed)
        return AESGCM(_key(pepper)).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Refused("sealed", "It was sealed with other keys, so it cannot be opened any more.") from error


def _key(pepper: bytes) -> bytes:
    """A key of its own, so that a digest of something else can never be one."""
    return hmac.new(pepper, b"seal\nletters", hashlib.sha256).digest()
