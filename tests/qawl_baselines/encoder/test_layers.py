"""Gold as labels and links, and what comes back of it."""

from __future__ import annotations

import numpy as np
import pytest

from qawl import Document, load, score, validate
from qawl.words import words_of
from qawl_baselines.encoder.ceiling import perfect
from qawl_baselines.encoder.layers import BEGIN, INSIDE, LAYERS, OUTSIDE, chunks, layered
from support.newsroom import article

NEST = (
    "<c1>نقلت</c1> <s1>الوكالة</s1> عن <q1>الوزير <c2>قوله</c2> إن <q2>المدير <c3>أكد</c3> أن "
    "<q3>الميناء مغلق</q3></q2></q1>.\n"
)


def shown(document: Document, layer: str) -> list[list[str]]:
    """The words of each stretch of a layer."""
    seen = layered(document)
    text = str(document.text)
    return [
        words_of(text, seen.words[first:last])
        for first, last in chunks(seen.labels[:, LAYERS.index(layer)])
    ]


def test_nested_quotes_stand_in_layers_from_the_outside_in() -> None:
    document = article(NEST, count=3)
    assert shown(document, "quote1") == [
        ["الوزير", "قوله", "إن", "المدير", "أكد", "أن", "الميناء", "مغلق"]
    ]
    assert shown(document, "quote2") == [["المدير", "أكد", "أن", "الميناء", "مغلق"]]
    assert shown(document, "quote3") == [["الميناء", "مغلق"]]
    assert layered(document).lost == 0


def test_links_tell_which_cue_and_speaker_go_with_a_quote() -> None:
    document = article(
        "<c1>قال</c1> <s1>سالم الراوي</s1> <q1>نعم</q1>. <c2>وأضاف</c2> <q2>لا</q2>.\n", count=2
    )
    assert [(link.quote, link.cues, link.speakers) for link in layered(document).links] == [
        ((3, 4), [(0, 1)], [(1, 3)]),
        ((5, 6), [(4, 5)], []),
    ]


def test_a_label_that_goes_on_from_nothing_begins() -> None:
    column = np.array([INSIDE, INSIDE, BEGIN, OUTSIDE, INSIDE, BEGIN, INSIDE])
    assert chunks(column) == [(0, 2), (2, 3), (4, 5), (5, 7)]


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no text"):
        layered(Document(id="a"))


def test_labels_and_links_hold_nearly_all_of_the_gold() -> None:
    gold = load("core", "dev")
    found = list(map(perfect, gold))
    result = score(found, gold)
    assert result["triple.exact"].f1 > 0.99
    assert result["type"].f1 > 0.99
    # A source that is named only later, or not last, is out of reach.
    assert result["entity"].f1 > 0.95
    assert sum(layered(document).lost for document in gold) == 0


def test_marks_at_the_edges_belong_to_the_quote() -> None:
    document = article("<c1>قال</c1> <s1>سالم الراوي</s1>: <q1>« نعم »</q1>.\n")
    (found,) = perfect(document).attributions
    (gold,) = document.attributions
    assert (found.quote, found.type) == (gold.quote, "direct")


def test_an_interrupted_quote_and_a_cue_of_two_parts_come_back_whole() -> None:
    body = (
        "<q1>«الطريق آمن</q1>، <c1>استطرد</c1> <s1>سالم الراوي</s1> <c1>بالقول</c1>، "
        "<q1>والجسر مفتوح»</q1>.\n"
    )
    document = article(body)
    (found,) = perfect(document).attributions
    assert found.cue == document.attributions[0].cue
    assert len(found.quote) == 2


def test_what_comes_back_is_valid() -> None:
    gold = load("core", "dev")
    texts = {document.id: document.text for document in gold}
    for document in map(perfect, gold):
        filled = Document(
            id=document.id, text=texts[document.id], attributions=document.attributions
        )
        assert not [item for item in validate([filled]) if item.id.startswith("span-")]
