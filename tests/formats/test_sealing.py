"""A sealed secret opens with the same pepper, in the same place, and nowhere else."""

import pytest

from quiz.domain.errors import Refused
from quiz.formats import sealing

PEPPER, NONCE = b"p" * 32, b"n" * 12
SEALED = sealing.seal(PEPPER, "letter-1", "W9CDF-36H4K-MT7QX", NONCE)


def test_it_opens_again_and_shows_nothing():
    assert sealing.unseal(PEPPER, "letter-1", SEALED) == "W9CDF-36H4K-MT7QX"
    assert "W9CDF" not in SEALED
    assert sealing.seal(PEPPER, "letter-1", "W9CDF-36H4K-MT7QX", b"m" * 12) != SEALED


@pytest.mark.parametrize(
    ("pepper", "place", "sealed"),
    [
        (b"q" * 32, "letter-1", SEALED),
        (PEPPER, "letter-2", SEALED),
        (PEPPER, "letter-1", SEALED[:-4] + "AAAA"),
        (PEPPER, "letter-1", ""),
    ],
)
def test_it_opens_nowhere_else(pepper, place, sealed):
    with pytest.raises(Refused, match="other keys"):
        sealing.unseal(pepper, place, sealed)
