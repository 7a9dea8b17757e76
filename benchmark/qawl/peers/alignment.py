"""One prediction serves one gold attribution: the alignment that mends the peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl.scoring.matching import Pairs, align

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Key = tuple[object, ...]

WHOLE = 1 << 40
"""A whole credit, so that fractions are compared as integers."""
FINE = (1 << 30) - 1
"""The most that a tie-break may be."""


class Worth(NamedTuple):
    """What a pair is worth, in the order in which it is weighed; no credit: no pair.

    ``alike`` and ``agree`` are below 2**30, see :class:`qawl.scoring.matching.Pairs`.
    """

    credit: int
    alike: int = 0
    agree: int = 0


def one_to_one(
    first: Sequence[Key], second: Sequence[Key], worth: Callable[[int, int], Worth]
) -> list[tuple[int, int]]:
    """The pairs of greatest worth in which nothing is used twice, whatever the order of the sides.

    Args:
        first: what the items of one side are; equal keys are interchangeable.
        second: the same for the other side.
        worth: of the pair of two places.
    """
    found = [
        (a, b, value)
        for a in range(len(first))
        for b in range(len(second))
        if (value := worth(a, b)).credit > 0
    ]
    columns = ([(a, b, *value) for a, b, value in found]) or np.zeros((0, 5))
    pairs = Pairs(*np.array(columns, np.int64).T)
    chosen = align(pairs, first.__getitem__, second.__getitem__)
    return [found[number][:2] for number in chosen.tolist()]


def share(common: int, whole: int, unit: int = WHOLE) -> int:
    """A fraction as an integer, rounded down."""
    return common * unit // whole if whole else 0
