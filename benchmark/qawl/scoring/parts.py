"""Parts as arrays: what a chunk of documents says, in units that can be compared.

A chunk of documents is laid out as one long text, so that one array operation serves thousands of
attributions. A *unit* is what boundaries are compared in: under the policy ``word`` a word (see
:mod:`qawl.words`), under ``exact`` a code point. A part is the set of units that its spans touch,
stored as sorted intervals ``[start, end)`` of unit numbers that neither overlap nor touch. Two
parts are equal exactly when their sets are, so the order and the splitting of spans mean nothing.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from qawl.scoring.columns import Spread, spread
from qawl.words import MARK, WORD, Places, classes, code_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Spans

Policy = Literal["word", "exact"]
POLICIES: tuple[Policy, ...] = ("word", "exact")


class Parts(NamedTuple):
    """The same role of many attributions, as sets of units.

    Attributes:
        owner: the attribution that an interval belongs to, ascending; shape ``(intervals,)``.
        start: first unit of an interval.
        end: the unit behind its last.
        size: how many units each attribution's part has; shape ``(attributions,)``.
        low: first unit of each part; of an empty one 0.
        high: the unit behind its last; of an empty one 0.
        spans: how many spans each part was given as.
        cuts: how many of their boundaries fall inside a word.
    """

    owner: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    size: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    spans: NDArray[np.int64]
    cuts: NDArray[np.int64]

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Parts of one interval, or none."""
        found: NDArray[np.bool_] = self.high - self.low == self.size
        return found


class WrongSpansError(ValueError):
    """Spans out of range, reversed, empty or overlapping, or a quote without any.

    ``documents`` are the numbers of some documents that have them.
    """

    def __init__(self, documents: list[int]) -> None:
        self.documents = documents
        super().__init__(f"wrong spans in {len(documents)} documents")


class Units:
    """Numbers the units of a chunk of texts, and turns spans of code points into units."""

    def __init__(self, texts: Sequence[str], policy: Policy) -> None:
        """Lay the texts out one behind the other.

        Args:
            texts: the documents' texts.
            policy: ``word`` or ``exact``.
        """
        # `has_wide`: whether some character takes two units of UTF-16.
        self.policy = policy
        self.lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        # One character between texts, so that no word runs from one document into the next.
        self.offsets = np.cumsum(self.lengths + 1) - self.lengths - 1
        points = code_points("\n".join(texts))
        self.has_wide = bool(points.max(initial=0) > 0xFFFF)
        self._kinds = classes(points)
        word = np.zeros(len(points) + 2, bool)
        np.equal(self._kinds, WORD, out=word[1:-1])
        self._inside = word[:-1] & word[1:]
        self._words = Places(word[:-1] < word[1:])

    @cached_property
    def _marks(self) -> Places:
        """The marks, each a unit; needed only where a span touches no word."""
        return Places(self._kinds == MARK)

    def parts(self, spans: Sequence[Spans], document: NDArray[np.int64]) -> Parts:
        """The sets of units that the parts of one role touch: see :meth:`lay_out`.

        Args:
            spans: for each attribution the spans of one role, in code points of its document.
            document: for each attribution the number of its document in the chunk.
        """
        (found,) = self.lay_out([(spread(spans), document)])
        return found

    def lay_out(self, groups: Sequence[tuple[Spread, NDArray[np.int64]]]) -> list[Parts]:
        """The sets of units that parts touch, of many groups at once.

        Args:
            groups: parts, and the number of each one's document in the chunk.

        Raises:
            WrongSpansError: naming the documents with spans that are none.
        """
        bounds = np.cumsum([0, *(len(document) for _, document in groups)])
        count = np.concatenate([some.counts for some, _ in groups])
        owner = np.repeat(np.arange(len(count)), count)
        document = np.concatenate([document for _, document in groups])[owner]
        flat = np.concatenate([some.offset for some, _ in groups])
        start, end = flat[0::2], flat[1::2]
        self._refuse_wrong(owner, start, end, document)
        offset = self.offsets[document]
        start, end = start + offset, end + offset
        cut = self._inside[start].astype(np.int64) + self._inside[end]
        cuts = np.bincount(owner, weights=cut, minlength=len(count))
        if self.policy == "word":
            owner, start, end = self._to_words(owner, start, end, len(count))
        return _split(*_canonical(owner, start, end), (count, cuts), bounds)

    def _refuse_wrong(
        self,
        owner: NDArray[np.int64],
        start: NDArray[np.int64],
        end: NDArray[np.int64],
        document: NDArray[np.int64],
    ) -> None:
        wrong = (start < 0) | (start >= end) | (end > self.lengths[document])
        if ((owner[1:] == owner[:-1]) & (start[1:] < end[:-1])).any():  # out of order, or wrong
            order = np.lexsort((start, owner))
            same = np.diff(owner[order], append=-1) == 0
            following = np.roll(start[order], -1)
            wrong[order] |= same & (following < end[order])
        if wrong.any():
            raise WrongSpansError(np.unique(document[wrong]).tolist())

    def _to_words(
        self, owner: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64], count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Words where a part touches any; else its marks; else its very code points.

        The three kinds of unit are numbered one behind the other, so they never meet.
        """
        # A word that began before the span and goes on in it is touched as well.
        first, last = self._words.before(start) - self._inside[start], self._words.before(end)
        wordless = first >= last
        if not wordless.any():
            return owner, first, last
        has_words = np.bincount(owner, weights=~wordless, minlength=count) > 0
        mark_first, mark_last = self._marks.before(start), self._marks.before(end)
        blank = mark_first >= mark_last
        has_marks = np.bincount(owner, weights=~blank, minlength=count) > 0
        words, marks = len(self._words), len(self._marks)
        first = np.where(
            wordless, np.where(blank, start + words + marks, mark_first + words), first
        )
        last = np.where(wordless, np.where(blank, end + words + marks, mark_last + words), last)
        keep = ~wordless | (~has_words[owner] & (~blank | ~has_marks[owner]))
        return owner[keep], first[keep], last[keep]


def _canonical(
    owner: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Sort the intervals of each owner and merge those that overlap or touch."""
    if not ((owner[1:] == owner[:-1]) & (start[1:] <= end[:-1])).any():
        return owner, start, end
    stride = int(end.max()) + 2
    order = np.lexsort((start, owner))
    owner = owner[order]
    base = owner * stride
    low, reach = base + start[order], np.maximum.accumulate(base + end[order])
    # Owners are a stride apart, so the running maximum never reaches into the next one.
    new = np.concatenate([[True], low[1:] > reach[:-1]])
    last = np.concatenate([new[1:], [True]])
    return owner[new], low[new] - base[new], reach[last] - base[new]


