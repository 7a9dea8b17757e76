"""A chunk of documents, gold and predictions side by side, and the pairs worth comparing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from msgspec import UNSET

from qawl.scoring.parts import Parts, Policy, Units, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Attribution, Document

Role = Literal["quote", "cue", "speaker"]
DICE = 0.5


class Side(NamedTuple):
    """The attributions of one side of a chunk.

    Attributes:
        document: for each attribution the number of its document in the chunk.
        parts: for each role the sets of units.
        answered: for each role whether the attribution answers it at all.
    """

    document: NDArray[np.int64]
    parts: dict[Role, Parts]
    answered: dict[Role, NDArray[np.bool_]]


class Chunk:
    """What the measures look at: two sides, and every pair whose quotes share a unit.

    Only pairs that share a unit of their quotes exist, within a document: no role can earn credit
    where the quote found nothing.
    """

    def __init__(
        self, gold: Sequence[Document], predicted: Sequence[Document], policy: Policy
    ) -> None:
        """Lay out a chunk.

        Args:
            gold: documents with their texts.
            predicted: as many documents, each about the text of the gold at its place.
            policy: the unit that boundaries are compared in.
        """
        self.documents = len(gold)
        units = Units([_text(document) for document in gold], policy)
        self.gold = _side([document.attributions for document in gold], units)
        self.predicted = _side([document.attributions for document in predicted], units)
        common = shared(self.gold.parts["quote"], self.predicted.parts["quote"])
        self.first = common.key // common.width
        self.second = common.key % common.width
        self._quote_common = common.size
        self._cache: dict[Role, NDArray[np.int64]] = {"quote": common.size}

    def common(self, role: Role) -> NDArray[np.int64]:
        """How many units the parts of each pair share in a role."""
        if role not in self._cache:
            meeting = shared(self.gold.parts[role], self.predicted.parts[role])
            self._cache[role] = meeting.at(self.first, self.second)
        return self._cache[role]

    def sizes(self, role: Role) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many units the parts of each pair have in a role, gold and predicted."""
        return (
            self.gold.parts[role].size[self.first],
            self.predicted.parts[role].size[self.second],
        )

    def equal(self, role: Role) -> NDArray[np.bool_]:
        """Pairs whose parts are the same set of units; two empty parts are equal."""
        ours, theirs = self.sizes(role)
        common = self.common(role)
        found: NDArray[np.bool_] = (common == ours) & (common == theirs)
        return found

    def touching(self, role: Role) -> NDArray[np.bool_]:
        """Pairs whose parts share a unit, or are both empty."""
        ours, theirs = self.sizes(role)
        found: NDArray[np.bool_] = (self.common(role) > 0) | ((ours == 0) & (theirs == 0))
        return found

    @cached_property
    def alike(self) -> NDArray[np.bool_]:
        """Pairs whose quotes have a Dice coefficient of at least one half."""
        ours, theirs = self.sizes("quote")
        # 2c / (a + b) >= 1/2 without division: exact for any length.
        return 4 * self.common("quote") >= ours + theirs

    def answered(self, *roles: Role) -> NDArray[np.bool_]:
        """Pairs in which both sides answer all of the roles."""
        both = np.ones(len(self.first), bool)
        for role in roles:
            both &= self.gold.answered[role][self.first]
            both &= self.predicted.answered[role][self.second]
        return both


def _text(document: Document) -> str:
    if document.text is UNSET:
        raise ValueError(f"gold document {document.id} has no text")
    return str(document.text)


def _side(documents: Sequence[Sequence[Attribution]], units: Units) -> Side:
    flat = [item for attributions in documents for item in attributions]
    counts = np.fromiter(map(len, documents), np.int64, len(documents))
    document = np.repeat(np.arange(len(documents)), counts)
    raw: dict[Role, list[Any]] = {
        "quote": [item.quote for item in flat],
        "cue": [item.cue for item in flat],
        "speaker": [item.speaker for item in flat],
    }
    answered = {
        role: np.fromiter((spans is not UNSET for spans in values), bool, len(flat))
        for role, values in raw.items()
    }
    parts = {
        role: units.parts([() if spans is UNSET else spans for spans in values], document)
        for role, values in raw.items()
    }
    return Side(document, parts, answered)
