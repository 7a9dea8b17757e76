"""What scoring gives: additive counts a document, and every figure a function of their sums."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np

from qawl.scoring.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from qawl.report import Report
    from qawl.scoring.counting import Slice
    from qawl.scoring.signature import Signature


@dataclass(frozen=True)
class Figure:
    """The counts of one measure over some documents, and the figures that follow from them.

    With nothing predicted and nothing to find, precision, recall and F1 are 1: silence was right.
    With one of the two empty they are 0; but in a slice in which nothing was predicted recall may
    still be more, for the gold in it can be found by a prediction of another. A rate of nothing
    is 0.

    Attributes:
        right: credit of the predicted items.
        predicted: how many items were predicted.
        found: credit of the gold items.
        gold: how many gold items there are.
        kind: ``prf`` or ``rate``.
    """

    right: float
    predicted: int
    found: float
    gold: int
    kind: str = "prf"

    @property
    def precision(self) -> float:
        """How much of what was predicted is right."""
        return _ratio(self.right, self.predicted, self.gold)

    @property
    def recall(self) -> float:
        """How much of what is there was found."""
        return _ratio(self.found, self.gold, self.predicted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        if self.right == self.found:
            return _ratio(2 * self.right, self.predicted + self.gold, 0)
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def rate(self) -> float:
        """How many of the items asked are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def value(self) -> float:
        """The one number that stands for the measure: F1, or the rate."""
        return self.rate if self.kind == "rate" else self.f1


def _ratio(part: float, whole: int, other: int) -> float:
    if whole:
        return part / whole
    return 0.0 if other else 1.0


@dataclass(frozen=True)
class Result:
    """Scores of one system on one gold.

    Attributes:
        measures: the names of the measures.
        documents: the ids of the documents, sorted.
        rows: counts, shape ``(documents, measures, 4)``: right, predicted, found, gold, where
            proportional measures count credit in ``ONE``.
        signature: how the numbers came about.
        slices: the same over parts of the attributions, if any were asked for.
    """

    measures: tuple[str, ...]
    documents: tuple[str, ...]
    rows: NDArray[np.int64]
    signature: Signature
    slices: tuple[Slice, ...] = ()

    def __getitem__(self, measure: str) -> Figure:
        """The figure of a measure over all documents (micro).

        Raises:
            KeyError: if the measure was not computed.
        """
        return figure(measure, self._column(measure).sum(axis=0))

    def __iter__(self) -> Iterator[tuple[str, Figure]]:
        """Every measure with its figure, in the order of ``measures``."""
        return iter([(name, self[name]) for name in self.measures])

    def macro(self, measure: str) -> float:
        """The mean over documents of the measure's value, each document counting the same.

        A document with nothing to find in which nothing was predicted counts as 1; a rate skips
        documents in which nothing was asked.

        Raises:
            KeyError: if the measure was not computed.
        """
        return macro(measure, self._column(measure))

    def _column(self, measure: str) -> NDArray[np.int64]:
        if measure not in self.measures:
            raise KeyError(f"{measure} was not computed; there are {', '.join(self.measures)}")
        column: NDArray[np.int64] = self.rows[:, self.measures.index(measure)]
        return column

    def __add__(self, other: Result) -> Result:
        """The score of two shards together: their rows, nothing else; slices are not kept.

        Raises:
            ValueError: if the shards were scored differently or share a document.
        """
        if self.signature.how != other.signature.how or self.measures != other.measures:
            raise ValueError("the shards were scored differently")
        if shared := set(self.documents) & set(other.documents):
            raise ValueError(f"both shards hold {min(shared)}")
        rows = np.concatenate([self.rows, other.rows])
        signature = self.signature.joined(other.signature)
        return assemble(self.measures, (*self.documents, *other.documents), rows, signature)

    def report(self, **options: Any) -> Report:
        """The result with intervals, ready to be shown: :func:`qawl.report.make_report`."""
        from qawl.report import make_report  # noqa: PLC0415  inference stands above results

        return make_report(self, **options)

    def __str__(self) -> str:
        from qawl.views.table import score_text  # noqa: PLC0415  views stand above results

        return score_text(self.report())

    def _repr_markdown_(self) -> str:
        from qawl.views.markdown import score_markdown  # noqa: PLC0415

        return score_markdown(self.report())


def figure(measure: str, counts: NDArray[np.int64]) -> Figure:
    """The figure of a measure from the sum of some rows, shape ``(4,)``."""
    right, predicted, found, gold = counts.tolist()
    declared = MEASURES[measure]
    if declared.scale != 1:
        right, found = right / declared.scale, found / declared.scale
    return Figure(right, predicted, found, gold, declared.kind)


def macro(measure: str, rows: NDArray[np.int64]) -> float:
    """The mean over documents of a measure's value (see :meth:`Result.macro`).

    Args:
        measure: its name.
        rows: its counts, shape ``(documents, 4)``.
    """
    if MEASURES[measure].kind == "rate":
        rows = rows[rows[:, 1] > 0]
    values = [figure(measure, row).value for row in rows]
    # Exact, for sum() rounds differently from one version of Python to the next.
    return fsum(values) / len(values) if values else 0.0


def assemble(
    measures: Sequence[str],
    documents: Sequence[str],
    rows: NDArray[np.int64],
    signature: Signature,
    slices: Sequence[Slice] = (),
) -> Result:
    """A result in its canonical order: documents sorted by id."""
    names = tuple(documents)
    order = sorted(range(len(names)), key=names.__getitem__)
    if order == list(range(len(names))):  # most files are in order: spare the copies
        return Result(tuple(measures), names, rows, signature, tuple(slices))
    return Result(
        tuple(measures),
        tuple(names[i] for i in order),
        rows[order],
        signature,
        tuple(item._replace(rows=item.rows[order], inside=item.inside[order]) for item in slices),
    )