def _split(
    owner: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    given: tuple[NDArray[np.int64], ...],
    bounds: NDArray[np.int64],
) -> list[Parts]:
    """Parts of each group, where ``bounds`` says at which owner it begins; ``given`` goes along."""
    count = int(bounds[-1])
    # Sums stay below 2**53, where floats are exact.
    size = np.bincount(owner, weights=end - start, minlength=count).astype(np.int64)
    low, high = np.zeros(count, np.int64), np.zeros(count, np.int64)
    low[owner[::-1]] = start[::-1]  # of several the first is written last, and stays
    high[owner] = end
    places = np.searchsorted(owner, bounds)
    found: list[Parts] = []
    for (a, b), (i, j) in zip(pairwise(bounds.tolist()), pairwise(places.tolist()), strict=True):
        per_part = [column[a:b] for column in (size, low, high, *given)]
        found.append(Parts(owner[i:j] - a, start[i:j], end[i:j], *per_part))
    return found


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


def changes(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Where a value is not the one before it, as the first is not."""
    found = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


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
    new = np.flatnonzero(changes(key))
    size = np.add.reduceat(common, new) if len(new) else common
    return Shared(key[new], size, width)


def common(
    ours: Parts, theirs: Parts, first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many units the parts of given pairs share; parts of one interval need no search."""
    end = np.minimum(ours.high[first], theirs.high[second])
    found: NDArray[np.int64] = np.maximum(end - np.maximum(ours.low[first], theirs.low[second]), 0)
    torn = np.flatnonzero(~(ours.whole[first] & theirs.whole[second]))
    if len(torn):
        found[torn] = shared(ours, theirs).at(first[torn], second[torn])
    return found


def contained(parts: Parts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of parts, sorted, the first of which holds all units of the second and others."""
    order = np.argsort(parts.low, kind="stable")
    low, high = parts.low[order], parts.high[order]
    # Most parts lie apart from all others: they begin where all before them have ended.
    crowded = np.zeros(len(order), bool)
    crowded[order[1:]] = low[1:] < np.maximum.accumulate(high)[:-1]
    crowded[order[:-1]] |= low[1:] < high[:-1]
    some = crowded[parts.owner]
    near = parts._replace(owner=parts.owner[some], start=parts.start[some], end=parts.end[some])
    holding = shared(near, near)
    outer, inner = holding.key // holding.width, holding.key % holding.width
    held = (holding.size == parts.size[inner]) & (parts.size[outer] > parts.size[inner])
    return outer[held], inner[held]
