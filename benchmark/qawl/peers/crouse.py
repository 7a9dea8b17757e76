"""The assignment that scipy finds, ties and all, for scorers whose figures depend on it.

Shortest augmenting paths on a rectangular matrix (D. F. Crouse, On implementing 2D rectangular
assignment algorithms, IEEE Transactions on Aerospace and Electronic Systems 52(4), 2016), in
floating point as there. Where several assignments are best, which one comes out is decided by two
habits of ``scipy.optimize.linear_sum_assignment`` (scipy 1.17): columns are looked at from the last
to the first, and of equally near ones the last free one looked at is taken. We write these down to
reproduce published figures; our own scores use :mod:`qawl.scoring.matching`, where ties are settled
by content.
"""

from __future__ import annotations

from math import inf

NOBODY = -1


class _State:
    """Prices, and who has whom so far."""

    def __init__(self, cost: list[list[float]]) -> None:
        self.cost = cost
        self.rows, self.columns = len(cost), len(cost[0])
        self.row_price = [0.0] * self.rows
        self.column_price = [0.0] * self.columns
        self.column_of = [NOBODY] * self.rows
        self.row_of = [NOBODY] * self.columns


class _Search:
    """One search for the nearest free column."""

    def __init__(self, state: _State) -> None:
        self.near = [inf] * state.columns
        self.came_from = [NOBODY] * state.columns
        self.rows: list[int] = []
        self.done: list[int] = []
        self.waiting = list(range(state.columns - 1, -1, -1))
        self.distance = 0.0


def maximum(gain: list[list[float]]) -> list[tuple[int, int]]:
    """Pairs ``(row, column)`` of an assignment of the greatest total, by row.

    Every row has a column, or every column a row, whichever are fewer: pairs that gain nothing
    are pairs too.
    """
    if not gain or not gain[0]:
        return []
    if len(gain) > len(gain[0]):
        turned = [[-row[column] for row in gain] for column in range(len(gain[0]))]
        return sorted((row, column) for column, row in enumerate(_solve(turned)))
    return list(enumerate(_solve([[-value for value in row] for row in gain])))


def _solve(cost: list[list[float]]) -> list[int]:
    """The column of each row, in a matrix with no more rows than columns."""
    state = _State(cost)
    for row in range(state.rows):
        search = _Search(state)
        column = _nearest_free(state, search, row)
        _reprice(state, search, row)
        while True:
            owner = search.came_from[column]
            state.row_of[column] = owner
            state.column_of[owner], column = column, state.column_of[owner]
            if owner == row:
                break
    return state.column_of


def _nearest_free(state: _State, search: _Search, row: int) -> int:
    while True:
        search.rows.append(row)
        lowest, index = inf, NOBODY
        for place, column in enumerate(search.waiting):
            reach = (
                search.distance
                + state.cost[row][column]
                - state.row_price[row]
                - state.column_price[column]
            )
            if reach < search.near[column]:
                search.came_from[column], search.near[column] = row, reach
            near = search.near[column]
            if near < lowest or (near == lowest and state.row_of[column] == NOBODY):
                lowest, index = near, place
        search.distance = lowest
        column = search.waiting[index]
        search.done.append(column)
        search.waiting[index] = search.waiting[-1]
        search.waiting.pop()
        if state.row_of[column] == NOBODY:
            return column
        row = state.row_of[column]


def _reprice(state: _State, search: _Search, start: int) -> None:
    state.row_price[start] += search.distance
    for row in search.rows:
        if row != start:
            state.row_price[row] += search.distance - search.near[state.column_of[row]]
    for column in search.done:
        state.column_price[column] -= search.distance - search.near[column]
