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

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import UNSET

from qawl.names import normalised
from qawl.scoring.parts import shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.records import Entity, Spans
    from qawl.scoring.chunk import Chunk
    from qawl.scoring.parts import Parts
    from qawl.scoring.side import Side

NONE = -1


class Entities(NamedTuple):
    """The entities of a side, their documents, and which one each attribution names."""

    items: list[Entity]
    document: NDArray[np.int64]
    of: NDArray[np.int64]


def entities(side: Side) -> Entities:
    """List the entities of a side; an attribution that names none has ``NONE``."""
    counts = np.fromiter(
        (len(document.entities) for document in side.documents), np.int64, len(side.documents)
    )
    items = list(chain.from_iterable(document.entities for document in side.documents))
    known = np.repeat(np.arange(len(side.documents)), counts)
    places = {
        (document, item.id): place
        for place, (document, item) in enumerate(zip(known.tolist(), items, strict=True))
    }
    of = [
        places.get((document, item.entity or ""), NONE)
        for document, item in zip(side.document.tolist(), side.items, strict=True)
    ]
    return Entities(items, known, np.array(of, np.int64))


def _mentions(chunk: Chunk, of: Entities) -> Parts:
    spans = [item.mentions for item in of.items]
    return chunk.units.parts(spans, of.document, mentions=True)


def _given(spans: object) -> bool:
    return spans is not UNSET and spans != ()


def claims(side: Side) -> NDArray[np.bool_]:
    """Attributions that say who the source is, in any of the four ways."""
    known = entities(side)
    by_entity = [
        place != NONE and bool(known.items[place].mentions or known.items[place].name)
        for place in known.of.tolist()
    ]
    return np.array(
        [
            named or _given(item.speaker) or _given(item.mention) or bool(item.name or False)
            for named, item in zip(by_entity, side.items, strict=True)
        ],
        bool,
    )


def agree(chunk: Chunk) -> NDArray[np.bool_]:
    """Pairs whose prediction names the source of the gold attribution."""
    gold, theirs = entities(chunk.gold), entities(chunk.predicted)
    mentions = _mentions(chunk, gold)
    wanted = gold.of[chunk.first]
    known = wanted != NONE
    spans: list[Spans] = [
        item.speaker or item.mention or ()  # an unset value is false
        for item in chunk.predicted.items
    ]
    claimed = chunk.units.parts(spans, chunk.predicted.document)
    by_span = shared(mentions, claimed).at(wanted, chunk.second) > 0
    spoken = claimed.size[chunk.second] > 0
    cluster = np.where(spoken, NONE, theirs.of[chunk.second])
    right: NDArray[np.bool_] = np.where(
        spoken, by_span, _by_cluster(chunk, gold, theirs, wanted, cluster)
    )
    for pair in np.flatnonzero(known & ~spoken & ~right).tolist():
        right[pair] = _by_name(chunk, gold.items[wanted[pair]], theirs, pair)
    right &= known
    return right


def _by_cluster(
    chunk: Chunk,
    gold: Entities,
    theirs: Entities,
    wanted: NDArray[np.int64],
    cluster: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Pairs whose predicted entity has at least half of its mentions on the gold entity's."""
    counts = np.fromiter((len(item.mentions) for item in theirs.items), np.int64, len(theirs.items))
    if not counts.sum() or not (cluster != NONE).any():
        return np.zeros(len(cluster), bool)
    owner = np.repeat(np.arange(len(theirs.items)), counts)
    single = [(span,) for item in theirs.items for span in item.mentions]
    meeting = shared(
        _mentions(chunk, gold),
        chunk.units.parts(single, theirs.document[owner]),
    )
    width = max(len(theirs.items), 1)
    touched, times = np.unique(
        meeting.key // meeting.width * width + owner[meeting.key % meeting.width],
        return_counts=True,
    )
    found = dict(zip(touched.tolist(), times.tolist(), strict=True))
    hits = np.array(
        [
            found.get(g * width + p, 0)
            for g, p in zip(wanted.tolist(), cluster.tolist(), strict=True)
        ],
        np.int64,
    )
    listed = np.where(cluster == NONE, 0, counts[cluster])
    return (listed > 0) & (2 * hits >= listed)


def _by_name(chunk: Chunk, entity: Entity, theirs: Entities, pair: int) -> bool:
    number = int(chunk.second[pair])
    item = chunk.predicted.items[number]
    place = int(theirs.of[number])
    if place != NONE and theirs.items[place].mentions:
        return False
    claimed = normalised(item.name or (theirs.items[place].name if place != NONE else ""))
    if not claimed:
        return False
    text = str(chunk.gold.documents[chunk.gold.document[chunk.first[pair]]].text)
    known = {normalised(text[start:end]) for start, end in entity.mentions}
    return claimed == normalised(entity.name) or claimed in known
