"""Where labels can hold everything, seqeval's counts and ours are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qawl import Attribution, Document
from qawl.labels import label_report, repaired, to_spans, words_and_labels
from qawl.scoring import score_documents
from qawl.scoring.side import ROLES, Role
from qawl.words import word_spans
from support.generated import corpora, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Span

scheme: Any = pytest.importorskip("seqeval.scheme", reason="needs the extra qawl[seqeval]")
Counts = tuple[int, int, int]


def drawn(
    draw: st.DrawFn, text: str, like: Sequence[str] | None = None
) -> tuple[list[Span], list[str]]:
    """Spans that are runs of words and do not overlap, though they may touch, and their labels."""
    words = word_spans(text)
    letters = [
        draw(st.sampled_from("OBI" if like is None else ["O", "B", "I", *[like[place][0]] * 5]))
        for place in range(len(words))
    ]
    labels = repaired(["O" if letter == "O" else f"{letter}-x" for letter in letters])
    found: list[Span] = []
    for (start, end), label in zip(words, labels, strict=True):
        if label == "B-x":
            found.append((start, end))
        elif label == "I-x":
            found[-1] = (found[-1][0], end)
    return found, labels


def attributed(identifier: str, text: str, spans: dict[Role, list[Span]]) -> Document:
    """Single-span attributions, as many as there are quotes; cues and speakers while they last."""
    pick = {role: dict(enumerate(spans[role])) for role in ROLES}
    return Document(
        id=identifier,
        text=text,
        attributions=tuple(
            Attribution(
                quote=(quote,),
                cue=(pick["cue"][place],) if place in pick["cue"] else (),
                speaker=(pick["speaker"][place],) if place in pick["speaker"] else (),
            )
            for place, quote in enumerate(spans["quote"])
        ),
    )


@st.composite
def flat_corpora(draw: st.DrawFn) -> tuple[list[Document], list[Document]]:
    """Flat, word-aligned, single-span gold, and predictions that are often right."""
    gold, predicted = [], []
    for number in range(draw(st.integers(0, 3))):
        text = draw(texts())
        ours, theirs = {}, {}
        for role in ROLES:
            ours[role], labels = drawn(draw, text)
            theirs[role], _ = drawn(draw, text, labels)
        gold.append(attributed(f"d{number}", text, ours))
        predicted.append(attributed(f"d{number}", text, theirs))
    return gold, predicted


def turned(documents: Sequence[Document], role: Role) -> list[Document]:
    """Every span of a role as the quote of an attribution of its own."""
    return [
        replace(
            document,
            entities=(),
            attributions=tuple(
                Attribution(quote=(span,))
                for item in document.attributions
                for span in getattr(item, role)
            ),
        )
        for document in documents
    ]


def by_seqeval(gold: Sequence[Document], predicted: Sequence[Document], role: Role) -> Counts:
    """True positives, predicted and gold chunks, from seqeval's own reading of the labels."""
    ours, theirs = (
        scheme.Entities([words_and_labels(one, role)[1] for one in side], scheme.IOB2).filter(role)
        for side in (gold, predicted)
    )
    return len(ours & theirs), len(theirs), len(ours)


def by_us(gold: Sequence[Document], predicted: Sequence[Document]) -> Counts:
    found = score_documents(predicted, gold, measures=("quote.exact",))["quote.exact"]
    assert found.right == found.found
    return int(found.right), found.predicted, found.gold


@given(flat_corpora())
def test_on_flat_gold_seqeval_counts_as_we_do(
    corpus: tuple[list[Document], list[Document]],
) -> None:
    gold, predicted = corpus
    report = label_report(gold, predicted)
    for role in ROLES:
        ours, theirs = turned(gold, role), turned(predicted, role)
        counts = by_us(ours, theirs)
        assert counts == by_seqeval(gold, predicted, role)
        figure = score_documents(theirs, ours, measures=("quote.exact",))["quote.exact"]
        found = report[role]
        assert found["precision"] == pytest.approx(figure.precision)
        assert found["recall"] == pytest.approx(figure.recall)
        assert found["f1-score"] == pytest.approx(figure.f1)
        assert (found["predicted"], found["support"]) == counts[1:]
        assert found["lost"] == found["shared"] == {"gold": 0, "predicted": 0}


@given(corpora())
def test_what_the_labels_keep_is_counted_alike(
    corpus: tuple[list[Document], list[Document]],
) -> None:
    gold, bare = corpus
    predicted = [replace(p, text=g.text) for g, p in zip(gold, bare, strict=True)]
    for role in ROLES:
        kept = [
            [
                replace(
                    document,
                    entities=(),
                    attributions=tuple(
                        Attribution(quote=(span,))
                        for span in to_spans(document, words_and_labels(document, role)[1], role)
                    ),
                )
                for document in side
            ]
            for side in (gold, predicted)
        ]
        assert by_us(*kept) == by_seqeval(gold, predicted, role)


def test_the_traps_that_the_view_avoids_are_still_there() -> None:
    """If one of these fails, seqeval has changed: mend docs/labels.md."""
    metrics = pytest.importorskip("seqeval.metrics")
    strict = {"mode": "strict", "scheme": scheme.IOB2, "zero_division": 0}

    def support(labels: list[str]) -> int:
        found = metrics.classification_report([labels], [labels], output_dict=True, **strict)
        return int(found["quote"]["support"])

    assert support(["B-quote", "O", "I-quote"]) == 1
    assert support(repaired(["B-quote", "O", "I-quote"])) == 2
    with pytest.raises(ValueError, match="max"):
        metrics.classification_report([["O"]], [["O"]], **strict)
    with pytest.raises(TypeError):
        metrics.classification_report([], [], **strict)
    with pytest.raises(KeyError):
        metrics.classification_report([["X-quote"]], [["O"]], **strict)
