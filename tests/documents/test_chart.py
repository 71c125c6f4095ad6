"""Charts: well-formed, told apart without colour, and never without the data that they show."""

import re
from xml.etree import ElementTree

import pytest
import typst

from quiz.documents import chart, fonts
from quiz.documents.chart import Series

SVG = "{http://www.w3.org/2000/svg}"
QUARTERS = ("Jan to Mar 2026", "Apr to Jun 2026", "Jul to Sep 2026", "Oct to Dec 2026")
TWO = (Series("Without adjustments", (91.5, 88, None, 100)), Series("With adjustments", (75, None, 0, 80)))
DRAWS = pytest.mark.parametrize("draw", [chart.bars, chart.lines])


def drawn(made):
    """The drawing as a tree; it fails where the XML is not well-formed."""
    return ElementTree.fromstring(made.svg)  # noqa: S314 - our own drawing


def texts(made):
    return ["".join(one.itertext()) for one in drawn(made).iter(f"{SVG}text")]


def widths(made):
    return [float(one.get("width")) for one in drawn(made).iter(f"{SVG}rect") if one.get("class")]


@DRAWS
def test_a_drawing_names_itself_for_those_who_hear_it(draw):
    made = draw("Passed", "Three quarters in four passed.", QUARTERS, TWO, "%")
    root = drawn(made)
    named = {one.get("id"): one.text for one in root.iter() if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert [named[key] for key in root.get("aria-labelledby").split()] == ["Passed", "Three quarters in four passed."]


@DRAWS
def test_the_table_holds_what_the_drawing_shows(draw):
    made = draw("Passed", "", QUARTERS, TWO, "%", first="Quarter")
    assert made.table == (made.header, made.rows)
    assert made.header == ("Quarter", "Without adjustments", "With adjustments")
    assert made.rows[0] == ("Jan to Mar 2026", "91.5%", "75%")
    assert made.rows[2] == ("Jul to Sep 2026", "not shown (fewer than 5)", "0%")
    shown = texts(made)
    assert all(cell in shown for row in made.rows for cell in row[1:] if cell != chart.NOT_SHOWN)
    assert {"Without adjustments", "With adjustments"} <= set(shown)


def test_a_value_that_is_not_shown_has_words_and_no_bar():
    made = chart.bars("Passed", "", QUARTERS, TWO[:1], "%")
    assert texts(made).count("not shown (fewer than 5)") == 1
    assert len(widths(made)) == 3


def test_bars_are_as_long_as_their_values():
    none, half, whole = 0, 500, 1000
    assert widths(chart.bars("Taken", "", "abc", [Series("Taken", (none, half, whole))])) == [
        chart.LONGEST / 2,
        chart.LONGEST,
    ]


def test_a_share_is_drawn_against_a_hundred():
    assert widths(chart.bars("Passed", "", "a", [Series("Passed", (50,))], "%")) == [chart.LONGEST / 2]


def test_a_line_is_broken_where_a_value_is_not_shown():
    made = chart.lines("Passed", "", "abcde", [Series("Passed", (1, 2, None, 4, 5))])
    runs = [one.get("points").split() for one in drawn(made).iter(f"{SVG}polyline")]
    assert [len(run) for run in runs] == [2, 2]


@DRAWS
def test_words_from_elsewhere_are_never_markup(draw):
    nasty = '</title><script>alert("1")</script>&\x00\x1b]]>'
    made = draw(nasty, nasty, [nasty], [Series(nasty, (1,)), Series("b", (2,))], nasty)
    assert not list(drawn(made).iter(f"{SVG}script"))
    assert "<script" not in made.svg


@DRAWS
def test_nothing_is_styled_in_place_and_nothing_is_fetched(draw):
    made = draw("Passed", "", QUARTERS, TWO, "%")
    assert not re.search(r"style=|<style|href|<image", made.svg)


def test_kinds_differ_by_pattern_and_not_by_colour_alone():
    made = chart.bars("All", "", ["a"], [Series(str(n), (1,)) for n in range(4)])
    patterns = {one.get("id"): ElementTree.tostring(one[0]) + ElementTree.tostring(one[-1])
                for one in drawn(made).iter(f"{SVG}pattern")}  # fmt: skip
    used = [one.get("fill")[5:-1] for one in drawn(made).iter(f"{SVG}rect") if one.get("class")][-4:]
    assert sorted(used) == sorted(patterns) and len(set(patterns.values())) == 4
    drawing = drawn(chart.lines("All", "", "ab", [Series(str(n), (1, 2)) for n in range(4)]))
    assert len({one.get("stroke-dasharray") for one in drawing.iter(f"{SVG}polyline")}) == 4


def test_ids_of_two_charts_on_a_page_never_meet():
    first = chart.bars("Passed", "", QUARTERS, TWO, "%")
    others = (
        chart.bars("Passed", "", QUARTERS, TWO[:1], "%"),
        chart.lines("Passed", "", QUARTERS, TWO, "%"),
        chart.bars("Taken", "", QUARTERS, TWO, "%"),
    )
    ids = [{one.get("id") for one in drawn(made).iter()} - {None} for made in (first, *others)]
    assert all(not ids[0] & other for other in ids[1:])
    assert first == chart.bars("Passed", "", QUARTERS, TWO, "%")  # the same data give the same bytes


@DRAWS
@pytest.mark.parametrize(
    ("labels", "series"),
    [
        ("ab", [Series("a", (1,))]),
        ("a", [Series("a", (-1,))]),
        ("a", [Series("a", (float("nan"),))]),
        ("a", [Series("a", (float("inf"),))]),
        ("a", []),
        ("", [Series("a", ())]),
        ("a", [Series(str(n), (1,)) for n in range(5)]),
    ],
    ids=["too few values", "negative", "no number", "endless", "nothing", "no labels", "too many kinds"],
)
def test_what_cannot_be_drawn_is_refused(draw, labels, series):
    with pytest.raises(ValueError, match=r"chart|label"):
        draw("a", "", labels, series)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(1204, "", "1,204"), (12.5, "%", "12.5%"), (80.0, "%", "80%"), (3, "drivers", "3 drivers"), (0, "", "0")],
)
def test_values_in_words(value, unit, words):
    assert chart.said(value, unit) == words


@pytest.mark.parametrize("top", [0.3, 1, 2, 3, 7, 10, 11, 49, 50, 51, 999, 1000, 400_000])
def test_a_scale_has_few_lines_and_whole_numbers(top):
    step = chart._step(top)
    assert 1 <= top / step <= 5 or step == 1
    assert top < 1 or step == int(step)


@DRAWS
def test_long_labels_stay_inside_the_drawing(draw):
    made = draw(
        "a",
        "",
        ["Responding to what a passenger tells you, and whom to tell about it " * 2],
        [TWO[0].__class__("a", (1,))],
    )
    assert max(len(line) for line in texts(made)) * chart.LETTER <= chart.WIDTH


@DRAWS
def test_typst_sets_it_in_our_typefaces(draw, tmp_path):
    made = draw("Passed", "Words", QUARTERS, TWO, "%")
    (tmp_path / "chart.svg").write_text(made.svg, encoding="utf-8")
    text = '#set document(title: "T")\n#set text(lang: "en")\n#image("chart.svg", alt: "Words")'
    (tmp_path / "it.typ").write_text(text, encoding="utf-8")
    pdf = typst.compile(tmp_path / "it.typ", root=tmp_path, font_paths=fonts.shared(), ignore_system_fonts=True,
                        format="pdf", pdf_standards=["ua-1", "a-2a"])  # fmt: skip
    assert b"NotoSans" in pdf
