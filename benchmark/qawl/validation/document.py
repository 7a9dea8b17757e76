"""All checks of one document, in the order in which they depend on each other."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import UnsetType

from qawl.findings import Finding, finding
from qawl.validation.attributions import check_answers, check_parts, check_shape, check_types
from qawl.validation.entities import check_entities, check_sources
from qawl.validation.marks import check_distractors, check_marks
from qawl.validation.spans import check_offsets, check_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Document

LONGEST_ID = 200


def check_document(
    document: Document, *, gold: bool = True, text: str | None = None
) -> list[Finding]:
    """Everything that is wrong with a document.

    Args:
        document: the record.
        gold: also ask for what only gold must have: complete answers, sources, covered marks.
        text: the text that the offsets count in, where the record does not carry it; gold needs
            one, and of predictions less can be checked without.
    """
    found = list(_check_identity(document, text, gold=gold))
    body = text if isinstance(document.text, UnsetType) else document.text
    found += check_shape(document)
    found += check_entities(document)
    if gold:
        found += check_answers(document)
    wrong_offsets = list(check_offsets(document, body))
    found += wrong_offsets
    if wrong_offsets or body is None:
        return found  # what follows would cut the text at places that do not exist
    found += check_words(document, body)
    if gold:
        found += check_parts(document, body)
        found += check_types(document, body)
        found += check_sources(document, body)
        found += check_marks(document, body)
        found += check_distractors(document, body)
    return found


def _is_id(identifier: str) -> bool:
    """Whether it is of a sane length, without blanks, controls and invisible characters."""
    return 1 <= len(identifier) <= LONGEST_ID and not any(
        unicodedata.category(character)[0] in "CZ" for character in identifier
    )


def _check_identity(document: Document, text: str | None, *, gold: bool) -> Iterator[Finding]:
    if not _is_id(document.id):
        yield finding("id-invalid", document=document.id, field="id", text=document.id)
    if isinstance(document.text, UnsetType):
        if text is None and gold:
            yield finding("text-missing", document=document.id, field="text")
        return
    if text is not None and text != document.text:
        yield finding("text-differs", document=document.id, field="text")
    if not isinstance(document.sha256, UnsetType):
        actual = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        if actual != document.sha256.lower():
            message = f"stated {document.sha256[:12]}…, actual {actual[:12]}…"
            yield finding("text-hash", document=document.id, field="sha256", message=message)
