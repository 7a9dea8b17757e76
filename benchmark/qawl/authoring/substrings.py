"""Exact substrings: the annotation names its parts by quoting the text (docs/authoring.md)."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from qawl.authoring.draft import (
    AttributionDraft,
    AttributionHead,
    Draft,
    EntityDraft,
    header_error,
    read_toml,
    refuse,
)
from qawl.findings import Finding, InputError, finding
from qawl.records import DistractorKind, MetaValue, QuoteType

if TYPE_CHECKING:
    from qawl.records import Document, Span

_GAP = re.compile(r"\s*\[\.\.\.\]\s*")
_OPEN, _CLOSE = "[[", "]]"


class _Attribution(msgspec.Struct, forbid_unknown_fields=True):
    quote: tuple[str, ...]
    entity: str
    cue: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    type: QuoteType | None = None


class _Distractor(msgspec.Struct, forbid_unknown_fields=True):
    span: str
    kind: DistractorKind


class _Source(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    sha256: str | None = None
    entities: dict[str, EntityDraft] = {}
    attributions: tuple[_Attribution, ...] = ()
    distractors: tuple[_Distractor, ...] = ()
    meta: dict[str, MetaValue] = {}


def parse_substrings(source: str, text: str, file: str = "") -> Document:
    """Turn one ``.toml`` annotation of a text into its record.

    Args:
        source: the content of the annotation file.
        text: the text that it annotates, exactly.
        file: the path of the annotation, for findings.

    Raises:
        InputError: ``source-header``; ``text-hash``; ``source-string`` for every piece that does
            not occur exactly once.
    """
    parsed = _parse(source, file)
    if parsed.sha256 is not None and parsed.sha256.lower() != sha256(text.encode()).hexdigest():
        raise InputError([finding("text-hash", file=file, document=parsed.id, field="sha256")])
    places = Places(text, source, file, parsed.id)
    attributions = [
        AttributionDraft(
            AttributionHead(entity=item.entity, type=item.type),
            quote=places.all(item.quote, f"attributions[{number}].quote"),
            cue=places.all(item.cue, f"attributions[{number}].cue"),
            speaker=places.all(item.speaker, f"attributions[{number}].speaker"),
        )
        for number, item in enumerate(parsed.attributions)
    ]
    mentions = {
        name: places.all(entity.mentions, f"entities.{name}.mentions")
        for name, entity in parsed.entities.items()
    }
    distractors: list[tuple[Span, DistractorKind]] = [
        (span, item.kind)
        for number, item in enumerate(parsed.distractors)
        for span in places.all((item.span,), f"distractors[{number}].span")
    ]
    refuse(places.findings)
    return Draft(
        parsed.id, text, parsed.entities, attributions, mentions, distractors, dict(parsed.meta)
    ).record()


def _parse(source: str, file: str) -> _Source:
    raw = read_toml(source, file)
    try:
        return msgspec.convert(raw, _Source)
    except msgspec.ValidationError as error:
        raise header_error(file, str(error)) from error


class Places:
    """Finds pieces in a text, and remembers those that cannot be placed."""

    def __init__(self, text: str, source: str, file: str, document: str) -> None:
        self.text = text
        self.source = source
        self.file = file
        self.document = document
        self.findings: list[Finding] = []

    def all(self, pieces: tuple[str, ...], field: str) -> list[Span]:
        """The spans of the pieces; a piece that cannot be placed becomes a finding."""
        return [span for piece in pieces if (span := self._one(piece, field)) is not None]

    def _one(self, piece: str, field: str) -> Span | None:
        pattern, problem = _pattern(piece)
        found = list(pattern.finditer(self.text)) if pattern else []
        if len(found) == 1:
            return found[0].span("span")
        where = ", ".join(str(match.start()) for match in found[:5])
        message = problem or (f"it occurs at {where}" if found else "it does not occur")
        self.findings.append(
            finding(
                "source-string",
                file=self.file,
                line=self._line_of(piece),
                document=self.document,
                field=field,
                text=piece,
                message=message,
            )
        )
        return None

    def _line_of(self, piece: str) -> int:
        """The first line of the annotation that holds the piece, as TOML writes it."""
        escaped = piece.replace("\\", r"\\").replace('"', r"\"")
        for written in (f'"{escaped}"', f"'{piece}'", piece):
            if (place := self.source.find(written)) >= 0:
                return self.source.count("\n", 0, place) + 1
        return 0


def _pattern(piece: str) -> tuple[re.Pattern[str] | None, str]:
    """The expression that finds a piece, its span as the group ``span``; or what is wrong."""
    before, opened, rest = piece.partition(_OPEN)
    inside, closed, after = rest.partition(_CLOSE)
    if not opened:
        before, inside, after = "", piece, ""
    if not inside or (opened and not closed) or _OPEN in rest or _CLOSE in after:
        return None, "write [[ ]] once, around the span"
    # Inside a lookahead, so that overlapping occurrences count as ambiguous too.
    span = f"(?P<span>{_with_gaps(inside)})"
    return re.compile(f"(?={_with_gaps(before)}{span}{_with_gaps(after)})"), ""


def _with_gaps(piece: str) -> str:
    return "(?s:.*?)".join(map(re.escape, _GAP.split(piece)))
