"""Who the source is: what a prediction claims about it, and whether the gold agrees.

A prediction names its source in one of four ways, the first that it uses counting:

1. ``speaker``: spans in the sentence, 2. ``mention``: spans elsewhere. Right if a span touches any
   mention of the gold entity.
3. ``entity`` with mentions in the prediction's own ``entities``: right if at least half of them
   touch a mention of the gold entity. (Any one would do otherwise, and a system that called
   everybody one person would always be right.)
4. ``name``, or the name of such an ``entity``: right if it equals, after
   :func:`qawl.names.normalised`, the gold entity's name or one of its mentions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl.names import normalised
from qawl.scoring.parts import Shared, shared
from qawl.scoring.side import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.records import Spans
    from qawl.scoring.chunk import Chunk
    from qawl.scoring.parts import Parts
    from qawl.scoring.side import Entities, Side


def claims(side: Side) -> NDArray[np.bool_]:
    """Attributions that say who the source is, in any of the four ways."""
    if "claims" not in side.memo:
        side.memo["claims"] = _claims(side)
    return side.memo["claims"]


def _claims(side: Side) -> NDArray[np.bool_]:
    known = side.entities
    named = np.array([bool(item.mentions or item.name) for item in known.items], bool)
    claimed: NDArray[np.bool_] = known.of != NONE
    claimed[claimed] = named[known.of[claimed]]
    claimed |= side.size("speaker") > 0
    rest = np.flatnonzero(~claimed).tolist()
    # Unset values and empty ones are false alike.
    claimed[rest] = [bool(side.items[i].mention or side.items[i].name) for i in rest]
    return claimed


class Mentions(NamedTuple):
    """The mentions of a side's entities, each a part of its own, and whose they are."""

    parts: Parts
    owner: NDArray[np.int64]


def _mentions(chunk: Chunk, of: Entities) -> Mentions:
    counts = [len(item.mentions) for item in of.items]
    owner = np.repeat(np.arange(len(of.items)), counts)
    single = [(span,) for item in of.items for span in item.mentions]
    return Mentions(chunk.units.parts(single, of.document[owner]), owner)


def _touched(mentions: Mentions, parts: Parts) -> Shared:
    """Which parts touch any mention of which entity; ``size`` is 1."""
    meeting = shared(mentions.parts, parts)
    key = np.unique(
        mentions.owner[meeting.key // meeting.width] * meeting.width + meeting.key % meeting.width
    )
    return Shared(key, np.ones(len(key), np.int64), meeting.width)


def agree(chunk: Chunk) -> NDArray[np.bool_]:
    """Pairs whose prediction names the source of the gold attribution."""
    gold, theirs = chunk.gold.entities, chunk.predicted.entities
    mentions = _mentions(chunk, gold)
    wanted = gold.of[chunk.first]
    known = wanted != NONE
    # Unset values and empty ones are false alike.
    spans: list[Spans] = [item.speaker or item.mention or () for item in chunk.predicted.items]
    claimed = chunk.units.parts(spans, chunk.predicted.document)
    by_span = _touched(mentions, claimed).at(wanted, chunk.second) > 0
    spoken = claimed.size[chunk.second] > 0
    cluster = np.where(spoken, NONE, theirs.of[chunk.second])
    right: NDArray[np.bool_] = np.where(
        spoken, by_span, _by_cluster(chunk, mentions, wanted, cluster)
    )
    open_still = np.flatnonzero(known & ~spoken & ~right & chunk.alike)
    right[open_still] = _by_name(chunk, open_still)
    right &= known
    return right


def _by_cluster(
    chunk: Chunk, mentions: Mentions, wanted: NDArray[np.int64], cluster: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Pairs whose predicted entity has at least half of its mentions on the gold entity's."""
    theirs = _mentions(chunk, chunk.predicted.entities)
    if not len(theirs.owner) or not (cluster != NONE).any():
        return np.zeros(len(cluster), bool)
    touched = _touched(mentions, theirs.parts)
    width = len(chunk.predicted.entities.items)
    pairs, times = np.unique(
        touched.key // touched.width * width + theirs.owner[touched.key % touched.width],
        return_counts=True,
    )
    hits = Shared(pairs, times, width).at(wanted, cluster)
    listed = np.bincount(theirs.owner, minlength=width)[cluster]
    found: NDArray[np.bool_] = (cluster != NONE) & (listed > 0) & (2 * hits >= listed)
    return found


def _by_name(chunk: Chunk, pairs: NDArray[np.int64]) -> list[bool]:
    """Whether the name that each pair's prediction gives is one of the gold entity's."""
    gold, theirs = chunk.gold.entities, chunk.predicted.entities
    wanted = gold.of[chunk.first[pairs]].tolist()
    second = chunk.second[pairs]
    names = {place: _names(chunk, gold, place) for place in set(wanted)}
    claimed = [
        _claimed(chunk.predicted.items[number].name, theirs, place)
        for number, place in zip(second.tolist(), theirs.of[second].tolist(), strict=True)
    ]
    return [bool(name) and name in names[p] for name, p in zip(claimed, wanted, strict=True)]


def _names(chunk: Chunk, gold: Entities, place: int) -> frozenset[str]:
    entity = gold.items[place]
    text = str(chunk.gold.documents[gold.document[place]].text)
    known = (entity.name, *(text[start:end] for start, end in entity.mentions))
    return frozenset(map(normalised, known))


def _claimed(name: object, theirs: Entities, place: int) -> str:
    """The name that a prediction gives, normalised; empty if it gives none."""
    if place != NONE:
        if theirs.items[place].mentions:
            return ""
        name = name or theirs.items[place].name
    return normalised(name) if isinstance(name, str) else ""
