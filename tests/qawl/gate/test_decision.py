"""The decision: large and shown stops, small or chance passes, floors hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.gate import decide
from qawl.inference.comparison import compare, holm, randomisation
from qawl.scoring.counting import Slice
from support.rows import rates, result, rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring import Result


def systems(before: list[int], after: list[int], asked: int = 10) -> tuple[Result, Result]:
    """Two systems by what each has right in every document, of ten predicted and ten gold."""
    made = (
        result(rows(*((right, asked, asked) for right in some)), ("triple.exact",))
        for some in (before, after)
    )
    first, second = made
    return first, second


def verdict(before: list[int], after: list[int], max_drop: float = 0.01) -> str:
    (check,) = decide(*systems(before, after), max_drop=max_drop).checks
    return check.verdict


def test_a_large_drop_everywhere_is_a_regression() -> None:
    assert verdict([9] * 20, [7] * 20) == "regression"


def test_a_large_drop_in_few_documents_may_be_chance() -> None:
    """Four documents that all lose: 1/16 is the least p that flipping four coins can give."""
    assert verdict([9] * 20, [3] * 4 + [9] * 16) == "drop not shown"
    assert verdict([9] * 20, [3] * 5 + [9] * 15) == "regression"


def test_a_small_drop_passes_however_well_it_is_shown() -> None:
    assert verdict([9] * 200, [9] * 190 + [8] * 10) == "ok"
    assert verdict([9] * 200, [9] * 190 + [8] * 10, max_drop=0.001) == "regression"


def test_a_drop_of_exactly_what_is_allowed_passes() -> None:
    assert verdict([9] * 10, [8] * 10, max_drop=0.1) == "ok"
    assert verdict([9] * 10, [8] * 10, max_drop=0.0999) == "regression"


def test_getting_better_is_no_regression() -> None:
    assert verdict([3] * 20, [9] * 20) == "ok"
    (check,) = decide(*systems([3] * 20, [9] * 20)).checks
    assert check.drop == pytest.approx(-0.6)
    assert check.p == 1.0


def test_where_lower_is_better_a_rise_is_the_drop() -> None:
    quiet, loud = (result(rates([side] * 20), ("alarms",)) for side in (0, 1))
    (check,) = decide(quiet, loud).checks
    assert (check.drop, check.verdict) == (1.0, "regression")
    assert (check.low, check.high) == (1.0, 1.0)
    assert decide(loud, quiet).passed


@given(st.lists(st.integers(0, 10), min_size=1, max_size=30))
def test_a_system_never_regresses_against_itself(right: list[int]) -> None:
    found = decide(*systems(right, right), max_drop=0.0, rounds=100)
    assert found.passed
    assert found.checks[0].p == 1.0
    assert found.documents == ()


@given(st.lists(st.integers(0, 10), min_size=6, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_documents_decides_nothing(right: list[int], random: object) -> None:
    """Results come sorted by id; a permutation of the ids changes coins, not the value."""
    worse = [max(0, count - 3) for count in right]
    order = list(range(len(right)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first = decide(*systems(right, worse), rounds=100).checks[0]
    second = decide(
        *systems([right[i] for i in order], [worse[i] for i in order]),
        rounds=100,
    ).checks[0]
    assert first.drop == pytest.approx(second.drop)


def test_one_sided_p_is_about_half_of_the_two_sided() -> None:
    generator = np.random.default_rng(3)
    before = generator.integers(4, 9, 40)
    after = before - generator.integers(-1, 3, 40)
    ours, theirs = (
        rows(*((int(right), 10, 10) for right in some)).reshape(40, 4) for some in (before, after)
    )
    names = ("triple.exact",)
    (two,) = randomisation(ours, theirs, names, 20_000, 1)
    (one,) = randomisation(ours, theirs, names, 20_000, 1, worse=True)
    (other,) = randomisation(theirs, ours, names, 20_000, 1, worse=True)
    assert one == pytest.approx(two / 2, rel=0.3)
    assert other == pytest.approx(1.0, abs=0.02)


def _sliced(right: NDArray[np.int64]) -> Result:
    """A result with two slices, each of half of the documents."""
    counts = np.stack([right, np.full_like(right, 10)] * 2, axis=1)[:, None, :]
    whole = result(counts, ("triple.exact",))
    half = len(right) // 2
    slices = []
    for label, some in (("direct", slice(0, half)), ("indirect", slice(half, None))):
        inside = np.zeros(len(right), bool)
        inside[some] = True
        part = counts * inside[:, None, None]
        slices.append(Slice("type", label, ("triple.exact",), part, inside))
    return replace(whole, slices=tuple(slices))


def test_slices_are_checked_and_corrected_together() -> None:
    before = np.full(40, 8)
    after = before.copy()
    after[20:] = 6
    found = decide(_sliced(before), _sliced(after))
    names = [(check.name, check.verdict) for check in found.checks]
    assert names == [
        ("triple.exact", "regression"),
        ("triple.exact where type = direct", "ok"),
        ("triple.exact where type = indirect", "regression"),
    ]
    assert [check.p_adjusted for check in found.checks] == holm([c.p for c in found.checks])


def test_a_slice_that_only_predictions_fall_into_is_no_check() -> None:
    whole = _sliced(np.full(40, 8))
    less = replace(whole, slices=whole.slices[:1])
    assert [check.label for check in decide(whole, less).checks] == ["", "direct"]
    assert [check.label for check in decide(less, whole).checks] == ["", "direct"]


@pytest.mark.parametrize(
    ("floor", "passed"), [(0.79, True), (0.8, True), (0.81, False), (1.0, False)]
)
def test_a_floor_needs_no_test(floor: float, passed: bool) -> None:
    same = systems([8] * 3, [8] * 3)
    found = decide(*same, floors={"triple.exact": floor})
    assert found.passed is passed
    assert found.floors[0].passed is passed


def test_of_a_rate_the_floor_is_a_ceiling() -> None:
    loud = result(rates([1, 1, 0, 0]), ("alarms",))
    assert decide(loud, loud, floors={"alarms": 0.5}).passed
    assert not decide(loud, loud, floors={"alarms": 0.4}).passed


def test_only_what_is_asked_for_is_checked() -> None:
    counts = np.concatenate(
        [rows((9, 10, 10), (9, 10, 10)), rows((9, 10, 10), (9, 10, 10))], axis=1
    )
    made = result(counts, ("triple.exact", "quote.exact"))
    found = decide(made, made, checked=["triple.exact"], floors={"quote.exact": 0.5})
    assert [check.measure for check in found.checks] == ["triple.exact"]


def test_too_few_rounds_are_refused_instead_of_passing_everything() -> None:
    before, after = _sliced(np.full(40, 9)), _sliced(np.full(40, 1))
    assert not decide(before, after, rounds=60).passed
    with pytest.raises(ValueError, match="at least 60"):
        decide(before, after, rounds=58)


def test_what_was_not_scored_alike_is_not_compared() -> None:
    one = result(rates([1]), ("alarms",))
    other = result(rates([1]), ("alarms",), hash="1" * 64)
    with pytest.raises(ValueError, match="same gold"):
        decide(one, other)


def test_the_interval_is_the_one_that_compare_gives() -> None:
    first, second = systems([9, 8, 7, 9, 8], [7, 8, 7, 6, 8])
    (row,) = compare([first, second], ["a", "b"], resamples=500)
    (check,) = decide(first, second, rounds=500).checks
    assert (check.low, check.high) == (-row.interval.high, -row.interval.low)
    assert check.drop == -row.difference
