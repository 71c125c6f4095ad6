"""How far a share that was counted may be from the one that holds in the long run: the 95 % interval of Wilson."""

from math import sqrt

Z = 1.959963984540054  # the point of the normal distribution that leaves 2.5 % above it


def interval(right: int, of: int) -> tuple[float, float]:
    """The lower and the upper end, as shares of 1. Wilson, J. Am. Stat. Assoc. 22 (1927); unlike the textbook
    interval it never leaves 0 to 1, and it holds for small numbers and for none or all."""
    if not 0 <= right <= of or of == 0:
        raise ValueError("a share needs something to be a share of")
    share, square = right / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(share * (1 - share) / of + square / (4 * of))
    return (0.0 if right == 0 else middle - half), (1.0 if right == of else middle + half)
