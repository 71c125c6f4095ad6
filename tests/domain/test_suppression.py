"""Nobody can work out a small number: tried by an attacker who does not know how the numbers were left out."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from quiz.domain import suppression
from quiz.domain.suppression import SMALL, Network, Sum, left_out


def grid(rows: list[list[int]]) -> Network:
    """A table with the totals of its rows, of its columns, and of all."""
    values, sums = {}, []
    height, width = len(rows), len(rows[0])
    for y, row in enumerate(rows):
        values |= {f"{y},{x}": value for x, value in enumerate(row)} | {f"{y},all": sum(row)}
        sums.append(Sum(f"{y},all", tuple(f"{y},{x}" for x in range(width))))
    for x in range(width):
        values[f"all,{x}"] = sum(row[x] for row in rows)
        sums.append(Sum(f"all,{x}", tuple(f"{y},{x}" for y in range(height))))
    values["all,all"] = sum(map(sum, rows))
    sums.append(Sum("all,all", tuple(f"{y},all" for y in range(height))))
    sums.append(Sum("all,all", tuple(f"all,{x}" for x in range(width))))
    return Network(values, tuple(sums))


def fillings(network: Network, out: frozenset[str], most: int) -> list[dict[str, int]]:
    """Every way to fill the gaps with numbers of at least one (noughts are never left out), by trying all."""
    gaps = sorted(out)
    found = []
    for guess in product(range(1, most + 1), repeat=len(gaps)):
        values = {**network.values, **dict(zip(gaps, guess, strict=True))}
        if all(values[one.total] == sum(values[part] for part in one.parts) for one in network.sums):
            found.append(values)
    return found


def worked_out(network: Network, out: frozenset[str]) -> dict[str, tuple[Fraction, Fraction | None]]:
    """Bounds of each gap from what is printed: all sums solved for all gaps (Gauss, Jordan), then bounds passed on.

    Linear equations give what subtraction in any number of steps gives. The bounds are those that follow from each
    number being at least one, or nought where it is printed nowhere.
    """
    gaps = sorted(out | network.unprinted)
    lines = []
    for one in network.sums:
        line = [Fraction(one.parts.count(name)) - (name == one.total) for name in gaps]
        known = sum(network.values[part] for part in one.parts if part not in gaps)
        known -= network.values[one.total] if one.total not in gaps else 0
        lines.append([*line, Fraction(-known)])
    solved = _solved(lines, len(gaps))
    bounds = {name: (Fraction(0 if name in network.unprinted else 1), None) for name in gaps}
    for _ in range(60):
        before = dict(bounds)
        for line in [*lines, *solved]:
            _narrow(line, gaps, bounds)
        if bounds == before:
            break
    return bounds


def _solved(lines, width):
    lines, done = [list(line) for line in lines], 0
    for column in range(width):
        found = next((n for n in range(done, len(lines)) if lines[n][column]), None)
        if found is None:
            continue
        lines[done], lines[found] = lines[found], lines[done]
        lines[done] = [value / lines[done][column] for value in lines[done]]
        for n in range(len(lines)):
            if n != done and lines[n][column]:
                lines[n] = [a - lines[n][column] * b for a, b in zip(lines[n], lines[done], strict=True)]
        done += 1
    return lines[:done]


def _narrow(line, gaps, bounds):
    for at, name in enumerate(gaps):
        if not line[at]:
            continue
        low = high = line[-1] / line[at]
        for other, factor in zip(gaps, line, strict=False):
            share = factor / line[at]
            if other == name or not share:
                continue
            ends = bounds[other] if share > 0 else bounds[other][::-1]
            high = None if high is None or ends[0] is None else high - share * ends[0]
            low = None if low is None or ends[1] is None else low - share * ends[1]
        least, most = bounds[name]
        least = least if low is None else max(least, low)
        most = high if most is None else most if high is None else min(most, high)
        bounds[name] = (least, most)


def test_one_small_number_takes_another_with_it():
    network = Network({"all": 20, "a": 3, "b": 7, "c": 10}, (Sum("all", ("a", "b", "c")),))
    assert left_out(network) == {"a", "b"}


def test_a_total_of_parts_that_are_not_nought_cannot_be_one():
    network = grid([[1, 1], [1, 0]])
    assert suppression.floors(network)["0,all"] == 2 and four(network, "0,all") == {2, 3, 4, 5}
    assert left_out(network) == {name for name, value in network.values.items() if value}


def test_two_small_numbers_that_give_each_other_away_take_a_third():
    # 1 and 2 make 3: whoever sees 3 and knows that neither is nought has only two ways to fill the gaps.
    network = Network({"all": 20, "a": 1, "b": 2, "c": 17}, (Sum("all", ("a", "b", "c")),))
    assert len(left_out(network)) == 3
    apart = Network({"all": 25, "a": 4, "b": 4, "c": 17}, (Sum("all", ("a", "b", "c")),))
    assert left_out(apart) == {"a", "b"}  # 1 and 7 to 7 and 1


def test_nought_is_printed_and_a_lonely_small_number_is_not():
    network = Network({"all": 3, "a": 3, "b": 0}, (Sum("all", ("a", "b")),))
    assert left_out(network) == {"all", "a"}


def test_what_is_left_of_a_total_is_protected_although_it_stands_nowhere():
    network = Network(
        {"holders": 450, "with": 448, "rest": 2}, (Sum("holders", ("with", "rest")),), frozenset({"rest"})
    )
    assert left_out(network) == {"with"}
    full = Network({"holders": 450, "with": 450, "rest": 0}, (Sum("holders", ("with", "rest")),), frozenset({"rest"}))
    assert left_out(full) == frozenset()


def test_nothing_is_left_out_where_nothing_is_small():
    assert left_out(grid([[5, 0], [9, 12]])) == frozenset()


def test_parts_that_do_not_make_up_their_total_are_a_fault_of_ours():
    with pytest.raises(ValueError, match="do not make up"):
        Network({"all": 5, "a": 3, "b": 3}, (Sum("all", ("a", "b")),))


@pytest.mark.parametrize("seed", range(30))
def test_every_way_to_fill_the_gaps_of_a_small_table_is_tried(seed):
    """For each small number, each of 1, 2, 3 and 4 occurs in some filling: nobody can tell which it is."""
    chance = Random(seed)
    network = grid([[chance.choice((0, 0, 1, 2, 3, 4, 6, 9)) for _ in range(2)] for _ in range(2)])
    out = left_out(network)
    found = fillings(network, out, 22) if len(out) <= 4 else None
    if found is None:
        found = [v for v in _some_fillings(network, out)]
    for name, value in network.values.items():
        if value in SMALL:
            assert name in out
            assert {one[name] for one in found} >= four(network, name), (network.values, sorted(out), name)


def four(network: Network, name: str) -> set[int]:
    """1, 2, 3 and 4; more for a total of several parts that are not nought."""
    least = max(1, suppression.floors(network)[name])
    return set(range(least, least + 4))


def _some_fillings(network, out):
    """With many gaps: all inner numbers up to 12, their sums following; what is printed must hold."""
    inner = [f"{y},{x}" for y in range(2) for x in range(2)]
    for guess in product(range(13), repeat=4):
        again = grid([list(guess[:2]), list(guess[2:])]).values
        same = all(again[name] == value for name, value in network.values.items() if name not in out)
        if same and all(again[name] >= 1 for name in out) and inner:
            yield again


@pytest.mark.parametrize("seed", range(60))
def test_no_solving_of_equations_narrows_a_small_number_down(seed):
    chance = Random(1000 + seed)
    size = (chance.randint(2, 5), chance.randint(2, 4))
    pick = (0, 0, 1, 2, 3, 4, 5, 7, 12, 30, 80)
    network = grid([[chance.choice(pick) for _ in range(size[1])] for _ in range(size[0])])
    out = left_out(network)
    bounds = worked_out(network, out)
    for name, value in network.values.items():
        if value in SMALL:
            least, most = bounds[name]
            wanted = four(network, name)
            assert least <= min(wanted) and (most is None or most >= max(wanted)), (network.values, sorted(out), name)
        elif value == 0:
            assert name not in out


def test_the_attacker_of_these_tests_is_no_fool():
    """Leaving out the small numbers alone is undone at once; so is leaving out one in each row without its column."""
    network = grid([[2, 8], [9, 40]])
    assert worked_out(network, frozenset({"0,0"}))["0,0"] == (2, 2)
    assert worked_out(network, frozenset({"0,0", "0,1"}))["0,0"] == (2, 2)


def test_numbers_that_overlap_stand_together_or_not_at_all():
    assert suppression.may_stand_apart(20, [15, 10, 0])
    assert not suppression.may_stand_apart(20, [15, 3])
    assert not suppression.may_stand_apart(20, [18, 10])  # 2 had no more time
    assert not suppression.may_stand_apart(20, [15, 8])  # 3 had both
    assert suppression.may_stand_apart(0, [0, 0])
