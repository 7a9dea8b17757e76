"""Parts as arrays: what a chunk of documents says, in units that can be compared.

A chunk of documents is laid out as one long text, so that one array operation serves thousands of
attributions. A *unit* is what boundaries are compared in: under the policy ``word`` a word (see
:mod:`qawl.words`), under ``exact`` a code point. A part is the set of units that its spans touch,
stored as sorted intervals ``[start, end)`` of unit numbers that neither overlap nor touch. Two
parts are equal exactly when their sets are, so the order and the splitting of spans mean nothing.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from qawl.words import BLANK, WORD, classes, code_points, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Spans

Policy = Literal["word", "exact"]
POLICIES: tuple[Policy, ...] = ("word", "exact")
_LARGEST = (1 << 63) - 1


class Parts(NamedTuple):
    """The same role of many attributions, as sets of units.

    Attributes:
        owner: the attribution that an interval belongs to, ascending; shape ``(intervals,)``.
        start: first unit of an interval.
        end: the unit behind its last.
        size: how many units each attribution's part has; shape ``(attributions,)``.
    """

    owner: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    size: NDArray[np.int64]


class WrongSpansError(ValueError):
    """Spans out of range, reversed, empty or overlapping, or a quote without any.

    ``documents`` are the numbers of some documents that have them.
    """

    def __init__(self, documents: list[int]) -> None:
        self.documents = documents
        super().__init__(f"wrong spans in {len(documents)} documents")


def _beyond(spans: Sequence[Spans]) -> list[int]:
    """The parts with an offset that 64 bits do not hold."""
    return [
        number
        for number, some in enumerate(spans)
        if any(abs(offset) > _LARGEST for span in some for offset in span)
    ]


class Units:
    """Numbers the units of a chunk of texts, and turns spans of code points into units."""

    def __init__(self, texts: Sequence[str], policy: Policy) -> None:
        """Lay the texts out one behind the other.

        Args:
            texts: the documents' texts.
            policy: ``word`` or ``exact``.
        """
        self.policy = policy
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self.lengths = lengths
        # One character between texts, so that no word runs from one document into the next.
        self.offsets = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]]).astype(np.int64)
        if policy == "word":
            self._kinds = classes(code_points("\n".join(texts)))
            self._words = runs(self._kinds == WORD)

    @cached_property
    def _marks(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The marks, each a unit; needed only where a span touches no word."""
        marks = np.flatnonzero((self._kinds != WORD) & (self._kinds != BLANK))
        return marks, marks + 1

    def parts(self, spans: Sequence[Spans], document: NDArray[np.int64]) -> Parts:
        """The sets of units that parts touch.

        Args:
            spans: for each attribution the spans of one role, in code points of its document.
            document: for each attribution the number of its document in the chunk.

        Raises:
            WrongSpansError: naming the documents with spans that are none.
        """
        counts = np.fromiter(map(len, spans), np.int64, len(spans))
        try:
            flat = np.fromiter(
                chain.from_iterable(chain.from_iterable(spans)), np.int64, 2 * int(counts.sum())
            )
        except OverflowError:  # JSON knows integers of any size
            raise WrongSpansError(np.unique(document[_beyond(spans)]).tolist()) from None
        single = bool((counts == 1).all())
        owner = np.arange(len(spans)) if single else np.repeat(np.arange(len(spans)), counts)
        self._refuse_wrong(owner, flat, document)
        offset = self.offsets[document[owner]]
        start, end = flat[0::2] + offset, flat[1::2] + offset
        if self.policy == "word":
            owner, start, end = self._to_words(owner, start, end, len(spans))
        return _canonical(owner, start, end, len(spans))

    def _refuse_wrong(
        self,
        owner: NDArray[np.int64],
        flat: NDArray[np.int64],
        document: NDArray[np.int64],
    ) -> None:
        start, end = flat[0::2], flat[1::2]
        wrong = (start < 0) | (start >= end) | (end > self.lengths[document[owner]])
        if len(owner) and (np.diff(owner) == 0).any():
            order = np.lexsort((start, owner))
            same = np.diff(owner[order], append=-1) == 0
            following = np.roll(start[order], -1)
            wrong[order] |= same & (following < end[order])
        if wrong.any():
            raise WrongSpansError(np.unique(document[owner[wrong]]).tolist())

    def _to_words(
        self, owner: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64], count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Words where a part touches any; else its marks; else its very code points.

        The three kinds of unit are numbered one behind the other, so they never meet.
        """
        first, last = _touched(self._words, start, end)
        wordless = first >= last
        if not wordless.any():
            return owner, first, last
        has_words = np.bincount(owner, weights=~wordless, minlength=count) > 0
        mark_first, mark_last = _touched(self._marks, start, end)
        blank = mark_first >= mark_last
        has_marks = np.bincount(owner, weights=~blank, minlength=count) > 0
        words, marks = len(self._words[0]), len(self._marks[0])
        first = np.where(
            wordless, np.where(blank, start + words + marks, mark_first + words), first
        )
        last = np.where(wordless, np.where(blank, end + words + marks, mark_last + words), last)
        keep = ~wordless | (~has_words[owner] & (~blank | ~has_marks[owner]))
        return owner[keep], first[keep], last[keep]


def _touched(
    units: tuple[NDArray[np.int64], NDArray[np.int64]],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers ``[first, last)`` of the units that ``[start, end)`` touches."""
    starts, ends = units
    return np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")


