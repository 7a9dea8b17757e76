"""A chunk of documents, gold and predictions side by side, and the pairs worth comparing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

import numpy as np
from msgspec import UNSET

from qawl.scoring.columns import columns
from qawl.scoring.matching import Pairs, align, uncontested
from qawl.scoring.parts import Policy, Units, WrongSpansError, common, shared
from qawl.scoring.side import Role, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from qawl.records import Document
    from qawl.scoring.columns import Columns

    Asks = Callable[[Side], NDArray[np.bool_]]
    Credit = NDArray[np.int64] | NDArray[np.bool_]

Found = TypeVar("Found")
DICE = 0.5
ONE = 1 << 20
"""A whole credit: fractions are counted in millionths, as integers, so that sums are exact."""


class Aligned(NamedTuple):
    """An alignment.

    Attributes:
        credit: what each pair of the chunk earns, 0 if it is not aligned.
        earned: the same, summed for each document.
    """

    credit: NDArray[np.int64]
    earned: NDArray[np.int64]


class Chunk:
    """What the measures look at: two sides, and every pair whose quotes share a unit.

    Only pairs that share a unit of their quotes exist, within a document: no role can earn credit
    where the quote found nothing. All arrays about pairs have the same length.

    Attributes:
        gold: the gold side.
        predicted: the side of the predictions.
        first: for each pair its gold attribution.
        second: for each pair its predicted attribution.
        marked: the gold's distractors as parts.
        marked_document: for each distractor the number of its document.
    """

    def __init__(self, gold: Columns, predicted: Columns, policy: Policy) -> None:
        """Lay out a chunk.

        Args:
            gold: what documents with texts say.
            predicted: what as many documents say, each about the text of the gold at its place.
            policy: the unit that boundaries are compared in.

        Raises:
            WrongSpansError: naming the documents with spans that are none.
        """
        self.documents = len(gold.texts)
        self.units = Units(gold.texts, policy)
        self.gold, self.predicted = Side(gold, self.units), Side(predicted, self.units)
        self.marked_document = np.repeat(np.arange(self.documents), gold.distractors)
        # All at once: what an operation on arrays costs does not depend much on their length.
        *sides, self.marked = self.units.lay_out(
            [
                *self.gold.groups(),
                *self.predicted.groups(),
                (gold.marked, self.marked_document),
            ]
        )
        half = len(sides) // 2
        self.gold.place(sides[:half])
        self.predicted.place(sides[half:])
        for side in (self.gold, self.predicted):
            if not side.size("quote").all():
                raise WrongSpansError(np.unique(side.document[side.size("quote") == 0]).tolist())
        meeting = shared(self.gold.parts["quote"], self.predicted.parts["quote"])
        self.first = meeting.key // meeting.width
        self.second = meeting.key % meeting.width
        self._common: dict[Role, NDArray[np.int64]] = {"quote": meeting.size}
        self._aligned: dict[bytes, Aligned] = {}
        self._once: dict[object, object] = {}

    @property
    def names_unlisted(self) -> bool:
        """Whether some attribution names an entity that its document does not list."""
        return self.gold.names_unlisted or self.predicted.names_unlisted

    @classmethod
    def of(cls, gold: Sequence[Document], predicted: Sequence[Document], policy: Policy) -> Chunk:
        """The chunk of some documents.

        Raises:
            ValueError: for gold without a text.
            WrongSpansError: naming the documents with spans that are none.
        """
        for document in gold:
            if document.text is UNSET:
                raise ValueError(f"gold document {document.id} has no text")
        return cls(columns(gold), columns(predicted), policy)

    def once(self, name: object, work: Callable[[], Found]) -> Found:
        """Do some work the first time that it is asked for under a name; measures share much."""
        if name not in self._once:
            self._once[name] = work()
        return cast("Found", self._once[name])

    def common(self, role: Role) -> NDArray[np.int64]:
        """How many units the parts of each pair share in a role."""
        if role not in self._common:
            ours, theirs = self.gold.parts[role], self.predicted.parts[role]
            self._common[role] = common(ours, theirs, self.first, self.second)
        return self._common[role]

    def sizes(self, role: Role) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many units the parts of each pair have in a role, gold and predicted."""
        return self.once(
            ("sizes", role),
            lambda: (self.gold.size(role)[self.first], self.predicted.size(role)[self.second]),
        )

    def equal(self, role: Role) -> NDArray[np.bool_]:
        """Pairs whose parts are the same set of units; two empty parts are equal."""

        def work() -> NDArray[np.bool_]:
            ours, theirs = self.sizes(role)
            common = self.common(role)
            found: NDArray[np.bool_] = (common == ours) & (common == theirs)
            return found

        return self.once(("equal", role), work)

    def touching(self, role: Role) -> NDArray[np.bool_]:
        """Pairs whose parts share a unit, or are both empty."""

        def work() -> NDArray[np.bool_]:
            ours, theirs = self.sizes(role)
            found: NDArray[np.bool_] = (self.common(role) > 0) | ((ours == 0) & (theirs == 0))
            return found

        return self.once(("touching", role), work)

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
    def same_type(self) -> NDArray[np.bool_]:
        """Pairs of the same type, or both without one."""
        found: NDArray[np.bool_] = self.gold.type[self.first] == self.predicted.type[self.second]
        return found

    @cached_property
    def agreement(self) -> NDArray[np.int64]:
        """In how many respects each pair agrees besides the quote; the last tie-break."""
        found = self.equal("cue").astype(np.int64) + self.equal("speaker")
        found += self.touching("cue").astype(np.int64) + self.touching("speaker")
        found += self.same_type
        return found

    def asked(
        self, roles: tuple[Role, ...], asks: Asks | None = None
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """The attributions of both sides that answer all of the roles and that ``asks`` wants."""

        def of(side: Side) -> NDArray[np.bool_]:
            found = np.ones(len(side), bool) if asks is None else asks(side)
            for role in roles:
                found = found & side.answered[role]
            return found

        return self.once(("asked", roles, asks), lambda: (of(self.gold), of(self.predicted)))

    def asked_in(
        self, roles: tuple[Role, ...], asks: Asks | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many attributions of each side are :meth:`asked`, for each document."""

        def work() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
            ours, theirs = self.asked(roles, asks)
            return (
                np.bincount(self.gold.document[ours], minlength=self.documents),
                np.bincount(self.predicted.document[theirs], minlength=self.documents),
            )

        return self.once(("asked in", roles, asks), work)

    def answered(self, roles: tuple[Role, ...], asks: Asks | None = None) -> NDArray[np.bool_]:
        """Pairs in which both sides are :meth:`asked`."""

        def work() -> NDArray[np.bool_]:
            ours, theirs = self.asked(roles, asks)
            found: NDArray[np.bool_] = ours[self.first] & theirs[self.second]
            return found

        return self.once(("answered", roles, asks), work)

    def aligned(self, credit: Credit) -> Aligned:
        """The alignment with the greatest credit (see :mod:`.matching`).

        Args:
            credit: what each pair is worth; pairs worth nothing are never aligned.
        """
        self.align([credit])
        return self._aligned[credit.tobytes()]

    def align(self, worths: Sequence[Credit]) -> None:
        """Work out some alignments together, to be asked for by :meth:`aligned`.

        Together is faster: each is a graph of its own, and one search serves them all.
        """
        # Several measures give the same credit, such as those that share a denominator.
        new = {credit.tobytes(): credit for credit in worths}
        names = [name for name in new if name not in self._aligned]
        if not names:
            return
        worth = np.empty((len(names), len(self.first)), np.int64)
        for number, name in enumerate(names):
            worth[number] = new[name]
        # Pairs that compete with no other are taken; no measure makes more of them compete.
        some = self._contested
        contest = worth[:, some]
        which, place = np.nonzero(contest)
        pair = some[place]
        best = align(
            Pairs(
                which * len(self.gold) + self.first[pair],
                which * len(self.predicted) + self.second[pair],
                contest[which, place],
                *(column[place] for column in self._ties),
            )
        )
        worth[:, some] = 0
        worth[which[best], pair[best]] = contest[which[best], place[best]]
        # Pairs are in the order of documents, so that a document's sum is a difference of sums.
        sums = np.zeros((len(names), len(self.first) + 1), np.int64)
        np.cumsum(worth, axis=1, out=sums[:, 1:])
        earned = np.diff(sums[:, self._bounds], axis=1)
        self._aligned |= {
            name: Aligned(*row) for name, *row in zip(names, worth, earned, strict=True)
        }

    @cached_property
    def _bounds(self) -> NDArray[np.int64]:
        """Where each document's pairs begin, and where the last one's end."""
        return np.searchsorted(self.gold.document[self.first], np.arange(self.documents + 1))

    @cached_property
    def _contested(self) -> NDArray[np.int64]:
        """The pairs that compete with another."""
        return np.flatnonzero(~uncontested(self.first, self.second))

    @cached_property
    def _ties(self) -> tuple[NDArray[np.int64], ...]:
        """What settles ties between the contested pairs: the last four columns of ``Pairs``."""
        first, second = self.first[self._contested], self.second[self._contested]
        return (
            self.likeness[self._contested],
            self.agreement[self._contested],
            self.gold.rank(np.unique(first))[first],
            self.predicted.rank(np.unique(second))[second],
        )
