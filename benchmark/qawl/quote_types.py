"""The type of a quote, read off the quotation marks: direct, indirect or mixed.

The rules are those of the annotation scheme: all of the quote in marks of speech is direct, part
of it mixed, none of it indirect. Marks around a distractor do not count, and neither do marks
that belong to somebody else: a pair belongs to the smallest quote that holds all of its words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl import marks
from qawl.spans import Index, canonical
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.records import Attribution, Distractor, QuoteType, Span, Spans

# White space before a colon's quote; more of it than this is no spelling of anything.
_WIDEST_GAP = 20


class Typing(NamedTuple):
    """The type that the marks give, and whether they leave room for another.

    ``open`` is true where an unpaired mark stands in the quote, or a colon before it without
    marks may introduce verbatim speech: then the annotator's word counts.
    """

    type: QuoteType
    open: bool


def derive(
    text: str,
    attributions: Sequence[Attribution],
    distractors: Sequence[Distractor],
    pairing: marks.Pairing | None = None,
) -> list[Typing]:
    """The types of all attributions of a document, in their order.

    Args:
        text: the document's text.
        attributions: their quotes are looked at, nothing else.
        distractors: the strings in marks that are no speech.
        pairing: the text's marks, if they are known already.
    """
    words = _Words(text)
    pairing = marks.find(text) if pairing is None else pairing
    held = Index(item.span for item in distractors)
    loose = [mark.at for mark in pairing.loose if not held.covers((mark.at, mark.at + 1))]
    touched = [words.touched(item.quote) for item in attributions]
    owned: list[list[Span]] = [[] for _ in attributions]
    quotes = _Quotes(touched)
    for pair in pairing.pairs:
        if not held.covers((pair.start, pair.end)):
            inside = words.touched([(pair.start, pair.end)])
            for owner in quotes.owners(inside):
                owned[owner] += inside
    return [
        _type_of(text, item.quote, touched[index], canonical(owned[index]), loose)
        for index, item in enumerate(attributions)
    ]


class _Words:
    """Turns spans of characters into spans of words, by the words' numbers."""

    def __init__(self, text: str) -> None:
        spans = word_spans(text)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def touched(self, spans: Iterable[Span]) -> Spans:
        """The words that the spans touch, as stretches ``[first, last)`` that do not touch."""
        found = [
            (bisect_right(self._ends, start), bisect_left(self._starts, end))
            for start, end in spans
        ]
        return canonical((first, last) for first, last in found if first < last)


class _Quotes:
    """All quotes of a document, as stretches of words, to find whose a pair of marks is."""

    def __init__(self, quotes: Sequence[Spans]) -> None:
        flat = [(i, *span) for i, spans in enumerate(quotes) for span in spans]
        table = np.array(flat, dtype=np.int64).reshape(-1, 3)
        self._owner, self._first, self._last = table.T
        self._size = np.fromiter(map(_size, quotes), np.int64, len(quotes))

    def owners(self, inside: Spans) -> list[int]:
        """The smallest quotes that hold all words of a pair; else all that hold some."""
        if not inside:
            return []
        ((first, last),) = inside
        holding = self._owner[(self._first <= first) & (last <= self._last)]
        if len(holding):
            sizes = self._size[holding]
            return [int(owner) for owner in holding[sizes == sizes.min()]]
        meeting = self._owner[(self._first < last) & (first < self._last)]
        return [int(owner) for owner in np.unique(meeting)]


def _type_of(
    text: str,
    quote: Sequence[Span],
    touched: Spans,
    owned: Spans,
    loose: Sequence[int],
) -> Typing:
    inside = _shared(touched, owned)
    open_marks = bool(loose) and any(_any_within(loose, start - 1, end) for start, end in quote)
    if touched and inside == _size(touched):
        return Typing("direct", open=open_marks)
    if inside:
        return Typing("mixed", open=open_marks)
    return Typing("indirect", open=open_marks or _after_colon(text, quote))


def _size(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _shared(first: Spans, second: Spans) -> int:
    """How much two parts have in common; both sorted, neither overlapping itself."""
    total = i = j = 0
    while i < len(first) and j < len(second):
        (a, b), (c, d) = first[i], second[j]
        total += max(0, min(b, d) - max(a, c))
        if b <= d:
            i += 1
        else:
            j += 1
    return total


def _any_within(places: Sequence[int], first: int, last: int) -> bool:
    """Whether one of the sorted places lies in ``[first, last]``."""
    index = bisect_left(places, first)
    return index < len(places) and places[index] <= last


def _after_colon(text: str, quote: Sequence[Span]) -> bool:
    start = min((span[0] for span in quote), default=0)
    return text[max(0, start - _WIDEST_GAP) : start].rstrip(" \t\u00a0\n").endswith(":")
