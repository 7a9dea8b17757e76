"""A document as tokens of a model, in overlapping windows, and back to its words.

Long documents do not fit. They are cut into windows of at most ``size`` tokens, each beginning
``stride`` tokens behind the one before, and every word is read from the window in which it stands
most central, that is, where it has most context on its poorer side. Tokens are matched to words by
their offsets, which a fast tokenizer gives in code points of the text as it was handed over,
whatever it normalises inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Span


class Tokens(NamedTuple):
    """A text as tokens.

    Attributes:
        ids: of the tokens, special ones left out; shape ``(tokens,)``.
        heads: for each word the number of its first token; shape ``(words,)``. A word that the
            tokenizer drops (nothing but signs that it strips) has -1.
    """

    ids: NDArray[np.int64]
    heads: NDArray[np.int64]


class Frame(NamedTuple):
    """The special tokens that a model wants around its input."""

    before: list[int]
    after: list[int]


class Windows(NamedTuple):
    """A document cut up.

    Attributes:
        bounds: ``[first, last)`` in tokens, special ones not counted.
        window: for each word the number of the window that it is read from; shape ``(words,)``.
        place: for each word where its first token stands in that window, special tokens not
            counted; shape ``(words,)``. Both are -1 for a word without a token.
    """

    bounds: list[Span]
    window: NDArray[np.int64]
    place: NDArray[np.int64]


def tokenise(tokenizer: Any, text: str, words: Sequence[Span]) -> Tokens:
    """The tokens of a text, and which of them begin its words.

    Args:
        tokenizer: a fast tokenizer of transformers.
        text: the document's text.
        words: spans in code points, ascending.
    """
    encoded = tokenizer(
        text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
    )
    offsets = np.array(encoded["offset_mapping"], np.int64).reshape(-1, 2)
    ids = np.array(encoded["input_ids"], np.int64)
    return Tokens(ids, heads(offsets, words))


def heads(offsets: NDArray[np.int64], words: Sequence[Span]) -> NDArray[np.int64]:
    """For each word the first token that shares a character with it, or -1.

    Args:
        offsets: of the tokens, in code points, shape ``(tokens, 2)``; starts ascending. A token
            may begin with the blank before its word, or hold several words.
        words: spans in code points, ascending.
    """
    found = np.full(len(words), -1, np.int64)
    token = 0
    for number, (start, end) in enumerate(words):
        while token < len(offsets) and offsets[token, 1] <= start:
            token += 1
        at = token
        # Byte-level tokenizers give tokens without width; they hold no character.
        while at < len(offsets) and offsets[at, 0] == offsets[at, 1] and offsets[at, 0] < end:
            at += 1
        if at < len(offsets) and offsets[at, 0] < end and offsets[at, 1] > start:
            found[number] = at
    return found


def frame(tokenizer: Any) -> Frame:
    """The special tokens that the tokenizer puts before and behind a text."""
    encoded = tokenizer("ا", add_special_tokens=True, return_special_tokens_mask=True)
    ids, special = encoded["input_ids"], encoded["special_tokens_mask"]
    if all(special):  # the letter is unknown to it: one token, between the others
        middle = len(ids) // 2
        return Frame(ids[:middle], ids[middle + 1 :])
    first = special.index(0)
    last = len(special) - special[::-1].index(0)
    return Frame(ids[:first], ids[last:])


def cut(tokens: Tokens, size: int, stride: int) -> Windows:
    """Cut a document into windows.

    Args:
        tokens: of the document.
        size: tokens that fit into a window, special ones not counted.
        stride: from one window's beginning to the next one's, in tokens; at most ``size``.

    Raises:
        ValueError: if a word could fall between two windows.
    """
    if not 0 < stride <= size:
        raise ValueError(f"windows of {size} tokens cannot begin every {stride}")
    total = len(tokens.ids)
    bounds = [(0, min(size, total))]
    while bounds[-1][1] < total:
        first = bounds[-1][0] + stride
        bounds.append((first, min(first + size, total)))
    window, place = (np.full(len(tokens.heads), -1, np.int64) for _ in range(2))
    best = np.full(len(tokens.heads), -1, np.int64)
    for number, (first, last) in enumerate(bounds):
        inside = np.flatnonzero((tokens.heads >= first) & (tokens.heads < last))
        at = tokens.heads[inside]
        # The text's own edges are no loss of context.
        left = at - first if first else np.full_like(at, total)
        right = last - 1 - at if last < total else np.full_like(at, total)
        room = np.minimum(left, right)
        better = room > best[inside]
        best[inside[better]] = room[better]
        window[inside[better]] = number
        place[inside[better]] = at[better] - first
    return Windows(bounds, window, place)
