"""Paired tests: exact where that can be computed, honest where nothing differs."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.inference.comparison import Comparison, compare, holm, randomisation
from qawl.inference.intervals import Interval
from qawl.scoring.result import figure
from support.rows import rates, result, rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = "given-quote.entity"
ROUNDS = 4000


def p_value(
    ours: NDArray[np.int64], theirs: NDArray[np.int64], measure: str, resamples: int = ROUNDS
) -> float:
    tables = [table.reshape(len(table), -1) for table in (ours, theirs)]
    (found,) = randomisation(tables[0], tables[1], [measure], resamples, 1)
    return found


def exact(ours: NDArray[np.int64], theirs: NDArray[np.int64], measure: str) -> float:
    """The share of all exchanges whose difference is at least the one seen."""

    def difference(signs: tuple[int, ...]) -> float:
        kept = np.array(signs, bool)[:, None, None]
        totals = [
            np.where(kept, a, b).sum(axis=(0, 1)) for a, b in ((ours, theirs), (theirs, ours))
        ]
        first, second = (figure(measure, total).value for total in totals)
        return abs(second - first)

    seen = difference((1,) * len(ours))
    every = [difference(signs) for signs in product((0, 1), repeat=len(ours))]
    return sum(value >= seen - 1e-12 for value in every) / len(every)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("measure", ["quote.exact", RATE])
def test_p_is_that_of_all_exchanges_of_eight_documents(seed: int, measure: str) -> None:
    drawn = np.random.default_rng(seed)
    gold = drawn.integers(1, 6, 8)

    def system(skill: float) -> NDArray[np.int64]:
        right = drawn.binomial(gold, skill)
        extra = 0 if measure == RATE else drawn.integers(0, 3, 8)
        asked = gold if measure == RATE else right + extra
        return np.stack([right, asked, right, gold], axis=1)[:, None, :]

    ours, theirs = system(0.4), system(0.8)
    wanted = exact(ours, theirs, measure)
    error = 4 * np.sqrt(wanted * (1 - wanted) / ROUNDS) + 1 / ROUNDS
    assert p_value(ours, theirs, measure) == pytest.approx(wanted, abs=float(error))


def test_the_same_system_is_no_different() -> None:
    table = rows((1, 2, 2), (0, 1, 0), (3, 3, 4))
    assert p_value(table, table, "quote.exact") == 1
    (row,) = compare([result(table), result(table)], ["a", "b"], resamples=200)
    assert (row.difference, row.interval, row.p_adjusted) == (0, (0, 0), 1)
    assert row.verdict() == row.verdict(alpha=1) == "no difference shown"


@pytest.mark.parametrize("resamples", [99, 999])
def test_a_huge_difference_has_the_smallest_p_that_there_is(resamples: int) -> None:
    worst, best = rates([0] * 60), rates([1] * 60)
    (row,) = compare([result(worst, [RATE]), result(best, [RATE])], ["a", "b"], resamples=resamples)
    assert row.p == 1 / (resamples + 1)
    assert (row.difference, row.interval) == (1, (1, 1))
    assert row.verdict() == "better"
    (back,) = compare(
        [result(best, [RATE]), result(worst, [RATE])], ["a", "b"], resamples=resamples
    )
    assert (back.p, back.difference, back.verdict()) == (row.p, -1, "worse")


def test_of_a_rate_of_errors_the_lower_is_better() -> None:
    worst, best = rates([1] * 60), rates([0] * 60)
    (row,) = compare([result(worst, ["alarms"]), result(best, ["alarms"])], ["a", "b"])
    assert (row.difference, row.verdict()) == (-1, "better")


def test_false_alarms_are_as_rare_as_alpha_says() -> None:
    """300 pairs of systems of equal skill: about one in twenty is called different. Nominal: 5 %.

    600 rounds of the test; the bounds are three standard errors of 300 tries.
    """
    drawn = np.random.default_rng(3)
    alarms = misses = 0
    for seed in range(300):
        gold = drawn.integers(1, 5, 30)
        tables = []
        for _ in range(2):
            right = drawn.binomial(gold, 0.5)
            tables.append(np.stack([right, right + 1, right, gold], axis=1)[:, None, :])
        (row,) = compare(
            [result(tables[0]), result(tables[1])], ["a", "b"], resamples=600, seed=seed
        )
        alarms += row.verdict(0.05) != "no difference shown"
        misses += not row.interval.low <= 0 <= row.interval.high
    assert 4 <= alarms <= 27
    assert misses <= 30


def test_holm_by_hand() -> None:
    """Sorted .005 .01 .03 .04 times 4 3 2 1: .02 .03 .06 and, never falling, .06."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.6]) == [1.0, 1.0]
    assert holm([0.02]) == [0.02]
    assert holm([]) == []
    assert holm([0.02, 0.02]) == [0.04, 0.04]


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_never_lowers_a_p_and_keeps_their_order(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    for before, after in zip(p_values, adjusted, strict=True):
        assert before <= after <= 1
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert [adjusted[i] for i in order] == sorted(adjusted)
    assert holm(p_values[::-1]) == pytest.approx(adjusted[::-1])


def test_the_correction_is_over_all_rows_of_the_table() -> None:
    names = ["quote.exact", "cue.exact"]
    drawn = np.random.default_rng(4)
    tables = [drawn.integers(0, 3, (25, 2, 1)) + np.array([0, 3, 0, 3]) for _ in range(3)]
    for table in tables:
        table[:, :, 2] = table[:, :, 0]
    found = compare([result(table, names) for table in tables], ["a", "b", "c"], resamples=300)
    assert [(row.system, row.measure) for row in found] == [
        ("b", "quote.exact"), ("b", "cue.exact"), ("c", "quote.exact"), ("c", "cue.exact"),
    ]  # fmt: skip
    assert [row.p_adjusted for row in found] == holm([row.p for row in found])


@pytest.mark.parametrize(
    "change",
    [{"hash": "1" * 64}, {"documents": 2}, {"policy": "exact"}, {"dice": 0.4}, {"version": "0"}],
)
def test_systems_scored_on_something_else_are_not_compared(change: dict[str, object]) -> None:
    one = result(rows((1, 1, 1)))
    signature = replace(one.signature, **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="same gold"):
        compare([one, replace(one, signature=signature)], ["a", "b"])


def test_systems_scored_by_other_measures_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same"):
        compare([result(rows((1, 1, 1))), result(rows((1, 1, 1)), [RATE])], ["a", "b"])


def test_the_name_of_the_gold_does_not_matter() -> None:
    one = result(rows((1, 1, 1), (0, 1, 1)))
    other = replace(one, signature=replace(one.signature, gold="elsewhere"))
    assert len(compare([one, other], ["a", "b"], resamples=10)) == 1


def test_no_documents_show_no_difference() -> None:
    none = result(np.zeros((0, 1, 4)))
    (row,) = compare([none, none], ["a", "b"], resamples=10)
    assert (row.p, row.verdict()) == (1, "no difference shown")


def test_one_seed_gives_one_table() -> None:
    drawn = np.random.default_rng(9).integers(0, 2, (2, 30))
    both = [result(rates(some), [RATE]) for some in drawn]
    first = compare(both, ["a", "b"], resamples=100, seed=5)
    assert compare(both, ["a", "b"], resamples=100, seed=5) == first
    assert compare(both, ["a", "b"], resamples=100, seed=6) != first


@pytest.mark.parametrize(
    ("p", "difference", "wanted"),
    [
        (0.05, 0.1, "better"),
        (0.0501, 0.1, "no difference shown"),
        (0.0, -0.1, "worse"),
        (0.0, 0.0, "no difference shown"),
    ],
)
def test_a_verdict_needs_a_difference_and_a_small_p(
    p: float, difference: float, wanted: str
) -> None:
    row = Comparison("b", "quote.exact", 0.5, 0.5, difference, Interval(0, 0), p, p)
    assert row.verdict(0.05) == wanted
