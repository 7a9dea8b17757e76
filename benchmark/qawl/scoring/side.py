"""One side of a chunk, gold or predictions, as arrays."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from msgspec import UNSET

from qawl.records import QUOTE_TYPES
from qawl.scoring.parts import WrongSpansError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Attribution, Document, Entity
    from qawl.scoring.parts import Parts, Units

Role = Literal["quote", "cue", "speaker"]
ROLES: tuple[Role, ...] = ("quote", "cue", "speaker")
_TYPE_CODES = {name: number for number, name in enumerate(QUOTE_TYPES)}
NO_TYPE = NONE = -1


class Entities(NamedTuple):
    """The entities of a side, their documents, and which one each attribution names."""

    items: list[Entity]
    document: NDArray[np.int64]
    of: NDArray[np.int64]


class Side:
    """The attributions of one side of a chunk; what is costly is worked out when first asked for.

    Attributes:
        documents: the documents.
        items: their attributions, one behind the other.
        document: for each attribution the number of its document in the chunk.
        memo: what measures worked out about the side and may need again.
    """

    def __init__(self, documents: Sequence[Document], units: Units) -> None:
        self.documents = documents
        self.units = units
        self.memo: dict[str, NDArray[np.bool_]] = {}
        counts = np.fromiter((len(d.attributions) for d in documents), np.int64, len(documents))
        self.items: list[Attribution] = list(
            chain.from_iterable(document.attributions for document in documents)
        )
        self.document = np.repeat(np.arange(len(documents)), counts)
        self.parts: dict[Role, Parts] = {}
        self.answered: dict[Role, NDArray[np.bool_]] = {}
        raw: dict[Role, list[Any]] = {
            "quote": [item.quote for item in self.items],
            "cue": [item.cue for item in self.items],
            "speaker": [item.speaker for item in self.items],
        }
        for role, spans in raw.items():
            if UNSET in spans:
                answered = [value is not UNSET for value in spans]
                spans = [() if value is UNSET else value for value in spans]  # noqa: PLW2901
                self.answered[role] = np.array(answered, bool)
            else:
                self.answered[role] = np.ones(len(spans), bool)
            self.parts[role] = units.parts(spans, self.document)
        if not self.size("quote").all():
            raise WrongSpansError(np.unique(self.document[self.size("quote") == 0]).tolist())

    def __len__(self) -> int:
        return len(self.items)

    def size(self, role: Role) -> NDArray[np.int64]:
        """How many units each attribution has in a role."""
        return self.parts[role].size

    @cached_property
    def type(self) -> NDArray[np.int64]:
        """The type of each attribution: its place in ``QUOTE_TYPES``, or ``NO_TYPE``."""
        # An unset type is no key, so it finds none.
        codes = [_TYPE_CODES.get(item.type, NO_TYPE) for item in self.items]  # type: ignore[arg-type]
        return np.array(codes, np.int64)

    @cached_property
    def implicit(self) -> NDArray[np.bool_]:
        """Attributions that answer that their speaker is implicit."""
        found: NDArray[np.bool_] = self.answered["speaker"] & (self.size("speaker") == 0)
        return found

    @cached_property
    def entities(self) -> Entities:
        """All entities; an attribution that names none of its document's has ``NONE``."""
        items: list[Entity] = []
        counts: list[int] = []
        of: list[int] = []
        for document in self.documents:
            places = {item.id: place for place, item in enumerate(document.entities, len(items))}
            items += document.entities
            counts.append(len(document.entities))
            # An unset entity is no key, so it finds none.
            of += [places.get(item.entity, NONE) for item in document.attributions]  # type: ignore[arg-type]
        return Entities(items, np.repeat(np.arange(len(counts)), counts), np.array(of, np.int64))

    def rank(self, items: NDArray[np.int64]) -> NDArray[np.int64]:
        """Orders some attributions by what they are, whatever their place in a file.

        Args:
            items: their numbers, ascending.

        Returns:
            For every attribution its rank, -1 for those not asked for. Attributions of equal rank
            are equal in every part, so it does not matter which is which.
        """
        columns = [column[items] for role in ROLES for column in _shape(self.parts[role])]
        columns.append(self.type[items])
        order = np.lexsort(columns[::-1])
        table = np.stack(columns)[:, order]
        new = (np.diff(table, axis=1, prepend=-2) != 0).any(axis=0)
        rank = np.full(len(self), -1)
        rank[items[order]] = np.cumsum(new) * max(len(self), 1)
        # What looks alike in these columns may still differ in the middle of a discontinuous part
        # or in its source; there are few of those, so they are looked at one by one.
        starts = np.flatnonzero(new)
        ends = np.append(starts[1:], len(items))
        tied = ends - starts > 1
        for start, end in zip(starts[tied].tolist(), ends[tied].tolist(), strict=True):
            group = items[order[start:end]].tolist()
            keys = [self._key(item) for item in group]
            places = {key: place for place, key in enumerate(sorted(set(keys)))}
            for item, key in zip(group, keys, strict=True):
                rank[item] += places[key]
        return rank

    def _key(self, number: int) -> tuple[str, ...]:
        """Spells an attribution out; spans in any order say the same."""
        item = self.items[number]
        parts = (item.quote, item.cue, item.speaker, item.mention)
        spelt = (str(sorted(p)) if isinstance(p, tuple) else "" for p in parts)
        # With quotation marks: an entity may well be called what an unset one is printed as.
        return (*spelt, repr(item.entity), repr(item.name))


def _shape(parts: Parts) -> list[NDArray[np.int64]]:
    """What tells most parts apart: where they begin and end, how many units, how many stretches."""
    count = len(parts.size)
    bounds = np.searchsorted(parts.owner, np.arange(count + 1))
    low, high = bounds[:-1], bounds[1:]
    some = high > low
    start, end = np.full(count, -1), np.full(count, -1)
    start[some], end[some] = parts.start[low[some]], parts.end[high[some] - 1]
    return [start, end, parts.size, high - low]
