"""The secrets of an instance as one text that only a passphrase opens: scrypt makes the key, AES-GCM seals.

The cost of scrypt (128 MB, about half a second) is the one that OWASP's password storage page names; it belongs to the
format, so that a made-up file cannot ask for more.
"""

import json
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from quiz.domain.errors import Refused

FORMAT = "quiz-keys-1"
SALT_BYTES = 16
NONCE_BYTES = 12
SHORTEST = 12
COST = 2**17


def must_be_good(passphrase: str) -> None:
    """Refuses one that could be guessed by trying."""
    if len(_tidy(passphrase)) < SHORTEST:
        raise Refused("passphrase-short", f"Choose a passphrase of at least {SHORTEST} characters. Four words do.")


def write(keys: Mapping[str, bytes], passphrase: str, salt: bytes, nonce: bytes) -> str:
    """The sealed text. `salt` (16 bytes) and `nonce` (12 bytes) must be new and random."""
    plain = json.dumps({name: _text(key) for name, key in keys.items()}).encode()
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, FORMAT.encode())
    outer = {"format": FORMAT, "salt": _text(salt), "nonce": _text(nonce), "sealed": _text(sealed)}
    return json.dumps(outer, indent=2) + "\n"


def read(text: str, passphrase: str) -> dict[str, bytes]:
    """The keys by name. Refuses a wrong passphrase and a file that is damaged or something else."""
    try:
        outer = json.loads(text)
        if outer["format"] != FORMAT:
            raise Refused("keys-format", "This is not a backup of keys that this program knows.")
        salt, nonce, sealed = (b64decode(outer[name], validate=True) for name in ("salt", "nonce", "sealed"))
        plain = AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, FORMAT.encode())
    except InvalidTag as error:
        raise Refused("passphrase", "The passphrase does not open this file, or the file is damaged.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("keys-format", "This is not a backup of keys, or it is damaged.") from error
    return {name: b64decode(key) for name, key in json.loads(plain).items()}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(_tidy(passphrase).encode())


def _tidy(passphrase: str) -> str:
    """The same characters, however a keyboard composes them."""
    return unicodedata.normalize("NFC", passphrase.strip())


def _text(value: bytes) -> str:
    return b64encode(value).decode()
