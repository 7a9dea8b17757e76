"""Results made of counts alone, for what only looks at counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qawl.scoring import Result
from qawl.scoring.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


def rows(*documents: tuple[int, int, int]) -> NDArray[np.int64]:
    """Right, predicted, gold of documents as the rows of one measure."""
    return np.array([[[right, asked, right, gold]] for right, asked, gold in documents], np.int64)


def result(counts: ArrayLike, measures: Sequence[str] = ("quote.exact",), **fields: str) -> Result:
    """A result of these counts, shape ``(documents, measures, 4)``."""
    table = np.asarray(counts, np.int64)
    signature = Signature("made", fields.get("hash", "0" * 64), len(table), "word")
    names = tuple(f"d{number:04}" for number in range(len(table)))
    return Result(tuple(measures), names, table, signature)


def rates(outcomes: ArrayLike) -> NDArray[np.int64]:
    """Documents with one thing asked, right or not, as the rows of a rate."""
    right = np.asarray(outcomes, np.int64)
    asked = np.ones_like(right)
    return np.stack([right, asked, right, asked], axis=1)[:, None, :]
