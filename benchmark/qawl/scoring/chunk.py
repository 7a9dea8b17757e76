"""A chunk of documents, gold and predictions side by side, and the pairs worth comparing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from msgspec import UNSET

from qawl.scoring.matching import Pairs, align, uncontested
from qawl.scoring.parts import Policy, Units, shared
from qawl.scoring.side import Role, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from qawl.records import Document

Found = TypeVar("Found")
DICE = 0.5
ONE = 1 << 20
"""A whole credit: fractions are counted in millionths, as integers, so that sums are exact."""


class Chunk:
    """What the measures look at: two sides, and every pair whose quotes share a unit.

    Only pairs that share a unit of their quotes exist, within a document: no role can earn credit
    where the quote found nothing. All arrays about pairs have the same length.

    Attributes:
        gold: the gold side.
        predicted: the side of the predictions.
        first: for each pair its gold attribution.
        second: for each pair its predicted attribution.
    """

    def __init__(
        self, gold: Sequence[Document], predicted: Sequence[Document], policy: Policy
    ) -> None:
        """Lay out a chunk.

        Args:
            gold: documents with their texts.
            predicted: as many documents, each about the text of the gold at its place.
            policy: the unit that boundaries are compared in.

        Raises:
            WrongSpansError: naming the documents with spans that are none.
        """
        self.documents = len(gold)
        self.units = Units([_text(document) for document in gold], policy)
        self.gold = Side(gold, self.units)
        self.predicted = Side(predicted, self.units)
        common = shared(self.gold.parts["quote"], self.predicted.parts["quote"])
        self.first = common.key // common.width
        self.second = common.key % common.width
        self._common: dict[Role, NDArray[np.int64]] = {"quote": common.size}
        self._aligned: dict[bytes, NDArray[np.int64]] = {}
        self._once: dict[str, object] = {}

    def once(self, name: str, work: Callable[[], Found]) -> Found:
        """Do some work the first time that it is asked for under a name; measures share much."""
        if name not in self._once:
            self._once[name] = work()
        return cast("Found", self._once[name])

    def common(self, role: Role) -> NDArray[np.int64]:
        """How many units the parts of each pair share in a role."""
        if role not in self._common:
            meeting = shared(self.gold.parts[role], self.predicted.parts[role])
            self._common[role] = meeting.at(self.first, self.second)
        return self._common[role]

    def sizes(self, role: Role) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many units the parts of each pair have in a role, gold and predicted."""
        return self.gold.size(role)[self.first], self.predicted.size(role)[self.second]

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

    def jaccard(self, role: Role) -> NDArray[np.int64]:
        """Shared units of each pair by all its units in a role, in ``ONE``; two empty parts: 1."""
        ours, theirs = self.sizes(role)
        common = self.common(role)
        union = ours + theirs - common
        return np.where(union > 0, common * ONE // np.maximum(union, 1), ONE)

    @cached_property
    def alike(self) -> NDArray[np.bool_]:
        """Pairs whose quotes have a Dice coefficient of at least one half."""
        ours, theirs = self.sizes("quote")
        # 2c / (a + b) >= 1/2 without division: exact for any length.
        found: NDArray[np.bool_] = 4 * self.common("quote") >= ours + theirs
        return found

    @cached_property
    def likeness(self) -> NDArray[np.int64]:
        """How alike the quotes of each pair are, in ``ONE``; ties of credit are broken by it."""
        return self.jaccard("quote")

    @cached_property
    def agreement(self) -> NDArray[np.int64]:
        """In how many respects each pair agrees besides the quote; the last tie-break."""
        found = self.equal("cue").astype(np.int64) + self.equal("speaker")
        found += self.touching("cue").astype(np.int64) + self.touching("speaker")
        found += self.gold.type[self.first] == self.predicted.type[self.second]
        return found

    def answered(self, *roles: Role) -> NDArray[np.bool_]:
        """Pairs in which both sides answer all of the roles."""
        both = np.ones(len(self.first), bool)
        for role in roles:
            both &= self.gold.answered[role][self.first]
            both &= self.predicted.answered[role][self.second]
        return both

    def aligned(self, credit: NDArray[np.int64]) -> NDArray[np.int64]:
        """The pairs of the alignment with the greatest credit (see :mod:`.matching`).

        Args:
            credit: what each pair is worth; pairs worth nothing are never aligned.
        """
        # Several measures give the same credit, such as those that share a denominator.
        known = credit.tobytes()
        if known not in self._aligned:
            worth = np.flatnonzero(credit)
            free = uncontested(self.first[worth], self.second[worth])
            rest = worth[~free]
            pairs = self._pairs.some(self._place[rest])._replace(credit=credit[rest])
            self._aligned[known] = np.sort(np.concatenate([worth[free], rest[align(pairs)]]))
        return self._aligned[known]

    @cached_property
    def _contested(self) -> NDArray[np.int64]:
        """The pairs that compete with another; no measure makes more of them compete."""
        return np.flatnonzero(~uncontested(self.first, self.second))

    @cached_property
    def _place(self) -> NDArray[np.int64]:
        """For each pair its place among the contested ones, -1 for the others."""
        place = np.full(len(self.first), -1)
        place[self._contested] = np.arange(len(self._contested))
        return place

    @cached_property
    def _pairs(self) -> Pairs:
        """The contested pairs, their credit left open."""
        first, second = self.first[self._contested], self.second[self._contested]
        return Pairs(
            first,
            second,
            np.zeros(len(first), np.int64),
            self.likeness[self._contested],
            self.agreement[self._contested],
            self.gold.rank(np.unique(first))[first],
            self.predicted.rank(np.unique(second))[second],
        )


def _text(document: Document) -> str:
    if document.text is UNSET:
        raise ValueError(f"gold document {document.id} has no text")
    return str(document.text)
