"""Which of several systems can be told apart: every pair tested, ties shown as shared letters."""

from __future__ import annotations

from itertools import combinations
from math import ceil
from string import ascii_lowercase
from typing import TYPE_CHECKING

from qawl.inference.comparison import ALPHA, check_comparable, holm, randomisation
from qawl.inference.resampling import SEED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qawl.scoring import Result

ROUNDS, MOST_ROUNDS = 10_000, 100_000

Pair = tuple[int, int]


def pairwise(results: Sequence[Result], measure: str, *, seed: int = SEED) -> dict[Pair, float]:
    """Adjusted p-values of all pairs of systems, by paired randomisation and Holm's correction.

    Args:
        results: of the same documents, each with the measure.
        measure: its name.
        seed: of the coins.

    Returns:
        For each pair of places, the smaller first, its p-value. There are as many rounds as it
        takes for the smallest p-value to survive the correction, up to :data:`MOST_ROUNDS`.

    Raises:
        ValueError: if the results cannot be compared.
    """
    check_comparable(results)
    pairs = list(combinations(range(len(results)), 2))
    rounds = rounds_for(len(pairs))
    rows = [result.rows[:, result.measures.index(measure)] for result in results]
    raw = [randomisation(rows[a], rows[b], (measure,), rounds, seed)[0] for a, b in pairs]
    return dict(zip(pairs, holm(raw), strict=True))


def rounds_for(pairs: int) -> int:
    """How many rounds so many tests need: twice what Holm's correction asks of the smallest p."""
    return min(MOST_ROUNDS, max(ROUNDS, ceil(2 * pairs / ALPHA)))


def letters(count: int, p_values: Mapping[Pair, float], alpha: float = ALPHA) -> list[str]:
    """Compact letters: two systems share one exactly when they cannot be told apart.

    By insertion and absorption (Piepho 2004).

    Args:
        count: how many systems, best first.
        p_values: adjusted, of all pairs.
        alpha: the level at which a pair is told apart.
    """
    columns: list[frozenset[int]] = [frozenset(range(count))] if count else []
    for (first, second), p in sorted(p_values.items()):
        if p > alpha:
            continue
        split: list[frozenset[int]] = []
        for column in columns:
            both = first in column and second in column
            split += [column - {first}, column - {second}] if both else [column]
        columns = [c for c in set(split) if not any(c < other for other in split)]
    columns.sort(key=sorted)
    names = [_letter(number) for number in range(len(columns))]
    return [
        "".join(name for name, column in zip(names, columns, strict=True) if system in column)
        for system in range(count)
    ]


def _letter(number: int) -> str:
    """A to z, then a1 to z1, and so on."""
    turn, place = divmod(number, len(ascii_lowercase))
    return f"{ascii_lowercase[place]}{turn or ''}"
