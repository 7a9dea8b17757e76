"""Where words begin and end."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.words import BLANK, MARK, WORD, Places, classes, code_points, word_spans, words_of


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in word_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال زيد", ["قال", "زيد"]),
        ("قال، زيد؛ عمرو؟", ["قال", "زيد", "عمرو"]),
        ("جميـــل", ["جميـــل"]),
        ("قَالَ زَيْدٌ", ["قَالَ", "زَيْدٌ"]),
        ("هٰذا", ["هٰذا"]),
        ("2019 و٢٠١٩", ["2019", "و٢٠١٩"]),
        ("3,5 و٣٫٥", ["3", "5", "و٣", "٥"]),
        ("كلام_آخر", ["كلام_آخر"]),
        ("لا-مركزية", ["لا", "مركزية"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("ل\u200dا", ["ل\u200dا"]),
        ("كلا\u200bم", ["كلا", "م"]),
        ("\u200fقال\u200f زيد\u202c", ["قال", "زيد"]),
        ("قال\u2067زيد\u2069عمرو", ["قال", "زيد", "عمرو"]),
        ("قال\u00a0زيد", ["قال", "زيد"]),
        ("«قال» زيد", ["قال", "زيد"]),
        ("قال🙂زيد", ["قال", "زيد"]),
        ("🙂 👍🏽", []),
        ("ﷲ ﻻ", ["ﷲ", "ﻻ"]),
        ("don't 50% a@b", ["don", "t", "50", "a", "b"]),
        ("𐤀𐤁 𝟘", ["𐤀𐤁", "𝟘"]),
        ("", []),
        (" \n\t", []),
        ("\ud800 قال", ["قال"]),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_character_is_blank_mark_or_word() -> None:
    assert classes(code_points("ق\u0640\u064e5_\u200c\u00ad")).tolist() == [WORD] * 7
    assert classes(code_points(" \n\u200f\u2067\u00a0\ufeff\x00")).tolist() == [BLANK] * 7
    assert classes(code_points('،"«.🙂%')).tolist() == [MARK] * 6


@given(st.text(max_size=40))
def test_offsets_are_code_points_of_the_text_as_it_is(text: str) -> None:
    assert len(code_points(text)) == len(text)
    assert all(0 <= start < end <= len(text) for start, end in word_spans(text))


@given(st.text(max_size=40))
def test_words_stand_in_order_and_apart(text: str) -> None:
    spans = word_spans(text)
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(spans))


@given(st.text(alphabet="قال زيد،«»\u200f\n"), st.integers(0, 20), st.integers(0, 20))
def test_the_words_of_a_span_are_those_that_it_touches(text: str, first: int, second: int) -> None:
    span = (min(first, second), max(first, second))
    touched = [text[a:b] for a, b in word_spans(text) if a < span[1] and span[0] < b]
    assert words_of(text, [span]) == touched


def test_a_word_that_two_spans_touch_is_named_once() -> None:
    assert words_of("قال زيد كلاما", [(0, 5), (5, 7)]) == ["قال", "زيد"]


@given(st.lists(st.booleans(), max_size=200))
def test_places_are_counted_before_every_place(marked: list[bool]) -> None:
    places = Places(np.array(marked, bool))
    assert len(places) == sum(marked)
    asked = np.arange(len(marked) + 1)
    assert places.before(asked).tolist() == [sum(marked[:place]) for place in asked.tolist()]


def test_a_long_text_is_classified_as_its_pieces_are() -> None:
    text = "قال «زيد» 23:34\n👍 " * 3000
    found = classes(code_points(text)).tolist()
    assert found == [classes(code_points(character))[0] for character in text[:18]] * 3000
