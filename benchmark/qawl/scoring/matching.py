"""One-to-one matching: the most pairs that can be made without using anything twice.

Pairs that compete with no other are counted at once; the few that do form small knots, each
solved by augmenting paths (Berge 1957; the method usually named after Kuhn 1955). The size of a
maximum matching does not depend on the order in which anything is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def maximum(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Choose the most pairs so that no number is used twice on its side.

    Args:
        first: for each pair the item of the one side.
        second: for each pair the item of the other side.

    Returns:
        Which pairs are chosen; same shape as the arguments.
    """
    if not len(first):
        return np.zeros(0, bool)
    chosen: NDArray[np.bool_] = np.bincount(first)[first] == 1
    chosen &= np.bincount(second)[second] == 1
    knotted = np.flatnonzero(~chosen)
    if len(knotted):
        chosen[knotted] = _augment(first[knotted].tolist(), second[knotted].tolist())
    return chosen


def _augment(first: list[int], second: list[int]) -> list[bool]:
    """Maximum matching by augmenting paths, without recursion: input may be hostile."""
    choices: dict[int, list[int]] = {}
    for pair, item in enumerate(first):
        choices.setdefault(item, []).append(pair)
    taken: dict[int, int] = {}  # item of the second side -> the pair that holds it
    holds: dict[int, int] = {}  # item of the first side -> what it holds of the second
    for item in choices:
        _place(item, first, second, choices, taken, holds)
    chosen = [False] * len(first)
    for pair in taken.values():
        chosen[pair] = True
    return chosen


def _place(
    item: int,
    first: list[int],
    second: list[int],
    choices: dict[int, list[int]],
    taken: dict[int, int],
    holds: dict[int, int],
) -> None:
    """Find a place for one item, moving others along a path if need be (breadth first)."""
    came_by: dict[int, int] = {}  # item of the second side -> the pair that reached it
    queue = [item]
    for mover in queue:  # grows while it is read
        for pair in choices[mover]:
            target = second[pair]
            if target in came_by:
                continue
            came_by[target] = pair
            if target in taken:
                queue.append(first[taken[target]])
            else:
                _shift(target, first, came_by, taken, holds)
                return


def _shift(
    target: int,
    first: list[int],
    came_by: dict[int, int],
    taken: dict[int, int],
    holds: dict[int, int],
) -> None:
    """Walk the path back: everybody on it takes the place that it reached."""
    while True:
        pair = came_by[target]
        mover = first[pair]
        left = holds.get(mover)
        taken[target], holds[mover] = pair, target
        if left is None:
            return
        target = left
