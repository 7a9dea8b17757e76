"""Weights and signs for resampling documents, the same on every machine.

They are made from the raw 64-bit output of PCG64, which numpy promises to keep, by integer
arithmetic of our own; numpy's distributions may change from version to version (NEP 19).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SEED = 20260101
RESAMPLES = 1000
_BLOCK = 1 << 22


@lru_cache(maxsize=4)
def weights(documents: int, resamples: int, seed: int) -> NDArray[np.float32]:
    """How often each document is drawn in each bootstrap sample.

    Args:
        documents: how many there are.
        resamples: how many samples.
        seed: of the generator.

    Returns:
        Shape ``(resamples, documents)``; every row sums to ``documents``.
    """
    bits = np.random.PCG64(seed)
    drawn = np.empty((resamples, documents), np.float32)
    if not documents:
        return drawn
    block = max(1, _BLOCK // documents)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        raw = bits.random_raw((rows * documents + 1) // 2).astype("<u8", copy=False)
        halves = raw.view("<u4").reshape(-1, 2)[:, ::-1].ravel()[: rows * documents]
        # Lemire's multiply-shift: 32 random bits times n, of which the upper word is below n.
        chosen = halves.astype(np.uint64)
        chosen *= np.uint64(documents)
        chosen >>= np.uint64(32)
        places = chosen.view(np.int64).reshape(rows, documents)
        places += np.arange(rows)[:, None] * documents
        counts = np.bincount(places.ravel(), minlength=rows * documents)
        drawn[start : start + rows] = counts.reshape(rows, documents)
    drawn.setflags(write=False)
    return drawn


@lru_cache(maxsize=4)
def swaps(documents: int, resamples: int, seed: int) -> NDArray[np.float32]:
    """Which documents exchange their systems in each round of approximate randomisation.

    Returns:
        Zeros and ones, shape ``(resamples, documents)``.
    """
    bits = np.random.PCG64(seed)
    raw = bits.random_raw((resamples * documents + 63) // 64)
    flips = np.unpackbits(raw.astype("<u8").view(np.uint8), bitorder="little")
    found = flips[: resamples * documents].reshape(resamples, documents).astype(np.float32)
    found.setflags(write=False)
    return found


class Sums:
    """Sums of columns of counts over many samples; equal columns are summed once.

    Measures share most of their columns (what was asked), so this saves most of the work.
    """

    def __init__(self, unique: Sequence[NDArray[Any]], place: list[int]) -> None:
        """Hold the sums.

        Args:
            unique: sums of the different columns, each of shape ``(samples,)``.
            place: for each column which of them it is.
        """
        self._unique = unique
        self.place = place

    def __len__(self) -> int:
        return len(self.place)

    def __getitem__(self, column: int) -> NDArray[np.float64]:
        """The sums of a column, shape ``(samples,)``."""
        found: NDArray[np.float64] = self._unique[self.place[column]].astype(np.float64, copy=False)
        return found

    @classmethod
    def of(cls, drawn: NDArray[np.float32], columns: NDArray[np.int64]) -> Sums:
        """Add up counts in every sample: exact integers, whatever the order of summing.

        Args:
            drawn: weights or swaps, shape ``(samples, documents)``.
            columns: counts, shape ``(documents, columns)``.
        """
        unique, place = _different(columns)
        sums: list[NDArray[Any]] = [drawn] * len(unique)
        # Integers are exact in single precision below 2**24, in double precision below 2**53.
        small = np.abs(unique).max(axis=1, initial=0) * max(len(columns), 1) < 1 << 24
        for kind, some in ((np.float32, small), (np.float64, ~small)):
            if some.any():
                found = unique[some].astype(kind) @ drawn.T.astype(kind, copy=False)
                for number, row in zip(np.flatnonzero(some).tolist(), found, strict=True):
                    sums[number] = row
        return cls(sums, place)

    @classmethod
    def plain(cls, columns: NDArray[np.int64]) -> Sums:
        """Counts as they are, shape ``(samples, columns)``: each row is a sample."""
        unique, place = _different(columns)
        return cls(list(unique), place)

    def shifted(self, total: NDArray[np.int64], sign: int) -> Sums:
        """These sums added to a total, or taken from one."""
        rows = [total[c] + sign * self[c] for c in range(len(self))]
        return Sums(rows, list(range(len(self))))


def _different(columns: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[int]]:
    """The columns that differ, as rows, and for each column which it is."""
    turned = np.ascontiguousarray(columns.T)
    seen: dict[bytes, int] = {}
    place: list[int] = []
    first: list[int] = []
    for number, row in enumerate(turned):
        known = seen.setdefault(row.tobytes(), len(seen))
        place.append(known)
        if known == len(first):
            first.append(number)
    return turned[first], place
