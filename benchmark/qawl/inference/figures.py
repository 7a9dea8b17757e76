"""Figures from many sums of counts at once: what :class:`qawl.scoring.Figure` says, in arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from qawl.scoring.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from qawl.inference.resampling import Sums
    from qawl.scoring.measures import Measure

Which = Literal["value", "precision", "recall"]


def values(
    sums: Sums, measures: Sequence[str], which: Which = "value"
) -> Iterator[NDArray[np.float64]]:
    """F1 (or the rate, or precision, or recall) in every sample, measure by measure.

    One measure at a time stays in the processor's cache, and few need all arrays at once.

    Args:
        sums: of four columns a measure, in the order of the measures.
        measures: the names.
        which: ``value`` is F1, and for rates the rate.

    Yields:
        Arrays of shape ``(samples,)``.
    """
    for number, name in enumerate(measures):
        yield _value(sums, 4 * number, MEASURES[name], which)


def asked(sums: Sums, number: int) -> NDArray[np.bool_]:
    """Samples in which a measure is asked anything; in the others its figure says nothing.

    Args:
        sums: as for :func:`values`.
        number: the place of the measure.
    """
    found: NDArray[np.bool_] = (sums[4 * number + 1] > 0) | (sums[4 * number + 3] > 0)
    return found


def _value(sums: Sums, at: int, measure: Measure, which: Which) -> NDArray[np.float64]:
    right, predicted = sums[at], sums[at + 1]
    if measure.scale != 1:
        right = right / measure.scale
    if measure.kind == "rate":
        return _ratio(right, predicted, None)
    gold = sums[at + 3]
    if which == "value" and sums.place[at] == sums.place[at + 2]:
        # The same arithmetic as Figure.f1, so that equal counts give equal bits.
        whole = predicted + gold
        return np.divide(2 * right, whole, out=np.ones_like(whole), where=whole > 0)
    precision = _ratio(right, predicted, gold)
    if which == "precision":
        return precision
    found = sums[at + 2] / measure.scale
    recall = _ratio(found, gold, predicted)
    if which == "recall":
        return recall
    both = precision + recall
    apart = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    whole = predicted + gold
    joint = np.divide(2 * right, whole, out=np.ones_like(whole), where=whole > 0)
    return np.where(right == found, joint, apart)


def _ratio(
    part: NDArray[np.float64], whole: NDArray[np.float64], other: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    empty = np.zeros_like(part) if other is None else np.where(other > 0, 0.0, 1.0)
    return np.divide(part, whole, out=empty, where=whole > 0)
