"""What a measure is, and how measures are declared and found by name.

A measure of attributions asks some of them on each side, and says what each pair of them is
worth: nothing, something (a proportional measure), or one. Over the one-to-one alignment with the
greatest credit it counts four sums a document, and nothing else:

* ``right``: the credit of the predicted attributions, ``predicted``: how many were asked,
* ``found``: the credit of the gold attributions, ``gold``: how many were asked.

Precision is right / predicted, recall is found / gold, F1 their harmonic mean, all from sums over
documents. Over a whole document right = found; in a slice they may differ. From this definition
follow the laws of docs/scoring.md: the greatest credit does not depend on any order, never exceeds
either side, is the same when the sides are exchanged, and never falls when a prediction is made
more like the gold that this measure aligned it with. (Another measure's credit may fall by it.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np

from qawl.scoring.chunk import ONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk, Credit
    from qawl.scoring.side import Role, Side

COLUMNS = ("right", "predicted", "found", "gold")
Kind = Literal["prf", "rate"]
Better = Literal["higher", "lower"]


class Counted(NamedTuple):
    """What a measure found in a chunk: the aligned pairs, and which items were asked.

    A view of it (a document, a slice) is a sum over some of the items.

    Attributes:
        gold: of each aligned pair the gold attribution.
        predicted: of each aligned pair the predicted one.
        credit: what each aligned pair earns.
        asked_gold: for each gold attribution whether it was asked.
        asked_predicted: the same for the predictions.
    """

    gold: NDArray[np.int64]
    predicted: NDArray[np.int64]
    credit: NDArray[np.int64]
    asked_gold: NDArray[np.bool_]
    asked_predicted: NDArray[np.bool_]


class Measure(Protocol):
    """What all measures have."""

    @property
    def name(self) -> str:
        """Its identity in results and signatures."""
        ...

    @property
    def summary(self) -> str:
        """One line for people."""
        ...

    @property
    def kind(self) -> Kind:
        """``prf`` (precision, recall, F1) or ``rate`` (right / predicted only)."""
        ...

    @property
    def scale(self) -> int:
        """What counts as one credit."""
        ...

    @property
    def better(self) -> Better:
        """Whether a higher or a lower figure is better."""
        ...

    def worth(self, chunk: Chunk) -> list[Credit]:
        """The credits of the chunk's pairs that :meth:`rows` will ask alignments for."""
        ...

    def rows(self, chunk: Chunk) -> NDArray[np.int64]:
        """Counts of each document of the chunk, shape ``(documents, 4)``."""
        ...


@dataclass(frozen=True)
class AttributionMeasure:
    """A measure whose items are attributions.

    Attributes:
        credit: for each of the chunk's pairs its credit, 0 to ``scale``.
        roles: an attribution that leaves one of these unanswered is not asked, on either side.
        asks: which attributions of a side are asked besides; all by default.
    """

    name: str
    summary: str
    credit: Callable[[Chunk], Credit]
    roles: tuple[Role, ...] = ("quote",)
    asks: Callable[[Side], NDArray[np.bool_]] | None = None
    scale: int = 1
    kind: Kind = "prf"
    better: Better = "higher"

    def worth(self, chunk: Chunk) -> list[Credit]:
        """The credit of each pair, 0 where one of the two is not asked."""

        def work() -> Credit:
            credit = chunk.once(("credit", self.credit), lambda: self.credit(chunk))
            return credit * chunk.answered(self.roles, self.asks)

        return [chunk.once(("worth", self.credit, self.roles, self.asks), work)]

    def count(self, chunk: Chunk) -> Counted:
        """Align the chunk and give every attribution its credit."""
        credit = chunk.aligned(*self.worth(chunk)).credit
        pairs = np.flatnonzero(credit)
        return Counted(
            chunk.first[pairs],
            chunk.second[pairs],
            credit[pairs],
            *chunk.asked(self.roles, self.asks),
        )

    def rows(self, chunk: Chunk) -> NDArray[np.int64]:
        """Counts of each document of the chunk, shape ``(documents, 4)``."""
        earned = chunk.aligned(*self.worth(chunk)).earned
        ours, theirs = chunk.asked_in(self.roles, self.asks)
        rows = np.empty((chunk.documents, len(COLUMNS)), np.int64)
        for column, counts in enumerate((earned, theirs, earned, ours)):
            rows[:, column] = counts
        return rows


def sums(
    counted: Counted,
    predicted: NDArray[np.int64],
    gold: NDArray[np.int64],
    groups: int,
) -> NDArray[np.int64]:
    """Add up items by group, such as by document.

    Args:
        counted: the items.
        predicted: the group of each predicted item; negative ones count nowhere.
        gold: the group of each gold item.
        groups: how many groups there are.
    """
    rows = np.empty((groups, len(COLUMNS)), np.int64)
    # One group more, for what counts nowhere. Sums stay below 2**53, where floats are exact.
    for column, (group, credit) in enumerate(
        (
            (predicted[counted.predicted], counted.credit),
            (predicted[counted.asked_predicted], None),
            (gold[counted.gold], counted.credit),
            (gold[counted.asked_gold], None),
        )
    ):
        rows[:, column] = np.bincount(group + 1, weights=credit, minlength=groups + 1)[1:]
    return rows


MEASURES: dict[str, Measure] = {}
DEFAULT: tuple[str, ...] = (
    "quote.exact", "quote.relaxed", "cue.exact", "cue.relaxed", "speaker.exact",
    "speaker.relaxed", "entity", "type", "triple.exact", "triple.relaxed",
)  # fmt: skip
Share = Callable[["Chunk"], "NDArray[np.int64]"]
Test = Callable[["Chunk"], "NDArray[np.bool_]"]


def add(measure: Measure) -> None:
    """Make a measure known under its name.

    Raises:
        ValueError: if the name is taken.
    """
    if measure.name in MEASURES:
        raise ValueError(f"there is a measure {measure.name} already")
    MEASURES[measure.name] = measure


def measure(
    name: str,
    *roles: Role,
    asks: Callable[[Side], NDArray[np.bool_]] | None = None,
) -> Callable[[Test], Test]:
    """Declare a measure by the pairs that are right; the docstring is its definition."""

    def declare(test: Test) -> Test:
        add(AttributionMeasure(name, summary_of(test), test, roles, asks))
        return test

    return declare


def proportional(name: str, *roles: Role) -> Callable[[Share], Share]:
    """Declare a measure by the credit of each pair, in ``ONE``; the docstring is its definition."""

    def declare(credit: Share) -> Share:
        add(AttributionMeasure(name, summary_of(credit), credit, roles, scale=ONE))
        return credit

    return declare


def summary_of(function: Callable[..., object]) -> str:
    """The first line of a docstring."""
    return (function.__doc__ or "").strip().split("\n")[0]


def measure_named(name: str) -> Measure:
    """The measure of this name.

    Raises:
        KeyError: with the names that there are.
    """
    try:
        return MEASURES[name]
    except KeyError:
        raise KeyError(f"no measure {name!r}; there are {', '.join(MEASURES)}") from None
