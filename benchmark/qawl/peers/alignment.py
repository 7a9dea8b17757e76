"""One prediction serves one gold attribution: the alignment that mends the peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl.scoring.assignment import assign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Key = tuple[object, ...]
    Places = tuple[int, int]

WHOLE = 1 << 40
"""A whole credit, so that fractions are compared as integers."""
FINE = (1 << 30) - 1
"""The most that a tie-break may be."""


class Worth(NamedTuple):
    """What a pair is worth, in the order in which it is weighed; no credit: no pair.

    ``alike`` and ``agree`` are at most ``FINE``, so that a million of them stay below the next.
    """

    credit: int
    alike: int = 0
    agree: int = 0

    @property
    def weight(self) -> int:
        """All three as one number."""
        return (self.credit << 100) + (self.alike << 50) + self.agree


def one_to_one(
    first: Sequence[Key], second: Sequence[Key], worth: Callable[[int, int], Worth]
) -> list[Places]:
    """The pairs of greatest worth in which nothing is used twice, whatever the order of the sides.

    Args:
        first: what the items of one side are; equal keys are interchangeable.
        second: the same for the other side.
        worth: of the pair of two places.
    """
    weights = {
        (a, b): value.weight
        for a in range(len(first))
        for b in range(len(second))
        if (value := worth(a, b)).credit > 0
    }
    chosen: list[Places] = []
    for knot in _knots(weights):
        rows = sorted({a for a, _ in knot}, key=first.__getitem__)
        columns = sorted({b for _, b in knot}, key=second.__getitem__)
        gain = [[weights.get((row, column), 0) for column in columns] for row in rows]
        for row, place in zip(rows, assign(gain), strict=True):
            if place is not None and (row, columns[place]) in weights:
                chosen.append((row, columns[place]))
    return sorted(chosen)


def _knots(pairs: Iterable[Places]) -> list[list[Places]]:
    """The pairs in groups that share no item."""
    knots: list[list[Places]] = []
    for pair in pairs:
        near = [knot for knot in knots if any(pair[0] == a or pair[1] == b for a, b in knot)]
        joined = [pair, *(other for knot in near for other in knot)]
        knots = [knot for knot in knots if knot not in near] + [joined]
    return knots


def share(common: int, whole: int, unit: int = WHOLE) -> int:
    """A fraction as an integer, rounded down."""
    return common * unit // whole if whole else 0
