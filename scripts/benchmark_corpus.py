"""The corpus of scripts/benchmark.py: generated, the same on every machine.

Documents of 400 words with ten gold attributions each, some nested, discontinuous or
implicit, and noisy predictions: shifted, dropped, doubled, invented.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from qawl.records import Attribution, Distractor, Document, Entity, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = ["قال", "الوزير", "إن", "المطر", "سيستمر", "أياما", "وأضاف", "مصدر", "محلي", "الطريق",
         "مغلق", "بحسب", "البلدية", "«السد»", "صباح", "أمس،", "وأوضحت", "المديرة", "أنها",
         "تنتظر", "ردا.", "الشركة", "نفت", "تأخير", "الدفعة"]  # fmt: skip
TYPES = ("direct", "indirect", "mixed")
PER_DOCUMENT = 10
# 40 words for an attribution: 25 in 1,000 words, about as dense as core.
SPREAD = 40


def corpus(count: int, seed: int = 7) -> Iterator[tuple[Document, Document]]:
    """Gold and predictions, one pair after the other."""
    chance = random.Random(seed)  # noqa: S311  no secret
    for number in range(count):
        words = [chance.choice(WORDS) for _ in range(PER_DOCUMENT * SPREAD)]
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        gold = [_attribution(chance, starts, place * SPREAD) for place in range(PER_DOCUMENT)]
        name = f"doc-{number:07d}"
        yield (
            Document(
                id=name,
                text=" ".join(words),
                attributions=tuple(gold),
                entities=_entities(gold),
                distractors=(Distractor(span=(starts[8], starts[9] - 1), kind="name"),),
            ),
            Document(id=name, attributions=tuple(_noisy(chance, gold, starts))),
        )


def _attribution(chance: random.Random, starts: list[int], word: int) -> Attribution:
    """Cue, two-word speaker, quote of four to thirteen words; one in twenty holds another."""
    length = chance.randint(4, 13)
    first, last = word + 3, word + 3 + length
    quote: Spans = ((starts[first], starts[last] - 1),)
    if chance.random() < 0.03:
        middle = first + length // 2
        quote = ((starts[first], starts[middle] - 1), (starts[middle + 1], starts[last] - 1))
    if word and chance.random() < 0.05:
        quote = ((starts[word - 10], starts[last] - 1),)
    speaker: Spans = ((starts[word + 1], starts[word + 3] - 1),)
    return Attribution(
        quote=quote,
        cue=((starts[word], starts[word + 1] - 1),),
        speaker=() if chance.random() < 0.15 else speaker,
        entity=f"e{word % 3}",
        type=chance.choice(TYPES),  # type: ignore[arg-type]
    )


def _entities(gold: list[Attribution]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            id=name,
            name=f"مصدر {name}",
            kind="person",
            mentions=tuple(s for item in gold if item.entity == name for s in item.speaker or ()),
        )
        for name in sorted({str(item.entity) for item in gold})
    )


def _noisy(chance: random.Random, gold: list[Attribution], starts: list[int]) -> list[Attribution]:
    found: list[Attribution] = []
    for item in gold:
        fate = chance.random()
        quote, cue, speaker = item.quote, item.cue, item.speaker
        if fate < 0.10:
            continue
        if fate < 0.30:
            quote = ((quote[0][0], quote[-1][1]),)
            quote = ((max(0, quote[0][0] - 5), quote[0][1]),)
        if 0.30 <= fate < 0.40:
            speaker = ()
        if 0.40 <= fate < 0.45:
            cue = ()
        if 0.45 <= fate < 0.48:
            found.append(item)
        found.append(
            Attribution(quote=quote, cue=cue, speaker=speaker, type=item.type, name="مصدر e0")
        )
    while len(found) < len(gold):
        found.append(_attribution(chance, starts, chance.randrange(PER_DOCUMENT) * SPREAD))
    # They list no entities, so each names its source by a string.
    return [replace(item, entity=UNSET, name="مصدر e0") for item in found]


def flat(documents: int) -> tuple[list[Document], list[Document]]:
    """Gold and predictions of quotes alone, of one span each, that do not overlap."""
    gold: list[Document] = []
    predicted: list[Document] = []
    for ours, theirs in corpus(documents):
        for side, document in ((gold, ours), (predicted, theirs)):
            last, kept = -1, []
            for item in sorted(document.attributions, key=lambda a: a.quote):
                if item.quote[0][0] > last and len(item.quote) == 1:
                    kept.append(Attribution(quote=item.quote))
                    last = item.quote[0][1]
            side.append(Document(id=ours.id, text=ours.text, attributions=tuple(kept)))
    return gold, predicted


def tags(document: Document, gold: Document) -> list[str]:
    """The IOB2 labels of a flat document, one for each word between blanks."""
    text = str(gold.text)
    starts, place = [], 0
    for word in text.split(" "):
        starts.append((place, place + len(word)))
        place += len(word) + 1
    tags = ["O"] * len(starts)
    for item in document.attributions:
        ((low, high),) = item.quote
        inside = [n for n, (a, b) in enumerate(starts) if a < high and low < b]
        for order, number in enumerate(inside):
            tags[number] = "I-Q" if order else "B-Q"
    return tags
