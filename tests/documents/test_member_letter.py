"""Letters to people of a group: a reference, the address of their own sign-in, and nothing of a driver's licence."""

from dataclasses import replace

import pytest

from quiz.documents import member_letter
from tests.documents import reading, samples
from tests.documents.reading import squeezed

SECOND = replace(samples.MEMBER_LETTER, holder="Bea Second", reference="M-4C6D7", code="34678FGH4KMT7QX", deadline=None)


@pytest.mark.parametrize(
    "words",
    [
        "Chorley Council",
        "Morgan Member Your reference: M-7K3Q9",
        "Your access code: Safeguarding refresher for members and officers",
        "The council asks every elected member to take this test. Please pass it by 21 December 2026.",
        "W9CDF-36H4K-MT7QX",
        "https://safeguarding-test.chorley.gov.uk/sign-in/elected-members",
        "Chorley Council licensing: 01257 515151",
    ],
)
def test_it_says(words):
    assert squeezed(words) in reading.spoken(member_letter.pdf([samples.MEMBER_LETTER]))


def test_it_says_nothing_of_a_licence_or_a_driver():
    for mark in ("", "PILOT", "SAMPLE"):
        spoken = reading.spoken(member_letter.pdf([replace(samples.MEMBER_LETTER, support="Ring us", mark=mark)]))
        assert not [word for word in ("licen", "driver", "taxi") if word in spoken.lower()]


def test_many_letters_are_one_file_with_a_page_for_each():
    document = member_letter.pdf([samples.MEMBER_LETTER, SECOND])
    first, second = reading.spoken(document).split(squeezed("Bea Second"))
    assert squeezed("Morgan Member Your reference: M-7K3Q9") in first and squeezed("34678-FGH4K-MT7QX") not in first
    assert squeezed("Your reference: M-4C6D7") in second and squeezed("34678-FGH4K-MT7QX") in second
    assert squeezed("Please pass") not in second
    with reading.opened(document) as pdf:
        assert len(pdf.pages) == 2
