"""One-to-one alignment of the greatest credit, the same under every permutation.

Pairs that compete with no other are taken at once; where one item has its choice of several that
nobody else wants, it takes the best. The rest form small knots: those with at most two items on one
side are solved together in arrays, the few others one by one as assignment problems
(:mod:`qawl.scoring.assignment`). All is done in integers, so that nothing is rounded and equal
input gives equal output on every machine.

What is maximised, in this order: the sum of the measure's credit; then the sum of how alike the
quotes are; then how many roles agree. What is still tied is settled by the content of the
attributions (their rank), never by their place in a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl.scoring.assignment import assign

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Pairs(NamedTuple):
    """Pairs that may be aligned, and what each is worth; arrays of one length.

    Attributes:
        first: the item of the one side.
        second: the item of the other side.
        credit: what comes first; positive.
        alike: what comes second; below 2**30, as is ``agree``.
        agree: what comes third.
        first_rank: orders the items of the first side by content; equal means interchangeable.
        second_rank: the same for the second side.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    credit: NDArray[np.int64]
    alike: NDArray[np.int64]
    agree: NDArray[np.int64]
    first_rank: NDArray[np.int64]
    second_rank: NDArray[np.int64]

    def some(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Pairs:
        """Some of the pairs."""
        return Pairs(*(column[which] for column in self))

    def turned(self) -> Pairs:
        """The same pairs with the sides exchanged."""
        return self._replace(
            first=self.second,
            second=self.first,
            first_rank=self.second_rank,
            second_rank=self.first_rank,
        )


def align(pairs: Pairs) -> NDArray[np.int64]:
    """Choose pairs so that no item is used twice on its side and the credit is greatest.

    Returns:
        The numbers of the chosen pairs, ascending.
    """
    alone = uncontested(pairs.first, pairs.second)
    knotted = np.flatnonzero(~alone)
    chosen = [np.flatnonzero(alone)]
    for turn in (False, True):
        part = pairs.some(knotted)
        part = part.turned() if turn else part
        star = _stars(part.first, part.second)
        chosen.append(knotted[star][_best_of_each(part.some(star))])
        knotted = knotted[~star]
    if len(knotted):
        chosen.append(knotted[_knotted(pairs.some(knotted))])
    return np.sort(np.concatenate(chosen))


def _stars(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The pairs of items of the first side that compete for no item with anybody else."""
    alone = np.bincount(second)[second] == 1 if len(second) else np.zeros(0, bool)
    shared = np.bincount(first[~alone], minlength=int(first.max(initial=-1)) + 1)
    found: NDArray[np.bool_] = shared[first] == 0
    return found


def _best_of_each(pairs: Pairs) -> NDArray[np.int64]:
    """The best pair of each item of the first side, as if nobody else wanted the other item.

    Returns:
        The numbers of the chosen pairs.
    """
    best = np.arange(len(pairs.first))
    for column in (
        *(pairs.credit, pairs.alike, pairs.agree),
        *(-pairs.second_rank, -pairs.second),
    ):
        item, value = pairs.first[best], column[best]
        most = np.full(int(item.max(initial=-1)) + 1, np.iinfo(np.int64).min)
        np.maximum.at(most, item, value)
        best = best[value == most[item]]
    return best


def _knotted(knots: Pairs) -> NDArray[np.int64]:
    """Choose among pairs that compete on both sides: knot by knot, small ones together."""
    label, first_count, second_count = _knots(knots)
    narrow, flat = first_count <= 2, (first_count > 2) & (second_count <= 2)
    chosen: list[NDArray[np.int64]] = []
    for which, turn in ((narrow, False), (flat, True)):
        some = np.flatnonzero(which)
        if len(some):
            part = knots.some(some)
            chosen.append(some[_two_rows(part.turned() if turn else part, label[some])])
    wide = np.flatnonzero(~narrow & ~flat)
    for knot in np.unique(label[wide]):
        some = wide[label[wide] == knot]
        part = knots.some(some)
        # The side with fewer items makes the rows: the work grows with their square.
        turn = bool(first_count[some[0]] > second_count[some[0]])
        chosen.append(some[_assigned(part.turned() if turn else part)])
    return np.concatenate(chosen)


def uncontested(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The pairs whose two items stand in no other pair."""
    if not len(first):
        return np.zeros(0, bool)
    found: NDArray[np.bool_] = np.bincount(first)[first] == 1
    found &= np.bincount(second)[second] == 1
    return found


def _knots(pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For each pair its connected component, and how many items that has on either side."""
    _, first = np.unique(pairs.first, return_inverse=True)
    _, second = np.unique(pairs.second, return_inverse=True)
    label = np.arange(len(first))
    while True:  # knots are small, so labels have spread after a few rounds
        before = label
        for side in (first, second):
            least = np.full(int(side.max()) + 1, len(first))
            np.minimum.at(least, side, label)
            label = least[side]
        if np.array_equal(label, before):
            break
    return label, _items_of(label, first), _items_of(label, second)


def _items_of(label: NDArray[np.int64], side: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each pair how many different items its component has on a side."""
    _, where = np.unique(side, return_index=True)
    counts: NDArray[np.int64] = np.bincount(label[where], minlength=int(label.max()) + 1)[label]
    return counts


def _two_rows(pairs: Pairs, label: NDArray[np.int64]) -> NDArray[np.int64]:
    """Solve knots that have one or two items on the first side.

    Each of the two wants its best pair; only if both want the same item of the other side does
    one have to take its second best, whichever way is worth more.

    Args:
        pairs: the pairs of the knots.
        label: the knot of each.

    Returns:
        The numbers of the chosen pairs.
    """
    order = _order(pairs, label)
    row = pairs.first[order]
    heads = np.flatnonzero(np.diff(row, prepend=-1) != 0)
    size = np.diff(np.append(heads, len(order)))
    best = order[heads]
    second_best = np.where(size > 1, order[np.minimum(heads + 1, len(order) - 1)], -1)
    # The rows of one knot stand one behind the other.
    upper = np.flatnonzero(np.diff(label[best], append=-1) == 0)
    clash = upper[pairs.second[best[upper]] == pairs.second[best[upper + 1]]]
    yielding = np.where(_upper_yields(pairs, best, second_best, clash), clash, clash + 1)
    chosen = best.copy()
    chosen[yielding] = second_best[yielding]
    return chosen[chosen >= 0]


def _order(pairs: Pairs, label: NDArray[np.int64]) -> NDArray[np.intp]:
    """Sort by knot, then by item of the first side, the best pair of each item first."""
    return np.lexsort(
        (
            *(pairs.second, pairs.second_rank, -pairs.agree, -pairs.alike, -pairs.credit),
            *(pairs.first, pairs.first_rank, label),
        )
    )


def _upper_yields(
    pairs: Pairs,
    best: NDArray[np.int64],
    second_best: NDArray[np.int64],
    clash: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Where the upper of two clashing rows should take its second best, the lower its best."""
    result = np.zeros(len(clash), bool)
    open_still = np.ones(len(clash), bool)
    for column in (pairs.credit, pairs.alike, pairs.agree):
        worth = np.append(column, 0)  # a row without a second best points at the end
        stays = worth[best[clash]] + worth[second_best[clash + 1]]
        yields = worth[second_best[clash]] + worth[best[clash + 1]]
        result |= open_still & (yields > stays)
        open_still &= yields == stays
    return result


def _assigned(pairs: Pairs) -> list[int]:
    """Solve one knot with more than two items on both sides."""
    order = _order(pairs, np.zeros(len(pairs.first), np.int64)).tolist()
    first, second = pairs.first.tolist(), pairs.second.tolist()
    rows: dict[int, list[int]] = {}
    for pair in order:
        rows.setdefault(first[pair], []).append(pair)
    # A row never needs more than its best len(rows) columns: whatever the others take, one of
    # those is left. So a flood of predictions costs no more than a sort.
    kept = {item: some[: len(rows)] for item, some in rows.items()}
    rank = dict(zip(second, pairs.second_rank.tolist(), strict=True))
    columns = sorted(
        {second[p] for some in kept.values() for p in some}, key=lambda c: (rank[c], c)
    )
    place = {item: number for number, item in enumerate(columns)}
    at: dict[tuple[int, int], int] = {}
    gain = [[0] * len(columns) for _ in kept]
    # Python's integers do not overflow, so the three criteria fit into one number.
    worth = list(
        zip(pairs.credit.tolist(), pairs.alike.tolist(), pairs.agree.tolist(), strict=True)
    )
    for number, some in enumerate(kept.values()):
        for pair in some:
            credit, alike, agree = worth[pair]
            at[number, place[second[pair]]] = pair
            gain[number][place[second[pair]]] = (credit << 100) + (alike << 50) + agree
    found = enumerate(assign(gain))
    return [at[r, c] for r, c in found if c is not None and (r, c) in at]
