"""Where words begin and end: the one definition that validator and scorer share.

A *word* is a maximal run of letters, combining marks, digits, low lines, tatweel and zero-width
joiners. White space and the invisible controls of direction separate words and are nothing
themselves. Every other character (punctuation, quotation marks, symbols, emoji) is a *mark*.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from qawl.spans import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Span

BLANK, MARK, WORD = 0, 1, 2
_UNKNOWN = 255
_JOINERS = {0x200C, 0x200D, 0x00AD, 0x005F}
# Filled as characters are met: looking all 1.1 million up at import would cost half a second.
_TABLE = np.full(0x110000, _UNKNOWN, dtype=np.uint8)


def _character_class(point: int) -> int:
    if point in _JOINERS:
        return WORD
    category = unicodedata.category(chr(point))
    if category[0] in "LMN":
        return WORD
    return BLANK if category[0] in "ZC" else MARK


def code_points(text: str) -> NDArray[np.uint32]:
    """The text as an array of its code points, shape ``(len(text),)``."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def classes(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """BLANK, MARK or WORD for every code point; same shape as ``points``."""
    found = _TABLE[points]
    if (found == _UNKNOWN).any():
        for point in np.unique(points[found == _UNKNOWN]).tolist():
            _TABLE[point] = _character_class(point)
        found = _TABLE[points]
    return found


def word_spans(text: str) -> list[Span]:
    """The words of the text in order, as spans in code points."""
    is_word = (classes(code_points(text)) == WORD).astype(np.int8)
    edges = np.flatnonzero(np.diff(is_word, prepend=0, append=0))
    pairs = edges.reshape(-1, 2).tolist()
    return [(start, end) for start, end in pairs]


def words_of(text: str, spans: Sequence[Span]) -> list[str]:
    """The words that the spans touch, each once, in the order of the text."""
    touched = Index(spans)
    return [text[start:end] for start, end in word_spans(text) if touched.overlaps((start, end))]
