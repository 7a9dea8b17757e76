"""The reports of seqeval and scikit-learn: figures, empty sides, and the traps of both."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from qawl import Attribution, Document, InputError
from qawl.labels import label_report, type_report
from support.newsroom import article

if TYPE_CHECKING:
    from collections.abc import Callable

REASON = "needs the extra qawl[seqeval]"
needs_extra = pytest.mark.usefixtures("extra")
NESTED = (
    "<c1>نقلت</c1> <s1>الوكالة</s1> عن <q1><s2>الوزير</s2> <c2>قوله</c2> إن "
    "<q2>المطر غزير</q2></q1>.\n"
)


@pytest.fixture
def extra() -> None:
    pytest.importorskip("seqeval", reason=REASON)
    pytest.importorskip("sklearn", reason=REASON)


def quotes(*types: str | None, id: str = "d1") -> Document:  # noqa: A002
    """A text of ten words, the first of which are quotes of these types."""
    return Document(
        id=id,
        text=" ".join("ابتثجحخدذر"),
        attributions=tuple(
            Attribution(quote=((2 * place, 2 * place + 1),), type=kind or UNSET)  # type: ignore[arg-type]
            for place, kind in enumerate(types)
        ),
    )


@needs_extra
def test_gold_against_itself_is_all_right_and_plain_data() -> None:
    gold = [article(), article(NESTED, id="d2", count=2)]
    report = label_report(gold, gold)
    assert list(report) == ["quote", "cue", "speaker", "micro avg"]
    for found in report.values():
        assert (found["precision"], found["recall"], found["f1-score"]) == (1, 1, 1)
        assert {type(found[key]) for key in ("precision", "recall", "f1-score")} == {float}
        assert {type(found[key]) for key in ("support", "predicted")} == {int}
    assert report["quote"]["support"] == 2
    assert report["quote"]["lost"] == {"gold": 1, "predicted": 1}
    assert report["cue"]["support"] == report["speaker"]["support"] == 3
    assert report["micro avg"]["support"] == report["micro avg"]["predicted"] == 8
    assert json.loads(json.dumps(report)) == report


@needs_extra
def test_a_wrong_boundary_costs_precision_and_recall() -> None:
    gold = article()
    (item,) = gold.attributions
    ((start, end),) = item.quote
    found = replace(gold, text=UNSET, attributions=(replace(item, quote=((start + 6, end),)),))
    report = label_report([gold], [found])
    assert report["quote"]["f1-score"] == 0
    assert report["cue"]["f1-score"] == 1
    assert report["micro avg"]["f1-score"] == pytest.approx(2 / 3)


@needs_extra
def test_a_boundary_at_a_clitic_or_a_mark_costs_nothing() -> None:
    gold = article("<c1>قال</c1> <s1>الراوي</s1>: <q1>«المطر غزير»</q1>.\n")
    (item,) = gold.attributions
    ((start, end),) = item.quote
    found = replace(gold, attributions=(replace(item, quote=((start + 2, end - 2),)),))
    assert label_report([gold], [found])["quote"]["f1-score"] == 1


@needs_extra
@pytest.mark.parametrize("gold", [[], [quotes()], [Document(id="d1", text="")]])
def test_nothing_to_find_and_nothing_predicted_is_right(gold: list[Document]) -> None:
    for found in label_report(gold, gold).values():
        assert (found["f1-score"], found["support"], found["predicted"]) == (1, 0, 0)
    report = type_report(gold, gold)
    assert report["report"]["accuracy"] == report["report"]["macro avg"]["f1-score"] == 1
    assert report["confusion"]["matrix"] == [[0] * 4 for _ in range(4)]


@needs_extra
def test_one_side_empty_is_zero() -> None:
    some, nothing = (
        [article()],
        [article("قال المزارع سالم الراوي إن المطر أنقذ الموسم.\n", count=0)],
    )
    for gold, predicted in ((some, nothing), (nothing, some)):
        for found in label_report(gold, predicted).values():
            assert (found["precision"], found["recall"], found["f1-score"]) == (0, 0, 0)
            assert found["support"] + found["predicted"] in (1, 3)


@needs_extra
def test_order_of_documents_is_nothing() -> None:
    gold = [article(), article(NESTED, id="d2", count=2), quotes("direct", id="d3")]
    assert label_report(gold, gold[::-1]) == label_report(gold[::-1], gold)
    assert type_report(gold, gold[::-1]) == type_report(gold[::-1], gold)


@needs_extra
def test_types_and_the_quotes_without_a_counterpart() -> None:
    gold = quotes("direct", "indirect", "mixed", "direct")
    predicted = quotes("direct", "direct", "mixed")
    extra = Attribution(quote=((18, 19),), type="mixed")
    predicted = replace(predicted, attributions=(*predicted.attributions, extra))
    found = type_report([gold], [predicted])
    assert found["confusion"] == {
        "labels": ["direct", "indirect", "mixed", "none"],
        "matrix": [[1, 0, 0, 1], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0]],
    }
    assert found["report"]["direct"] == {
        "precision": 0.5, "recall": 1.0, "f1-score": pytest.approx(2 / 3), "support": 1,
    }  # fmt: skip
    assert found["report"]["accuracy"] == pytest.approx(2 / 3)
    assert found["report"]["macro avg"]["support"] == 3
    assert found["untyped"] == {"gold": 0, "predicted": 0}
    assert json.loads(json.dumps(found)) == found


@needs_extra
def test_a_type_on_neither_side_counts_in_no_average() -> None:
    found = type_report([quotes("direct", "direct")], [quotes("direct", "mixed")])["report"]
    assert found["indirect"]["support"] == 0
    assert found["macro avg"]["f1-score"] == pytest.approx(1 / 3)  # of direct 2/3 and mixed 0


@needs_extra
def test_quotes_without_a_type_are_counted_apart() -> None:
    found = type_report([quotes("direct", "mixed")], [quotes("direct", None)])
    assert found["untyped"] == {"gold": 0, "predicted": 1}
    assert found["confusion"]["matrix"][0] == [1, 0, 0, 0]
    assert found["confusion"]["matrix"][2] == [0, 0, 0, 0]
    assert found["report"]["accuracy"] == 1


@needs_extra
def test_nothing_aligned_leaves_the_matrix() -> None:
    found = type_report([quotes("direct")], [quotes()])
    assert found["confusion"]["matrix"][0] == [0, 0, 0, 1]
    assert found["report"]["direct"]["support"] == 0


@needs_extra
@pytest.mark.parametrize(
    ("predicted", "identifier"),
    [
        (Document(id="d2"), "document-unknown"),
        (Document(id="d1", text="كلام آخر"), "text-differs"),
        (Document(id="d1", attributions=(Attribution(quote=()),)), "quote-missing"),
        (Document(id="d1", attributions=(Attribution(quote=((0, 99),)),)), "span-out-of-range"),
    ],
)
def test_wrong_input_is_refused_as_by_the_scorer(predicted: Document, identifier: str) -> None:
    for report in (label_report, type_report):
        with pytest.raises(InputError) as caught:
            report([quotes("direct")], [predicted])
        assert identifier in {item.id for item in caught.value.findings}


@pytest.mark.parametrize(
    ("report", "module"),
    [(label_report, "seqeval.metrics"), (type_report, "sklearn.metrics")],
)
def test_without_the_extra_the_way_out_is_said(
    report: Callable[..., object], module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=r"pip install 'qawl\[seqeval\]'") as caught:
        report([quotes("direct")], [quotes("direct")])
    assert caught.value.findings[0].id == "extra-missing"
