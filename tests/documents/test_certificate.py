"""The certificate: what it says, its code, and names as long as they come."""

from dataclasses import replace

import pytest
import zxingcpp

from quiz.documents import certificate, qr
from tests.documents import reading, samples
from tests.documents.reading import squeezed

FRAME = 9.5  # mm from the paper's edge to the frame


@pytest.mark.parametrize(
    "words",
    [
        "Chorley Council",
        "Taxi driver safeguarding test",
        "Zoë O’Brien",
        "Passed",
        "Hackney carriage HC0123, Chorley Council",
        "Private hire PH1234, Chorley Council",
        "H4KMT-7QXW9-CDF36",
        "Issued 21 November 2026",
        "to the end of 21 November 2029",
        "For a new licence use this pass in an application by 21 November 2027",
        "https://safeguarding-test.chorley.gov.uk/verify/H4KMT-7QXW9-CDF36",
        "This certificate says that the holder passed this test. It is not a licence.",
    ],
)
def test_it_says(words):
    assert squeezed(words) in reading.spoken(certificate.pdf(samples.CERTIFICATE))


def test_only_a_new_driver_reads_of_an_application():
    assert "application" not in reading.spoken(certificate.pdf(replace(samples.CERTIFICATE, use_by=None)))


def test_somebody_without_a_licence_has_no_line_for_it():
    assert "Licence" not in reading.spoken(certificate.pdf(replace(samples.CERTIFICATE, licences=())))


@pytest.mark.parametrize("sample", [samples.CERTIFICATE, samples.LONG_CERTIFICATE], ids=["ordinary", "long, marked"])
def test_a_telephone_reads_its_code(sample):
    [page] = reading.pictures("certificate.typ", certificate.facts(sample))
    [code] = zxingcpp.read_barcodes(page)
    assert (code.text, code.ec_level) == (sample.verify_address, "M")


def test_the_address_in_words_is_without_the_signed_part():
    spoken = reading.spoken(certificate.pdf(samples.LONG_CERTIFICATE))
    assert samples.CERTIFICATE.verify_address in spoken
    assert samples.SIGNED_PART not in spoken


@pytest.mark.parametrize(("mark", "words"), certificate.MARKS.items())
def test_a_mark_stands_across_the_page_and_in_words(mark, words):
    runs = reading.runs(certificate.pdf(replace(samples.CERTIFICATE, mark=mark)))
    assert [run.words for run in runs if run.artifact] == [mark]
    assert words in [run.words for run in runs if not run.artifact]


@pytest.mark.parametrize(
    "sample",
    [
        samples.LONG_CERTIFICATE,
        replace(samples.LONG_CERTIFICATE, name="W" * 100, council="W" * 90, test="W" * 90),
        replace(samples.LONG_CERTIFICATE, name="Ẁ" * 100, licences=("Ẁ" * 150,) * 3),
    ],
    ids=["long words", "words longer than a line", "in the wider face"],
)
def test_long_names_stay_on_the_page(sample):
    [page] = reading.pictures("certificate.typ", certificate.facts(sample))
    inside = page.crop([round(x * reading.MILLIMETRE) for x in (11, 11, 199, 286)])
    assert reading.edge_is_blank(page, FRAME)
    assert reading.edge_is_blank(inside, 7)
    assert squeezed(sample.name) in reading.spoken(certificate.pdf(sample))
    assert reading.collisions(certificate.pdf(sample)) == []


def test_markup_in_a_name_is_only_letters():
    name = r"""#panic("x") $x^2$ <b> *bold* _it_ @ref \ // /* [ ] { ` " ' &amp; %s {0}"""
    assert squeezed(name) in reading.spoken(certificate.pdf(replace(samples.CERTIFICATE, name=name)))


@pytest.mark.parametrize("length", [20, 60, 120, 240, 480])
def test_no_module_of_the_code_is_smaller_than_a_telephone_can_read(length):
    square = qr.square("x" * length, 20.0)
    modules = int(square["svg"].split('width="')[1].split('"')[0])
    assert square["side"] / modules >= qr.SMALLEST_MODULE - 0.001
    assert square["side"] >= 20
