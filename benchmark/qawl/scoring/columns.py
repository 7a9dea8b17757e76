"""What documents say, field by field: flat arrays and lists in place of a record a span.

Arrays are made while the records are still in the processor's cache; then the records can go.
"""

from __future__ import annotations

from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from msgspec import UNSET
from msgspec.structs import astuple

from qawl.records import QUOTE_TYPES, Attribution

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    from qawl.records import Document, Spans

NO_TYPE = -1
_TYPE_CODES: dict[object, int] = {name: number for number, name in enumerate(QUOTE_TYPES)}
_FIELDS = Attribution.__struct_fields__
# JSON knows integers of any size. No text is as long as this.
_FAR = 1 << 62
Column = TypeVar("Column")


class Spread(NamedTuple):
    """The spans of many parts, one behind the other.

    Attributes:
        counts: how many spans each part has; shape ``(parts,)``.
        offset: their starts and ends in turn, in code points; shape ``(2 * spans,)``.
    """

    counts: NDArray[np.int64]
    offset: NDArray[np.int64]

    @property
    def owner(self) -> NDArray[np.int64]:
        """For each span the number of its part."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def single(self) -> Spread:
        """Every span a part of its own."""
        return Spread(np.ones(len(self.offset) // 2, np.int64), self.offset)

    def parts(self) -> list[Spans]:
        """The spans of every part, as in a record."""
        offset = self.offset.tolist()
        spans = list(zip(offset[0::2], offset[1::2], strict=True))
        bounds = np.concatenate([[0], np.cumsum(self.counts)]).tolist()
        return [tuple(spans[low:high]) for low, high in pairwise(bounds)]


def spread(parts: Sequence[Spans]) -> Spread:
    """Parts as arrays; an offset that 64 bits do not hold becomes one that is out of any range."""
    count = np.fromiter(map(len, parts), np.int64, len(parts))
    flat = chain.from_iterable(chain.from_iterable(parts))
    try:
        return Spread(count, np.fromiter(flat, np.int64, 2 * int(count.sum())))
    except OverflowError:
        kept = [min(max(o, -1), _FAR) for spans in parts for span in spans for o in span]
        return Spread(count, np.array(kept, np.int64))


class Columns(NamedTuple):
    """Some documents, their attributions, entities and distractors, one behind the other.

    Attributes:
        texts: of the documents.
        metas: of the documents.
        attributions: how many each document has.
        quote: of the attributions, as are the following.
        cue: empty where it is not answered.
        speaker: empty where it is not answered.
        mention: empty where it is not given.
        no_cue: attributions that leave the cue unanswered.
        no_speaker: attributions that leave the speaker unanswered.
        type: its place in ``QUOTE_TYPES``, or ``NO_TYPE``.
        entity: the id that an attribution gives, or unset.
        name: the name that an attribution gives, or unset.
        entities: how many each document has.
        ids: of the entities, as are the following.
        names: their names.
        kinds: their kinds.
        mentions: their mentions.
        distractors: how many each document has.
        marked: the distractors' spans.
        why: the distractors' kinds.
    """

    texts: list[Any]
    metas: list[dict[str, Any]]
    attributions: NDArray[np.int64]
    quote: Spread
    cue: Spread
    speaker: Spread
    mention: Spread
    no_cue: NDArray[np.bool_]
    no_speaker: NDArray[np.bool_]
    type: NDArray[np.int64]
    entity: list[object]
    name: list[object]
    entities: NDArray[np.int64]
    ids: list[str]
    names: list[str]
    kinds: list[str]
    mentions: Spread
    distractors: NDArray[np.int64]
    marked: Spread
    why: list[str]


def columns(documents: Sequence[Document]) -> Columns:
    """The columns of some documents."""
    attributions, items = _flat([document.attributions for document in documents])
    entities, sources = _flat([document.entities for document in documents])
    distractors, marked = _flat([document.distractors for document in documents])
    # All fields of all attributions in turn: a third of what asking for each field costs.
    fields = list(chain.from_iterable(map(astuple, items)))
    said = {name: fields[place :: len(_FIELDS)] for place, name in enumerate(_FIELDS)}
    cue, no_cue = _answers(said["cue"])
    speaker, no_speaker = _answers(said["speaker"])
    mention, _ = _answers(said["mention"])
    return Columns(
        texts=[document.text for document in documents],
        metas=[document.meta for document in documents],
        attributions=attributions,
        quote=spread(said["quote"]),
        cue=cue,
        speaker=speaker,
        mention=mention,
        no_cue=no_cue,
        no_speaker=no_speaker,
        # An unset type is no key, so it finds none.
        type=np.fromiter(map(_TYPE_CODES.get, said["type"], repeat(NO_TYPE)), np.int64, len(items)),
        entity=said["entity"],
        name=said["name"],
        entities=entities,
        ids=[source.id for source in sources],
        names=[source.name for source in sources],
        kinds=[source.kind for source in sources],
        mentions=spread([source.mentions for source in sources]),
        distractors=distractors,
        marked=spread([(item.span,) for item in marked]),
        why=[item.kind for item in marked],
    )


def _flat(lists: list[tuple[Column, ...]]) -> tuple[NDArray[np.int64], list[Column]]:
    counts = np.fromiter(map(len, lists), np.int64, len(lists))
    return counts, list(chain.from_iterable(lists))


def _answers(given: list[Any]) -> tuple[Spread, NDArray[np.bool_]]:
    """Parts, those that are unset being empty, and which are unset."""
    unset = given.count(UNSET)
    if unset == len(given):
        nothing = Spread(np.zeros(len(given), np.int64), np.zeros(0, np.int64))
        return nothing, np.ones(len(given), bool)
    found = spread([spans or () for spans in given] if unset else given)
    missing: NDArray[np.bool_] = found.counts == (0 if unset else -1)
    empty = np.flatnonzero(missing)
    missing[empty] = [given[number] is UNSET for number in empty.tolist()]
    return found, missing
