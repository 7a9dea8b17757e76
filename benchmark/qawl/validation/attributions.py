"""Attributions: whole, apart from each other, and of the type that the marks say."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from qawl.findings import Finding, Where, finding
from qawl.marks import MARKS
from qawl.quote_types import derive
from qawl.spans import overlap
from qawl.validation.parts import roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Attribution, Document, Spans

_ANSWERS = ("cue", "speaker", "entity", "type")
_COMPLEMENTISERS = frozenset({"أن", "إن", "ان", "بأن", "بان", "أنّ", "إنّ"})
_PUNCTUATION = frozenset("،.؛:؟!,;?…-–—")
# Cues as they are met with و or ف in front; any other و may be the cue's own first letter.
_GLUED = frozenset(
    {
        *("قال", "قالت", "قالوا", "أضاف", "أضافت", "أكد", "أكدت", "أوضح", "أوضحت", "أعلن"),
        *("أعلنت", "ذكر", "ذكرت", "أشار", "أشارت", "تابع", "تابعت", "أفاد", "أفادت", "نقل"),
        *("نقلت", "كشف", "كشفت", "دعا", "دعت", "طالب", "طالبت", "اتهم", "اتهمت", "اعتبر"),
        *("اعتبرت", "بحسب", "حسب"),
    }
)


def check_shape(document: Document) -> Iterator[Finding]:
    """What holds for gold and predictions alike: a quote, and no attribution twice."""
    seen: set[tuple[object, ...]] = set()
    for number, item in enumerate(document.attributions):
        where: Where = {"document": document.id, "field": f"attributions[{number}]"}
        if not item.quote:
            yield finding("quote-missing", **where)
        parts = map(_in_order, (item.quote, item.cue, item.speaker, item.mention))
        key = (*parts, item.entity, item.type, item.name)
        if key in seen:
            yield finding("attribution-duplicate", **where)
        seen.add(key)


def _in_order(spans: Spans | UnsetType) -> Spans | UnsetType:
    return spans if isinstance(spans, UnsetType) or len(spans) < 2 else tuple(sorted(spans))


def check_answers(document: Document) -> Iterator[Finding]:
    """Gold answers every question and uses no field that only predictions have."""
    for number, item in enumerate(document.attributions):
        for name in _ANSWERS:
            if getattr(item, name) is UNSET:
                field = f"attributions[{number}].{name}"
                yield finding("attribution-incomplete", document=document.id, field=field)
        for name in ("mention", "name"):
            if getattr(item, name) is not UNSET:
                field = f"attributions[{number}].{name}"
                yield finding("attribution-prediction-only", document=document.id, field=field)


def check_parts(document: Document, text: str) -> Iterator[Finding]:
    """The parts of one attribution keep apart, and begin and end as the scheme says."""
    for number, item in enumerate(document.attributions):
        path = f"attributions[{number}]"
        for (first, spans), (second, others) in combinations(roles(item), 2):
            if "mention" not in (first, second) and overlap(spans, others):
                message = f"{first} and {second}"
                yield finding("parts-overlap", document=document.id, field=path, message=message)
        yield from _check_edges(document.id, path, item, text)


def _check_edges(document: str, path: str, item: Attribution, text: str) -> Iterator[Finding]:
    quote = " ".join(text[start:end] for start, end in sorted(item.quote))
    first = quote.lstrip("".join(MARKS)).split(" ", 1)[0]
    if first in _COMPLEMENTISERS and quote[0] not in MARKS:
        yield finding("quote-complementiser", document=document, field=f"{path}.quote", text=quote)
    if quote and (quote[-1] in _PUNCTUATION or quote[0] in _PUNCTUATION - set("-–—…")):
        tail = quote if len(quote) < 60 else quote[:20] + " … " + quote[-30:]
        yield finding("quote-punctuation", document=document, field=f"{path}.quote", text=tail)
    if isinstance(item.cue, UnsetType):
        return
    for start, end in item.cue:
        cue = text[start:end]
        if cue[:1] in ("و", "ف") and cue[1:].split(" ", 1)[0] in _GLUED:
            yield finding("cue-conjunction", document=document, field=f"{path}.cue", text=cue)


def check_types(document: Document, text: str) -> Iterator[Finding]:
    """The stated type against the one that the quotation marks give."""
    derived = derive(text, document.attributions, document.distractors)
    for number, (item, typing) in enumerate(zip(document.attributions, derived, strict=True)):
        if isinstance(item.type, UnsetType) or item.type == typing.type or typing.open:
            continue
        yield finding(
            "type-mismatch",
            document=document.id,
            field=f"attributions[{number}].type",
            text=" … ".join(text[start:end] for start, end in sorted(item.quote)),
            message=f"stated {item.type}, by the marks {typing.type}",
        )
