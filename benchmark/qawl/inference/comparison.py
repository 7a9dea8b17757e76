"""Are two systems different? Paired, by document, with a correction for asking often."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl.inference.figures import asked, values
from qawl.inference.intervals import LEVEL, Interval, bounds, some
from qawl.inference.resampling import RESAMPLES, SEED, Sums, swaps, weights
from qawl.scoring.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.scoring import Result

ALPHA = 0.05
# Equal differences must count as equal although they come from different sums.
_TOLERANCE = 1e-12


class Comparison(NamedTuple):
    """One measure of one system against the baseline.

    Attributes:
        system: name of the system.
        measure: name of the measure.
        baseline: value of the baseline, the first system.
        value: value of the system.
        difference: value - baseline.
        interval: of the difference, by paired bootstrap.
        p: two-sided (or of being worse), by approximate randomisation, with the +1 (Phipson & Smyth
            2010).
        p_adjusted: the same after Holm's correction over all rows of the table.
    """

    system: str
    measure: str
    baseline: float
    value: float
    difference: float
    interval: Interval
    p: float
    p_adjusted: float

    def verdict(self, alpha: float = ALPHA) -> str:
        """``better``, ``worse`` or ``no difference shown``; a tie is called a tie."""
        if self.p_adjusted > alpha or not self.difference:
            return "no difference shown"
        higher = MEASURES[self.measure].better == "higher"
        return "better" if (self.difference > 0) == higher else "worse"


def compare(
    results: Sequence[Result],
    names: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    level: float = LEVEL,
    worse: bool = False,
) -> list[Comparison]:
    """Compare every system with the first.

    Args:
        results: of the same measures on the same documents.
        names: of the systems.
        resamples: samples of the bootstrap and rounds of the test.
        seed: of both.
        level: of the intervals.
        worse: let ``p`` speak of being worse alone (one-sided), not of being different.

    Raises:
        ValueError: if the results cannot be compared.
    """
    check_comparable(results)
    first = results[0]
    raw: list[Comparison] = []
    for name, result in zip(names[1:], results[1:], strict=True):
        raw += _against(first, result, name, resamples, seed, level, worse)
    adjusted = holm([row.p for row in raw])
    return [row._replace(p_adjusted=p) for row, p in zip(raw, adjusted, strict=True)]


def check_comparable(results: Sequence[Result]) -> None:
    """Raise ValueError if results are not of the same measures on the same documents."""
    for result in results[1:]:
        if (
            result.measures != results[0].measures
            or result.signature.gold_part != results[0].signature.gold_part
        ):
            raise ValueError("the systems were not scored in the same way on the same gold")


def _against(
    first: Result,
    other: Result,
    name: str,
    resamples: int,
    seed: int,
    level: float,
    worse: bool,
) -> list[Comparison]:
    documents = len(first.documents)
    columns = 4 * len(first.measures)
    ours = first.rows.reshape(documents, columns)
    theirs = other.rows.reshape(documents, columns)
    drawn = weights(documents, resamples, seed)
    sums = Sums.of(drawn, ours), Sums.of(drawn, theirs)
    spread = [
        some(sample, asked(sums[0], number) | asked(sums[1], number))
        for number, sample in enumerate(_differences(*sums, first.measures))
    ]
    p_values = randomisation(ours, theirs, first.measures, resamples, seed, worse=worse)
    tail = (1 - level) / 2
    return [
        Comparison(
            name,
            measure,
            first[measure].value,
            other[measure].value,
            other[measure].value - first[measure].value,
            bounds(spread[number], tail, 1 - tail),
            p_values[number],
            1.0,
        )
        for number, measure in enumerate(first.measures)
    ]


def randomisation(
    ours: NDArray[np.int64],
    theirs: NDArray[np.int64],
    measures: Sequence[str],
    resamples: int,
    seed: int,
    *,
    worse: bool = False,
) -> list[float]:
    """p-values of the differences (Noreen 1989; Yeh 2000), two-sided by default.

    In every round each document's counts change sides by the toss of a coin; p is the share of
    rounds, the observed one among them, whose difference is at least as large.

    Args:
        ours: counts of the one system, shape ``(documents, measures * 4)``.
        theirs: counts of the other.
        measures: the names.
        resamples: how many rounds.
        seed: of the coins.
        worse: count only rounds in which the other is worse by as much or more (one-sided).
    """
    total_ours, total_theirs = ours.sum(axis=0), theirs.sum(axis=0)
    moved = Sums.of(swaps(len(ours), resamples, seed), theirs - ours)
    tossed = _differences(moved.shifted(total_ours, 1), moved.shifted(total_theirs, -1), measures)
    seen = _differences(
        Sums.plain(total_ours[None, :]), Sums.plain(total_theirs[None, :]), measures
    )
    found = []
    for name, toss, real in zip(measures, tossed, seen, strict=True):
        size, least = np.abs(toss), abs(float(real[0]))
        if worse:
            sign = -1 if MEASURES[name].better == "higher" else 1
            size, least = sign * toss, sign * float(real[0])
        found.append((1 + int((size >= least - _TOLERANCE).sum())) / (1 + resamples))
    return found


def _differences(ours: Sums, theirs: Sums, measures: Sequence[str]) -> list[NDArray[np.float64]]:
    """What the second has more than the first in every sample, measure by measure."""
    pairs = zip(values(ours, measures), values(theirs, measures), strict=True)
    return [second - first for first, second in pairs]


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values that keep the family-wise error (Holm 1979), in the order given."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted = [1.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = largest
    return adjusted
