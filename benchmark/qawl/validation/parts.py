"""The places of a document where spans stand, each under the name that findings use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UnsetType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Attribution, Document, Spans


def roles(attribution: Attribution) -> Iterator[tuple[str, Spans]]:
    """The parts that the attribution answers, by name."""
    yield "quote", attribution.quote
    if not isinstance(attribution.cue, UnsetType):
        yield "cue", attribution.cue
    if not isinstance(attribution.speaker, UnsetType):
        yield "speaker", attribution.speaker
    if not isinstance(attribution.mention, UnsetType):
        yield "mention", attribution.mention


def parts(document: Document) -> Iterator[tuple[str, Spans]]:
    """Every list of spans in a document, with the path of its field."""
    for number, attribution in enumerate(document.attributions):
        for name, spans in roles(attribution):
            yield f"attributions[{number}].{name}", spans
    for number, entity in enumerate(document.entities):
        yield f"entities[{number}].mentions", entity.mentions
    for number, distractor in enumerate(document.distractors):
        yield f"distractors[{number}].span", (distractor.span,)
