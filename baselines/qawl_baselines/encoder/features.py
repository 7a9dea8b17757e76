"""A document made ready for the model: tokens in windows, and for training what is gold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qawl_baselines.encoder import layers, linking, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Document, Span

ROLES = ("cue", "speaker")
_ENDS = re.compile(r"[.!?؟\n]")


class Shape(NamedTuple):
    """How documents are cut.

    Attributes:
        size: tokens of a window, special ones not counted.
        stride: from one window's beginning to the next one's, in tokens.
        frame: the special tokens around a window.
    """

    size: int
    stride: int
    frame: windows.Frame


class Input(NamedTuple):
    """A text as the model reads it.

    Attributes:
        words: spans in code points.
        ids: of its tokens, special ones left out.
        windows: how these are cut.
        sentences: for each word how many sentences end before it.
    """

    words: list[Span]
    ids: NDArray[np.int64]
    windows: windows.Windows
    sentences: NDArray[np.int64]


class Example(NamedTuple):
    """A text with what the model is to say of it.

    Attributes:
        input: the text.
        labels: shape ``(words, layers)``.
        pairs: by role, what its quotes are compared with.
        wanted: by role, the probabilities; shape ``(quotes, 1 + candidates)``.
    """

    input: Input
    labels: NDArray[np.int64]
    pairs: tuple[linking.Pairs, ...]
    wanted: tuple[NDArray[np.float32], ...]


def make_input(tokenizer: Any, shape: Shape, text: str, words: list[Span]) -> Input:
    """Make a text ready."""
    tokens = windows.tokenise(tokenizer, text, words)
    cut = windows.cut(tokens, shape.size, shape.stride)
    return Input(words, tokens.ids, cut, sentence_numbers(text, words))


def sentence_numbers(text: str, words: Sequence[Span]) -> NDArray[np.int64]:
    """For each word how many sentences end before it: full stops and the like, and line ends."""
    ends = [match.start() for match in _ENDS.finditer(text)]
    return np.searchsorted(ends, np.array([start for start, _ in words], np.int64))


def make_example(tokenizer: Any, shape: Shape, document: Document) -> Example:
    """Make a gold document ready.

    Raises:
        ValueError: if it has no text.
    """
    seen = layers.layered(document)
    given = make_input(tokenizer, shape, str(document.text), seen.words)
    quotes = [link.quote for link in seen.links]
    chosen = ([link.cues for link in seen.links], [link.speakers for link in seen.links])
    compared = candidates(given, quotes, seen.labels)
    goals = tuple(linking.wanted(p, c) for p, c in zip(compared, chosen, strict=True))
    return Example(given, seen.labels, compared, goals)


def candidates(
    given: Input, quotes: Sequence[Span], labels: NDArray[np.int64]
) -> tuple[linking.Pairs, ...]:
    """By role, what quotes are compared with when a document is labelled so."""
    return tuple(
        linking.pairs(quotes, layers.chunks(labels[:, layers.LAYERS.index(role)]), given.sentences)
        for role in ROLES
    )
