"""Slices: the same score over some of the attributions, derived from the gold where possible.

A field sorts attributions into labels. Both sides are sorted by the same rule, each attribution by
what it says itself: precision in a slice asks the predictions that fall into it, recall the gold
that does, over the one alignment of the whole. Fields of the document (its marks, its metadata)
sort all of its attributions at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from qawl import marks
from qawl.cue_classes import cue_class
from qawl.records import QUOTE_TYPES
from qawl.scoring.parts import Units, contained
from qawl.scoring.side import NONE
from qawl.spans import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Attribution, Document
    from qawl.scoring.chunk import Chunk
    from qawl.scoring.side import Side

Labels = list[tuple[str, ...]]
"""For each attribution the labels that it has in a field: mostly one, none, or several."""
Field = Callable[["Side", "Sequence[str]"], Labels]


def labels(field: str, chunk: Chunk) -> tuple[Labels, Labels]:
    """The labels of both sides' attributions in a field, gold first.

    Args:
        field: a name of :data:`FIELDS`, ``marks``, or a key of the gold's ``meta``.
        chunk: the documents.
    """
    texts = [str(document.text) for document in chunk.gold.documents]
    if field in FIELDS:
        derive = FIELDS[field]
        return derive(chunk.gold, texts), derive(chunk.predicted, texts)
    of_document = [document_labels(field, document) for document in chunk.gold.documents]
    return (
        [of_document[number] for number in chunk.gold.document.tolist()],
        [of_document[number] for number in chunk.predicted.document.tolist()],
    )


def document_labels(field: str, document: Document) -> tuple[str, ...]:
    """The labels of a document in ``marks`` or a key of its ``meta``."""
    if field == "marks":
        families = Counter(pair.family for pair in marks.find(str(document.text)).pairs)
        return (max(sorted(families), key=families.__getitem__),) if families else ("none",)
    value = document.meta.get(field)
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _by_type(side: Side, _: Sequence[str]) -> Labels:
    return [(QUOTE_TYPES[code],) if code >= 0 else () for code in side.type.tolist()]


def _by_cue(side: Side, texts: Sequence[str]) -> Labels:
    def of(item: Attribution, text: str) -> tuple[str, ...]:
        if not isinstance(item.cue, tuple):
            return ()
        return (cue_class(" ".join(text[start:end] for start, end in canonical(item.cue))),)

    return _each(side, texts, of)


def _by_speaker(side: Side, _: Sequence[str]) -> Labels:
    return [
        ("implicit" if implicit else "explicit",) if answered else ()
        for implicit, answered in zip(
            side.implicit.tolist(), side.answered("speaker").tolist(), strict=True
        )
    ]


def _by_nesting(side: Side, _: Sequence[str]) -> Labels:
    """``outer`` holds another attribution's quote, ``inner`` is held; one can be both."""
    outer, inner = contained(side.parts["quote"])
    outside, within = set(outer.tolist()), set(inner.tolist())
    return [
        tuple(name for name, some in (("outer", outside), ("inner", within)) if i in some)
        or ("flat",)
        for i in range(len(side))
    ]


def _by_continuity(side: Side, _: Sequence[str]) -> Labels:
    """By runs of units, not by spans: how a stretch is cut into spans means nothing."""
    runs = np.bincount(side.parts["quote"].owner, minlength=len(side))
    return [("discontinuous" if count > 1 else "continuous",) for count in runs.tolist()]


def _by_paragraphs(side: Side, texts: Sequence[str]) -> Labels:
    def of(item: Attribution, text: str) -> tuple[str, ...]:
        whole = text[min(item.quote)[0] : max(end for _, end in item.quote)]
        return ("several" if "\n" in whole.strip() else "one",)

    return _each(side, texts, of)


def _by_length(side: Side, texts: Sequence[str]) -> Labels:
    """By words of the quote, whatever the policy."""
    edges, names = [5, 10, 20, 40], ["1-4", "5-9", "10-19", "20-39", "40+"]
    size = side.size("quote")
    if side.units.policy != "word":
        quotes = [item.quote for item in side.items]
        size = Units(texts, "word").parts(quotes, side.document).size
    return [(names[place],) for place in np.searchsorted(edges, size, "right")]


def _by_entity(side: Side, _: Sequence[str]) -> Labels:
    """The kind of the source: person, organisation, group, document, unnamed."""
    return [(side.entities[place].kind,) if place != NONE else () for place in side.entity.tolist()]


def _each(
    side: Side, texts: Sequence[str], of: Callable[[Attribution, str], tuple[str, ...]]
) -> Labels:
    places = side.document.tolist()
    return [of(item, texts[place]) for item, place in zip(side.items, places, strict=True)]


FIELDS: dict[str, Field] = {
    "type": _by_type,
    "cue": _by_cue,
    "speaker": _by_speaker,
    "nesting": _by_nesting,
    "continuity": _by_continuity,
    "paragraphs": _by_paragraphs,
    "length": _by_length,
    "entity": _by_entity,
}
DOCUMENT_FIELDS = ("marks",)
