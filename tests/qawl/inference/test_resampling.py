"""Weights and signs are the same for ever, and sums of counts are exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qawl.inference import resampling
from qawl.inference.resampling import Sums, swaps, weights
from qawl.scoring.chunk import ONE

sizes = st.integers(0, 40)
seeds = st.integers(0, 2**63)


@given(sizes, st.integers(1, 30), seeds)
def test_each_sample_draws_as_many_documents_as_there_are(
    documents: int, resamples: int, seed: int
) -> None:
    drawn = weights(documents, resamples, seed)
    assert drawn.shape == (resamples, documents)
    assert (drawn.sum(axis=1) == documents).all()
    assert (drawn >= 0).all()
    assert (drawn == drawn.astype(int)).all()


@given(sizes, st.integers(1, 30), seeds)
def test_signs_are_zeros_and_ones(documents: int, resamples: int, seed: int) -> None:
    drawn = swaps(documents, resamples, seed)
    assert drawn.shape == (resamples, documents)
    assert set(np.unique(drawn).tolist()) <= {0.0, 1.0}


def test_the_first_values_are_pinned() -> None:
    """If this fails, every published interval and p-value has changed."""
    assert weights(5, 3, 1).tolist() == PINNED_WEIGHTS
    assert swaps(5, 3, 1).tolist() == PINNED_SWAPS


PINNED_WEIGHTS = [[1.0, 0.0, 2.0, 1.0, 1.0], [1.0, 2.0, 0.0, 0.0, 2.0], [0.0, 1.0, 2.0, 0.0, 2.0]]
PINNED_SWAPS = [[1.0, 1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 1.0, 1.0]]


def test_one_seed_gives_one_set_of_bytes_and_another_seed_another() -> None:
    for draw in (weights, swaps):
        first = draw(30, 50, 7).tobytes()
        draw.cache_clear()
        assert draw(30, 50, 7).tobytes() == first
        assert draw(30, 50, 8).tobytes() != first


def test_more_samples_begin_with_the_same_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (weights(7, 20, 3)[:10] == weights(7, 10, 3)).all()
    assert (swaps(7, 20, 3)[:10] == swaps(7, 10, 3)).all()
    few = weights(8, 20, 3)
    weights.cache_clear()
    monkeypatch.setattr(resampling, "_BLOCK", 24)  # three samples at a time
    assert (weights(8, 20, 3) == few).all()
    weights.cache_clear()


def test_what_is_cached_cannot_be_written_to() -> None:
    for drawn in (weights(4, 2, 0), swaps(4, 2, 0)):
        with pytest.raises(ValueError, match="read-only"):
            drawn[0, 0] = 9


def test_draws_are_even() -> None:
    """Chi-square over 20 documents: 99.9 % of even draws stay below 43.8."""
    counts = weights(20, 2000, 11).sum(axis=0)
    assert float(((counts - 2000) ** 2 / 2000).sum()) < 43.8
    assert abs(float(swaps(20, 2000, 11).mean()) - 0.5) < 0.01


columns = arrays.arrays(
    np.int64,
    st.tuples(st.integers(1, 12), st.integers(1, 9)),
    elements=st.sampled_from([0, 1, 2, 5, 1 << 13, 40 * ONE + 7, (1 << 40) + 1]),
)


@given(columns, seeds)
def test_sums_are_exact(counts: np.ndarray[tuple[int, int], np.dtype[np.int64]], seed: int) -> None:
    for drawn in (weights(len(counts), 20, seed), swaps(len(counts), 20, seed)):
        for signed in (counts, -counts, counts - counts[::-1]):
            wanted = drawn.astype(np.int64) @ signed
            sums = Sums.of(drawn, signed)
            assert len(sums) == counts.shape[1]
            for column in range(counts.shape[1]):
                assert sums[column].dtype == np.float64
                assert (sums[column].astype(np.int64) == wanted[:, column]).all()


def test_sums_are_exact_where_single_precision_ends() -> None:
    """2**24 + 1 is the first integer that single precision does not know."""
    counts = np.array([[(1 << 24) + 1], [0]], np.int64)
    drawn = np.array([[1, 1], [0, 2], [2, 0]], np.float32)
    assert Sums.of(drawn, counts)[0].tolist() == [(1 << 24) + 1, 0, (1 << 25) + 2]


def test_sums_can_be_added_to_a_total() -> None:
    counts = np.array([[1, 2], [3, 4]], np.int64)
    moved = Sums.of(np.array([[1, 0], [1, 1]], np.float32), counts)
    shifted = moved.shifted(np.array([10, 20]), -1)
    assert [shifted[0].tolist(), shifted[1].tolist()] == [[9, 6], [18, 14]]


def test_equal_columns_are_summed_once() -> None:
    counts = np.array([[1, 2, 1], [3, 4, 3]], np.int64)
    sums = Sums.plain(counts)
    assert sums.place == [0, 1, 0]
    assert sums[2].tolist() == [1, 3]
