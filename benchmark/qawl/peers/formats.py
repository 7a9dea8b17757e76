"""Our documents in the formats that the published scorers read, for running them beside ours.

The text of a written document is its words with a space between them, so that a tokeniser that
splits at spaces has exactly our units (:mod:`qawl.peers.layout`); where the unit is the character,
the text is the document's own.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from qawl.peers.layout import answered, sheets
from qawl.records import Attribution, Document
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from msgspec import UnsetType

    from qawl.peers.layout import Interval, Item, Part
    from qawl.records import QuoteType, Spans

_FORMS = {"direct": "Direct", "indirect": "Indirect", "mixed": "IndirectFreeIndirect"}
_TYPES: dict[str, QuoteType] = {"Direct": "direct", "Indirect": "indirect"}
Written = dict[str, dict[str, Any]]


def to_spkatt(gold: Sequence[Document], predicted: Sequence[Document]) -> tuple[Written, Written]:
    """Gold and predictions as eval.py of SpkAtt-2023, task 2, reads them, by document.

    ``mixed`` has no counterpart and is written as one of their other types; the medium, which we
    do not know, is the same everywhere.
    """
    ours: Written = {}
    theirs: Written = {}
    present = {document.id for document in predicted}
    order = sorted(document.id for document in gold)
    for name, sheet in zip(order, sheets(gold, predicted, as_published=True), strict=True):
        ours[name] = _spkatt(name, sheet.gold)
        if name in present:
            theirs[name] = _spkatt(name, sheet.predicted)
    return ours, theirs


def _spkatt(name: str, items: list[Item]) -> dict[str, Any]:
    annotations = [
        {
            "quote": {"tokenIds": sorted(item.quote.words)},
            "cue": {"tokenIds": sorted(item.cue.words)},
            "speaker": {"tokenIds": sorted(item.speaker.words)},
            "type": _FORMS.get(item.type),
            "medium": "none",
        }
        for item in items
    ]
    return {"documentName": name, "annotations": annotations}


def from_spkatt(name: str, raw: dict[str, Any]) -> Document:
    """A document of the German gold: their tokens as our words, and no word of their text.

    Args:
        name: the id that it gets.
        raw: a file of uhh-lt/german-news-quotation-attribution-2024; token ids count through the
            document. Types other than direct and indirect become mixed.
    """
    words = [f"w{place}" for place in range(raw["sentences"][-1]["end"])]
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))

    def spans(part: dict[str, list[int]] | None) -> Spans:
        tokens = sorted(set((part or {}).get("tokenIds", [])))
        firsts = [token for token in tokens if token - 1 not in tokens]
        lasts = [token for token in tokens if token + 1 not in tokens]
        return tuple((starts[a], starts[b + 1] - 1) for a, b in zip(firsts, lasts, strict=True))

    items = tuple(
        Attribution(
            quote=spans(item["quote"]),
            cue=spans(item.get("cue")),
            speaker=spans(item.get("speaker")),
            type=_TYPES.get(item["type"], "mixed"),
        )
        for item in raw["annotations"]
    )
    return Document(id=name, text=" ".join(words), attributions=items)


def to_citron(gold: Sequence[Document], predicted: Sequence[Document]) -> tuple[Written, Written]:
    """Gold and predictions in Citron's annotation format, by document.

    The first word of a text is the number of the document, so that no two texts are the same.

    Raises:
        ValueError: for a quote without a cue or a part without a word, which it cannot hold.
    """
    ours: Written = {}
    theirs: Written = {}
    by_id = {document.id: document for document in gold}
    order = sorted(by_id)
    for number, (name, sheet) in enumerate(
        zip(order, sheets(gold, predicted, as_published=True), strict=True)
    ):
        text = str(by_id[name].text)
        words = [str(number), *(text[start:end] for start, end in word_spans(text))]
        starts = list(accumulate((len(word) + 1 for word in words), initial=0))[1:]
        whole = " ".join(words)
        ours[name] = {"text": whole, "quotes": [_citron(i, starts) for i in sheet.gold]}
        theirs[name] = {"text": whole, "quotes": [_citron(i, starts) for i in sheet.predicted]}
    return ours, theirs


def _citron(item: Item, starts: list[int]) -> dict[str, Any]:
    def place(interval: Interval) -> dict[str, int]:
        if interval[1] >= len(starts):
            raise ValueError("a part without a word has no place in a text of words")
        return {"start": starts[interval[0]], "end": starts[interval[1]] - 1}

    def places(part: Part) -> list[dict[str, int]]:
        return [place(interval) for interval in part.spans]

    if item.cue.hull is None:
        raise ValueError("Citron's format has no quote without a cue")
    return {
        "cue": place(item.cue.hull),
        "sources": places(item.speaker),
        "contents": places(item.quote),
    }


def with_cues(documents: Sequence[Document]) -> list[Document]:
    """The documents without the attributions that have no cue."""
    return [
        replace(d, attributions=tuple(item for item in d.attributions if answered(item.cue)))
        for d in documents
    ]


def to_gendergap(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]]]:
    """Gold and predictions as evaluate_quotes.py reads them, a list of quotes by document."""
    texts = {d.id: str(d.text) for d in gold}
    ours = {d.id: [_gendergap(item, texts[d.id]) for item in d.attributions] for d in gold}
    theirs = {
        d.id: [_gendergap(item, texts[d.id]) for item in d.attributions]
        for d in predicted
        if d.id in texts
    }
    return ours, theirs


def _gendergap(item: Attribution, text: str) -> dict[str, Any]:
    def index(spans: Spans) -> str:
        return f"({min(spans)[0]},{max(end for _, end in spans)})" if spans else ""

    def string(spans: Spans | UnsetType) -> str:
        return " ".join(text[start:end] for start, end in sorted(answered(spans)))

    speaker, verb = string(item.speaker), string(item.cue)
    return {
        "quote": string(item.quote),
        "quote_index": index(item.quote),
        "speaker": speaker,
        "speaker_index": index(answered(item.speaker)),
        "verb": verb,
        "is_floating_quote": not (speaker or verb),
    }
