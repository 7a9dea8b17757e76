"""Quotation marks as newswire writes them: which open, which close, which are left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.marks import MARKS, find


def quoted(text: str) -> list[str]:
    """The strings in marks, their marks included, in the order of their opening marks."""
    return [text[pair.start : pair.end] for pair in find(text).pairs]


def loose(text: str) -> list[int]:
    return [mark.at for mark in find(text).loose]


@pytest.mark.parametrize(
    ("opening", "closing"),
    ['""', "«»", "“”", "””", "„“", "„”", "‟”", "‹›", "＂＂"],
)
def test_each_system_of_marks_makes_a_pair(opening: str, closing: str) -> None:
    piece = f"{opening}الماء عاد{closing}"
    text = f"قال زيد إن {piece} إلى الحي."
    assert quoted(text) == [piece]
    assert loose(text) == []


@pytest.mark.parametrize(("opening", "closing"), ["»«", "”“", "›‹"])
def test_reversed_marks_make_a_pair(opening: str, closing: str) -> None:
    piece = f"{opening}الماء عاد{closing}"
    text = f"قال زيد إن {piece} إلى الحي."
    assert quoted(text) == [piece]
    assert loose(text) == []


def test_marks_of_two_systems_nest() -> None:
    text = 'قال: «سمعت من قال "عدنا" ومن قال “بقينا” أمس».'
    assert quoted(text) == ['«سمعت من قال "عدنا" ومن قال “بقينا” أمس»', '"عدنا"', "“بقينا”"]


def test_marks_of_one_system_nest_where_their_shapes_tell() -> None:
    text = "قال: «سمعت من قال «عدنا» أمس» ومضى."
    assert quoted(text) == ["«سمعت من قال «عدنا» أمس»", "«عدنا»"]


def test_straight_marks_nest_where_their_neighbours_tell() -> None:
    text = 'قال: "سمعت من قال "عدنا" أمس" ومضى.'
    assert quoted(text) == ['"سمعت من قال "عدنا" أمس"', '"عدنا"']


def test_a_pair_may_end_with_a_mark_of_another_system() -> None:
    text = 'قال: «الماء عاد" ومضى.'
    assert quoted(text) == ['«الماء عاد"']
    assert loose(text) == []


def test_a_mark_of_another_system_does_not_close_what_its_own_closes() -> None:
    text = 'قال: «الماء" عاد» ومضى.'
    assert quoted(text) == ['«الماء" عاد»']
    assert loose(text) == [text.index('"')]


@pytest.mark.parametrize("glued", ["ب", "بـ", "و", "ل", "لـ", "ولـ", "وبـ", "ال", "بِ", "وَ"])
def test_a_mark_behind_a_glued_particle_opens(glued: str) -> None:
    text = f'وصفه {glued}"الماء العائد" أمس.'
    assert quoted(text) == ['"الماء العائد"']
    assert loose(text) == []


def test_a_mark_behind_a_word_closes() -> None:
    text = 'الماء" عاد'
    assert quoted(text) == []
    assert [mark.look for mark in find(text).loose] == ["close"]


@pytest.mark.parametrize("piece", ['" الماء عاد "', "« الماء عاد »", "“ الماء عاد ”"])
def test_a_space_inside_the_marks_hides_no_pair(piece: str) -> None:
    assert quoted(f"وقال زيد {piece} أمس.") == [piece]


def test_a_tatweel_makes_the_mark_behind_it_open_even_before_a_space() -> None:
    assert quoted('وصفه بـ" الماء العائد" أمس.') == ['" الماء العائد"']


def test_invisible_characters_beside_a_mark_change_nothing() -> None:
    text = 'قال زيد إن \u200f"\u200fالماء عاد\u200f"\u200f أمس.'
    assert quoted(text) == ['"\u200fالماء عاد\u200f"']


@pytest.mark.parametrize("end", "،.؛؟!,:;)]}…")
def test_a_mark_before_punctuation_closes(end: str) -> None:
    assert quoted(f'قال زيد "الماء عاد"{end} ثم "مضى"') == ['"الماء عاد"', '"مضى"']


def test_single_marks_are_apostrophes_and_are_not_read() -> None:
    assert quoted("زار ‘سانت جونز’ و'هاليفاكس'") == []
    assert loose("زار ‘سانت جونز’ و'هاليفاكس'") == []


@pytest.mark.parametrize(("text", "at"), [("قال «الماء عاد.", 4), ("الماء عاد» أمس.", 9)])
def test_a_mark_without_a_partner_is_reported_and_pairs_with_nothing(text: str, at: int) -> None:
    assert quoted(text) == []
    assert loose(text) == [at]


def test_a_lost_mark_does_not_swallow_the_pairs_behind_it() -> None:
    text = "قال «الماء عاد. وقال «البئر امتلأت»."
    assert quoted(text) == ["«البئر امتلأت»"]
    assert loose(text) == [4]


def test_a_quote_runs_over_paragraphs() -> None:
    text = "قال: «الماء عاد.\nوالبئر امتلأت»."
    assert quoted(text) == ["«الماء عاد.\nوالبئر امتلأت»"]


def test_the_opening_mark_may_be_repeated_in_every_paragraph() -> None:
    text = "قال: «الماء عاد.\n«والبئر امتلأت.\n«والحقل اخضر»."
    assert quoted(text) == ["«الماء عاد.\n«والبئر امتلأت.\n«والحقل اخضر»"]
    assert loose(text) == []


def test_the_last_paragraph_may_be_without_the_repeated_mark() -> None:
    text = "قال: «الماء عاد.\n«والبئر امتلأت.\nوالحقل اخضر»."
    assert quoted(text) == ["«الماء عاد.\n«والبئر امتلأت.\nوالحقل اخضر»"]
    assert loose(text) == []


def test_repeated_marks_of_a_quote_that_never_ends_are_all_reported() -> None:
    text = "قال: «الماء عاد.\n«والبئر امتلأت.\n«والحقل اخضر."
    assert quoted(text) == []
    assert len(loose(text)) == 3


def test_two_paragraphs_may_be_one_quote_or_a_lost_mark_and_nothing_is_guessed() -> None:
    text = "قال: «الماء عاد.\n«والبئر امتلأت»."
    assert quoted(text) == ["«والبئر امتلأت»"]
    assert loose(text) == [5]


def test_an_opening_mark_in_the_middle_of_a_paragraph_is_no_repetition() -> None:
    text = "قال: «الماء عاد.\nوالبئر «امتلأت.\nوالحقل اخضر»."
    assert quoted(text) == ["«الماء عاد.\nوالبئر «امتلأت.\nوالحقل اخضر»"]
    assert loose(text) == [text.index("«امتلأت")]


def test_a_quote_over_paragraphs_holds_pairs_of_its_own() -> None:
    text = 'قال: «الماء عاد.\nوسمى البئر "ياقوت" أمس».'
    assert quoted(text) == ['«الماء عاد.\nوسمى البئر "ياقوت" أمس»', '"ياقوت"']


def test_an_opening_mark_does_not_reach_to_the_end_of_the_article() -> None:
    text = "قال: «الماء عاد.\n" + "فقرة أخرى.\n" * 6 + "والبئر امتلأت»."
    assert quoted(text) == []
    assert len(loose(text)) == 2


@pytest.mark.parametrize("text", ["", "\n", '"', '""', "«»", "»", '"\n"', "«\n»"])
def test_next_to_nothing_is_read_without_a_crash(text: str) -> None:
    assert 2 * len(find(text).pairs) + len(loose(text)) <= len(text)


pieces = st.sampled_from(
    [*sorted(MARKS), "ب", "كلام", " ", "\n", "،", "\u0640", "\u200f", "\u064e", "."]
)
texts = st.lists(pieces, max_size=40).map("".join)


@given(texts)
def test_no_mark_has_two_roles(text: str) -> None:
    pairing = find(text)
    places = [place for pair in pairing.pairs for place in (pair.start, pair.end - 1)]
    places += [mark.at for mark in pairing.loose]
    assert len(places) == len(set(places))
    assert all(text[place] in MARKS for place in places)
    assert all(pair.start < pair.end - 1 for pair in pairing.pairs)
    assert list(pairing.pairs) == sorted(pairing.pairs)
    assert list(pairing.loose) == sorted(pairing.loose)


@given(texts.map(lambda text: text.replace("\n", " ")))
def test_every_mark_of_a_paragraph_is_in_a_pair_or_loose(text: str) -> None:
    pairing = find(text)
    assert 2 * len(pairing.pairs) + len(pairing.loose) == sum(map(text.count, MARKS))


@given(texts.map(lambda text: text.replace("\n", " ")))
def test_pairs_of_a_paragraph_nest_and_never_cross(text: str) -> None:
    pairs = find(text).pairs
    for first in pairs:
        for second in pairs:
            assert not first.start < second.start < first.end < second.end


@pytest.mark.parametrize("piece", ['"', "«", ' "كلام" ', " «", ' «“"', "ـ", 'ب"', "«كلام\n"])
def test_the_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    start = time.perf_counter()
    find(text)
    assert time.perf_counter() - start < 3
