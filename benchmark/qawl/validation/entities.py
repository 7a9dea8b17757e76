"""Entities: every source listed once, every speaker among the mentions of its entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UnsetType

from qawl.findings import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Document


def check_entities(document: Document) -> Iterator[Finding]:
    """Ids that point nowhere or twice; what holds for gold and predictions alike."""
    known: set[str] = set()
    for number, entity in enumerate(document.entities):
        field = f"entities[{number}].id"
        if entity.id in known:
            yield finding("entity-duplicate", document=document.id, field=field, text=entity.id)
        known.add(entity.id)
    for number, item in enumerate(document.attributions):
        if not isinstance(item.entity, UnsetType) and item.entity not in known:
            field = f"attributions[{number}].entity"
            yield finding("entity-unknown", document=document.id, field=field, text=item.entity)


def check_sources(document: Document, text: str) -> Iterator[Finding]:
    """Gold lists sources only, and their speakers are their mentions."""
    mentions = {entity.id: set(entity.mentions) for entity in document.entities}
    used = {item.entity for item in document.attributions}
    for number, entity in enumerate(document.entities):
        if entity.id not in used:
            field = f"entities[{number}]"
            yield finding("entity-unused", document=document.id, field=field, text=entity.id)
    for number, item in enumerate(document.attributions):
        if isinstance(item.speaker, UnsetType) or isinstance(item.entity, UnsetType):
            continue
        for start, end in item.speaker:
            if (start, end) not in mentions.get(item.entity, {(start, end)}):
                yield finding(
                    "speaker-not-mention",
                    document=document.id,
                    field=f"attributions[{number}].speaker",
                    text=text[start:end],
                    message=f"entity {item.entity}",
                )
