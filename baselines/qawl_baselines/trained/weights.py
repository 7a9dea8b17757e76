"""Linear weights over hashed features: training by scikit-learn, prediction by numpy alone.

A feature's name is hashed (CRC-32) to one of ``2 ** bits`` rows of weights; the names themselves
are not kept, so that a model holds no word of any text.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from qawl.findings import InputError, finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_MOST_NAMES = 1_000_000


class _Rows(dict[str, int]):
    """The hash of a feature's name, remembered."""

    def __missing__(self, name: str) -> int:
        if len(self) > _MOST_NAMES:
            self.clear()
        row = self[name] = crc32(name.encode("utf-8", "surrogatepass"))
        return row


_ROWS = _Rows()


class Weights:
    """A matrix of weights, shape ``(2 ** bits, classes)``."""

    def __init__(self, dense: NDArray[np.float32]) -> None:
        self.dense = dense
        self.bits = len(dense).bit_length() - 1

    def scores(self, rows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """The sum of the weights of each row of features, shape ``(rows, classes)``.

        Every row has at least one feature.
        """
        made = np.zeros((len(rows), self.dense.shape[1]), np.float32)
        if not rows:
            return made
        mask = (1 << self.bits) - 1
        hashed = np.fromiter(map(_ROWS.__getitem__, chain.from_iterable(rows)), np.int64) & mask
        starts = np.cumsum([0, *map(len, rows[:-1])])
        for column in range(made.shape[1]):
            # In a fixed order, so that equal input gives equal output.
            made[:, column] = np.add.reduceat(self.dense[:, column][hashed], starts)
        return made

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What is saved: the rows that weigh anything, in half precision."""
        rows = np.flatnonzero(np.abs(self.dense).max(axis=1) > 0).astype(np.uint32)
        return {
            f"{name}.rows": rows,
            f"{name}.weights": self.dense[rows].astype(np.float16),
            f"{name}.bits": np.array([self.bits], np.uint8),
        }

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]], name: str) -> Weights:
        """The weights that :meth:`arrays` gave."""
        given = arrays[f"{name}.weights"]
        dense = np.zeros((1 << int(arrays[f"{name}.bits"][0]), given.shape[1]), np.float32)
        dense[arrays[f"{name}.rows"]] = given
        return cls(dense)


def fit(
    rows: Sequence[Sequence[str]],
    wanted: Sequence[int],
    seed: int,
    *,
    classes: int,
    bits: int = 18,
    alpha: float = 1e-5,
) -> Weights:
    """Logistic regression, one against the rest, by averaged stochastic gradient descent.

    Args:
        rows: features, a row for each case.
        wanted: the class of each case, from 0.
        seed: of the order in which cases are seen.
        classes: how many there are; of two, only the second has weights.
        bits: of the hash.
        alpha: how strongly weights are kept small.

    Raises:
        InputError: ``extra-missing`` without scikit-learn.
    """
    linear, sparse = _sklearn()
    counts = Counter(chain.from_iterable(rows))
    mask = (1 << bits) - 1
    kept = [[_ROWS[name] & mask for name in row if counts[name] > 1] for row in rows]
    starts = np.cumsum([0, *map(len, kept)])
    places = np.fromiter(chain.from_iterable(kept), np.int32)
    shape = (len(rows), 1 << bits)
    matrix = sparse.csr_matrix((np.ones(len(places), np.float32), places, starts), shape=shape)
    matrix.sum_duplicates()
    given = np.asarray(wanted)
    columns = range(classes) if classes > 2 else (1,)
    dense = np.zeros((1 << bits, len(columns)), np.float32)
    for number, label in enumerate(columns):
        if len(np.unique(given == label)) < 2:  # nothing to tell apart
            continue
        model = linear.SGDClassifier(
            loss="log_loss", alpha=alpha, max_iter=12, tol=None, average=True,
            fit_intercept=False, random_state=seed + number,
        )  # fmt: skip
        model.fit(matrix, given == label)
        dense[:, number] = np.where(np.abs(model.coef_[0]) < 5e-3, 0, model.coef_[0])
    return Weights(dense.astype(np.float16).astype(np.float32))


def _sklearn() -> tuple[Any, Any]:
    try:
        from scipy import sparse  # noqa: PLC0415
        from sklearn import linear_model  # noqa: PLC0415
    except ImportError as error:
        message = f"training needs scikit-learn: pip install 'qawl[baselines]' ({error})"
        raise InputError([finding("extra-missing", text="sklearn", message=message)]) from error
    return linear_model, sparse


def probability(score: float) -> float:
    """The logistic function."""
    return float(1 / (1 + np.exp(-np.float64(max(-40.0, min(40.0, score))))))
