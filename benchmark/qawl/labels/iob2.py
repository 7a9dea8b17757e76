"""One role of a document as IOB2 labels, and back.

A flat labelling gives every token one label, so it cannot hold all that attributions say. What it
holds is settled by four rules:

1. Tokens are the words of :mod:`qawl.words` and, each for itself, the marks between them. A word
   that a boundary cuts (a glued clitic) belongs to every span that touches it.
2. A part becomes one chunk for each maximal run of words that it touches, so that a discontinuous
   part gives several. A chunk begins and ends with a word: marks inside it belong to it, marks at
   its edges do not. A part without words (marks alone) gives no chunk.
3. Equal chunks of several attributions are one chunk (the repetitions are *shared*).
4. Of chunks that share words the longest stays, of equally long ones the first; so of nested
   quotes the outermost. The others are *lost*.

Every stretch of words of every part is a chunk, shared, or lost; nothing vanishes uncounted. The
encoding is IOB2 of Tjong Kim Sang & Veenstra (1999): every chunk begins with ``B-``, also one that
touches its neighbour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import UNSET

from qawl.scoring.parts import Units
from qawl.scoring.side import ROLES, Role
from qawl.words import MARK, classes, code_points, word_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.records import Document, Span, Spans

OUTSIDE = "O"
LAYERS: tuple[Role, ...] = ROLES
"""The roles that can be labelled, each in a labelling of its own."""


class Flat(NamedTuple):
    """One role of a document, flattened.

    Attributes:
        chunks: ``[first, last)`` in words, ascending, none overlapping.
        shared: how many stretches of words repeat a chunk that another attribution has.
        lost: how many are in no chunk, because a longer one lies there or they hold no word.
    """

    chunks: list[Span]
    shared: int
    lost: int


class Layout:
    """The tokens of a text; both sides of a comparison are labelled over the same one.

    Attributes:
        text: the text.
        tokens: its words and marks in order, as spans in code points.
    """

    def __init__(self, text: str) -> None:
        words = word_spans(text)
        marks = np.flatnonzero(classes(code_points(text)) == MARK).tolist()
        self.text = text
        self.tokens: list[Span] = sorted([*words, *((at, at + 1) for at in marks)])
        place = {span: number for number, span in enumerate(self.tokens)}
        self._place_of_word = [place[span] for span in words]
        self._units = Units([text], "word")

    def words(self) -> list[str]:
        """The tokens as strings; none is empty or holds white space."""
        return [self.text[start:end] for start, end in self.tokens]

    def flatten(self, parts: Sequence[Spans]) -> Flat:
        """Choose the chunks that labels can show.

        Args:
            parts: of one role, the spans of each attribution, in code points.

        Raises:
            WrongSpansError: for spans out of range, reversed, empty or overlapping in one part.
        """
        count = len(self._place_of_word)
        found = self._units.parts(parts, np.zeros(len(parts), np.int64))
        runs = list(zip(found.start.tolist(), found.end.tolist(), strict=True))
        taken = bytearray(count)
        chunks: list[Span] = []
        # What is no word is numbered behind the words.
        for first, last in sorted({run for run in runs if run[0] < count}, key=_longest_first):
            if taken.find(1, first, last) < 0:
                taken[first:last] = b"\1" * (last - first)
                chunks.append((first, last))
        kept = set(chunks)
        lost = sum(run not in kept for run in runs)
        return Flat(sorted(chunks), len(runs) - len(chunks) - lost, lost)

    def labels(self, flat: Flat, layer: Role) -> list[str]:
        """The label of every token."""
        made = [OUTSIDE] * len(self.tokens)
        for first, last in flat.chunks:
            begin, end = self._place_of_word[first], self._place_of_word[last - 1] + 1
            made[begin:end] = [f"B-{layer}", *[f"I-{layer}"] * (end - begin - 1)]
        return made


def _longest_first(run: Span) -> tuple[int, int]:
    first, last = run
    return first - last, first


def parts_of(document: Document, layer: Role) -> list[Spans]:
    """The spans of a role of every attribution; an answer that is left out is an empty part."""
    found = (getattr(item, layer) for item in document.attributions)
    return [() if spans is UNSET else spans for spans in found]


def words_and_labels(document: Document, layer: Role) -> tuple[list[str], list[str]]:
    """The tokens of a document and their IOB2 labels in one layer.

    Args:
        document: with its text.
        layer: ``quote``, ``cue`` or ``speaker``.

    Returns:
        Two lists of the same length: words and marks, and ``O``, ``B-<layer>`` or ``I-<layer>``.

    Raises:
        ValueError: if there is no such layer, no text, or a span that is none.
    """
    _refuse_unknown(layer)
    layout = Layout(text_of(document))
    return layout.words(), layout.labels(layout.flatten(parts_of(document, layer)), layer)


def to_spans(document: Document, labels: Iterable[str], layer: Role) -> Spans:
    """The chunks of a labelling as spans.

    Args:
        document: with its text.
        labels: one for every token of :func:`words_and_labels`.
        layer: which layer they are labels of.

    Returns:
        For each chunk ``(start, end)`` in code points, from its first token to its last.

    Raises:
        ValueError: if there are too few or too many, if one is no IOB2 label of the layer, or if
            an ``I-`` begins a chunk: strict scorers drop such a chunk without a word. What a
            tagger put out can be mended by :func:`repaired` first.
    """
    _refuse_unknown(layer)
    tokens, given = Layout(text_of(document)).tokens, list(labels)
    if len(given) != len(tokens):
        raise ValueError(f"{document.id}: {len(given)} labels for {len(tokens)} tokens")
    spans: list[Span] = []
    before = OUTSIDE
    for place, ((start, end), label) in enumerate(zip(tokens, given, strict=True)):
        if label == f"B-{layer}":
            spans.append((start, end))
        elif label == f"I-{layer}" and before != OUTSIDE:
            spans[-1] = (spans[-1][0], end)
        elif label == f"I-{layer}":
            raise ValueError(f"{document.id}: label {place} is {label} and begins a chunk")
        elif label != OUTSIDE:
            raise ValueError(f"{document.id}: label {place} is {label!r}, no label of {layer}")
        before = label
    return tuple(spans)


def repaired(labels: Iterable[str]) -> list[str]:
    """The labels with every ``I-`` that begins a chunk turned into ``B-``.

    This is how conlleval (CoNLL-2000) reads them. Nothing else is changed.
    """
    made: list[str] = []
    for label in labels:
        goes_on = bool(made) and made[-1][:1] in ("B", "I") and made[-1][2:] == label[2:]
        made.append(f"B-{label[2:]}" if label.startswith("I-") and not goes_on else str(label))
    return made


def text_of(document: Document) -> str:
    """The text of a document.

    Raises:
        ValueError: if it has none.
    """
    if document.text is UNSET:
        raise ValueError(f"document {document.id} has no text")
    return str(document.text)


def _refuse_unknown(layer: str) -> None:
    if layer not in LAYERS:
        raise ValueError(f"no layer {layer!r}; there are {', '.join(LAYERS)}")
