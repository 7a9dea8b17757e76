"""What documents say, as arrays: every field, and offsets that no array holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from qawl import Attribution, Document
from qawl.records import QUOTE_TYPES, Spans
from qawl.scoring.columns import NO_TYPE, columns, spread
from support.generated import hesitant_corpora

small = st.integers(-(2**70), 2**70)
parts: st.SearchStrategy[list[Spans]] = st.lists(
    st.lists(st.tuples(small, small), max_size=3).map(tuple), max_size=4
)


@given(hesitant_corpora())
def test_columns_hold_what_the_records_say(corpus: tuple[list[Document], list[Document]]) -> None:
    for documents in corpus:
        said = columns(documents)
        items = [item for document in documents for item in document.attributions]
        entities = [entity for document in documents for entity in document.entities]
        assert said.texts == [document.text for document in documents]
        assert said.attributions.tolist() == [len(d.attributions) for d in documents]
        assert said.quote.parts() == [item.quote for item in items]
        assert said.cue.parts() == [item.cue or () for item in items]
        assert said.speaker.parts() == [item.speaker or () for item in items]
        assert said.mention.parts() == [item.mention or () for item in items]
        assert said.no_cue.tolist() == [item.cue is UNSET for item in items]
        assert said.no_speaker.tolist() == [item.speaker is UNSET for item in items]
        types = [None if code == NO_TYPE else QUOTE_TYPES[code] for code in said.type.tolist()]
        assert types == [item.type or None for item in items]
        assert said.entity == [item.entity for item in items]
        assert said.name == [item.name for item in items]
        assert said.ids == [entity.id for entity in entities]
        assert said.mentions.parts() == [entity.mentions for entity in entities]
        assert said.mentions.single().owner.tolist() == list(range(len(said.mentions.owner)))


@given(parts)
def test_an_offset_of_any_size_stays_on_its_side_of_the_text(some: list[Spans]) -> None:
    found = spread(some)
    assert found.counts.tolist() == [len(spans) for spans in some]
    for spans, kept in zip(some, found.parts(), strict=True):
        for offsets, other in zip(spans, kept, strict=True):
            for offset, value in zip(offsets, other, strict=True):
                assert (value < 0) == (offset < 0)
                assert value == offset or offset < 0 or min(value, offset) >= 2**62


def test_no_documents_have_columns() -> None:
    assert columns([]).quote.parts() == []
    assert columns([Document(id="d")]).attributions.tolist() == [0]
    bare = columns([Document(id="d", attributions=(Attribution(quote=((0, 1),)),))])
    assert bare.no_cue.tolist() == bare.no_speaker.tolist() == [True]
