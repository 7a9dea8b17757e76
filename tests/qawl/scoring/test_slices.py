"""What each field of a slice says of an attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qawl import Attribution, Document
from qawl.agreement import agreement
from qawl.cue_classes import cue_class
from qawl.scoring import score_documents
from qawl.scoring.parts import POLICIES, Policy
from support.newsroom import spans

if TYPE_CHECKING:
    from qawl.records import Spans

BODY = "و<c1>بحسب</c1> <s1>الوزير</s1> فإن <q1>المطر أنقذ الموسم <q2>كله</q2> هذا العام</q1> أمس."


def labels(items: list[Attribution], text: str, field: str, policy: Policy = "word") -> list[str]:
    gold = [Document(id="d", text=text, attributions=tuple(items))]
    result = score_documents(gold, gold, measures=["quote.exact"], policy=policy, by=[field])
    return sorted(item.label for item in result.slices)


def attribution(**parts: str) -> tuple[Attribution, str]:
    text, places = spans(BODY)
    found = {role: places[tag] for role, tag in parts.items()}
    return Attribution(**{"cue": (), "speaker": (), **found}), text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "wanted"),
    [
        ("قال", "verb"), ("وقال", "verb"), ("وصف", "verb"), ("بحسب", "preposition"),
        ("وبحسب", "preposition"), ("وفقا", "preposition"), ("ووفقا", "preposition"),
        ("وفق", "preposition"), ("حسبما نقلت", "connective"), ("وحسبما نقلت", "connective"),
        ("وفق ما", "connective"), ("فيما", "connective"), ("قوله", "noun"), ("وقوله", "noun"),
        ("مضيفا", "participle"), ("ومضيفًا", "participle"), ("", "none"), ("و", "verb"),
    ],
)  # fmt: skip
def test_a_glued_conjunction_does_not_change_the_class_of_a_cue(cue: str, wanted: str) -> None:
    assert cue_class(cue) == wanted


@pytest.mark.parametrize("policy", POLICIES)
def test_length_is_in_words_whatever_the_policy(policy: Policy) -> None:
    item, text = attribution(quote="q1")
    assert labels([item], text, "length", policy) == ["5-9"]
    item, text = attribution(quote="q2")
    assert labels([item], text, "length", policy) == ["1-4"]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_quote_is_discontinuous_where_something_stands_between(policy: Policy) -> None:
    item, text = attribution(quote="q1")
    ((start, end),) = item.quote
    for cut, wanted in ((0, "continuous"), (5, "discontinuous")):
        torn = Attribution(quote=((start, start + 5), (start + 5 + cut, end)), cue=(), speaker=())
        assert labels([torn], text, "continuity", policy) == [wanted]


def test_an_attribution_can_hold_another_and_be_held() -> None:
    outer, text = attribution(quote="q1")
    inner, _ = attribution(quote="q2")
    assert labels([outer, inner], text, "nesting") == ["inner", "outer"]
    assert labels([outer, outer], text, "nesting") == ["flat"]


def test_agreement_of_layers_with_nothing_in_them_or_unanswered() -> None:
    """Nothing to disagree about is agreement; what a layer leaves unanswered is no vote."""
    assert set(agreement([], []).values()) == {1}
    empty = [Document(id="d", text="")]
    assert set(agreement(empty, empty).values()) == {1}
    item, text = attribution(quote="q1")
    first = [Document(id="d", text=text, attributions=(item,))]
    second = [Document(id="d", attributions=(Attribution(quote=item.quote),))]
    found = agreement(first, second)
    assert (found["quote.exact"], found["alpha.quote"], found["alpha.cue"]) == (1, 1, 1)


def test_how_spans_are_cut_does_not_settle_which_of_two_gets_the_credit() -> None:
    """Both predictions have the gold's word; one of them runs over a line end, to a mark."""
    text = "قال المطر\n» كثير"

    def by_paragraphs(*quotes: Spans) -> list[list[int]]:
        gold = [Document(id="d", text=text, attributions=(Attribution(quote=((4, 9),)),))]
        found = [Document(id="d", attributions=tuple(Attribution(quote=q) for q in quotes))]
        result = score_documents(found, gold, measures=["quote.exact"], by=["paragraphs"])
        return [item.rows[0, 0].tolist() for item in result.slices]

    whole = by_paragraphs(((4, 9),), ((4, 11),))
    assert whole == by_paragraphs(((4, 11),), ((4, 9),))
    assert whole == by_paragraphs(((4, 6), (6, 9)), ((4, 7), (7, 11)))
