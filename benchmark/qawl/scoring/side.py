"""One side of a chunk, gold or predictions, as arrays."""

from __future__ import annotations

from functools import cached_property
from itertools import chain, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import UNSET, UnsetType

from qawl.records import QUOTE_TYPES
from qawl.scoring.parts import Group, group, singles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Attribution, Document, Entity
    from qawl.scoring.parts import Parts, Units

Role = Literal["quote", "cue", "speaker"]
ROLES: tuple[Role, ...] = ("quote", "cue", "speaker")
_TYPE_CODES: dict[object, int] = {name: number for number, name in enumerate(QUOTE_TYPES)}
NO_TYPE = NONE = -1


class Side:
    """The attributions of one side of a chunk; what is costly is worked out when first asked for.

    Attributes:
        documents: the documents.
        items: their attributions, one behind the other.
        document: for each attribution the number of its document in the chunk.
        entities: the documents' entities, one behind the other.
        entity_document: for each entity the number of its document.
        parts: for each role the parts of the attributions.
        mention: the parts by which predictions name a source elsewhere in the text.
        mentions: all mentions of all entities, each a part of its own.
    """

    parts: dict[Role, Parts]
    mention: Parts
    mentions: Parts

    def __init__(self, documents: Sequence[Document], units: Units) -> None:
        self.documents = documents
        self.units = units
        items = list(map(attrgetter("attributions"), documents))
        entities = list(map(attrgetter("entities"), documents))
        self.document = numbers(items)
        self.items: list[Attribution] = list(chain.from_iterable(items))
        self.entity_document = numbers(entities)
        self._answered: dict[Role, NDArray[np.bool_]] = {}
        self.entities: list[Entity] = list(chain.from_iterable(entities))

    def __len__(self) -> int:
        return len(self.items)

    def groups(self) -> list[Group]:
        """Everything in which spans stand, for :meth:`place`."""
        # What is unset is false, as an empty part is.
        roles = (
            [item.quote for item in self.items],
            [item.cue or () for item in self.items],
            [item.speaker or () for item in self.items],
        )
        mentions = list(chain.from_iterable([entity.mentions for entity in self.entities]))
        return [
            *(group(spans, self.document) for spans in roles),
            group([item.mention or () for item in self.items], self.document),
            singles(mentions, self.entity_document[self.mention_owner]),
        ]

    def place(self, parts: Sequence[Parts]) -> None:
        """Take the groups back as parts."""
        quote, cue, speaker, self.mention, self.mentions = parts
        self.parts = {"quote": quote, "cue": cue, "speaker": speaker}

    def size(self, role: Role) -> NDArray[np.int64]:
        """How many units each attribution has in a role."""
        return self.parts[role].size

    def answered(self, role: Role) -> NDArray[np.bool_]:
        """The attributions that answer a role, if by saying that there is none."""
        if role not in self._answered:
            found = self.size(role) > 0
            empty = np.flatnonzero(~found)
            answers = map(attrgetter(role), [self.items[number] for number in empty.tolist()])
            found[empty] = [answer is not UNSET for answer in answers]
            self._answered[role] = found
        return self._answered[role]

    @cached_property
    def type(self) -> NDArray[np.int64]:
        """The type of each attribution: its place in ``QUOTE_TYPES``, or ``NO_TYPE``."""
        # An unset type is no key, so it finds none.
        types: list[object] = [item.type for item in self.items]
        codes = map(_TYPE_CODES.get, types, repeat(NO_TYPE))
        return np.fromiter(codes, np.int64, len(self))

    @cached_property
    def implicit(self) -> NDArray[np.bool_]:
        """Attributions that answer that their speaker is implicit."""
        found: NDArray[np.bool_] = self.answered("speaker") & (self.size("speaker") == 0)
        return found

    @cached_property
    def mention_owner(self) -> NDArray[np.int64]:
        """For each mention its entity."""
        return numbers([entity.mentions for entity in self.entities])

    @cached_property
    def entity(self) -> NDArray[np.int64]:
        """For each attribution the entity that it names, ``NONE`` if none of its document's."""
        if not self.entities:
            return np.full(len(self), NONE)
        ids = [entity.id for entity in self.entities]
        codes: dict[object, int] = {name: code for code, name in enumerate(dict.fromkeys(ids))}
        known = self.entity_document * len(codes) + list(map(codes.__getitem__, ids))
        # An unset entity is no key, so it finds none.
        named = np.fromiter(map(codes.get, self._named, repeat(NONE)), np.int64, len(self))
        # Of two entities of one id the last counts.
        order = np.argsort(known, kind="stable")
        key = self.document * len(codes) + named
        place = order[np.maximum(np.searchsorted(known[order], key, "right") - 1, 0)]
        return np.where((named != NONE) & (known[place] == key), place, NONE)

    @cached_property
    def _named(self) -> list[str | UnsetType]:
        return [item.entity for item in self.items]

    @property
    def names_unlisted(self) -> bool:
        """Whether some attribution names an entity that its document does not list."""
        return int((self.entity == NONE).sum()) > self._named.count(UNSET)

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
            first = self.items[group[0]]
            if all(self.items[item] == first for item in group):
                continue
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


def numbers(lists: Sequence[Sequence[object]]) -> NDArray[np.int64]:
    """For each item of each list the number of its list."""
    counts = np.fromiter(map(len, lists), np.int64, len(lists))
    return np.repeat(np.arange(len(lists)), counts)


def _shape(parts: Parts) -> list[NDArray[np.int64]]:
    """What tells most parts apart: where they begin and end, how many units, how many stretches."""
    stretches = np.bincount(parts.owner, minlength=len(parts.size))
    return [parts.low, parts.high, parts.size, stretches]
