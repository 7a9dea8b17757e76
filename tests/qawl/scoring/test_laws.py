"""What every score must obey (docs/scoring.md), on documents that nobody would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from qawl import Attribution, Document
from qawl.scoring import MEASURES, AttributionMeasure, Result, score_documents
from qawl.scoring import score as score_module
from qawl.scoring.parts import POLICIES, Policy
from support.generated import corpora, swapped
from support.reference import TESTS, counts

if TYPE_CHECKING:
    import random

Corpus = tuple[list[Document], list[Document]]
policies = st.sampled_from(POLICIES)


def score(gold: list[Document], predicted: list[Document], policy: Policy = "word") -> Result:
    return score_documents(predicted, gold, measures=tuple(MEASURES), policy=policy)


@given(corpora(), policies)
def test_counts_are_those_of_the_plain_definition(corpus: Corpus, policy: Policy) -> None:
    gold, predicted = corpus
    result = score(gold, predicted, policy)
    by_id = {document.id: document for document in predicted}
    for name in TESTS:
        wanted = [counts(document, by_id[document.id], name, policy) for document in gold]
        found = result.rows[:, result.measures.index(name)].tolist()
        assert found == [[right, asked, right, there] for right, asked, there in wanted], name


@given(corpora(), policies)
def test_gold_against_itself_scores_one(corpus: Corpus, policy: Policy) -> None:
    gold, _ = corpus
    for name, figure in score(gold, gold, policy):
        if MEASURES[name].kind == "prf":
            assert (figure.precision, figure.recall, figure.f1) == (1, 1, 1), name
        elif figure.predicted:
            assert figure.rate == (MEASURES[name].better == "higher"), name


@given(corpora(), policies)
def test_nothing_exceeds_one(corpus: Corpus, policy: Policy) -> None:
    result = score(*corpus, policy)
    assert (result.rows >= 0).all()
    for name, figure in result:
        assert figure.right == figure.found <= min(figure.predicted, figure.gold), name
        assert max(figure.precision, figure.recall, figure.f1, figure.rate) <= 1, name
        assert 0 <= result.macro(name) <= 1, name


@given(corpora(), policies, st.randoms(use_true_random=False))
def test_order_of_anything_changes_nothing(
    corpus: Corpus, policy: Policy, shuffler: random.Random
) -> None:
    gold, predicted = corpus
    before = score(gold, predicted, policy)

    def shuffled(documents: list[Document]) -> list[Document]:
        found = [replace(d, attributions=tuple(_shuffle(d.attributions))) for d in documents]
        shuffler.shuffle(found)
        return found

    def _shuffle(items: tuple[Attribution, ...]) -> list[Attribution]:
        found = [
            replace(item, quote=tuple(shuffler.sample(item.quote, len(item.quote))))
            for item in items
        ]
        shuffler.shuffle(found)
        return found

    after = score(shuffled(gold), shuffled(predicted), policy)
    assert after.documents == before.documents
    assert np.array_equal(after.rows, before.rows)


@given(corpora(), policies)
def test_swapping_the_sides_swaps_precision_and_recall(corpus: Corpus, policy: Policy) -> None:
    forth = score(*corpus, policy)
    back = score(*swapped(*corpus), policy)
    for name, figure in forth:
        if name.startswith("alarms") or name.endswith("entity"):
            continue  # distractors and mentions are the gold's alone
        mirror = back[name]
        assert (figure.precision, figure.recall, figure.f1) == (
            mirror.recall,
            mirror.precision,
            mirror.f1,
        ), name


@given(corpora(), policies, st.integers(2, 4))
def test_copies_cost_precision_and_bring_no_recall(
    corpus: Corpus, policy: Policy, times: int
) -> None:
    gold, _ = corpus
    copies = [replace(d, attributions=d.attributions * times) for d in gold]
    for name, figure in score(gold, copies, policy):
        if figure.gold and MEASURES[name].kind == "prf" and name != "relay":
            assert figure.recall == 1, name
            assert figure.precision == pytest.approx(1 / times), name


@given(corpora(), policies)
def test_a_role_earns_nothing_unless_its_quote_matched(corpus: Corpus, policy: Policy) -> None:
    result = score(*corpus, policy)
    credit = result.rows[:, :, 0]
    quotes = credit[:, result.measures.index("quote.relaxed")]
    for number, name in enumerate(result.measures):
        if name.split(".")[0] in ("cue", "speaker", "triple", "entity", "type"):
            assert (credit[:, number] <= quotes * MEASURES[name].scale).all(), name


@given(corpora(), policies)
def test_empty_predictions_are_defined(corpus: Corpus, policy: Policy) -> None:
    gold, _ = corpus
    silent = [Document(id=document.id) for document in gold]
    for name, figure in score(gold, silent, policy):
        if MEASURES[name].kind == "rate":
            assert figure.rate == 0, name
        else:
            wanted = 0.0 if figure.gold else 1.0
            assert (figure.precision, figure.recall, figure.f1) == (wanted,) * 3, name


@settings(max_examples=20)
@given(corpora(most=1), policies)
def test_mending_one_error_never_lowers_a_score(corpus: Corpus, policy: Policy) -> None:
    """Errors of a measure: a spurious prediction removed, a missed attribution added."""
    gold, predicted = corpus
    before = score(gold, predicted, policy)
    for name, figure in before:
        measure = MEASURES[name]
        if measure.scale != 1 or not isinstance(measure, AttributionMeasure):
            continue
        column = before.measures.index(name)
        if figure.right < figure.gold:
            # Add what is missing: of all gold attributions at least one raises the measure.
            scores = [
                score(gold, _added(predicted, d, item), policy)[name].right
                for d in gold
                for item in d.attributions
            ]
            assert max(scores) == figure.right + 1, name
        spurious = before.rows[:, column, 1] - before.rows[:, column, 0]
        if spurious.any():
            number = int(np.flatnonzero(spurious)[0])
            identifier = before.documents[number]
            document = next(d for d in predicted if d.id == identifier)
            kept = [
                score(gold, _without(predicted, identifier, index), policy)[name].right
                for index in range(len(document.attributions))
            ]
            assert max(kept) == figure.right, name


def _added(documents: list[Document], gold: Document, item: Attribution) -> list[Document]:
    """The documents with a gold attribution more, its source named as a prediction can."""
    name = next(entity.name for entity in gold.entities if entity.id == item.entity)
    claim = replace(item, entity=UNSET, name=name)
    return [
        replace(d, attributions=(*d.attributions, claim)) if d.id == gold.id else d
        for d in documents
    ]


def _without(documents: list[Document], identifier: str, index: int) -> list[Document]:
    return [
        replace(d, attributions=d.attributions[:index] + d.attributions[index + 1 :])
        if d.id == identifier
        else d
        for d in documents
    ]


@given(corpora(), policies, st.integers(0, 4))
def test_shards_add_up_to_the_whole(corpus: Corpus, policy: Policy, cut: int) -> None:
    gold, predicted = corpus
    whole = score(gold, predicted, policy)
    parts = score(gold[:cut], predicted[:cut], policy) + score(gold[cut:], predicted[cut:], policy)
    assert parts.documents == whole.documents
    assert np.array_equal(parts.rows, whole.rows)
    assert parts.signature == whole.signature


@given(corpora(), policies)
def test_doubling_the_corpus_changes_no_figure(corpus: Corpus, policy: Policy) -> None:
    gold, predicted = corpus

    def doubled(documents: list[Document]) -> list[Document]:
        return documents + [replace(d, id=f"{d.id}-again") for d in documents]

    once, twice = score(gold, predicted, policy), score(doubled(gold), doubled(predicted), policy)
    for name, figure in once:
        again = twice[name]
        assert (figure.precision, figure.recall, figure.f1) == (
            again.precision,
            again.recall,
            again.f1,
        )


@settings(max_examples=25)
@given(corpora(most=3), policies, st.integers(1, 3))
def test_the_size_of_a_chunk_changes_nothing(corpus: Corpus, policy: Policy, size: int) -> None:
    before = score(*corpus, policy)
    old, score_module.CHUNK = score_module.CHUNK, size
    try:
        after = score(*corpus, policy)
    finally:
        score_module.CHUNK = old
    assert np.array_equal(after.rows, before.rows)
