"""One side of a chunk, gold or predictions, as arrays."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from msgspec import UNSET

from qawl.records import QUOTE_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Attribution, Document
    from qawl.scoring.parts import Parts, Units

Role = Literal["quote", "cue", "speaker"]
ROLES: tuple[Role, ...] = ("quote", "cue", "speaker")
_TYPE_CODES = {name: number for number, name in enumerate(QUOTE_TYPES)}
NO_TYPE = -1


class Side:
    """The attributions of one side of a chunk; what is costly is worked out when first asked for.

    Attributes:
        documents: the documents.
        items: their attributions, one behind the other.
        document: for each attribution the number of its document in the chunk.
    """

    def __init__(self, documents: Sequence[Document], units: Units) -> None:
        self.documents = documents
        self.units = units
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
            answered = [value is not UNSET for value in spans]
            if not all(answered):
                spans = [() if value is UNSET else value for value in spans]  # noqa: PLW2901
            self.answered[role] = np.array(answered, bool)
            self.parts[role] = units.parts(spans, self.document)

    def __len__(self) -> int:
        return len(self.items)

    def size(self, role: Role) -> NDArray[np.int64]:
        """How many units each attribution has in a role."""
        return self.parts[role].size

    @cached_property
    def type(self) -> NDArray[np.int64]:
        """The type of each attribution: its place in ``QUOTE_TYPES``, or ``NO_TYPE``."""
        codes = (_TYPE_CODES.get(item.type, NO_TYPE) for item in self.items)  # type: ignore[arg-type]
        return np.fromiter(codes, np.int64, len(self.items))

    @cached_property
    def implicit(self) -> NDArray[np.bool_]:
        """Attributions that answer that their speaker is implicit."""
        found: NDArray[np.bool_] = self.answered["speaker"] & (self.size("speaker") == 0)
        return found

    def key(self, number: int) -> tuple[object, ...]:
        """What an attribution is, whatever its place: equal keys are interchangeable."""
        item = self.items[number]
        parts = tuple(self._intervals(self.parts[role], number) for role in ROLES)
        return (*parts, str(item.type), str(item.entity), str(item.name), str(item.mention))

    @staticmethod
    def _intervals(parts: Parts, owner: int) -> tuple[tuple[int, int], ...]:
        low, high = np.searchsorted(parts.owner, [owner, owner + 1])
        return tuple(zip(parts.start[low:high].tolist(), parts.end[low:high].tolist(), strict=True))
