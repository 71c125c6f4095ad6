"""Small numbers left out of what is published, so that no reader can work them out again.

The numbers of a report hang together: totals are sums of parts, and a part that is left out can often be had by
subtraction. So everything that is printed, and everything that a reader could work out of it (what is left of a total
when the printed parts are taken off), stands in one network of sums. A number from 1 to 4 is safe when the reader
cannot tell which of 1, 2, 3 and 4 it is: for each of them there are whole numbers for all that was left out with which
every printed sum still holds. (A total of two parts that are not nought cannot be 1: there it is 2, 3, 4 and 5, and so
on.) That is not argued but shown: such numbers are looked for, and as long as they are not found, one more number is
left out. Missing a way to fill the gaps therefore leaves out too much, never too little.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALL = range(1, 5)
PATIENCE = 4000  # steps of one search; where they do not do, more is left out


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that make it up."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Numbers by name, and the sums that readers know to hold. `unprinted` ones can only be worked out."""

    values: Mapping[str, int]
    sums: tuple[Sum, ...]
    unprinted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for one in self.sums:
            if self.values[one.total] != sum(self.values[part] for part in one.parts):
                raise ValueError(f"the parts of {one.total} do not make up their total")
        if min(self.values.values(), default=0) < 0:
            raise ValueError("a number of people is never negative")


def left_out(network: Network) -> frozenset[str]:
    """Which printed numbers must be left out: the small ones, and as few others as are needed to keep those hidden.

    Nought is always printed, and the reader knows that.
    """
    small = sorted(name for name, value in network.values.items() if value in SMALL)
    out = {name for name in small if name not in network.unprinted}
    least = {name: max(1, value) for name, value in floors(network).items()}
    for name in small:
        while not _is_safe(network, out, name, least[name]) and (more := _next(network, out, name)):
            out.add(more)
    # What was left out for one number may be more than all of them need together. The largest is given back first.
    for name in sorted(out.difference(small), key=lambda one: (-network.values[one], one)):
        fewer = out - {name}
        if all(_is_safe(network, fewer, one, least[one]) for one in small):
            out = fewer
    return frozenset(out)


def is_small(value: int) -> bool:
    """Whether a number by itself must not be printed."""
    return value in SMALL


def may_stand_apart(whole: int, parts: Iterable[int]) -> bool:
    """Whether parts that overlap (somebody may be in several) may be printed beside the whole.

    They are no sum, so they are printed all together or not at all: none of them may be small, nor what each leaves of
    the whole, nor how often they overlap.
    """
    counted = [part for part in parts if part]
    told = [*counted, *(whole - part for part in counted), sum(counted) - whole]
    return not any(is_small(value) for value in told)


def _is_safe(network: Network, out: set[str], name: str, least: int) -> bool:
    search = _Search(network, out)
    return all(search.can_be(name, value) for value in range(least, least + len(SMALL)))


def floors(network: Network) -> dict[str, int]:
    """The least that each number can be for a reader who sees nothing but which ones are printed as nought."""
    least = {name: int(bool(value) and name not in network.unprinted) for name, value in network.values.items()}
    nought = {name for name, value in network.values.items() if not value and name not in network.unprinted}
    changed = True
    while changed:
        changed = False
        for one in network.sums:
            parts = [part for part in one.parts if part not in nought]
            found = {one.total: sum(least[part] for part in parts)}
            if len(parts) == 1:
                found[parts[0]] = least[one.total]
            for name, value in found.items():
                if value > least[name]:
                    least[name], changed = value, True
    return least


def _next(network: Network, out: set[str], name: str) -> str | None:
    """The smallest printed number that stands in a sum with one that the reader has to guess on the way to `name`.

    None when all of them are left out: then nothing is known but the noughts.
    """
    free, reached, near = out | network.unprinted, {name}, [name]
    while near:
        current = near.pop()
        touching = [one for one in network.sums if current in (one.total, *one.parts)]
        around = {other for one in touching for other in (one.total, *one.parts)}
        near += [other for other in sorted(around - reached) if other in free]
        reached |= around
    shown = [one for one in reached if one not in free and network.values[one]]
    return min(shown, key=lambda one: (network.values[one], one), default=None)


class _Search:
    """Looks for other whole numbers for what is left out, with which all that is printed still holds."""

    def __init__(self, network: Network, out: set[str]) -> None:
        self.values = network.values
        self.lowest = {**dict.fromkeys(network.unprinted, 0), **dict.fromkeys(out, 1)}
        self.sums = [one for one in network.sums if any(name in self.lowest for name in (one.total, *one.parts))]
        self.of: dict[str, list[Sum]] = {name: [] for name in self.lowest}
        for one in self.sums:
            for name in (one.total, *one.parts):
                if name in self.of:
                    self.of[name].append(one)

    def can_be(self, name: str, value: int) -> bool:
        self.steps = 0
        return self._settle({name: value - self.values[name]}, list(self.of[name]))

    def _settle(self, moved: dict[str, int], waiting: list[Sum]) -> bool:
        """Make every sum hold again, by moving numbers that nobody has moved yet."""
        self.steps += 1
        while waiting and not _surplus(waiting[-1], moved):
            waiting = waiting[:-1]
        if not waiting or self.steps > PATIENCE:
            return not waiting
        broken = waiting[-1]
        surplus = _surplus(broken, moved)
        names = [name for name in (broken.total, *broken.parts) if name in self.of and name not in moved]
        for name in sorted(names, key=lambda one: (len(self.of[one]), one)):
            by = surplus if name == broken.total else -surplus
            by = max(by, self.lowest[name] - self.values[name])
            if by and self._settle({**moved, name: by}, [*waiting, *self.of[name]]):
                return True
        return False


def _surplus(one: Sum, moved: Mapping[str, int]) -> int:
    return sum(moved.get(part, 0) for part in one.parts) - moved.get(one.total, 0)
