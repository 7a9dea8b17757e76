"""What a document, an attribution and a span are: the records of the format ``qawl/1``.

Every record is immutable and typed, and is the same in memory as in JSON (see docs/format.md).
A span is ``(start, end)``: offsets in Unicode code points of the text exactly as stored, half open.
Gold and predictions are the same record; what only gold must have is checked by
:mod:`qawl.validation`, not by the types.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import msgspec
from msgspec import UNSET, UnsetType

FORMAT = "qawl/1"

Span: TypeAlias = tuple[int, int]
"""``(start, end)`` in code points of the document's text, half open."""

Spans: TypeAlias = tuple[Span, ...]
"""The stretches of one part; an empty tuple says that the part is not there."""

QuoteType = Literal["direct", "indirect", "mixed"]
EntityKind = Literal["person", "organisation", "group", "document", "unnamed"]
DistractorKind = Literal["name", "title", "term", "scare", "other"]

QUOTE_TYPES: tuple[str, ...] = get_args(QuoteType)
ENTITY_KINDS: tuple[str, ...] = get_args(EntityKind)
DISTRACTOR_KINDS: tuple[str, ...] = get_args(DistractorKind)

MetaValue: TypeAlias = str | int | float | bool | list[str] | None


class Attribution(
    msgspec.Struct,
    frozen=True,
    gc=False,
    kw_only=True,
    forbid_unknown_fields=True,
):
    """Somebody expressed something: a quote, with its cue and its speaker.

    A part that is absent (``UNSET``) is no answer; an empty part is the answer "none here":
    ``speaker=()`` claims that the speaker is implicit, and is scored as that claim.
    Gold always answers. A prediction may leave out everything but the quote.

    Attributes:
        quote: the content expressed; one span, or more where reporting material interrupts it.
        cue: the words that signal the reporting.
        speaker: the mention of the source inside the same sentence.
        entity: id of the source in the document's ``entities``.
        type: direct, indirect or mixed: how much of the quote stands in marks of speech.
        mention: predictions only: the source named by a mention elsewhere in the text,
            for a speaker who is implicit in the sentence.
        name: predictions only: the source named by a string.
    """

    quote: Spans
    cue: Spans | UnsetType = UNSET
    speaker: Spans | UnsetType = UNSET
    entity: str | UnsetType = UNSET
    type: QuoteType | UnsetType = UNSET
    mention: Spans | UnsetType = UNSET
    name: str | UnsetType = UNSET


class Entity(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A source of the document: a person, a body, a group, a document, or somebody unnamed.

    Attributes:
        id: unique within the document.
        name: the canonical name, or a description of an unnamed source.
        kind: what sort of source it is.
        mentions: every nominal mention in the document, pronouns left out.
    """

    id: str
    name: str
    kind: EntityKind
    mentions: Spans = ()


class Distractor(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A string in quotation marks that is no attributed speech.

    Attributes:
        span: the string, its marks included.
        kind: why it stands in marks.
    """

    span: Span
    kind: DistractorKind


class Document(
    msgspec.Struct,
    frozen=True,
    gc=False,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="format",
    tag=FORMAT,
):
    """One line of a file: an article, and what is said about it.

    Attributes:
        id: unique within a file.
        text: the article; absent in predictions that do not repeat it, and in stand-off gold.
        sha256: hexadecimal digest of the text's UTF-8 bytes.
        attributions: in no order that means anything.
        entities: the sources that the attributions name.
        distractors: the strings in marks that are no speech.
        meta: genre, source, licence, split, how it was made; every key can slice a score.
    """

    id: str
    text: str | UnsetType = UNSET
    sha256: str | UnsetType = UNSET
    attributions: tuple[Attribution, ...] = ()
    entities: tuple[Entity, ...] = ()
    distractors: tuple[Distractor, ...] = ()
    meta: dict[str, MetaValue] = {}


def bare(document: Document) -> Document:
    """The document as a system gets it: its id and its text, and nothing that tells the answer."""
    return Document(id=document.id, text=document.text)


def json_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of one line, generated from the types above."""
    schema = msgspec.json.schema(Document)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{FORMAT}: one document a line",
        **schema,
    }
