"""One side of a chunk, gold or predictions, as arrays."""

from __future__ import annotations

from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import UNSET

from qawl.scoring.columns import NO_TYPE
from qawl.scoring.parts import changes
from qawl.spans import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.scoring.columns import Columns, Spread
    from qawl.scoring.parts import Parts, Units

Role = Literal["quote", "cue", "speaker"]
ROLES: tuple[Role, ...] = ("quote", "cue", "speaker")
NONE = -1
__all__ = ["NONE", "NO_TYPE", "ROLES", "Role", "Side"]


class Side:
    """The attributions of one side of a chunk; what is costly is worked out when first asked for.

    Attributes:
        columns: what the documents say.
        document: for each attribution the number of its document in the chunk.
        entity_document: for each entity the number of its document.
        parts: for each role the parts of the attributions.
        mention: the parts by which predictions name a source elsewhere in the text.
        mentions: all mentions of all entities, each a part of its own.
    """

    parts: dict[Role, Parts]
    mention: Parts
    mentions: Parts

    def __init__(self, columns: Columns, units: Units) -> None:
        self.columns = columns
        self.units = units
        numbers = np.arange(len(columns.attributions))
        self.document = np.repeat(numbers, columns.attributions)
        self.entity_document = np.repeat(numbers, columns.entities)

    def __len__(self) -> int:
        return len(self.document)

    def groups(self) -> list[tuple[Spread, NDArray[np.int64]]]:
        """Everything in which spans stand, for :meth:`place`."""
        said = self.columns
        return [
            *((spans, self.document) for spans in (said.quote, said.cue, said.speaker)),
            (said.mention, self.document),
            (said.mentions.single(), self.entity_document[self.mention_owner]),
        ]

    def place(self, parts: Sequence[Parts]) -> None:
        """Take the groups back as parts."""
        quote, cue, speaker, self.mention, self.mentions = parts
        self.parts = {"quote": quote, "cue": cue, "speaker": speaker}

    def size(self, role: Role) -> NDArray[np.int64]:
        """How many units each attribution has in a role."""
        return self.parts[role].size

    @cached_property
    def answered(self) -> dict[Role, NDArray[np.bool_]]:
        """For each role the attributions that answer it, if by saying that there is none."""
        said = self.columns
        return {
            "quote": np.ones(len(self), bool),
            "cue": ~said.no_cue,
            "speaker": ~said.no_speaker,
        }

    @property
    def type(self) -> NDArray[np.int64]:
        """The type of each attribution: its place in ``QUOTE_TYPES``, or ``NO_TYPE``."""
        return self.columns.type

    @cached_property
    def implicit(self) -> NDArray[np.bool_]:
        """Attributions that answer that their speaker is implicit."""
        found: NDArray[np.bool_] = self.answered["speaker"] & (self.size("speaker") == 0)
        return found

    @cached_property
    def mention_owner(self) -> NDArray[np.int64]:
        """For each mention its entity."""
        return self.columns.mentions.owner

    @cached_property
    def entity(self) -> NDArray[np.int64]:
        """For each attribution the entity that it names, ``NONE`` if none of its document's."""
        ids = self.columns.ids
        if not ids:
            return np.full(len(self), NONE)
        codes: dict[object, int] = {name: code for code, name in enumerate(dict.fromkeys(ids))}
        known = self.entity_document * len(codes) + list(map(codes.__getitem__, ids))
        # An unset entity is no key, so it finds none.
        named = np.fromiter(map(codes.get, self.columns.entity, repeat(NONE)), np.int64, len(self))
        # Of two entities of one id the last counts.
        order = np.argsort(known, kind="stable")
        key = self.document * len(codes) + named
        place = order[np.maximum(np.searchsorted(known[order], key, "right") - 1, 0)]
        return np.where((named != NONE) & (known[place] == key), place, NONE)

    @property
    def names_unlisted(self) -> bool:
        """Whether some attribution names an entity that its document does not list."""
        return int((self.entity == NONE).sum()) > self.columns.entity.count(UNSET)

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
        new = np.zeros(len(items), bool)
        for column in columns:
            new |= changes(column[order])
        rank = np.full(len(self), -1)
        rank[items[order]] = np.cumsum(new) * max(len(self), 1)
        # What looks alike in these columns may still differ: in the middle of a discontinuous part,
        # in code points, or in its source. Those few are looked at one by one.
        starts = np.flatnonzero(new)
        ends = np.append(starts[1:], len(items))
        odd = np.cumsum(self._spans_differ(items[order]))
        tied = ends - starts > 1
        for start, end in zip(starts[tied].tolist(), ends[tied].tolist(), strict=True):
            group = items[order[start:end]].tolist()
            if odd[start] == odd[end - 1] and len({self._source(item) for item in group}) == 1:
                continue
            keys = [self._key(item) for item in group]
            places = {key: place for place, key in enumerate(sorted(set(keys)))}
            for item, key in zip(group, keys, strict=True):
                rank[item] += places[key]
        return rank

    def _spans_differ(self, items: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which attributions may have other spans than the one before them in a list."""
        said = self.columns
        found = changes(said.no_cue[items]) | changes(said.no_speaker[items])
        for role, first in self._first_spans:
            counts = role.counts[items]
            # Of several spans the first does not tell all.
            found |= changes(counts) | (counts > 1)
            if len(role.offset):
                place = first[items]
                differ = changes(role.offset[place]) | changes(role.offset[place + 1])
                found |= differ & (counts > 0)
        return found

    @cached_property
    def _first_spans(self) -> list[tuple[Spread, NDArray[np.int64]]]:
        """For each role where the first span of each attribution stands; of empty ones any."""
        said = self.columns
        return [
            (role, np.minimum(2 * (np.cumsum(role.counts) - role.counts), len(role.offset) - 2))
            for role in (said.quote, said.cue, said.speaker, said.mention)
        ]

    def _source(self, number: int) -> tuple[object, object]:
        return self.columns.entity[number], self.columns.name[number]

    def _key(self, number: int) -> tuple[str, ...]:
        """Spells an attribution out; spans in any order, and cut in any way, say the same."""
        said = self.columns
        spelt: list[str] = []
        for role, first in self._first_spans:
            start = int(first[number])
            some = role.offset[start : start + 2 * int(role.counts[number])].tolist()
            spelt.append(str(list(canonical(zip(some[0::2], some[1::2], strict=True)))))
        quote, cue, speaker, mention = spelt
        return (
            quote,
            "" if said.no_cue[number] else cue,
            "" if said.no_speaker[number] else speaker,
            mention,
            # With quotation marks: an entity may be called what an unset one is printed as.
            repr(said.entity[number]),
            repr(said.name[number]),
        )


def _shape(parts: Parts) -> list[NDArray[np.int64]]:
    """What tells most parts apart: where they begin and end, how many units, how many stretches."""
    stretches = np.bincount(parts.owner, minlength=len(parts.size))
    return [parts.low, parts.high, parts.size, stretches]
