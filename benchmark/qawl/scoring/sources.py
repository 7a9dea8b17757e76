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

    from qawl.records import Document, Entity
    from qawl.scoring.chunk import Chunk
    from qawl.scoring.parts import Parts
    from qawl.scoring.side import Side


def claims(side: Side) -> NDArray[np.bool_]:
    """Attributions that say who the source is, in any of the four ways."""
    named = np.array([bool(item.mentions or item.name) for item in side.entities], bool)
    claimed = (side.size("speaker") > 0) | (side.mention.size > 0)
    known = side.entity != NONE
    claimed[known] |= named[side.entity[known]]
    rest = np.flatnonzero(~claimed).tolist()
    # An unset name and an empty one are false alike.
    claimed[rest] = [bool(side.items[number].name) for number in rest]
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
    if theirs.entities:
        right[rest] = _by_cluster(chunk, rest)
        rest = rest[~right[rest]]
    right[rest] = _by_name(chunk, rest)
    return right


def _by_cluster(chunk: Chunk, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Pairs whose predicted entity has at least half of its mentions on the gold entity's."""
    gold, theirs = chunk.gold, chunk.predicted
    touched = _touched(gold, theirs.mentions)
    width = len(theirs.entities)
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
    gold = chunk.gold
    wanted = gold.entity[chunk.first[pairs]].tolist()
    claims = _claimed(chunk.predicted, chunk.second[pairs].tolist())
    place = gold.entity_document.tolist()
    return [
        bool(claim) and _is_named(gold.entities[entity], gold.documents[place[entity]], claim)
        for entity, claim in zip(wanted, claims, strict=True)
    ]


def _is_named(entity: Entity, document: Document, claim: str) -> bool:
    """Whether an entity is called so: by its name, or by one of its mentions."""
    if normalised(entity.name) == claim:
        return True
    text = str(document.text)
    return any(normalised(text[start:end]) == claim for start, end in entity.mentions)


def _claimed(side: Side, numbers: list[int]) -> list[str]:
    """The names that predictions give, normalised; empty if they give none."""
    entities = side.entity.tolist()
    found: list[str] = []
    for number in numbers:
        name: object = side.items[number].name
        if entities[number] != NONE:
            own = side.entities[entities[number]]
            name = "" if own.mentions else name or own.name
        found.append(normalised(name) if isinstance(name, str) else "")
    return found
