"""The type of a quote, read off the quotation marks: direct, indirect or mixed.

The rules are those of the annotation scheme: all of the quote in marks of speech is direct, part
of it mixed, none of it indirect. Marks around a distractor do not count, and neither do marks
that belong to somebody else: a pair belongs to the smallest quote that holds all of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl import marks
from qawl.spans import covers, overlap
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Attribution, Distractor, QuoteType, Span


class Typing(NamedTuple):
    """The type that the marks give, and whether they leave room for another.

    ``open`` is true where an unpaired mark stands in the quote, or a colon before it without
    marks may introduce verbatim speech: then the annotator's word counts.
    """

    type: QuoteType
    open: bool


def derive(
    text: str, attributions: Sequence[Attribution], distractors: Sequence[Distractor]
) -> list[Typing]:
    """The types of all attributions of a document, in their order."""
    words = word_spans(text)
    pairing = marks.find(text)
    held = [item.span for item in distractors]
    speech = [pair for pair in pairing.pairs if not covers(held, (pair.start, pair.end))]
    loose = [mark for mark in pairing.loose if not covers(held, (mark.at, mark.at + 1))]
    touched = [_touched(words, item.quote) for item in attributions]
    owned: list[list[Span]] = [[] for _ in attributions]
    for pair in speech:
        inside = _touched(words, [(pair.start, pair.end)])
        for index in _owners(inside, touched):
            owned[index].append((pair.start, pair.end))
    return [
        _type_of(text, words, item.quote, touched[index], owned[index], loose)
        for index, item in enumerate(attributions)
    ]


def _touched(words: Sequence[Span], spans: Sequence[Span]) -> frozenset[int]:
    """The numbers of the words that the spans touch."""
    return frozenset(i for i, word in enumerate(words) if overlap([word], spans))


def _owners(inside: frozenset[int], touched: Sequence[frozenset[int]]) -> list[int]:
    holding = [i for i, quote in enumerate(touched) if inside and inside <= quote]
    if holding:
        least = min(len(touched[i]) for i in holding)
        return [i for i in holding if len(touched[i]) == least]
    return [i for i, quote in enumerate(touched) if inside & quote]


def _type_of(
    text: str,
    words: Sequence[Span],
    quote: Sequence[Span],
    touched: frozenset[int],
    owned: Sequence[Span],
    loose: Sequence[marks.Loose],
) -> Typing:
    inside = _touched(words, owned) & touched if owned else frozenset()
    open_marks = any(start - 1 <= mark.at <= end for start, end in quote for mark in loose)
    if touched and inside == touched:
        return Typing("direct", open=open_marks)
    if inside:
        return Typing("mixed", open=open_marks)
    return Typing("indirect", open=open_marks or _after_colon(text, quote))


def _after_colon(text: str, quote: Sequence[Span]) -> bool:
    start = min((span[0] for span in quote), default=0)
    return text[:start].rstrip(" \t\u00a0\n").endswith(":")
