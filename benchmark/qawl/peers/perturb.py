"""Predictions made of gold by one clear change each, without chance: what scorers are tried on."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from qawl.records import Attribution, Document, Span
from qawl.spans import canonical, overlap
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COPIES = 3


def same(gold: Sequence[Document]) -> list[Document]:
    """The gold itself."""
    return list(gold)


def copies(gold: Sequence[Document]) -> list[Document]:
    """Every attribution three times."""
    return [replace(d, text=UNSET, attributions=d.attributions * COPIES) for d in gold]


def turned(documents: Sequence[Document]) -> list[Document]:
    """Documents, attributions and the spans of quotes in reverse order."""
    return [
        replace(d, attributions=tuple(_turned(item) for item in reversed(d.attributions)))
        for d in reversed(documents)
    ]


def _turned(item: Attribution) -> Attribution:
    return replace(item, quote=item.quote[::-1])


def shuffled(documents: Sequence[Document], seed: int) -> list[Document]:
    """Documents and attributions in an order drawn by the seed."""
    random = Random(seed)  # noqa: S311  a draw, no secret
    found = [
        replace(d, attributions=tuple(random.sample(d.attributions, len(d.attributions))))
        for d in documents
    ]
    random.shuffle(found)
    return found


def silent(gold: Sequence[Document]) -> list[Document]:
    """Every document, and nothing predicted."""
    return [Document(id=d.id) for d in gold]


def dropped(gold: Sequence[Document]) -> list[Document]:
    """Every third attribution left out."""
    return _changed(gold, lambda _, n, item: () if n % 3 == 2 else (item,))


def shifted(gold: Sequence[Document]) -> list[Document]:
    """Every quote two words further on, as far as the text goes."""
    return _changed(gold, lambda d, _, item: (replace(item, quote=_later(d, item)),))


def whole(gold: Sequence[Document]) -> list[Document]:
    """For every attribution a quote that is the whole document."""
    return _changed(gold, lambda d, _, item: (replace(item, quote=((0, len(str(d.text))),)),))


def displaced(gold: Sequence[Document]) -> list[Document]:
    """Every quote is one word that no gold quote touches; cue, speaker and type stay right."""
    return _changed(
        gold,
        lambda d, _, item: tuple(replace(item, quote=(word,)) for word in _outside(d)[:1]),
    )


def noisy(gold: Sequence[Document]) -> list[Document]:
    """One after the other: right, displaced, left out, too long, twice, without roles."""
    return _changed(gold, _noise)


def _noise(document: Document, number: int, item: Attribution) -> tuple[Attribution, ...]:
    longer = canonical((*item.quote, *_later(document, item)))
    bare = Attribution(quote=item.quote, cue=item.cue, speaker=(), type=item.type)
    others = tuple(replace(item, quote=(word,)) for word in _outside(document)[:1])
    return (
        (item,),
        others,
        (),
        (replace(item, quote=longer),),
        (item, item),
        (bare,),
    )[number % 6]


def _changed(
    gold: Sequence[Document],
    change: Callable[[Document, int, Attribution], Iterable[Attribution]],
) -> list[Document]:
    """Predictions without texts; attributions are numbered through all documents."""
    found: list[Document] = []
    number = 0
    for document in gold:
        items: list[Attribution] = []
        for item in document.attributions:
            items += change(document, number, item)
            number += 1
        entities = document.entities
        found.append(Document(id=document.id, attributions=tuple(items), entities=entities))
    return found


def _later(document: Document, item: Attribution) -> tuple[Span, ...]:
    """The quote's spans, each beginning and ending two words later."""
    words = word_spans(str(document.text))
    found: list[Span] = []
    for span in item.quote:
        places = [n for n, word in enumerate(words) if overlap((span,), (word,))]
        if not places:
            found.append(span)
            continue
        last = len(words) - 1
        first, end = min(places[0] + 2, last), min(places[-1] + 2, last)
        found.append((words[first][0], words[end][1]))
    return canonical(found)


def _outside(document: Document) -> list[Span]:
    """The words that no gold quote touches."""
    quotes = [span for item in document.attributions for span in item.quote]
    return [word for word in word_spans(str(document.text)) if not overlap(quotes, (word,))]
