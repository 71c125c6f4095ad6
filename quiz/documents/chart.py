"""Charts as SVG: bars and lines that are told apart in black and white, each with its data as a table.

Looks are written as attributes of the drawing, not as styles: a page's policy allows them, and Typst reads them too.
"""

import math
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import groupby

Value = int | float | None

NOT_SHOWN = "not shown (fewer than 5)"
MOST_SERIES = 4
WIDTH = 640
LETTER = 8.5  # how wide a letter of our size is, roughly
SIZE = 16
LINE = 20
BAR = 22
LONGEST = WIDTH - 130  # leaves room for the value behind the longest bar
FIELD = 220  # how high the field of lines is
LEFT, RIGHT = 84, 60  # beside that field
ROOM = 92  # what a label below it needs
TICKS = 5
FONTS = "Helvetica Neue, Arial, Noto Sans, sans-serif"
BLUE = "#1d3557"
GREY = "#6f777b"
# What XML cannot hold at all, however it is written.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Solid, slanted lines, blank, dots: they stay apart on any printer. Lines have dashes and marks of their own instead.
FILLS = (
    f'<rect width="8" height="8" fill="{BLUE}"/>',
    f'<rect width="8" height="8" fill="#fff"/><path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="{BLUE}" stroke-width="2"/>',
    '<rect width="8" height="8" fill="#fff"/>',
    f'<rect width="8" height="8" fill="#fff"/><circle cx="4" cy="4" r="1.8" fill="{BLUE}"/>',
)
DASHES = ("none", "10 5", "2 4", "12 4 2 4")
MARKS = ("M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z", "M-5-5H5V5H-5Z", "M0-6L6 5H-6Z", "M0-7L7 0L0 7L-7 0Z")


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of bar, or one line: a value for each label. None: not shown, because so few people stand behind it."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing to stand on a page or in a document, and the same data as a table."""

    title: str
    description: str
    svg: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def table(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The header and the rows."""
        return self.header, self.rows


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be drawn. `key` makes the ids of this drawing its own on any page."""

    key: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str

    @property
    def top(self) -> float:
        """The end of the scale: the hundred of a share, otherwise the largest value."""
        largest = max((value for one in self.series for value in one.values if value is not None), default=0)
        return 100.0 if self.unit == "%" and largest <= 100 else float(largest or 1)


_Draw = Callable[[_Plan, int], tuple[int, Iterator[str]]]


def bars(
    title: str, description: str, labels: Sequence[str], series: Sequence[Series], unit: str = "", first: str = "Group"
) -> Chart:
    """Bars that lie, their label above them and their value behind. `first` heads the labels' column in the table.

    ValueError where values do not fit the labels, where one is negative, and for more kinds than can be told apart.
    """
    return _chart(title, description, _Plan(_key("bars", title, labels, series), labels, series, unit), first, _bars)


def lines(
    title: str, description: str, labels: Sequence[str], series: Sequence[Series], unit: str = "", first: str = "Period"
) -> Chart:
    """Lines over time, broken where a value is not shown. ValueError as for `bars`."""
    return _chart(title, description, _Plan(_key("lines", title, labels, series), labels, series, unit), first, _lines)


def said(value: Value, unit: str = "") -> str:
    """A value in words: "1,204", "12.5%", "3 drivers"."""
    if value is None:
        return NOT_SHOWN
    number = f"{value:,.1f}".removesuffix(".0") if isinstance(value, float) else f"{value:,}"
    return f"{number}{'' if unit in ('', '%') else ' '}{unit}"


def _key(kind: str, title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    facts = repr((kind, title, list(labels), [(one.name, list(one.values)) for one in series]))
    return f"chart-{sha256(facts.encode('utf-8', 'backslashreplace')).hexdigest()[:10]}"


def _chart(title: str, description: str, plan: _Plan, first: str, draw: _Draw) -> Chart:
    if not 0 < len(plan.series) <= MOST_SERIES:
        raise ValueError(f"a chart shows one to {MOST_SERIES} kinds of values")
    if not plan.labels or any(len(one.values) != len(plan.labels) for one in plan.series):
        raise ValueError("each label needs one value of each kind")
    if any(value is not None and not 0 <= value < math.inf for one in plan.series for value in one.values):
        raise ValueError("a chart shows no negative and no endless values")
    legend = LINE * len(plan.series) + 10 if len(plan.series) > 1 else 0
    height, drawn = draw(plan, legend)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="quiz-chart__drawing" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="{plan.key}-title {plan.key}-text" font-family="{FONTS}" font-size="{SIZE}">'
        f'<title id="{plan.key}-title">{_safe(title)}</title><desc id="{plan.key}-text">{_safe(description)}</desc>'
        f"{''.join(drawn)}</svg>"
    )
    rows = ((label, *(said(one.values[at], plan.unit) for one in plan.series)) for at, label in enumerate(plan.labels))
    return Chart(title, description, svg, (first, *(one.name for one in plan.series)), tuple(rows))


def _bars(plan: _Plan, y: int) -> tuple[int, Iterator[str]]:
    """Label above label, each with its bars below it."""
    heads = [_wrapped(label, WIDTH) for label in plan.labels]
    each = len(plan.series) * (BAR + 4) + 12
    return y + sum(LINE * len(head) + each for head in heads), _bars_drawn(plan, heads, y)


def _bars_drawn(plan: _Plan, heads: Sequence[Sequence[str]], y: int) -> Iterator[str]:
    for number, fill in enumerate(FILLS[: len(plan.series)]):
        name = f'<pattern id="{plan.key}-{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        yield f"<defs>{name}{fill}</pattern></defs>"
    for number, one in enumerate(plan.series):
        if len(plan.series) > 1:
            yield _bar(plan, number, LINE * number + 3, 28, 14)
            yield _text(36, LINE * number + 16, one.name)
    for at, head in enumerate(heads):
        for line in head:
            y += LINE
            yield _text(0, y - 4, line, weight="bold")
        for number, one in enumerate(plan.series):
            value = one.values[at]
            long = 0 if value is None else round(value / plan.top * LONGEST, 1)
            if long:
                yield _bar(plan, number, y + 3, long, BAR - 2)
            yield _text(long + (10 if long else 1), y + 19, said(value, plan.unit))
            y += BAR + 4
        y += 12


def _bar(plan: _Plan, number: int, y: float, long: float, high: int) -> str:
    return (
        f'<rect class="quiz-chart__bar" x="1" y="{y}" width="{long}" height="{high}" '
        f'fill="url(#{plan.key}-{number})" stroke="{BLUE}"/>'
    )


def _lines(plan: _Plan, y: int) -> tuple[int, Iterator[str]]:
    """A field with a scale on its left and the labels below."""
    step = _step(plan.top)
    top = step * math.ceil(plan.top / step)
    room = (WIDTH - LEFT - RIGHT) / max(len(plan.labels) - 1, 1)
    every = math.ceil(ROOM / room)  # not each label of a long row has room
    feet = [
        (at, _wrapped(label, min(room * every, 2 * RIGHT) - LETTER))
        for at, label in enumerate(plan.labels)
        if at % every == 0
    ]
    height = y + LINE + FIELD + LINE * (max(len(foot) for _, foot in feet) + 1)
    return height, _lines_drawn(plan, feet, (step, top), y + LINE)


def _lines_drawn(
    plan: _Plan, feet: Sequence[tuple[int, Sequence[str]]], scale: tuple[float, float], y: int
) -> Iterator[str]:
    step, top = scale
    for tick in range(round(top / step) + 1):
        level = round(y + FIELD * (1 - tick * step / top), 1)
        thick = 0.5 if tick else 1.5
        yield f'<path d="M{LEFT - 20} {level}H{WIDTH - RIGHT + 20}" stroke="{GREY}" stroke-width="{thick}"/>'
        words = said(_whole(tick * step), "%" if plan.unit == "%" else "")
        yield _text(LEFT - 26, level + 5, words, anchor="end")
    for at, foot in feet:
        for number, line in enumerate(foot, 1):
            yield _text(_across(plan, at), y + FIELD + LINE * number + 4, line, anchor="middle")
    for number, one in enumerate(plan.series):
        if len(plan.series) > 1:
            yield _line(number, [(2, LINE * number + 10), (50, LINE * number + 10)])
            yield _mark(number, 26, LINE * number + 10)
            yield _text(60, LINE * number + 16, one.name)
        points = [
            None if value is None else (_across(plan, at), round(y + FIELD * (1 - value / top), 1), value)
            for at, value in enumerate(one.values)
        ]
        for there, run in groupby(points, bool):
            if there:
                yield _line(number, [point[:2] for point in run if point])
        for x, level, value in filter(None, points):
            yield _mark(number, x, level)
            below = number % 2 == 1 and level + 23 < y + FIELD  # never on the labels
            words = said(value, "%" if plan.unit == "%" else "")
            yield _text(x, round(level + (23 if below else -11), 1), words, anchor="middle", halo=True)


def _across(plan: _Plan, at: int) -> float:
    """How far to the right the label of that number stands; a single one stands in the middle."""
    if len(plan.labels) == 1:
        return WIDTH / 2
    return round(LEFT + at * (WIDTH - LEFT - RIGHT) / (len(plan.labels) - 1), 1)


def _step(top: float) -> float:
    """The distance of the lines of a scale: 1, 2 or 5 times a power of ten, so that there are at most five."""
    power = 10.0 ** math.floor(math.log10(top / TICKS))
    step = next(power * times for times in (1, 2, 5, 10) if power * times * TICKS >= top * (1 - 1e-9))
    return max(step, 1.0) if top >= 1 else step


def _whole(value: float) -> Value:
    return int(value) if value == int(value) else value


def _line(number: int, points: Sequence[tuple[float, float]]) -> str:
    way = " ".join(f"{x},{y}" for x, y in points)
    return (
        f'<polyline class="quiz-chart__line" points="{way}" fill="none" stroke="{BLUE}" stroke-width="2.5" '
        f'stroke-dasharray="{DASHES[number]}"/>'
    )


def _mark(number: int, x: float, y: float) -> str:
    fill = BLUE if number % 2 == 0 else "#fff"
    return f'<path d="{MARKS[number]}" transform="translate({x} {y})" fill="{fill}" stroke="{BLUE}" stroke-width="2"/>'


def _text(x: float, y: float, words: str, anchor: str = "start", weight: str = "normal", halo: bool = False) -> str:
    around = ' stroke="#fff" stroke-width="4" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}" fill="currentColor"{around}>'
        f"{_safe(words)}</text>"
    )


def _wrapped(words: str, room: float) -> list[str]:
    return textwrap.wrap(words, max(6, int(room / LETTER))) or [""]


def _safe(words: str) -> str:
    return escape(UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", words))
