"""What holds of the classes of any corpus: sums, order, and what mending them gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qawl import Attribution, Document
from qawl.errors import CLASSES, Analysis, analyse
from qawl.errors import listing as listing_module
from qawl.errors.classes import verdicts
from qawl.scoring import score_documents
from qawl.scoring.chunk import Chunk
from qawl.scoring.parts import POLICIES, Policy
from support.effort import costly
from support.generated import corpora, hesitant_corpora

if TYPE_CHECKING:
    import random

Corpus = tuple[list[Document], list[Document]]
policies = st.sampled_from(POLICIES)
either = st.one_of(corpora(), hesitant_corpora())


@given(either, policies)
def test_every_false_positive_and_negative_is_in_exactly_one_class(
    corpus: Corpus, policy: Policy
) -> None:
    gold, predicted = corpus
    found = analyse(predicted, gold, policy=policy)
    counts = found.counts.values()
    assert list(found.counts) == list(CLASSES)
    assert sum(count.false_positives for count in counts) == found.predicted - found.right
    assert sum(count.false_negatives for count in counts) == found.gold - found.right
    assert found.predicted == sum(len(document.attributions) for document in predicted)
    assert found.gold == sum(len(document.attributions) for document in gold)
    for error in found.errors:
        assert error.gold or error.predicted
        assert bool(error.faults) == bool(error.gold and error.predicted)


@given(either, policies)
def test_what_is_right_here_is_at_most_an_exact_triple(corpus: Corpus, policy: Policy) -> None:
    gold, predicted = corpus
    triples = score_documents(predicted, gold, measures=["triple.exact"], policy=policy)
    assert analyse(predicted, gold, policy=policy).right <= triples["triple.exact"].right


@given(corpora(), policies)
def test_gold_has_no_errors_and_silence_misses_all(corpus: Corpus, policy: Policy) -> None:
    gold = [replace(d, attributions=tuple(map(typed, d.attributions))) for d in corpus[0]]
    assert analyse(gold, gold, policy=policy).errors == []
    assert analyse(gold, gold, policy=policy).f1 == 1
    silent = analyse([Document(id=document.id) for document in gold], gold, policy=policy)
    assert {error.kind for error in silent.errors} <= {"missed"}


def typed(item: Attribution) -> Attribution:
    return item if isinstance(item.type, str) else replace(item, type="direct")


def unplaced(found: Analysis) -> Analysis:
    """Without the places of attributions in their documents, which are a matter of order."""
    return found._replace(errors=[replace(e, gold_at=-1, predicted_at=-1) for e in found.errors])


@costly(60)
@given(either, policies, st.randoms(use_true_random=False))
def test_the_order_of_anything_changes_nothing(
    corpus: Corpus, policy: Policy, shuffler: random.Random
) -> None:
    def shuffled(documents: list[Document]) -> list[Document]:
        found = [
            replace(d, attributions=tuple(shuffler.sample(d.attributions, len(d.attributions))))
            for d in documents
        ]
        shuffler.shuffle(found)
        return found

    gold, predicted = corpus
    before = unplaced(analyse(predicted, gold, policy=policy))
    assert unplaced(analyse(shuffled(predicted), shuffled(gold), policy=policy)) == before


@costly(30)
@given(either, policies)
def test_an_error_says_where_its_two_ends_stand(corpus: Corpus, policy: Policy) -> None:
    gold, predicted = ({d.id: d for d in documents} for documents in corpus)
    for error in analyse(corpus[1], corpus[0], policy=policy).errors:
        for parts, place, side in (
            (error.gold, error.gold_at, gold),
            (error.predicted, error.predicted_at, predicted),
        ):
            assert (parts is None) == (place == -1)
            if parts is not None:
                item = side[error.document].attributions[place]
                text = str(gold[error.document].text)
                assert parts.quote == " … ".join(text[s:e] for s, e in sorted(item.quote))


@costly(30)
@given(either, policies)
def test_aligned_pairs_are_counted_by_their_types(corpus: Corpus, policy: Policy) -> None:
    found = analyse(corpus[1], corpus[0], policy=policy)
    pairs = sum(e.gold is not None and e.predicted is not None for e in found.errors)
    assert sum(found.types.values()) == found.right + pairs


@costly(20)
@given(either, policies, st.integers(1, 3))
def test_the_size_of_a_chunk_changes_nothing(corpus: Corpus, policy: Policy, size: int) -> None:
    gold, predicted = corpus
    before = analyse(predicted, gold, policy=policy)
    old, listing_module._CHUNK = listing_module._CHUNK, size
    try:
        assert analyse(predicted, gold, policy=policy) == before
    finally:
        listing_module._CHUNK = old


@costly(25)
@given(st.one_of(corpora(most=2), hesitant_corpora(most=2)), policies)
def test_the_f1_of_a_mended_class_is_what_mending_it_gives(corpus: Corpus, policy: Policy) -> None:
    """In the documents: a pair gets the parts of its gold, what is extra goes, what lacks comes."""
    gold, predicted = corpus
    gold = [replace(d, attributions=tuple(map(typed, d.attributions))) for d in gold]
    before = analyse(predicted, gold, policy=policy)
    for kind in CLASSES:
        mended = [mend(kind, *pair, policy) for pair in zip(gold, predicted, strict=True)]
        assert analyse(mended, gold, policy=policy).f1 == before.counts[kind].mended, kind
        assert before.counts[kind].mended >= before.f1, kind


def mend(kind: str, gold: Document, predicted: Document, policy: Policy) -> Document:
    wrong = verdicts(Chunk.of([gold], [predicted], policy)).verdicts
    items: list[Attribution | None] = list(predicted.attributions)
    for verdict in wrong:
        if verdict.kind != kind:
            continue
        if verdict.predicted >= 0:
            items[verdict.predicted] = None
        if verdict.gold >= 0:
            items.append(gold.attributions[verdict.gold])
    return replace(predicted, attributions=tuple(item for item in items if item is not None))
