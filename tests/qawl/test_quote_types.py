"""The type of a quote, read off the marks, by the rules of the annotation scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl import Attribution, Distractor
from qawl.quote_types import Typing, derive
from support.newsroom import spans

if TYPE_CHECKING:
    import random

DIRECT: Final = "direct"
MIXED: Final = "mixed"
INDIRECT: Final = "indirect"


def typings(body: str) -> list[Typing]:
    """The types of the quotes `<q1>`, `<q2>`, … of a body; `<d>` is a distractor."""
    text, found = spans(body)
    quotes = [found[name] for name in sorted(found) if name.startswith("q")]
    distractors = [Distractor(span=span, kind="term") for span in found.get("d", ())]
    return derive(text, [Attribution(quote=quote) for quote in quotes], distractors)


def types(body: str) -> list[str]:
    return [typing.type for typing in typings(body)]


@pytest.mark.parametrize(
    "body",
    [
        "قال زيد: <q1>«الماء عاد»</q1>.",
        "قال زيد إن <q1>«الماء عاد»</q1>.",
        'قال زيد: "<q1>الماء عاد</q1>".',
        "قال زيد: <q1>«الماء عاد. والبئر امتلأت.»</q1>",
        "قال زيد: <q1>«الماء عاد.\nوالبئر امتلأت»</q1>.",
        "قال زيد: <q1>«الماء» «عاد»</q1>.",
        'قال زيد: <q1>«سمعت "خريرا" أمس»</q1>.',
    ],
)
def test_all_of_the_quote_in_marks_is_direct(body: str) -> None:
    assert types(body) == [DIRECT]


@pytest.mark.parametrize(
    "body",
    [
        "قال زيد إن <q1>الماء «عاد»</q1>.",
        "قال زيد إن <q1>«الماء» عاد</q1>.",
        "وصف زيد <q1>القرار بأنه «خاطئ»</q1>.",
        "قال زيد إن <q1>الماء «عاد إلى الحقل</q1> كله».",
    ],
)
def test_part_of_the_quote_in_marks_is_mixed(body: str) -> None:
    assert types(body) == [MIXED]


@pytest.mark.parametrize(
    "body",
    [
        "قال زيد إن <q1>الماء عاد</q1>.",
        "قال «زيد» إن <q1>الماء عاد</q1>.",
        "قال زيد إن <q1>الماء عاد</q1>، وأضاف «شكرا».",
    ],
)
def test_nothing_of_the_quote_in_marks_is_indirect(body: str) -> None:
    assert typings(body) == [Typing(INDIRECT, open=False)]


def test_punctuation_outside_the_marks_makes_no_direct_quote_mixed() -> None:
    assert types("قال زيد: <q1>«الماء عاد»!</q1>") == [DIRECT]


def test_marks_around_a_distractor_do_not_count() -> None:
    assert types("قال زيد إن <q1>حملة <d>«سقيا»</d> بدأت</q1>.") == [INDIRECT]
    assert types("قال زيد إن <q1>حملة «سقيا» بدأت</q1>.") == [MIXED]
    assert types('قال زيد: <q1>«حملة <d>"سقيا"</d> بدأت»</q1>.') == [DIRECT]
    assert types('قال زيد إن <q1>«الماء عاد»، وحملة <d>"سقيا"</d> بدأت</q1>.') == [MIXED]


def test_marks_that_belong_to_somebody_else_do_not_count() -> None:
    nested = "قالت الشرطة: <q1>«العلماء أكدوا أن <q2>المادة مغشوشة</q2>»</q1>."
    assert types(nested) == [DIRECT, INDIRECT]


def test_a_relay_is_not_typed_by_the_marks_of_the_one_it_relays() -> None:
    relay = "<q1>قال زيد إن <q2>«الماء عاد»</q2></q1>، حسبما نقلت الوكالة."
    assert types(relay) == [INDIRECT, DIRECT]


def test_of_two_equal_quotes_both_own_the_marks() -> None:
    text, found = spans("قال زيد وعمرو: <q1>«الماء عاد»</q1>.")
    quote = Attribution(quote=found["q1"])
    assert [item.type for item in derive(text, [quote, quote], [])] == [DIRECT, DIRECT]


def test_a_quote_interrupted_within_one_pair_is_direct() -> None:
    assert types("<q1>«الماء</q1>، قال زيد، <q1>عاد إلى الحي»</q1>.") == [DIRECT]


def test_a_quote_of_which_one_piece_has_no_marks_is_mixed() -> None:
    assert types("<q1>«الماء عاد»</q1>، قال زيد، مضيفا أن <q1>البئر امتلأت</q1>.") == [MIXED]


@pytest.mark.parametrize("gap", ["", " ", "\n", " \u00a0"])
def test_a_colon_leaves_the_type_to_the_annotator(gap: str) -> None:
    assert typings(f"قال زيد:{gap}<q1>لن نرحل</q1>.") == [Typing(INDIRECT, open=True)]


def test_a_colon_elsewhere_leaves_nothing_open() -> None:
    assert typings("الخبر: قال زيد إن <q1>الماء عاد</q1>.") == [Typing(INDIRECT, open=False)]


@pytest.mark.parametrize(
    "body",
    ["قال زيد: <q1>«الماء عاد</q1>.", "قال زيد «<q1>الماء عاد</q1>.", "قال <q1>الماء» عاد</q1>."],
)
def test_a_lost_mark_at_the_quote_leaves_the_type_open(body: str) -> None:
    (typing,) = typings(body)
    assert typing.open


def test_a_lost_mark_elsewhere_leaves_nothing_open() -> None:
    assert typings("زار «المدينة. قال زيد إن <q1>الماء عاد</q1>.") == [Typing(INDIRECT, open=False)]


def test_a_lost_mark_inside_a_distractor_leaves_nothing_open() -> None:
    assert typings("قال زيد إن <q1>حملة <d>«سقيا</d> بدأت</q1>.") == [Typing(INDIRECT, open=False)]


def test_a_quote_without_words_is_indirect() -> None:
    assert types("قال زيد <q1>…</q1>") == [INDIRECT]
    assert derive("قال «زيد»", [Attribution(quote=())], []) == [Typing(INDIRECT, open=False)]


def test_nothing_to_type_is_nothing() -> None:
    assert derive("", [], []) == []


pieces = st.sampled_from(["قال", "الماء", " ", "«", "»", '"', "، ", ": ", "\n"])


@given(st.lists(pieces, min_size=4, max_size=20).map("".join), st.randoms(use_true_random=False))
def test_the_order_of_attributions_changes_no_type(text: str, chooser: random.Random) -> None:
    edges = [sorted(chooser.sample(range(len(text) + 1), 2)) for _ in range(3)]
    items = [Attribution(quote=((start, end),)) for start, end in edges]
    forward = derive(text, items, [])
    assert derive(text, items[::-1], []) == forward[::-1]
