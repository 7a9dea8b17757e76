"""The assignment problem in integers (Kuhn 1955; shortest paths as in Jonker & Volgenant 1987)."""

from __future__ import annotations


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
