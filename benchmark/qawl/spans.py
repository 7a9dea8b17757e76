"""Arithmetic on spans: all in code points, half open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.records import Span, Spans


def overlap(first: Sequence[Span], second: Sequence[Span]) -> bool:
    """Whether two parts share a character."""
    return any(a < d and c < b for a, b in first for c, d in second)


def covers(outer: Sequence[Span], inner: Span) -> bool:
    """Whether one stretch of ``outer`` holds the whole of ``inner``."""
    return any(a <= inner[0] and inner[1] <= b for a, b in outer)


def canonical(spans: Iterable[Span]) -> Spans:
    """The same characters as sorted stretches that neither overlap nor touch."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
