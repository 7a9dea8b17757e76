"""Confidence intervals by bootstrap over documents (Efron & Tibshirani 1993, chapters 13, 14)."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from qawl.inference.figures import Which, asked, values
from qawl.inference.resampling import RESAMPLES, SEED, Sums, weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Method = Literal["percentile", "bca"]
METHODS: tuple[Method, ...] = ("percentile", "bca")
LEVEL = 0.95


class Interval(NamedTuple):
    """Bounds of a confidence interval."""

    low: float
    high: float


def intervals(
    rows: NDArray[np.int64],
    measures: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    level: float = LEVEL,
    method: Method = "percentile",
    which: Which = "value",
) -> list[Interval]:
    """An interval for every measure.

    Samples in which a measure is asked nothing are left out: where few documents have what is
    asked, they would put the value of silence (1, or 0 for a rate) into the interval.

    Args:
        rows: counts, shape ``(documents, measures, 4)``; documents are what is resampled.
        measures: the names, in the order of the rows.
        resamples: how many bootstrap samples.
        seed: of the weights.
        level: how much the interval covers.
        method: ``percentile``, or ``bca`` (bias-corrected and accelerated).
        which: ``value`` (F1 or rate), ``precision`` or ``recall``.

    Raises:
        ValueError: for an unknown method, or a level that is no share.
    """
    if method not in METHODS:
        raise ValueError(f"no method {method!r}; there are {', '.join(METHODS)}")
    if not 0 < level < 1:
        raise ValueError(f"the level of an interval lies between 0 and 1, not at {level:g}")
    documents = len(rows)
    flat = rows.reshape(documents, 4 * len(measures))
    samples = _asked_values(Sums.of(weights(documents, resamples, seed), flat), measures, which)
    if method == "percentile" or documents < 2:
        tail = (1 - level) / 2
        return [bounds(sample, tail, 1 - tail) for sample in samples]
    whole = flat.sum(axis=0)
    observed = values(Sums.plain(whole[None, :]), measures, which)
    left_out = _asked_values(Sums.plain(whole[None, :] - flat), measures, which)
    return [
        _bca(sample, float(seen[0]), jack, level)
        for sample, seen, jack in zip(samples, observed, left_out, strict=True)
    ]


def _asked_values(
    sums: Sums, measures: Sequence[str], which: Which
) -> Iterator[NDArray[np.float64]]:
    for number, sample in enumerate(values(sums, measures, which)):
        yield some(sample, asked(sums, number))


def some(sample: NDArray[np.float64], which: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The values that are asked for; all, if none is."""
    return sample[which] if which.any() else sample


def bounds(sample: NDArray[np.float64], low: float, high: float) -> Interval:
    """Order statistics, not interpolated: bounds are values that some sample really had."""
    count = len(sample)
    first = min(max(int(np.floor(low * count)), 0), count - 1)
    last = min(max(int(np.ceil(high * count)) - 1, 0), count - 1)
    ordered = np.partition(sample, (first, last))
    return Interval(float(ordered[first]), float(ordered[last]))


def _bca(
    sample: NDArray[np.float64], seen: float, left_out: NDArray[np.float64], level: float
) -> Interval:
    normal = NormalDist()
    below = (np.sum(sample < seen) + 0.5 * np.sum(sample == seen)) / len(sample)
    tail = (1 - level) / 2
    if not 0 < below < 1:
        return bounds(sample, tail, 1 - tail)
    bias = normal.inv_cdf(float(below))
    apart = left_out.mean() - left_out
    spread = float((apart**2).sum()) ** 1.5
    acceleration = float((apart**3).sum()) / (6 * spread) if spread else 0.0

    def adjusted(share: float) -> float:
        z = bias + normal.inv_cdf(share)
        return normal.cdf(bias + z / (1 - acceleration * z))

    return bounds(sample, adjusted(tail), adjusted(1 - tail))
