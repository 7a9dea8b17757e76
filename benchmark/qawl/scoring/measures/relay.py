"""Relays: who passed on what somebody else said. Read off the containment of quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qawl.scoring.matching import Pairs, align
from qawl.scoring.measures.measure import COLUMNS, Better, Kind, add
from qawl.scoring.measures.triple import relaxed
from qawl.scoring.parts import common, contained

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk, Credit
    from qawl.scoring.side import Side


class RelayMeasure:
    """Chains of two attributions, the outer's quote holding the inner's quote and cue.

    A predicted chain is right if its outer and its inner attribution both match those of one gold
    chain as ``triple.relaxed`` has it. Chains are aligned one to one.
    """

    name = "relay"
    summary = "A relay: the outer and the inner attribution both match as relaxed triples."
    kind: Kind = "prf"
    scale = 1
    better: Better = "higher"

    def worth(self, _chunk: Chunk) -> list[Credit]:
        """Chains are aligned, not attributions."""
        return []

    def rows(self, chunk: Chunk) -> NDArray[np.int64]:
        """Counts of each document of the chunk, shape ``(documents, 4)``."""
        ours, theirs = chains(chunk.gold), chains(chunk.predicted)
        if not len(ours) and not len(theirs):
            return np.zeros((chunk.documents, len(COLUMNS)), np.int64)
        first, second = _right(chunk, ours, theirs)
        # Which of several equally good chains is taken changes no count.
        same = np.ones(len(first), np.int64)
        chosen = align(Pairs(first, second, same, same, same, first, second))
        rows = np.empty((chunk.documents, len(COLUMNS)), np.int64)
        rows[:, 0] = rows[:, 2] = _documents(chunk.gold, ours[first[chosen]], chunk.documents)
        rows[:, 1] = _documents(chunk.predicted, theirs, chunk.documents)
        rows[:, 3] = _documents(chunk.gold, ours, chunk.documents)
        return rows


def _right(
    chunk: Chunk, ours: NDArray[np.int64], theirs: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of a gold and a predicted chain whose outer and whose inner ones match."""
    in_ours, in_theirs = np.zeros(len(chunk.gold), bool), np.zeros(len(chunk.predicted), bool)
    in_ours[ours], in_theirs[theirs] = True, True
    inside = in_ours[chunk.first] & in_theirs[chunk.second]
    right = inside & relaxed(chunk) & chunk.answered(("quote", "cue", "speaker"))
    matches: dict[int, list[int]] = {}
    for gold, predicted in zip(
        chunk.first[right].tolist(), chunk.second[right].tolist(), strict=True
    ):
        matches.setdefault(gold, []).append(predicted)
    number = {(outer, inner): place for place, (outer, inner) in enumerate(theirs.tolist())}
    edges = [
        (place, number[p, q])
        for place, (outer, inner) in enumerate(ours.tolist())
        for p in matches.get(outer, ())
        for q in matches.get(inner, ())
        if (p, q) in number
    ]
    first, second = np.array(edges, np.int64).reshape(-1, 2).T
    return first, second


def chains(side: Side) -> NDArray[np.int64]:
    """The relays of a side: pairs (outer, inner) of attributions, sorted; shape ``(relays, 2)``."""
    quote, cue = side.parts["quote"], side.parts["cue"]
    outer, inner = contained(quote)
    cues = common(quote, cue, outer, inner)
    reported = (cue.size[inner] > 0) & (cues == cue.size[inner])
    return np.stack([outer[reported], inner[reported]], axis=1)


def _documents(side: Side, found: NDArray[np.int64], documents: int) -> NDArray[np.int64]:
    return np.bincount(side.document[found[:, 0]], minlength=documents)


add(RelayMeasure())
