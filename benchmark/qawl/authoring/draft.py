"""What both forms of annotation come down to, and how it becomes a record."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from qawl.findings import Finding, InputError, finding
from qawl.quote_types import derive
from qawl.records import (
    Attribution,
    Distractor,
    Document,
    Entity,
    EntityKind,
    MetaValue,
    QuoteType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qawl.records import DistractorKind, Span

_LINE = re.compile(r"\(at line (\d+), ")


class EntityDraft(msgspec.Struct, forbid_unknown_fields=True):
    """An entity as a header states it."""

    kind: EntityKind
    name: str
    mentions: tuple[str, ...] = ()


class AttributionHead(msgspec.Struct, forbid_unknown_fields=True):
    """What a header says of an attribution: its source, and its type where marks do not tell."""

    entity: str
    type: QuoteType | None = None


@dataclass
class AttributionDraft:
    """An attribution while its spans are being gathered."""

    head: AttributionHead
    quote: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    speaker: list[Span] = field(default_factory=list)


@dataclass
class Draft:
    """A document while it is being gathered from its source."""

    id: str
    text: str
    entities: dict[str, EntityDraft]
    attributions: list[AttributionDraft]
    mentions: dict[str, list[Span]]
    distractors: list[tuple[Span, DistractorKind]]
    meta: dict[str, MetaValue]

    def record(self) -> Document:
        """The document in its one canonical form: everything sorted, types derived."""
        distractors = tuple(
            Distractor(span=span, kind=kind) for span, kind in sorted(self.distractors)
        )
        untyped = [
            (
                Attribution(
                    quote=tuple(sorted(item.quote)),
                    cue=tuple(sorted(item.cue)),
                    speaker=tuple(sorted(item.speaker)),
                    entity=item.head.entity,
                ),
                item.head.type,
            )
            for item in self.attributions
        ]
        types = derive(self.text, [item for item, _ in untyped], distractors)
        attributions = [
            msgspec.structs.replace(item, type=stated or derived.type)
            for (item, stated), derived in zip(untyped, types, strict=True)
        ]
        return Document(
            id=self.id,
            text=self.text,
            sha256=sha256(self.text.encode()).hexdigest(),
            attributions=tuple(
                sorted(attributions, key=lambda a: (a.quote, a.cue or (), a.speaker or ()))
            ),
            entities=tuple(self._entity(name) for name in sorted(self.entities)),
            distractors=distractors,
            meta=self.meta,
        )

    def _entity(self, name: str) -> Entity:
        spoken = [
            span for item in self.attributions if item.head.entity == name for span in item.speaker
        ]
        return Entity(
            id=name,
            name=self.entities[name].name,
            kind=self.entities[name].kind,
            mentions=tuple(sorted({*self.mentions.get(name, []), *spoken})),
        )


def header_error(file: str, message: str, field: str = "", line: int = 1) -> InputError:
    """A ``source-header`` error."""
    return InputError(
        [finding("source-header", file=file, line=line, field=field, message=message)]
    )


def read_toml(source: str, file: str) -> dict[str, Any]:
    """A TOML source; ``source-header`` at its line if it is none."""
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # numbers without end, brackets without end
        place = _LINE.search(str(error))
        raise header_error(file, str(error), line=int(place[1]) if place else 1) from error


def read_meta(raw: dict[str, Any], kinds: Mapping[str, Any], file: str) -> dict[str, MetaValue]:
    """What a header says besides, each value of its kind."""
    return {key: _convert(value, kinds[key], file, key) for key, value in raw.items()}


def read_entities(raw: object, file: str) -> dict[str, EntityDraft]:
    """The table ``[entities]`` of a header."""
    wanted = dict[str, EntityDraft]
    found: dict[str, EntityDraft] = _convert(raw or {}, wanted, file, "entities")
    return found


def read_head(raw: object, file: str, where: str) -> AttributionHead:
    """The value of an attribution in a header: an entity, or a table with more."""
    value = {"entity": raw} if isinstance(raw, str) else raw
    found: AttributionHead = _convert(value, AttributionHead, file, where)
    return found


def _convert(raw: object, wanted: Any, file: str, where: str) -> Any:
    try:
        return msgspec.convert(raw, wanted)
    except msgspec.ValidationError as error:
        raise header_error(file, str(error), where) from error


def refuse(findings: list[Finding]) -> None:
    """Raise if there is anything to raise."""
    if findings:
        raise InputError(findings)
