"""The assignment problem in integers (Kuhn 1955; shortest paths as in Jonker & Volgenant 1987)."""

from __future__ import annotations


def assign(gain: list[list[int]]) -> list[int | None]:
    """The column of each row in an assignment of the greatest total gain.

    Args:
        gain: a matrix of integers that are not negative; 0 is the same as no pair.

    Returns:
        For each row its column, or None where it has none.
    """
    if not gain or not gain[0]:
        return [None] * len(gain)
    # Rows are the shorter side, so that each of them has some column, if one that gains nothing.
    tall = len(gain) > len(gain[0])
    cost = [[-value for value in row] for row in (zip(*gain, strict=True) if tall else gain)]
    found: list[int | None] = [None] * len(gain)
    for far, near in enumerate(_shortest_paths(cost)):
        row, column = (far, near) if tall else (near, far)
        if near < len(cost) and gain[row][column]:
            found[row] = column
    return found


def _shortest_paths(cost: list[list[int]]) -> list[int]:
    """For each column its row in the cheapest assignment of all rows; ``len(cost)`` for none."""
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0] * (rows + 1), [0] * (columns + 1)
    owner = [rows] * (columns + 1)  # the row of a column; `rows` is nobody; the last is a stand
    for row in range(rows):
        owner[columns] = row
        column = columns
        slack: list[float | int] = [float("inf")] * columns
        came_from = [columns] * columns
        reached = [False] * (columns + 1)
        while owner[column] != rows:
            reached[column] = True
            current, step, following = owner[column], float("inf"), columns
            for c in range(columns):
                if reached[c]:
                    continue
                rest = cost[current][c] - row_price[current] - column_price[c]
                if rest < slack[c]:
                    slack[c], came_from[c] = rest, column
                if slack[c] < step:
                    step, following = slack[c], c
            _reprice(int(step), reached, owner, (row_price, column_price), slack)
            column = following
        while column != columns:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    return owner[:columns]


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
