"""A hand-made case for every class of error."""

from __future__ import annotations

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from qawl import Attribution, Distractor, Document
from qawl.errors import CLASSES, analyse
from support.newsroom import spans

HIT = "<c1>قال</c1> <s1>الوزير سالم</s1> إن <q1>المطر أنقذ الموسم</q1> كله أمس «نادي السد»."


def read(body: str, *, distractor: bool = False) -> Document:
    """A document of tagged text; every attribution indirect, parts without a tag empty."""
    text, places = spans(body)
    numbers = sorted({tag[1:] for tag in places if tag[0] == "q"})
    items = [
        Attribution(
            quote=places[f"q{n}"],
            cue=places.get(f"c{n}", ()),
            speaker=places.get(f"s{n}", ()),
            type="indirect",
        )
        for n in numbers
    ]
    at = text.find("«")
    marked = (Distractor(span=(at, text.find("»") + 1), kind="name"),) if distractor else ()
    return Document(id="d", text=text, attributions=tuple(items), distractors=marked)


def found(gold: Document, predicted: Document) -> dict[str, tuple[int, int]]:
    """The classes that occur, with their false positives and negatives."""
    analysis = analyse([predicted], [gold])
    return {
        kind: (count.false_positives, count.false_negatives)
        for kind, count in analysis.counts.items()
        if count.false_positives or count.false_negatives
    }


SIX = "<c1>قال</c1> <s1>سالم</s1> إن <q1>المطر أنقذ الموسم كله هذا العام</q1> في الشمال أمس."
TWO = (
    "<c1>قال</c1> <s1>سالم</s1> إن <q1>المطر أنقذ الموسم</q1> و<c2>أضاف</c2> أن "
    "<q2>السد امتلأ أمس</q2> في الشمال."
)
CASES = {
    "missed": (HIT, HIT.replace("q1>", "x1>"), (0, 1)),
    "spurious": (
        HIT,
        HIT.replace("كله أمس", "<q2>كله</q2> <c2>أمس</c2>"),
        (1, 0),
    ),
    "duplicate": (HIT, HIT.replace("<q1>", "<q1><q2>").replace("</q1>", "</q2></q1>"), (1, 0)),
    "distractor": (HIT, HIT.replace("«نادي السد»", "<q2>«نادي السد»</q2>"), (1, 0)),
    "boundary": (HIT, HIT.replace("الموسم</q1> كله", "الموسم كله</q1>"), (1, 1)),
    # The longer piece is the pair, with other boundaries; the other piece is left over.
    "split": (
        SIX,
        SIX.replace("كله هذا العام</q1>", "كله</q1> <q2>هذا العام</q2>"),
        (2, 1),
    ),
    "merged": (
        TWO,
        TWO.replace("الموسم</q1>", "الموسم").replace("أمس</q2>", "أمس</q1>").replace("<q2>", ""),
        (1, 2),
    ),
    "cue-missing": (HIT, HIT.replace("<c1>قال</c1>", "قال"), (1, 1)),
    "cue": (HIT, HIT.replace("<c1>قال</c1>", "قال").replace("كله", "<c1>كله</c1>"), (1, 1)),
    "implicit": (HIT, HIT.replace("<s1>", "").replace("</s1>", ""), (1, 1)),
    "speaker": (HIT, HIT.replace("<s1>الوزير ", "الوزير <s1>"), (1, 1)),
    "several": (
        HIT,
        HIT.replace("<s1>الوزير ", "الوزير <s1>").replace("<c1>قال</c1>", "قال"),
        (1, 1),
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_each_class_has_its_case(kind: str) -> None:
    body, changed, counts = CASES[kind]
    gold, predicted = read(body, distractor="«" in body), read(changed)
    assert gold.text == predicted.text
    assert found(gold, predicted) == {kind: counts}


def test_the_type_is_an_error_where_all_else_is_right() -> None:
    gold = read(HIT)
    wrong = replace(gold.attributions[0], type="direct")
    assert found(gold, replace(gold, attributions=(wrong,))) == {"type": (1, 1)}
    longer = read(HIT.replace("الموسم</q1> كله", "الموسم كله</q1>"))
    also = replace(longer.attributions[0], type="direct")
    assert found(gold, replace(gold, attributions=(also,))) == {"boundary": (1, 1)}


def test_there_is_a_case_for_every_class() -> None:
    assert set(CASES) | {"type"} == set(CLASSES)


@pytest.mark.parametrize(
    ("part", "kind"), [("cue", "cue-missing"), ("speaker", "implicit"), ("type", "type")]
)
def test_what_is_left_unanswered_is_not_right(part: str, kind: str) -> None:
    gold = read(HIT)
    asked = replace(gold.attributions[0], **{part: UNSET})
    assert found(gold, replace(gold, attributions=(asked,))) == {kind: (1, 1)}


def test_a_speaker_named_where_it_is_implicit() -> None:
    gold = read(HIT.replace("<s1>", "").replace("</s1>", ""))
    assert found(gold, read(HIT)) == {"implicit": (1, 1)}


def test_as_many_as_can_be_are_right_then_quotes_are_as_alike_as_can_be() -> None:
    """The better quote has the wrong cue; the right one is right all the same."""
    gold = read(HIT)
    (said,) = gold.attributions
    near = replace(said, cue=())
    assert found(gold, replace(gold, attributions=(near, said))) == {"duplicate": (1, 0)}


def test_a_piece_inside_two_nested_quotes_makes_both_split_whatever_their_order() -> None:
    """Which of the two it belongs to cannot be told, so neither their order tells it."""
    body = (
        "<s1>سالم</s1> <q1>قال <q2>إن المطر أنقذ الموسم كله هذا</q2> العام في الشمال</q1> أمس "
        "مرة أخرى."
    )
    changed = (
        "<s1>سالم</s1> <q1>قال إن المطر أنقذ</q1> <q3>الموسم</q3> <q2>كله هذا</q2> العام في "
        "الشمال أمس مرة أخرى."
    )
    gold, predicted = read(body), read(changed)
    assert found(gold, predicted) == {"split": (3, 2)}
    back = replace(gold, attributions=gold.attributions[::-1])
    assert analyse([predicted], [back]).counts == analyse([predicted], [gold]).counts


def test_the_texts_of_an_error_are_those_of_its_spans() -> None:
    gold, predicted = read(CASES["boundary"][0]), read(CASES["boundary"][1])
    (error,) = analyse([predicted], [gold]).errors
    assert error.gold is not None
    assert error.predicted is not None
    assert (error.gold.quote, error.predicted.quote) == (
        "المطر أنقذ الموسم",
        "المطر أنقذ الموسم كله",
    )
    assert (error.gold.cue, error.gold.speaker, error.gold.type) == (
        "قال",
        "الوزير سالم",
        "indirect",
    )
    assert error.faults == ("boundary",)


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="letter"):
        analyse([read(HIT)], [read(HIT)], policy="letter")  # type: ignore[arg-type]
