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
    from collections.abc import Iterator, Sequence

    from qawl.records import MetaValue, Span
    from qawl.scoring.chunk import Chunk
    from qawl.scoring.columns import Spread
    from qawl.scoring.side import Side

Labels = list[tuple[str, ...]]
"""For each attribution the labels that it has in a field: mostly one, none, or several."""
Field = Callable[["Side", "Sequence[str]"], Labels]


def labels(field: str, chunk: Chunk) -> tuple[Labels, Labels]:
    """The labels of both sides' attributions in a field of :data:`FIELDS`, gold first."""
    texts = chunk.gold.columns.texts
    return FIELDS[field](chunk.gold, texts), FIELDS[field](chunk.predicted, texts)


def document_labels(field: str, text: str, meta: dict[str, MetaValue]) -> tuple[str, ...]:
    """The labels of a document in ``marks`` or a key of its ``meta``."""
    if field == "marks":
        families = Counter(pair.family for pair in marks.find(text).pairs)
        return (max(sorted(families), key=families.__getitem__),) if families else ("none",)
    value = meta.get(field)
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _by_type(side: Side, _: Sequence[str]) -> Labels:
    return [(QUOTE_TYPES[code],) if code >= 0 else () for code in side.type.tolist()]


def _by_cue(side: Side, texts: Sequence[str]) -> Labels:
    cues = _pieces(side, side.columns.cue, texts)
    unanswered = side.columns.no_cue.tolist()
    return [
        () if no else (cue_class(" ".join(text[start:end] for start, end in canonical(spans))),)
        for no, (spans, text) in zip(unanswered, cues, strict=True)
    ]


def _by_speaker(side: Side, _: Sequence[str]) -> Labels:
    return [
        ("implicit" if implicit else "explicit",) if answered else ()
        for implicit, answered in zip(
            side.implicit.tolist(), side.answered["speaker"].tolist(), strict=True
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
    wholes = (
        text[min(spans)[0] : max(end for _, end in spans)]
        for spans, text in _pieces(side, side.columns.quote, texts)
    )
    return [("several" if "\n" in whole.strip() else "one",) for whole in wholes]


def _by_length(side: Side, texts: Sequence[str]) -> Labels:
    """By words of the quote, whatever the policy."""
    edges, names = [5, 10, 20, 40], ["1-4", "5-9", "10-19", "20-39", "40+"]
    size = side.size("quote")
    if side.units.policy != "word":
        (parts,) = Units(texts, "word").lay_out([(side.columns.quote, side.document)])
        size = parts.size
    return [(names[place],) for place in np.searchsorted(edges, size, "right")]


def _by_entity(side: Side, _: Sequence[str]) -> Labels:
    """The kind of the source: person, organisation, group, document, unnamed."""
    kinds = side.columns.kinds
    return [(kinds[place],) if place != NONE else () for place in side.entity.tolist()]


def _pieces(
    side: Side, role: Spread, texts: Sequence[str]
) -> Iterator[tuple[tuple[Span, ...], str]]:
    """The spans of each attribution in a role, and its text."""
    return zip(role.parts(), map(texts.__getitem__, side.document.tolist()), strict=True)


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
