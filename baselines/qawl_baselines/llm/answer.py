"""What the model is asked to answer, as types and as a JSON Schema, and how an answer is read.

An answer is hostile: of any size and shape. What is not of the schema is refused as a whole.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from qawl.findings import printable
from qawl.records import ENTITY_KINDS, QUOTE_TYPES, EntityKind, QuoteType

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_ANSWER = 2 * 1024 * 1024
MOST_ATTRIBUTIONS = 500
MOST_PIECES = 8
_MOST_STARTS = 64
_FENCED = re.compile(r"```[a-zA-Z]{0,10}\s*\n(.*?)```", re.DOTALL)
_THOUGHT = "</think>"
_PARTS = ("quote", "cue", "speaker")


class Item(msgspec.Struct, frozen=True):
    """An attribution as the model gives it: its parts as strings of the article.

    Attributes:
        quote: the content; more than one string only if something interrupts it.
        cue: the reporting words; empty if there are none.
        speaker: the mention in the sentence; empty if it is implicit.
        type: how much of the quote stands in marks of speech.
        source: a name of the source, the same for each attribution of it.
        kind: what sort of source it is.
    """

    quote: tuple[str, ...]
    cue: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    type: QuoteType | None = None
    source: str = ""
    kind: EntityKind | None = None


class Answer(msgspec.Struct, frozen=True):
    """All attributions of an article, in the order of the text."""

    attributions: tuple[Item, ...]


class AnswerError(Exception):
    """The answer is not of the schema; the message says where, and is printable."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an answer, in the subset that strict structured output demands.

    That subset wants every field required and nothing besides; reading is more lenient.
    """
    strings = {"type": "array", "items": {"type": "string"}}
    fields: dict[str, Any] = {
        **dict.fromkeys(_PARTS, strings),
        "type": {"type": "string", "enum": list(QUOTE_TYPES)},
        "source": {"type": "string"},
        "kind": {"type": "string", "enum": list(ENTITY_KINDS)},
    }
    return _closed({"attributions": {"type": "array", "items": _closed(fields)}})


def _closed(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def parse(content: str) -> Answer:
    """Read an answer, in code fences or with words around it if need be.

    Raises:
        AnswerError: it holds no JSON of the schema, or is too large.
    """
    if len(content) > LARGEST_ANSWER:
        raise AnswerError("the answer is too large")
    problem = "the answer holds no JSON"
    for value in _values(content.rpartition(_THOUGHT)[2].strip()):
        try:
            return msgspec.convert(_lenient(value), Answer)
        except (msgspec.ValidationError, RecursionError) as error:
            problem = printable(str(error), 200)
    raise AnswerError(problem)


def written(answer: Answer) -> str:
    """An answer as JSON without needless escapes; lone surrogates become «?»."""
    plain = json.dumps(msgspec.to_builtins(answer), ensure_ascii=False)
    return plain.encode("utf-8", "replace").decode()


def _values(content: str) -> Iterator[Any]:
    """What may be the answer: all of it, what stands in fences, whatever starts with a brace."""
    decoder = json.JSONDecoder()
    whole = [content, *(match[1] for match in islice(_FENCED.finditer(content), 8))]
    # Digits without end and nesting without end make the parser raise more than its own error.
    for text in whole:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            continue
    for match in islice(re.finditer(r"\{", content), _MOST_STARTS):
        try:
            yield decoder.raw_decode(content, match.start())[0]
        except (ValueError, RecursionError):
            continue


def _lenient(value: Any) -> Any:
    """A bare list taken for the attributions, a bare string for a list of one, null for none."""
    if isinstance(value, list):
        value = {"attributions": value}
    items = value.get("attributions") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return value
    return {"attributions": [_item(item) for item in items[:MOST_ATTRIBUTIONS]]}


def _item(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    made = {name: value for name, value in item.items() if value is not None}
    for part in _PARTS:
        value = made.get(part)
        if isinstance(value, str):
            made[part] = [value] if value else []
        elif isinstance(value, list):
            made[part] = value[:MOST_PIECES]
    return made
