"""Gold and predictions side by side, their parts in words: what all peers start from.

The unit is our word (:mod:`qawl.words`): a part is the set of words that its spans touch, so
punctuation and quotation marks are no units, and a boundary inside a word is widened to it. A part
that touches no word keeps its code points, numbered behind the words. What a prediction leaves
unanswered is empty here: other people's formats know no difference.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import UNSET, UnsetType

from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.records import Attribution, Document, Span, Spans

Interval: TypeAlias = tuple[int, int]
"""``[first, last)`` in numbers of words."""


class Part(NamedTuple):
    """A role of an attribution.

    Attributes:
        spans: its spans in words, in the order of the record.
        words: the words that they touch.
    """

    spans: tuple[Interval, ...]
    words: frozenset[int]

    @property
    def hull(self) -> Interval | None:
        """From the first word to the last, for formats that know one span only."""
        if not self.spans:
            return None
        return min(self.spans)[0], max(end for _, end in self.spans)


class Item(NamedTuple):
    """An attribution: its parts in words, and its type."""

    quote: Part
    cue: Part
    speaker: Part
    type: str

    def key(self) -> tuple[object, ...]:
        """What it is, whatever its place: items with equal keys are interchangeable."""
        return (*(tuple(sorted(part.words)) for part in self[:3]), self.type)


class Pair(NamedTuple):
    """A gold document and what was predicted for it; None where there is no such document."""

    gold: Document
    predicted: Document | None


class Sheet(NamedTuple):
    """A pair of documents as items."""

    gold: list[Item]
    predicted: list[Item]


def pair(
    gold: Sequence[Document], predicted: Sequence[Document], *, as_published: bool
) -> list[Pair]:
    """Bring the documents together by id, sorted by it.

    Args:
        gold: documents with their texts.
        predicted: documents of the same ids, in any order.
        as_published: of documents with one id the last counts, and those that the gold does not
            know are passed over in silence, as where files lie in folders.

    Raises:
        ValueError: for gold without text, a span that is none, and, unless ``as_published``, for
            an id that is unknown or comes twice.
    """
    ours = _by_id(gold, as_published=as_published)
    theirs = _by_id(predicted, as_published=as_published)
    unknown = sorted(theirs.keys() - ours.keys())
    if unknown and not as_published:
        raise ValueError(f"the gold has no document {unknown[0]}")
    pairs = [Pair(ours[identifier], theirs.get(identifier)) for identifier in sorted(ours)]
    for found in pairs:
        _check(found)
    return pairs


def _by_id(documents: Sequence[Document], *, as_published: bool) -> dict[str, Document]:
    found = {document.id: document for document in documents}
    if len(found) < len(documents) and not as_published:
        seen: set[str] = set()
        twice = next(d.id for d in documents if d.id in seen or seen.add(d.id))  # type: ignore[func-returns-value]
        raise ValueError(f"document {twice} comes twice")
    return found


def _check(found: Pair) -> None:
    if found.gold.text is UNSET:
        raise ValueError(f"gold document {found.gold.id} has no text")
    length = len(str(found.gold.text))
    for document in found:
        for item in document.attributions if document else ():
            for start, end in (*item.quote, *answered(item.cue), *answered(item.speaker)):
                if not 0 <= start < end <= length:
                    raise ValueError(f"document {found.gold.id}: ({start}, {end}) is no span")


def answered(spans: Spans | UnsetType) -> Spans:
    """The spans of a part; none where it is unanswered."""
    return () if isinstance(spans, UnsetType) else spans


def sheets(
    gold: Sequence[Document], predicted: Sequence[Document], *, as_published: bool
) -> Iterator[Sheet]:
    """The documents as items, in words; see :func:`pair` for what is refused."""
    for found in pair(gold, predicted, as_published=as_published):
        words = _Words(str(found.gold.text))
        theirs = found.predicted.attributions if found.predicted else ()
        yield Sheet(
            [words.item(item) for item in found.gold.attributions],
            [words.item(item) for item in theirs],
        )


class _Words:
    """The words of a text, for turning spans of code points into spans of words."""

    def __init__(self, text: str) -> None:
        found = word_spans(text)
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def item(self, attribution: Attribution) -> Item:
        """An attribution in words."""
        return Item(
            self._part(attribution.quote),
            self._part(answered(attribution.cue)),
            self._part(answered(attribution.speaker)),
            "" if isinstance(attribution.type, UnsetType) else attribution.type,
        )

    def _part(self, spans: Spans) -> Part:
        found = [self._touched(span) for span in spans]
        worded = tuple((first, last) for first, last in found if first < last)
        if spans and not worded:
            behind = len(self._starts) + 1  # not next to the last word
            worded = tuple((behind + start, behind + end) for start, end in spans)
        return Part(worded, frozenset(word for span in worded for word in range(*span)))

    def _touched(self, span: Span) -> Interval:
        return bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
