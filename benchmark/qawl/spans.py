"""Arithmetic on spans: all in code points, half open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.records import Span, Spans


# Above this many comparisons sorting pays.
_FEW = 16


def overlap(first: Sequence[Span], second: Sequence[Span]) -> bool:
    """Whether two parts share a character."""
    if len(first) * len(second) > _FEW:
        index = Index(first)
        return any(index.overlaps(span) for span in second)
    for a, b in first:
        for c, d in second:
            if a < d and c < b:
                return True
    return False


def covers(outer: Sequence[Span], inner: Span) -> bool:
    """Whether one stretch of ``outer`` holds the whole of ``inner``."""
    return any(a <= inner[0] and inner[1] <= b for a, b in outer)


class Index:
    """Spans that are asked about often: sorted once, every question a search."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def overlaps(self, other: Span) -> bool:
        """Whether a span shares a character with ``other``."""
        before = bisect_left(self._starts, other[1])
        return before > 0 and self._reach[before - 1] > other[0]

    def covers(self, inner: Span) -> bool:
        """Whether one span holds the whole of ``inner``."""
        before = bisect_right(self._starts, inner[0])
        return before > 0 and self._reach[before - 1] >= inner[1]


def canonical(spans: Iterable[Span]) -> Spans:
    """The same characters as sorted stretches that neither overlap nor touch."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
