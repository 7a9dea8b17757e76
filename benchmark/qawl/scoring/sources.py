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

from typing import TYPE_CHECKING

import numpy as np

from qawl.names import normalised
from qawl.scoring.parts import Shared, shared
from qawl.scoring.side import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk
    from qawl.scoring.parts import Parts
    from qawl.scoring.side import Side


def claims(side: Side) -> NDArray[np.bool_]:
    """Attributions that say who the source is, in any of the four ways."""
    said = side.columns
    claimed = (side.size("speaker") > 0) | (side.mention.size > 0)
    # Names that are unset and empty ones are false alike.
    telling = (said.mentions.counts > 0) | np.array(list(map(bool, said.names)), bool)
    known = side.entity != NONE
    claimed[known] |= telling[side.entity[known]]
    rest = np.flatnonzero(~claimed)
    claimed[rest] = [bool(said.name[number]) for number in rest.tolist()]
    return claimed


def _touched(mentions: Side, parts: Parts) -> Shared:
    """Which parts touch any mention of which entity; ``size`` is 1."""
    meeting = shared(mentions.mentions, parts)
    owner = mentions.mention_owner[meeting.key // meeting.width]
    key = np.unique(owner * meeting.width + meeting.key % meeting.width)
    return Shared(key, np.ones(len(key), np.int64), meeting.width)


def agree(chunk: Chunk) -> NDArray[np.bool_]:
    """Pairs of matching quotes whose prediction names the source of the gold attribution."""
    gold, theirs = chunk.gold, chunk.predicted
    right = np.zeros(len(chunk.first), bool)
    # Each pair is settled by the first way that its prediction uses.
    rest = np.flatnonzero(chunk.alike & (gold.entity[chunk.first] != NONE))
    for parts in (theirs.parts["speaker"], theirs.mention):
        spoken = parts.size[chunk.second[rest]] > 0
        some = rest[spoken]
        if len(some):
            wanted = gold.entity[chunk.first[some]]
            right[some] = _touched(gold, parts).at(wanted, chunk.second[some]) > 0
        rest = rest[~spoken]
    if theirs.columns.ids:
        right[rest] = _by_cluster(chunk, rest)
        rest = rest[~right[rest]]
    right[rest] = _by_name(chunk, rest)
    return right


def _by_cluster(chunk: Chunk, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Pairs whose predicted entity has at least half of its mentions on the gold entity's."""
    gold, theirs = chunk.gold, chunk.predicted
    touched = _touched(gold, theirs.mentions)
    width = len(theirs.columns.ids)
    key, times = np.unique(
        touched.key // touched.width * width + theirs.mention_owner[touched.key % touched.width],
        return_counts=True,
    )
    cluster = theirs.entity[chunk.second[pairs]]
    hits = Shared(key, times, width).at(gold.entity[chunk.first[pairs]], cluster)
    listed = np.bincount(theirs.mention_owner, minlength=width)[cluster]
    found: NDArray[np.bool_] = (cluster != NONE) & (listed > 0) & (2 * hits >= listed)
    return found


def _by_name(chunk: Chunk, pairs: NDArray[np.int64]) -> list[bool]:
    """Whether the name that each pair's prediction gives is one of the gold entity's."""
    gold = chunk.gold.columns
    wanted = chunk.gold.entity[chunk.first[pairs]]
    claims = _claimed(chunk.predicted, chunk.second[pairs].tolist())
    documents = chunk.gold.entity_document[wanted].tolist()
    offsets = gold.mentions.offset.tolist()
    bounds = [0, *np.cumsum(2 * gold.mentions.counts).tolist()]
    found: list[bool] = []
    for entity, document, claim in zip(wanted.tolist(), documents, claims, strict=True):
        right = bool(claim) and normalised(gold.names[entity]) == claim
        if claim and not right:
            text = gold.texts[document]
            for place in range(bounds[entity], bounds[entity + 1], 2):
                if normalised(text[offsets[place] : offsets[place + 1]]) == claim:
                    right = True
                    break
        found.append(right)
    return found


def _claimed(side: Side, numbers: list[int]) -> list[str]:
    """The names that predictions give, normalised; empty if they give none."""
    said, entities = side.columns, side.entity.tolist()
    found: list[str] = []
    for number in numbers:
        name, entity = said.name[number], entities[number]
        if entity != NONE:
            name = "" if said.mentions.counts[entity] else name or said.names[entity]
        found.append(normalised(name) if isinstance(name, str) else "")
    return found
