"""What the model learns of a document: IOB2 labels over words in several layers, and links.

One labelling holds no nested spans, so quotes have three layers: a stretch goes to the first layer
in which none of its words is taken, the longest stretch first. So ``quote1`` holds outermost
quotes, ``quote2`` what is quoted inside these, ``quote3`` what is quoted inside those. Equal
stretches of several attributions are one. A stretch that finds no room (the fourth of a nest) is
lost; so are cues, speakers and distractors that share words with a longer one of their layer.
:class:`Layered` counts them.

Two layers more help to tell the type: ``distractor``, the strings in marks that are no speech, and
``direct``, the words of direct quotes, which decides where marks leave the type open.

A word that a boundary cuts (a glued clitic) belongs to every span that touches it, as in
:mod:`qawl.labels`; marks of punctuation carry no labels.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import UNSET

from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from qawl.records import Document, Span

QUOTE_LAYERS = ("quote1", "quote2", "quote3")
LAYERS = (*QUOTE_LAYERS, "cue", "speaker", "distractor", "direct")
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
LABELS = 3


class Link(NamedTuple):
    """A stretch of a quote, and the stretches of the cue and of the speaker that go with it.

    All of them ``[first, last)`` in words; no stretches say that there is none.
    """

    quote: Span
    cues: list[Span]
    speakers: list[Span]


class Layered(NamedTuple):
    """A document as the model sees it.

    Attributes:
        words: spans in code points.
        labels: of shape ``(words, layers)``: OUTSIDE, BEGIN or INSIDE.
        links: for every stretch of a quote that stands in a layer.
        lost: how many stretches stand in none.
    """

    words: list[Span]
    labels: NDArray[np.int64]
    links: list[Link]
    lost: int


class Words:
    """The words of a text, to turn spans in code points into stretches of words.

    Attributes:
        spans: the words in code points.
    """

    def __init__(self, text: str) -> None:
        self.spans = word_spans(text)
        self._starts = [start for start, _ in self.spans]
        self._ends = [end for _, end in self.spans]

    def touched(self, span: Span) -> Span | None:
        """The stretch ``[first, last)`` of words that a span touches, if it touches any."""
        first, last = bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
        return (first, last) if first < last else None

    def stretches(self, spans: Iterable[Span]) -> list[Span]:
        """The stretches that spans touch; what touches no word is left out."""
        return [found for span in spans if (found := self.touched(span)) is not None]


def layered(document: Document) -> Layered:
    """The labels and links of a document with gold or predicted attributions.

    Raises:
        ValueError: if it has no text.
    """
    if document.text is UNSET:
        raise ValueError(f"document {document.id} has no text")
    words = Words(str(document.text))
    labels = np.zeros((len(words.spans), len(LAYERS)), np.int64)
    rows: list[Link] = []
    for item in document.attributions:
        cues = words.stretches(() if item.cue is UNSET else item.cue)
        speakers = words.stretches(() if item.speaker is UNSET else item.speaker)
        rows += [Link(quote, cues, speakers) for quote in words.stretches(item.quote)]
    kept, lost = _place(labels, [row.quote for row in rows], QUOTE_LAYERS)
    shown, lost_cues = _place(labels, [s for row in rows for s in row.cues], ("cue",))
    told, lost_told = _place(labels, [s for row in rows for s in row.speakers], ("speaker",))
    marked = words.stretches(item.span for item in document.distractors)
    _, lost_marked = _place(labels, marked, ("distractor",))
    verbatim = [item.quote for item in document.attributions if item.type == "direct"]
    # Of nested direct quotes the outer one says it for both.
    _place(labels, [s for quote in verbatim for s in words.stretches(quote)], ("direct",))
    links = [
        Link(row.quote, [s for s in row.cues if s in shown], [s for s in row.speakers if s in told])
        for row in rows
        if row.quote in kept
    ]
    return Layered(words.spans, labels, links, lost + lost_cues + lost_told + lost_marked)


def _place(
    labels: NDArray[np.int64], found: Sequence[Span], layers: Sequence[str]
) -> tuple[set[Span], int]:
    """Write stretches into layers; which of them found room, and how many did not."""
    placed: set[Span] = set()
    lost = 0
    for first, last in sorted(set(found), key=lambda span: (span[0] - span[1], span)):
        for layer in layers:
            column = labels[first:last, LAYERS.index(layer)]
            if not column.any():
                column[:] = INSIDE
                column[0] = BEGIN
                placed.add((first, last))
                break
        else:
            lost += 1
    return placed, lost


def chunks(column: NDArray[np.int64]) -> list[Span]:
    """The stretches that a layer's labels show, as ``[first, last)`` in words.

    INSIDE behind OUTSIDE begins a stretch, as conlleval (CoNLL-2000) reads it.
    """
    found: list[Span] = []
    before = OUTSIDE
    for place, label in enumerate(column.tolist()):
        if label == BEGIN or (label == INSIDE and before == OUTSIDE):
            found.append((place, place + 1))
        elif label == INSIDE:
            found[-1] = (found[-1][0], place + 1)
        before = label
    return found
