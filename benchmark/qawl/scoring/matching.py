"""One-to-one alignment of the greatest credit, the same under every permutation.

Pairs that compete with no other are taken at once; the few that do form small knots. A knot is
solved as an assignment problem (Kuhn 1955; the shortest-path form of Jonker & Volgenant 1987), in
integers, so that nothing is rounded and equal input gives equal output on every machine.

What is maximised, in this order: the sum of the measure's credit; then the sum of how alike the
quotes are; then how many roles agree. What is still tied is settled by the content of the
attributions, never by their place in a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Key = Callable[[int], tuple[object, ...]]


class Pairs(NamedTuple):
    """Pairs that may be aligned, and what each is worth; all of one length.

    ``credit`` must be positive, ``alike`` and ``agree`` are below 2**30.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    credit: NDArray[np.int64]
    alike: NDArray[np.int64]
    agree: NDArray[np.int64]


def align(pairs: Pairs, first_key: Key, second_key: Key) -> NDArray[np.int64]:
    """Choose pairs so that no item is used twice on its side and the credit is greatest.

    Args:
        pairs: the candidates.
        first_key: for an item of the first side a tuple that says what it is; items with equal
            keys are interchangeable.
        second_key: the same for the second side.

    Returns:
        The numbers of the chosen pairs, ascending.
    """
    if not len(pairs.first):
        return np.zeros(0, np.int64)
    alone: NDArray[np.bool_] = np.bincount(pairs.first)[pairs.first] == 1
    alone &= np.bincount(pairs.second)[pairs.second] == 1
    chosen = np.flatnonzero(alone).tolist()
    knotted = np.flatnonzero(~alone)
    if len(knotted):
        # Python's integers do not overflow, so the three criteria fit into one number.
        weights = [
            (credit << 100) + (alike << 50) + agree
            for credit, alike, agree in zip(
                pairs.credit[knotted].tolist(),
                pairs.alike[knotted].tolist(),
                pairs.agree[knotted].tolist(),
                strict=True,
            )
        ]
        edges = _Edges(
            pairs.first[knotted].tolist(), pairs.second[knotted].tolist(), weights, knotted.tolist()
        )
        for knot in _knots(edges):
            chosen += _untie(edges, knot, first_key, second_key)
    return np.array(sorted(chosen), np.int64)


class _Edges(NamedTuple):
    """The knotted pairs as plain lists: ends, weight, and number among all pairs."""

    first: list[int]
    second: list[int]
    weight: list[int]
    number: list[int]


def _knots(edges: _Edges) -> Iterator[list[int]]:
    """The connected components of the pairs, as lists of edges."""
    leader: dict[int, int] = {}

    def find(item: int) -> int:
        root = item
        while leader.setdefault(root, root) != root:
            root = leader[root]
        while leader[item] != root:
            leader[item], item = root, leader[item]
        return root

    for first, second in zip(edges.first, edges.second, strict=True):
        a, b = find(first), find(~second)  # ~ keeps the two sides' numbers apart
        if a != b:
            leader[a] = b
    knots: dict[int, list[int]] = {}
    for edge, first in enumerate(edges.first):
        knots.setdefault(find(first), []).append(edge)
    yield from knots.values()


def _untie(edges: _Edges, knot: list[int], first_key: Key, second_key: Key) -> list[int]:
    """The pairs of one knot that are chosen."""
    first_keys = {item: first_key(item) for item in {edges.first[e] for e in knot}}
    second_keys = {item: second_key(item) for item in {edges.second[e] for e in knot}}
    rows = sorted(first_keys, key=first_keys.__getitem__)
    # A row never needs more than its best len(rows) columns: whatever the others take, one of
    # those is left. So a flood of predictions costs no more than a sort.
    knot = sorted(
        knot,
        key=lambda e: (
            first_keys[edges.first[e]],
            edges.first[e],
            -edges.weight[e],
            second_keys[edges.second[e]],
        ),
    )
    kept: dict[int, list[int]] = {}
    for edge in knot:
        row = kept.setdefault(edges.first[edge], [])
        if len(row) < len(rows):
            row.append(edge)
    if len(rows) == 1:
        return [edges.number[kept[rows[0]][0]]]
    columns = sorted(
        {edges.second[e] for row in kept.values() for e in row}, key=second_keys.__getitem__
    )
    place = {item: number for number, item in enumerate(columns)}
    at = {(edges.first[e], place[edges.second[e]]): e for row in kept.values() for e in row}
    gain = [
        [edges.weight[at[row, c]] if (row, c) in at else 0 for c in range(len(columns))]
        for row in rows
    ]
    return [
        edges.number[at[rows[r], c]]
        for r, c in enumerate(assign(gain))
        if c is not None and (rows[r], c) in at
    ]


def assign(gain: list[list[int]]) -> list[int | None]:
    """The column of each row in an assignment of the greatest total gain.

    Args:
        gain: a matrix of integers that are not negative; 0 is the same as no pair.

    Returns:
        For each row its column, or None where it has none.
    """
    size = max(len(gain), len(gain[0]))
    cost = [
        [-gain[r][c] if r < len(gain) and c < len(gain[0]) else 0 for c in range(size)]
        for r in range(size)
    ]
    owner = _shortest_paths(cost)
    found: list[int | None] = [None] * len(gain)
    for column, row in enumerate(owner):
        if row < len(gain) and column < len(gain[0]):
            found[row] = column
    return found


def _shortest_paths(cost: list[list[int]]) -> list[int]:
    """For each column of a square matrix its row in the cheapest perfect assignment."""
    size = len(cost)
    row_price, column_price = [0] * (size + 1), [0] * (size + 1)
    owner = [size] * (size + 1)  # the row of a column; `size` is nobody, and column `size` a stand
    for row in range(size):
        owner[size] = row
        column = size
        slack: list[float | int] = [float("inf")] * size
        came_from = [size] * size
        reached = [False] * (size + 1)
        while owner[column] != size:
            reached[column] = True
            current, step, following = owner[column], float("inf"), size
            for c in range(size):
                if reached[c]:
                    continue
                rest = cost[current][c] - row_price[current] - column_price[c]
                if rest < slack[c]:
                    slack[c], came_from[c] = rest, column
                if slack[c] < step:
                    step, following = slack[c], c
            _reprice(int(step), reached, owner, (row_price, column_price), slack)
            column = following
        while column != size:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    return owner[:size]


def _reprice(
    step: int,
    reached: list[bool],
    owner: list[int],
    prices: tuple[list[int], list[int]],
    slack: list[float | int],
) -> None:
    row_price, column_price = prices
    for c in range(len(reached)):
        if reached[c]:
            row_price[owner[c]] += step
            column_price[c] -= step
        elif c < len(slack):
            slack[c] -= step
