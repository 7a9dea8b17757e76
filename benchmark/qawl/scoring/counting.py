"""Counting chunk by chunk: rows of the whole, and of every slice that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl.scoring.measures import COLUMNS, AttributionMeasure
from qawl.scoring.measures.measure import sums
from qawl.scoring.slices import DOCUMENT_FIELDS, FIELDS, document_labels, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk
    from qawl.scoring.measures import Measure
    from qawl.scoring.measures.measure import Counted
    from qawl.scoring.slices import Labels

Name = tuple[str, str]


class Slice(NamedTuple):
    """The counts of a part of the attributions.

    Attributes:
        field: what they were sorted by.
        label: which of its labels they have.
        measures: the measures that a slice of this field can have.
        rows: counts, shape ``(documents, measures, 4)``, in the order of the result's documents.
        inside: which documents have the label, or an attribution on either side that has it.
    """

    field: str
    label: str
    measures: tuple[str, ...]
    rows: NDArray[np.int64]
    inside: NDArray[np.bool_]


class Counter:
    """Adds chunks up; what it holds of a chunk are its rows, never its documents."""

    def __init__(self, measures: Sequence[Measure], by: Sequence[str]) -> None:
        """Prepare counting.

        Args:
            measures: what to count.
            by: fields to slice by.
        """
        self.measures = measures
        self.fields = [field for field in dict.fromkeys(by) if field in FIELDS]
        self.document_fields = [field for field in dict.fromkeys(by) if field not in FIELDS]
        self.sliced = [m for m in measures if isinstance(m, AttributionMeasure)]
        self._rows: list[NDArray[np.int64] | NDArray[np.int32]] = []
        self._labels: list[dict[str, tuple[str, ...]]] = []
        self._slices: dict[Name, list[tuple[int, NDArray[np.int64], NDArray[np.bool_]]]] = {}

    def add(self, chunk: Chunk) -> None:
        """Count a chunk."""
        chunk.align([credit for measure in self.measures for credit in measure.worth(chunk)])
        rows = np.stack([measure.rows(chunk) for measure in self.measures], axis=1)
        counted = [measure.count(chunk) for measure in self.sliced] if self.fields else []
        for field in self.fields if self.sliced else ():
            self._slice(field, chunk, counted)
        self._rows.append(_narrow(rows))
        if self.document_fields:
            said = chunk.gold.columns
            self._labels += [
                {field: document_labels(field, text, meta) for field in self.document_fields}
                for text, meta in zip(said.texts, said.metas, strict=True)
            ]

    def _slice(self, field: str, chunk: Chunk, counted: Sequence[Counted]) -> None:
        ours, theirs = labels(field, chunk)
        for label in sorted({name for some in (*ours, *theirs) for name in some}):
            gold = _group(ours, label, chunk.gold.document)
            predicted = _group(theirs, label, chunk.predicted.document)
            rows = [sums(item, predicted, gold, chunk.documents) for item in counted]
            inside = np.zeros(chunk.documents, bool)
            for group in (gold, predicted):
                inside[group[group >= 0]] = True
            found = self._slices.setdefault((field, label), [])
            found.append((len(self._rows), np.stack(rows, axis=1), inside))

    def rows(self) -> NDArray[np.int64]:
        """The rows of all chunks in the order in which they came."""
        found = np.empty((sum(map(len, self._rows)), len(self.measures), len(COLUMNS)), np.int64)
        return np.concatenate([found[:0], *self._rows], out=found)

    def slices(self) -> list[Slice]:
        """The slices, by field in the order asked for, then by label.

        Raises:
            ValueError: for a field that no document has.
        """
        if not self.fields and not self.document_fields:
            return []
        whole = self.rows()
        every = tuple(measure.name for measure in self.measures)
        found: list[Slice] = []
        for field in self.document_fields:
            names = [of[field] for of in self._labels]
            if names and not any(names):
                raise ValueError(
                    f"nothing to slice by: {field!r} is no field of the gold's metadata, and none "
                    f"of {', '.join([*FIELDS, *DOCUMENT_FIELDS])}"
                )
            for label in sorted({name for some in names for name in some}):
                inside = np.array([label in some for some in names], bool)
                found.append(Slice(field, label, every, whole * inside[:, None, None], inside))
        some = tuple(measure.name for measure in self.sliced)
        sizes = [len(rows) for rows in self._rows]
        for (field, label), parts in sorted(self._slices.items()):
            rows = [np.zeros((size, len(some), len(COLUMNS)), np.int64) for size in sizes]
            places = [np.zeros(size, bool) for size in sizes]
            for number, counts, inside in parts:
                rows[number], places[number] = counts, inside
            found.append(Slice(field, label, some, np.concatenate(rows), np.concatenate(places)))
        order = [*self.fields, *self.document_fields]
        return sorted(found, key=lambda item: order.index(item.field))


def _narrow(rows: NDArray[np.int64]) -> NDArray[np.int64] | NDArray[np.int32]:
    """The same numbers in half the room, where they fit: a file has many rows."""
    return rows.astype(np.int32) if rows.max(initial=0) <= np.iinfo(np.int32).max else rows


def _group(names: Labels, label: str, document: NDArray[np.int64]) -> NDArray[np.int64]:
    inside = np.fromiter((label in some for some in names), bool, len(names))
    return np.where(inside, document, -1)
