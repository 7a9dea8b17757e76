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
_PIECE = 1 << 14
_JOINERS = {0x200C, 0x200D, 0x00AD, 0x005F}
# Filled as characters are met: looking all 1.1 million up at import would cost half a second.
_TABLE = np.full(0x110000, _UNKNOWN, dtype=np.uint8)

# How many bits of sixteen are set, and the bits below each of them.
_ONES = (
    np.unpackbits(np.arange(1 << 16, dtype="<u2").view(np.uint8)).reshape(-1, 16).sum(1, np.uint8)
)
_BELOW = ((1 << np.arange(16)) - 1).astype(np.uint16)


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
    found = np.empty(len(points), np.uint8)
    # In pieces that stay in the cache, for indices take eight bytes each.
    for start in range(0, len(points), _PIECE):
        some = slice(start, start + _PIECE)
        np.take(_TABLE, points[some], out=found[some], mode="wrap")
    if found.max(initial=0) == _UNKNOWN:
        for point in np.unique(points[found == _UNKNOWN]).tolist():
            _TABLE[point] = _character_class(point)
        return classes(points)
    return found


def runs(inside: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends of the maximal runs of true."""
    # Comparing neighbours costs a tenth of np.diff.
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if len(inside) and inside[0]:
        edges = np.concatenate([[0], edges])
    if len(inside) and inside[-1]:
        edges = np.append(edges, len(inside))
    return edges[0::2], edges[1::2]


class Places:
    """Some places of a text, marked by true: how many of them lie before any given place.

    One bit a place and a running sum every sixteen: a third of what a sum for every place costs.
    """

    def __init__(self, marked: NDArray[np.bool_]) -> None:
        # One word of bits more than there are, for the question about the very end.
        packed = np.zeros(2 * (len(marked) // 16 + 1), np.uint8)
        bits = np.packbits(marked, bitorder="little")
        packed[: len(bits)] = bits
        self._bits = packed.view("<u2")
        self._sums = np.concatenate([[0], np.cumsum(_ONES[self._bits], dtype=np.int64)])

    def __len__(self) -> int:
        return int(self._sums[-1])

    def before(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many marked places are below each ``place``, 0 to the length of the text."""
        word = place >> 4
        found: NDArray[np.int64] = self._sums[word] + _ONES[self._bits[word] & _BELOW[place & 15]]
        return found


def word_spans(text: str) -> list[Span]:
    """The words of the text in order, as spans in code points."""
    starts, ends = runs(classes(code_points(text)) == WORD)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def words_of(text: str, spans: Sequence[Span]) -> list[str]:
    """The words that the spans touch, each once, in the order of the text."""
    touched = Index(spans)
    return [text[start:end] for start, end in word_spans(text) if touched.overlaps((start, end))]
