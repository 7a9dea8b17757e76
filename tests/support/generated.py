"""Documents for the laws: small texts, and attributions with every oddity that spans can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from qawl import Attribution, Distractor, Document, Entity
from qawl.records import DISTRACTOR_KINDS, QUOTE_TYPES, Spans
from qawl.spans import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

_PIECES = [
    *("قال", "وقال", "الوزير", "إن", "ب", "المطر", "23:34"),
    *("«", "»", '"', "،", " ", "  ", "\n", "👍", "\u200f"),
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.sampled_from(_PIECES), min_size=3, max_size=14))
    text = "".join(pieces)
    return text if len(text) >= 4 else text + "قال زيد"


@st.composite
def spans(draw: st.DrawFn, length: int, least: int = 0, most: int = 2) -> Spans:
    """Apart or touching, never overlapping; may cut words, hold blanks only, or be unsorted."""
    count = draw(st.integers(least, most))
    edges = draw(
        st.lists(st.integers(0, length), min_size=2 * count, max_size=2 * count, unique=True)
    )
    edges.sort()
    found = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    return tuple(draw(st.permutations(found)))


@st.composite
def attributions(draw: st.DrawFn, length: int) -> Attribution:
    return Attribution(
        quote=draw(spans(length, least=1)),
        cue=draw(spans(length)),
        speaker=draw(spans(length, most=1)),
        entity=draw(st.sampled_from("ab")),
        type=draw(st.sampled_from(QUOTE_TYPES)),
    )


@st.composite
def documents(draw: st.DrawFn, identifier: str = "d", most: int = 5) -> Document:
    """A gold document; some attributions nest in others or repeat their parts."""
    text = draw(texts())
    found = draw(st.lists(attributions(len(text)), max_size=most))
    if draw(st.booleans()) and found:
        found.append(draw(st.sampled_from(found)))
    if draw(st.booleans()) and found:
        outer = draw(st.sampled_from(found)).quote
        found.append(draw(inside(outer, draw(attributions(len(text))))))
    return Document(
        id=identifier,
        text=text,
        attributions=tuple(found),
        entities=entities(found),
        distractors=draw(distractors(len(text))),
    )


@st.composite
def inside(draw: st.DrawFn, outer: Spans, item: Attribution) -> Attribution:
    start, end = outer[0]
    if end - start < 2:
        return item
    cut = draw(st.integers(start + 1, end))
    return Attribution(
        quote=((start, cut),), cue=item.cue, speaker=item.speaker, entity=item.entity
    )


def entities(found: Sequence[Attribution]) -> tuple[Entity, ...]:
    """The sources of attributions, their mentions the speakers, as gold must have them."""
    return tuple(
        Entity(
            id=name,
            name=f"زيد {name}",
            kind="person",
            mentions=tuple(
                sorted({s for item in found if item.entity == name for s in item.speaker or ()})
            ),
        )
        for name in sorted({str(item.entity) for item in found})
    )


@st.composite
def distractors(draw: st.DrawFn, length: int) -> tuple[Distractor, ...]:
    found = canonical(draw(spans(length)))
    return tuple(
        Distractor(span=span, kind=draw(st.sampled_from(DISTRACTOR_KINDS))) for span in found
    )


@st.composite
def predictions(draw: st.DrawFn, gold: Document) -> Document:
    """Noisy copies of the gold, and inventions."""
    length = len(str(gold.text))
    found: list[Attribution] = []
    for item in gold.attributions:
        fate = draw(st.integers(0, 5))
        noise = draw(attributions(length))
        if fate <= 2:
            found.append(item)
        if fate == 2:
            found.append(item)
        if fate == 3:
            found.append(Attribution(quote=noise.quote, cue=item.cue, speaker=item.speaker))
        if fate == 4:
            found.append(Attribution(quote=item.quote, cue=noise.cue, speaker=noise.speaker))
    found += draw(st.lists(attributions(length), max_size=2))
    kept = tuple(draw(st.permutations(found)))
    known = entities([item for item in kept if isinstance(item.entity, str)])
    return Document(id=gold.id, attributions=kept, entities=known)


@st.composite
def corpora(draw: st.DrawFn, most: int = 4) -> tuple[list[Document], list[Document]]:
    """Gold and predictions for the same documents."""
    count = draw(st.integers(0, most))
    gold = [draw(documents(f"d{number}")) for number in range(count)]
    return gold, [draw(predictions(document)) for document in gold]


@st.composite
def hesitant(draw: st.DrawFn, document: Document, length: int) -> Document:
    """The same predictions, some answers left out, some sources named in other ways."""
    listed = [*(entity.id for entity in document.entities), "c", "d"]

    def changed(item: Attribution) -> Attribution:
        fate = draw(st.integers(0, 7))
        if fate <= 1:
            return replace(item, **{draw(st.sampled_from(["cue", "speaker", "type"])): UNSET})
        if fate == 2:
            return replace(item, speaker=(), mention=draw(spans(length)), entity=UNSET)
        if fate == 3:
            name = draw(st.sampled_from(["زيد a", "زَيد  B", "الوزير", ""]))
            return replace(
                item, speaker=UNSET, name=name, entity=draw(st.sampled_from([UNSET, "c"]))
            )
        if fate == 4:
            return replace(item, speaker=UNSET, mention=UNSET, entity=draw(st.sampled_from(listed)))
        return item

    own = (
        Entity(id="c", name="زيد a", kind="person", mentions=draw(spans(length))),
        Entity(id="d", name=draw(st.sampled_from(["", "زيد b"])), kind="group"),
    )
    return replace(
        document,
        attributions=tuple(map(changed, document.attributions)),
        entities=(*document.entities, *own),
    )


@st.composite
def hesitant_corpora(draw: st.DrawFn, most: int = 4) -> tuple[list[Document], list[Document]]:
    """As :func:`corpora`, with answers left out and sources named in every way."""
    gold, predicted = draw(corpora(most))
    return gold, [draw(hesitant(p, len(str(g.text)))) for g, p in zip(gold, predicted, strict=True)]


def swapped(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> tuple[list[Document], list[Document]]:
    """The same two sides with their roles exchanged."""
    return (
        [replace(p, text=g.text) for g, p in zip(gold, predicted, strict=True)],
        [replace(g, text=UNSET) for g in gold],
    )
