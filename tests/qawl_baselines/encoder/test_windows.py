"""Tokens matched to words, and documents cut into windows and put together again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl_baselines.encoder.windows import Tokens, Windows, cut, heads


def matched(offsets: list[tuple[int, int]], words: list[tuple[int, int]]) -> list[int]:
    found: list[int] = heads(np.array(offsets, np.int64).reshape(-1, 2), words).tolist()
    return found


@pytest.mark.parametrize(
    ("offsets", "expected"),
    [
        pytest.param([(0, 2), (2, 4), (5, 8)], [0, 2], id="pieces of words"),
        pytest.param([(0, 4), (4, 8)], [0, 1], id="a token begins with the blank"),
        pytest.param([(0, 4), (4, 5), (5, 8)], [0, 2], id="a token is the blank"),
        pytest.param([(0, 8)], [0, 0], id="a token holds both words"),
        pytest.param([(0, 4), (5, 5), (5, 8)], [0, 2], id="a token without width"),
        pytest.param([(0, 1), (0, 1), (1, 4), (5, 8)], [0, 3], id="a character in two tokens"),
        pytest.param([(5, 8)], [-1, 0], id="a word that was dropped"),
        pytest.param([(0, 4)], [0, -1], id="the last word was dropped"),
        pytest.param([], [-1, -1], id="nothing is left"),
    ],
)
def test_the_first_token_of_every_word(offsets: list[tuple[int, int]], expected: list[int]) -> None:
    assert matched(offsets, [(0, 4), (5, 8)]) == expected


def make(count: int, size: int, stride: int) -> tuple[Tokens, Windows]:
    tokens = Tokens(np.arange(count), np.arange(count))
    return tokens, cut(tokens, size, stride)


@given(st.integers(0, 200), st.integers(1, 40), st.data())
def test_windows_stitch_to_what_one_window_gives(
    count: int, size: int, data: st.DataObject
) -> None:
    tokens, windows = make(count, size, data.draw(st.integers(1, size)))
    _, (bounds, *_) = make(count, max(1, count), max(1, count))
    assert bounds == [(0, count)]
    # Whatever looks at a token alone says the same in every window.
    said = [(tokens.ids[first:last] * 7 + 1).tolist() for first, last in windows.bounds]
    read = [said[w][p] for w, p in zip(windows.window, windows.place, strict=True)]
    assert read == [7 * at + 1 for at in range(count)]
    assert all(last - first <= size for first, last in windows.bounds)


def test_a_word_is_read_where_it_has_most_context() -> None:
    _, windows = make(12, 8, 4)
    assert windows.bounds == [(0, 8), (4, 12)]
    # The edges of the text cost nothing: the first words stay in the first window.
    assert windows.window.tolist() == [0] * 6 + [1] * 6


def test_a_document_that_fits_is_one_window() -> None:
    _, windows = make(8, 8, 4)
    assert windows.bounds == [(0, 8)]
    assert windows.place.tolist() == list(range(8))


def test_windows_that_leave_gaps_are_refused() -> None:
    with pytest.raises(ValueError, match="begin every 9"):
        make(20, 8, 9)