def _canonical(
    owner: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64], count: int
) -> Parts:
    """Sort the intervals of each owner and merge those that overlap or touch."""
    if len(owner) and (np.diff(owner) == 0).any():
        stride = int(end.max()) + 2
        order = np.lexsort((start, owner))
        base = owner[order] * stride
        low, reach = base + start[order], np.maximum.accumulate(base + end[order])
        # Owners are a stride apart, so the running maximum never reaches into the next one.
        new = np.concatenate([[True], low[1:] > reach[:-1]])
        last = np.concatenate([new[1:], [True]])
        owner, base = owner[order][new], base[new]
        start, end = low[new] - base, reach[last] - base
    size = np.bincount(owner, weights=end - start, minlength=count).astype(np.int64)
    return Parts(owner, start, end, size)


class Shared(NamedTuple):
    """Which parts of one side share units with which of the other: sparse, sorted by key.

    ``key`` is ``first * width + second``, where ``width`` is how many the second side has.
    """

    key: NDArray[np.int64]
    size: NDArray[np.int64]
    width: int

    def at(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many units each pair shares; 0 where a pair shares none."""
        key = first * self.width + second
        if not len(self.key):
            return np.zeros(len(key), np.int64)
        place = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        return np.where(self.key[place] == key, self.size[place], 0)


def shared(first: Parts, second: Parts) -> Shared:
    """Count the units that parts share, for all pairs that share any.

    The intervals of ``first`` are sorted by start; those that can meet an interval ``[s, e)`` of
    ``second`` start before ``e`` and lie behind the last place where everything ended by ``s``.
    Parts of different documents have different units, so they never meet.
    """
    width = max(len(second.size), 1)
    order = np.argsort(first.start, kind="stable")
    owner, start, end = first.owner[order], first.start[order], first.end[order]
    reach = np.maximum.accumulate(end) if len(end) else end
    low = np.searchsorted(reach, second.start, "right")
    high = np.searchsorted(start, second.end, "left")
    counts = np.maximum(high - low, 0)
    index = np.repeat(np.arange(len(counts)), counts)
    begins = np.cumsum(counts) - counts
    candidate = np.arange(len(index)) - begins[index] + low[index]
    common = np.minimum(end[candidate], second.end[index]) - np.maximum(
        start[candidate], second.start[index]
    )
    meet = common > 0
    key = owner[candidate[meet]] * width + second.owner[index[meet]]
    order = np.argsort(key, kind="stable")
    key, common = key[order], common[meet][order]
    new = np.flatnonzero(np.diff(key, prepend=-1))
    size = np.add.reduceat(common, new) if len(new) else common
    return Shared(key[new], size, width)
