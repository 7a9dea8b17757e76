"""Arithmetic on spans."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from qawl.spans import Index, canonical, covers, overlap

if TYPE_CHECKING:
    from qawl.records import Span

edges = st.integers(0, 30)
one = st.tuples(edges, st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))
several = st.lists(one, max_size=8)


def characters(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


@given(several, several)
def test_parts_overlap_when_they_share_a_character(first: list[Span], second: list[Span]) -> None:
    assert overlap(first, second) == bool(characters(first) & characters(second))


@given(several, one)
def test_an_index_answers_as_looking_at_every_span_does(spans: list[Span], other: Span) -> None:
    assert Index(spans).overlaps(other) == any(overlap([span], [other]) for span in spans)
    assert Index(spans).covers(other) == covers(spans, other)


@given(several)
def test_the_canonical_form_holds_the_same_characters_apart_and_in_order(spans: list[Span]) -> None:
    found = canonical(spans)
    assert characters(found) == characters(spans)
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(found))
    assert canonical(found) == found


@given(several)
def test_the_canonical_form_does_not_depend_on_the_order(spans: list[Span]) -> None:
    assert canonical(spans) == canonical(reversed(spans)) == canonical(spans + spans)


def test_spans_that_touch_do_not_overlap() -> None:
    assert not overlap([(0, 3)], [(3, 5)])
    assert not Index([(0, 3)]).overlaps((3, 5))
