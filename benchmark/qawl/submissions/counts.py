"""What scoring a submission gave: counts for every document, from which every figure follows.

Maintainers keep them beside a submission (``counts.json``) when they accept it. They serve where
the gold is not: texts that may not be published, or gold that was replaced by a newer version.
Where the gold is here, they are worked out again and must be the same.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from qawl.findings import InputError, finding
from qawl.scoring import Result
from qawl.scoring.counting import Slice
from qawl.scoring.measures import COLUMNS
from qawl.scoring.measures import MEASURES as KNOWN
from qawl.scoring.signature import Signature

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = "qawl-counts/1"
MAIN = "triple.exact"
MEASURES = (
    *("quote.exact", "quote.relaxed", "cue.exact", "speaker.exact", "entity", "type"),
    *("triple.relaxed", MAIN, "alarms"),
)
FIELDS = ("type", "speaker", "nesting")

Rows = tuple[tuple[int, ...], ...]


class SliceCounts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The counts of :data:`MAIN` in a slice, four for each document that has any of it.

    Attributes:
        field: what attributions were sorted by.
        label: which label these have.
        places: the numbers of the documents.
        rows: their counts.
    """

    field: str
    label: str
    places: tuple[int, ...]
    rows: Rows


class Counts(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="format",
    tag=FORMAT,
):
    """The counts of a submission.

    Attributes:
        gold_sha256: as in the manifest.
        predictions_sha256: as in the manifest.
        signature: how the counts came about (:class:`qawl.scoring.signature.Signature`).
        measures: the names of the measures.
        documents: the ids of the documents, sorted.
        rows: for each document right, predicted, found and gold of every measure.
        slices: the same of parts.
    """

    gold_sha256: str
    predictions_sha256: str
    signature: dict[str, str | int | float]
    measures: tuple[str, ...]
    documents: tuple[str, ...]
    rows: Rows
    slices: tuple[SliceCounts, ...] = ()

    def result(self) -> Result:
        """The counts as scoring gave them.

        Raises:
            ValueError, TypeError, LookupError, OverflowError: if their shapes do not agree.
        """
        documents, measures = len(self.documents), len(self.measures)
        whole = _table(self.rows, documents, measures)
        slices = []
        for item in self.slices:
            rows = np.zeros((documents, 1, len(COLUMNS)), np.int64)
            inside = np.zeros(documents, bool)
            places = list(item.places)
            rows[places], inside[places] = _table(item.rows, len(places), 1), True
            slices.append(Slice(item.field, item.label, (MAIN,), rows, inside))
        signature = Signature(**self.signature)  # type: ignore[arg-type]
        return Result(self.measures, self.documents, whole, signature, tuple(slices))


_IMPOSSIBLE = (
    *(msgspec.MsgspecError, RecursionError, ValueError),
    *(TypeError, LookupError, OverflowError),
)
_decoder = msgspec.json.Decoder(Counts)


def _table(rows: Rows, documents: int, measures: int) -> NDArray[np.int64]:
    return np.array(rows, np.int64).reshape(documents, measures, len(COLUMNS))


def counts_of(result: Result, gold_sha256: str, predictions_sha256: str) -> Counts:
    """What is kept of a result."""
    slices = []
    for item in result.slices:
        rows = item.rows[:, item.measures.index(MAIN)]
        places = np.flatnonzero(item.inside)
        slices.append(
            SliceCounts(
                field=item.field,
                label=item.label,
                places=tuple(places.tolist()),
                rows=tuple(map(tuple, rows[places].tolist())),
            )
        )
    return Counts(
        gold_sha256=gold_sha256,
        predictions_sha256=predictions_sha256,
        signature=asdict(result.signature),
        measures=result.measures,
        documents=result.documents,
        rows=tuple(map(tuple, result.rows.reshape(len(result.documents), -1).tolist())),
        slices=tuple(slices),
    )


def encode(counts: Counts) -> bytes:
    """The counts as they are stored: one line, the same bytes every time."""
    return msgspec.json.encode(counts) + b"\n"


def decode(raw: bytes, file: str) -> Counts:
    """Read counts.

    Raises:
        InputError: ``submission-counts``.
    """
    try:
        counts = _decoder.decode(raw)
        counts.result()
    except _IMPOSSIBLE as error:
        raise InputError([finding("submission-counts", file=file, message=str(error))]) from error
    if MAIN not in counts.measures or not set(counts.measures) <= set(KNOWN):
        message = f"measures {', '.join(counts.measures)}"
        raise InputError([finding("submission-counts", file=file, message=message)])
    return counts
