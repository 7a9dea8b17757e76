"""What scoring gives: additive counts a document, and every figure a function of their sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from qawl.scoring.signature import Signature


class Figure(NamedTuple):
    """The counts of one measure over some documents, and the figures that follow from them.

    With nothing predicted and nothing to find every figure is 1: silence was right. With one of
    the two empty, precision, recall and F1 are 0.
    """

    matched: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """How much of what was predicted is right."""
        return _ratio(self.matched, self.predicted, self.gold)

    @property
    def recall(self) -> float:
        """How much of what is there was found."""
        return _ratio(self.matched, self.gold, self.predicted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall: 2 matched / (predicted + gold)."""
        return _ratio(2 * self.matched, self.predicted + self.gold, 0)


def _ratio(part: int, whole: int, other: int) -> float:
    if whole:
        return part / whole
    return 0.0 if other else 1.0


@dataclass(frozen=True)
class Result:
    """Scores of one system on one gold.

    Attributes:
        measures: the names of the measures.
        documents: the ids of the documents, sorted.
        rows: counts, shape ``(documents, measures, 3)``: matched, predicted, gold.
        signature: how the numbers came about.
    """

    measures: tuple[str, ...]
    documents: tuple[str, ...]
    rows: NDArray[np.int64]
    signature: Signature

    def __getitem__(self, measure: str) -> Figure:
        """The figure of a measure over all documents.

        Raises:
            KeyError: if the measure was not computed.
        """
        if measure not in self.measures:
            raise KeyError(f"{measure} was not computed; there are {', '.join(self.measures)}")
        counts = self.rows[:, self.measures.index(measure)].sum(axis=0).tolist()
        return Figure(*counts)

    def __iter__(self) -> Iterator[tuple[str, Figure]]:
        """Every measure with its figure, in the order of ``measures``."""
        return iter([(name, self[name]) for name in self.measures])

    def __add__(self, other: Result) -> Result:
        """The score of two shards together: their rows, nothing else.

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

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, as ``qawl score --format json`` prints it."""
        return {
            "signature": self.signature.to_dict(),
            "documents": len(self.documents),
            "measures": {
                name: {
                    "precision": figure.precision,
                    "recall": figure.recall,
                    "f1": figure.f1,
                    **figure._asdict(),
                }
                for name, figure in self
            },
        }

    def __str__(self) -> str:
        from qawl.views.table import score_text  # noqa: PLC0415  views stand above results

        return score_text(self)

    def _repr_markdown_(self) -> str:
        from qawl.views.markdown import score_markdown  # noqa: PLC0415

        return score_markdown(self)


def assemble(
    measures: Sequence[str],
    documents: Sequence[str],
    rows: NDArray[np.int64],
    signature: Signature,
) -> Result:
    """A result in its canonical order: documents sorted by id."""
    order = sorted(range(len(documents)), key=documents.__getitem__)
    return Result(tuple(measures), tuple(documents[i] for i in order), rows[order], signature)
