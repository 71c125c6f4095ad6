"""The interval of Wilson, against published values and against its own equation."""

import pytest

from quiz.domain import wilson


@pytest.mark.parametrize(
    ("right", "of", "lower", "upper"),
    [
        (54, 100, 0.44265, 0.63439),
        (81, 263, 0.2553, 0.3662),  # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_values(right, of, lower, upper):
    assert wilson.interval(right, of) == (pytest.approx(lower, abs=6e-5), pytest.approx(upper, abs=6e-5))


@pytest.mark.parametrize(("right", "of"), [(1, 1), (0, 1), (3, 7), (20, 20), (4999, 5000)])
def test_at_each_end_the_share_lies_just_that_far_away(right, of):
    """Its definition: at both ends the counted share is 1.96 standard errors off, by the error of the end itself."""
    for end in wilson.interval(right, of):
        assert (right / of - end) ** 2 == pytest.approx(wilson.Z**2 * end * (1 - end) / of, abs=1e-12)


@pytest.mark.parametrize(("right", "of"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share(right, of):
    with pytest.raises(ValueError):
        wilson.interval(right, of)
