"""Numbers that people copy by hand: certificate numbers and access codes, with a check character.

23 characters without look-alikes (no 0/O, 1/I/L, 2/Z, 5/S, B, U) and without the vowels that make words. 23 is prime,
so a weighted sum finds every single wrong character and every swap of two neighbours (ISO/IEC 7064 explains why).
"""

from random import Random

ALPHABET = "346789CDFGHJKMNPQRTVWXY"
RANDOM_CHARACTERS = 14  # 14 x log2(23) = 63.3 bits
LENGTH = RANDOM_CHARACTERS + 1
GROUP = 5


def make(chance: Random) -> str:
    """A new number of 15 characters; the last one is the check character."""
    body = "".join(chance.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return body + _check(body)


def read(typed: str) -> str | None:
    """The number a person meant (spaces, dashes and small letters are fine), or None if it cannot be one."""
    number = "".join(c for c in typed.upper() if c.isalnum())
    if len(number) != LENGTH or any(c not in ALPHABET for c in number):
        return None
    return number if _check(number[:-1]) == number[-1] else None


def show(number: str) -> str:
    """In groups of five: XXXXX-XXXXX-XXXXX."""
    return "-".join(number[i : i + GROUP] for i in range(0, len(number), GROUP))


def _check(body: str) -> str:
    weighted = sum((place + 2) * ALPHABET.index(character) for place, character in enumerate(body))
    return ALPHABET[-weighted % len(ALPHABET)]
