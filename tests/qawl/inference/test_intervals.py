"""Intervals: what they cover, what they are when little is asked, and what others make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qawl.inference.figures import Which, values
from qawl.inference.intervals import METHODS, Interval, bounds, intervals
from qawl.inference.resampling import Sums
from qawl.scoring import MEASURES
from qawl.scoring.result import figure
from support.rows import rates, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

RATE = "given-quote.entity"
COVERED = 0.9
NAMES = tuple(MEASURES)
counts = arrays.arrays(
    np.int64, st.tuples(st.integers(1, 6), st.just(len(NAMES)), st.just(4)),
    elements=st.integers(0, 4),
)  # fmt: skip


@given(counts, st.sampled_from(get_args(Which)))
def test_arrays_say_what_single_figures_say_to_the_last_bit(
    table: NDArray[np.int64], which: Which
) -> None:
    """Of slices too, where right and found differ."""
    scale = np.array([[[MEASURES[name].scale, 1, MEASURES[name].scale, 1]] for name in NAMES])
    table = table * scale.reshape(1, len(NAMES), 4)
    sums = Sums.plain(table.reshape(len(table), -1))
    for number, sample in enumerate(values(sums, NAMES, which)):
        single = [figure(NAMES[number], row) for row in table[:, number]]
        if which == "value" or single[0].kind == "rate":
            assert sample.tolist() == [one.value for one in single]
        else:
            assert sample.tolist() == [getattr(one, which) for one in single]


@pytest.mark.parametrize("method", METHODS)
def test_an_interval_covers_the_truth_about_as_often_as_it_says(method: str) -> None:
    """300 corpora of 80 documents; what is right is binomial in each. Nominal: 95 %."""
    drawn = np.random.default_rng(1)
    inside = 0
    for _ in range(300):
        asked = drawn.integers(1, 6, 80)
        right = drawn.binomial(asked, 0.3)
        table = np.stack([right, asked, right, asked], axis=1)[:, None, :]
        (found,) = intervals(table, [RATE], resamples=400, method=method)  # type: ignore[arg-type]
        inside += found.low <= 0.3 <= found.high
    assert 0.91 <= inside / 300 <= 0.985


def test_bca_is_that_of_scipy() -> None:
    """Within what two Monte Carlo runs differ by, on a skewed sample."""
    stats = pytest.importorskip("scipy.stats", reason="scipy checks BCa; nothing else needs it")
    drawn = np.random.default_rng(5)
    right = drawn.binomial(6, 0.1, 40)
    asked = np.full(40, 6)
    table = np.stack([right, asked, right, asked], axis=1)[:, None, :]

    def rate(right: NDArray[np.int64], asked: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        found: NDArray[np.float64] = right.sum(axis=axis) / asked.sum(axis=axis)
        return found

    theirs = stats.bootstrap(
        (right, asked), rate, paired=True, vectorized=True, n_resamples=9999, method="BCa",
        rng=np.random.default_rng(6),
    ).confidence_interval  # fmt: skip
    (ours,) = intervals(table, [RATE], resamples=9999, method="bca")
    (plain,) = intervals(table, [RATE], resamples=9999)
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.006)
    assert ours.high > plain.high  # the correction is visible at all


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("outcome", [0, 1])
def test_documents_that_all_agree_leave_no_doubt(method: str, outcome: int) -> None:
    (found,) = intervals(rates([outcome] * 20), [RATE], method=method)  # type: ignore[arg-type]
    assert found == (outcome, outcome)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("table", "names", "wanted"),
    [
        (np.zeros((0, 2, 4), np.int64), ("quote.exact", RATE), [(1, 1), (0, 0)]),
        (rows((1, 2, 2)), ("quote.exact",), [(0.5, 0.5)]),
        (rows((0, 0, 0), (0, 0, 0)), ("quote.exact",), [(1, 1)]),
    ],
)
def test_no_documents_or_one_or_nothing_asked(
    method: str, table: NDArray[np.int64], names: tuple[str, ...], wanted: list[Interval]
) -> None:
    assert intervals(table, names, resamples=20, method=method) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
def test_samples_without_what_is_asked_put_no_silence_into_the_interval(method: str) -> None:
    """Two of twenty documents have a mixed quote, and neither was found: F1 is 0, surely not 1."""
    table = rows((0, 1, 1), (0, 0, 1), *[(0, 0, 0)] * 18)
    assert intervals(table, ["quote.exact"], method=method) == [(0, 0)]  # type: ignore[arg-type]
    table = rows((1, 1, 1), (2, 2, 2), *[(0, 0, 0)] * 18)
    assert intervals(table, [RATE], method=method) == [(1, 1)]  # type: ignore[arg-type]


def test_bounds_are_values_of_the_sample_and_leave_as_many_out_at_either_end() -> None:
    sample = np.random.default_rng(0).permutation(1000).astype(float)
    assert bounds(sample, 0.025, 0.975) == (25, 974)
    assert bounds(sample, 0, 1) == (0, 999)
    assert bounds(np.array([7.0]), 0.025, 0.975) == (7, 7)
    for count in (39, 40, 100, 10_000):
        low, high = bounds(np.arange(count, dtype=float), (1 - 0.95) / 2, 1 - (1 - 0.95) / 2)
        assert low == count - 1 - high


def test_wider_levels_give_wider_intervals_and_the_order_of_documents_moves_little() -> None:
    table = rates(np.random.default_rng(2).integers(0, 2, 60))
    widths = []
    for level in (0.5, 0.9, 0.99):
        (found,) = intervals(table, [RATE], level=level)
        widths.append(found.high - found.low)
    assert widths == sorted(widths)
    assert widths[0] < widths[2]


@pytest.mark.parametrize(
    ("options", "word"),
    [({"method": "normal"}, "normal"), ({"level": 0}, "level"), ({"level": 1.0}, "level")],
)
def test_what_makes_no_interval_is_refused(options: dict[str, object], word: str) -> None:
    refused: Callable[..., object] = intervals
    with pytest.raises(ValueError, match=word):
        refused(rates([1]), [RATE], **options)
