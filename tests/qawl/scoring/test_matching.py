"""The alignment against plain search: the best sum, the same one whatever the order, and fast."""

from __future__ import annotations

import time
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl import Attribution, Document
from qawl.scoring import MEASURES, score_documents
from qawl.scoring.assignment import assign
from qawl.scoring.checking import MOST_ATTRIBUTIONS
from qawl.scoring.matching import Pairs, align

if TYPE_CHECKING:
    import random

# Minutes would mean that hostile input can stall the scorer; how fast it is, the benchmark says.
SECONDS = 60.0
Worth = tuple[int, int, int]


class Item(NamedTuple):
    """An item of a side: which one, and its content (its rank)."""

    number: int
    rank: int


class Graph(NamedTuple):
    """What two contents are worth to each other; items of one content are worth the same."""

    first: list[Item]
    second: list[Item]
    worth: dict[tuple[int, int], Worth]

    def pairs(self) -> list[tuple[Item, Item, Worth]]:
        return [
            (a, b, self.worth[a.rank, b.rank])
            for a in self.first
            for b in self.second
            if (a.rank, b.rank) in self.worth
        ]


def arrays(pairs: list[tuple[Item, Item, Worth]]) -> Pairs:
    rows = [(a.number, b.number, *worth, a.rank, b.rank) for a, b, worth in pairs]
    return Pairs(*np.array(rows, np.int64).reshape(-1, 7).T)


def best(pairs: list[tuple[Item, Item, Worth]]) -> Worth:
    """The greatest sums, compared in order, of all one-to-one alignments: by trying each."""
    if not pairs:
        return (0, 0, 0)
    (a, b, worth), *rest = pairs
    without = best(rest)
    free = best([pair for pair in rest if pair[0] != a and pair[1] != b])
    taken = (worth[0] + free[0], worth[1] + free[1], worth[2] + free[2])
    return max(without, taken)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Stars, two rows, two columns, small knots, several components; some items are copies."""
    rows, columns = draw(
        st.sampled_from([(1, 5), (5, 1), (2, 4), (4, 2), (2, 2), (3, 3), (3, 4), (4, 3), (4, 4)])
    )
    small = st.integers(0, 2)
    first = [Item(number, draw(st.integers(0, rows - 1))) for number in range(rows)]
    second = [Item(number, draw(st.integers(0, columns - 1))) for number in range(columns)]
    possible = [(a, b) for a in range(rows) for b in range(columns)]
    some = draw(st.lists(st.sampled_from(possible), unique=True, max_size=11))
    worth = {pair: (draw(st.integers(1, 3)), draw(small), draw(small)) for pair in some}
    return Graph(first, second, worth)


@given(graphs())
def test_the_alignment_is_the_best_of_all(graph: Graph) -> None:
    pairs = graph.pairs()[:16]
    chosen = [pairs[i] for i in align(arrays(pairs)).tolist()]
    assert len({a for a, _, _ in chosen}) == len({b for _, b, _ in chosen}) == len(chosen)
    assert tuple(sum(worth[i] for _, _, worth in chosen) for i in range(3)) == best(pairs)


@given(graphs(), st.randoms(use_true_random=False))
def test_neither_the_order_of_pairs_nor_the_numbers_of_items_matter(
    graph: Graph, shuffler: random.Random
) -> None:
    """What is chosen, told by content, is the same: ties are settled by rank alone."""

    def contents(graph: Graph) -> list[tuple[int, int]]:
        pairs = graph.pairs()
        shuffler.shuffle(pairs)
        return sorted((pairs[i][0].rank, pairs[i][1].rank) for i in align(arrays(pairs)).tolist())

    def renumbered(items: list[Item]) -> list[Item]:
        numbers = shuffler.sample(range(100), len(items))
        return [item._replace(number=n) for item, n in zip(items, numbers, strict=True)]

    other = graph._replace(first=renumbered(graph.first), second=renumbered(graph.second))
    assert contents(graph) == contents(other)


@given(graphs())
def test_exchanging_the_sides_changes_no_sum(graph: Graph) -> None:
    pairs = arrays(graph.pairs())
    forth, back = align(pairs), align(pairs.turned())
    for column in (pairs.credit, pairs.alike, pairs.agree):
        assert column[forth].sum() == column[back].sum()


def test_of_two_equal_alignments_the_lower_ranks_are_paired() -> None:
    """Two golds, two predictions, all four pairs worth one: 0-0 and 1-1, not the crossing."""
    one = np.ones(4, np.int64)
    first, second = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert align(Pairs(first, second, one, one, one, first, second)).tolist() == [0, 3]
    # The same with the ranks of the second side turned round.
    assert align(Pairs(first, second, one, one, one, first, 1 - second)).tolist() == [1, 2]


matrices = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 1 << 130]), min_size=columns, max_size=columns),
        min_size=1,
        max_size=4,
    )
)


@given(matrices)
def test_an_assignment_gains_as_much_as_any(gain: list[list[int]]) -> None:
    found = [(row, column) for row, column in enumerate(assign(gain)) if column is not None]
    assert len({column for _, column in found}) == len(found)
    short = gain if len(gain) <= len(gain[0]) else [list(row) for row in zip(*gain, strict=True)]
    most = max(
        sum(short[row][column] for row, column in enumerate(chosen))
        for chosen in permutations(range(len(short[0])), len(short))
    )
    assert sum(gain[row][column] for row, column in found) == most


def test_an_assignment_of_nothing_is_empty() -> None:
    assert assign([]) == []
    assert assign([[], []]) == [None, None]
    assert assign([[0, 0]]) == [None]


@pytest.mark.parametrize(
    ("rows", "columns"), [(50, 50), (3, 5000), (5000, 3), (50, 1000), (1, 20_000), (2, 20_000)]
)
def test_dense_knots_are_quick(rows: int, columns: int) -> None:
    drawn = np.random.default_rng(0).integers(1, 1 << 20, (3, rows * columns))
    first = np.repeat(np.arange(rows), columns)
    second = np.tile(np.arange(columns), rows)
    start = time.perf_counter()
    chosen = align(Pairs(first, second, drawn[0], drawn[1], drawn[2], first, second))
    assert time.perf_counter() - start < SECONDS
    assert len(chosen) == min(rows, columns)


def test_a_flood_of_equal_predictions_is_right_once() -> None:
    """As many as a document may have, by all measures: relays grow with the square of them."""
    said = Attribution(quote=((0, 3),), cue=((4, 7),), speaker=((8, 11),), type="direct")
    gold = Document(id="d", text="قال زيد عمر", attributions=(said,))
    flood = Document(id="d", attributions=(said,) * MOST_ATTRIBUTIONS)
    result = score_documents([flood], [gold], measures=tuple(MEASURES))
    assert result["triple.exact"].right == 1
    assert result["triple.exact"].predicted == MOST_ATTRIBUTIONS
