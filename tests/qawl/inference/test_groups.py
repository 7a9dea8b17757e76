"""Who can be told apart: every pair tested, ties as shared letters."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.inference.comparison import compare, holm
from qawl.inference.groups import MOST_ROUNDS, ROUNDS, letters, pairwise, rounds_for
from support.rows import rates, result


@pytest.mark.parametrize(
    ("apart", "expected"),
    [
        ([], ["a", "a", "a"]),
        ([(0, 1), (0, 2), (1, 2)], ["a", "b", "c"]),
        ([(0, 2)], ["a", "ab", "b"]),
        ([(0, 1), (0, 2)], ["a", "b", "b"]),
        ([(0, 1)], ["a", "b", "ab"]),
    ],
)
def test_letters_by_hand(apart: list[tuple[int, int]], expected: list[str]) -> None:
    p_values = {pair: 0.01 if pair in apart else 0.5 for pair in combinations(range(3), 2)}
    assert letters(3, p_values) == expected


@given(st.integers(0, 7), st.randoms(use_true_random=False))
def test_systems_share_a_letter_exactly_when_they_cannot_be_told_apart(
    count: int, random: object
) -> None:
    p_values = {
        pair: random.choice((0.01, 0.5))  # type: ignore[attr-defined]
        for pair in combinations(range(count), 2)
    }
    found = letters(count, p_values)
    assert all(found)
    for (first, second), p in p_values.items():
        assert bool(set(found[first]) & set(found[second])) == (p > 0.05)


def test_letters_go_on_behind_z() -> None:
    p_values = dict.fromkeys(combinations(range(28), 2), 0.0)
    assert letters(28, p_values)[25:] == ["z", "a1", "b1"]


def test_every_pair_is_tested_as_compare_would_and_corrected_over_all() -> None:
    generator = np.random.default_rng(1)
    systems = [
        result(rates(generator.random(60) < share), ("alarms",)) for share in (0.2, 0.5, 0.9)
    ]
    found = pairwise(systems, "alarms")
    raw = [
        compare([systems[a], systems[b]], ["x", "y"], resamples=ROUNDS)[0].p
        for a, b in combinations(range(3), 2)
    ]
    assert list(found.values()) == holm(raw)
    assert list(found) == [(0, 1), (0, 2), (1, 2)]


def test_there_are_rounds_enough_for_the_correction() -> None:
    assert rounds_for(1) == ROUNDS
    for pairs in (300, 1000):
        smallest = 1 / (1 + rounds_for(pairs))
        assert pairs * smallest < 0.05
    assert rounds_for(10**6) == MOST_ROUNDS


def test_systems_on_different_gold_are_not_compared() -> None:
    counts = rates([1, 0])
    with pytest.raises(ValueError, match="same gold"):
        pairwise(
            [result(counts, ("alarms",)), result(counts, ("alarms",), hash="1" * 64)], "alarms"
        )


def test_one_system_alone_has_nobody_to_be_compared_with() -> None:
    assert pairwise([result(rates([1]), ("alarms",))], "alarms") == {}
    assert letters(1, {}) == ["a"]
    assert letters(0, {}) == []
