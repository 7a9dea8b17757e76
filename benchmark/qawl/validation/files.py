"""All checks of a file: its lines, its documents, and its documents against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from qawl.authoring.build import build_file
from qawl.findings import Finding, InputError, finding
from qawl.reading import scan
from qawl.texts import attached
from qawl.validation.document import check_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from qawl.records import Document


def check_documents(documents: Iterable[Document], *, gold: bool = True) -> Iterator[Finding]:
    """Everything that is wrong with documents in memory."""
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            yield finding("id-duplicate", document=document.id, field="id", text=document.id)
        seen.add(document.id)
        yield from check_document(document, gold=gold)


def check_gold(documents: Sequence[Document]) -> Iterator[Finding]:
    """Everything that is wrong with gold that may be stand-off.

    Stand-off gold whose texts are not on this machine is checked as far as can be without them.
    """
    try:
        yield from check_documents(attached(documents))
    except InputError as error:
        for found in error.findings:
            if found.id != "texts-absent":
                yield found
        standoff = check_documents(documents)
        yield from (found for found in standoff if found.id != "text-missing")


def check_file(
    path: Path, *, gold: bool = True, texts: dict[str, str] | None = None
) -> Iterator[Finding]:
    """Everything that is wrong with a ``qawl/1`` file, or with an annotation source.

    Args:
        path: a ``qawl/1`` file, a ``.qawl`` or a ``.toml`` source.
        gold: also ask for what only gold must have.
        texts: by document id, for ``.toml`` sources.
    """
    name = str(path)
    try:
        if path.suffix in {".qawl", ".toml"}:
            document = build_file(path, texts)
            yield from (item.at(file=name) for item in check_document(document))
            return
        seen: set[str] = set()
        for line in scan(path):
            yield from line.findings
            if line.document is None:
                continue
            identifier = line.document.id
            try:
                found = check_document(_completed(line.document, gold=gold), gold=gold)
            except InputError as error:
                yield from (item.at(file=name, line=line.number) for item in error.findings)
                if any(item.id == "texts-absent" for item in error.findings):
                    return  # it would be said of every line
                continue
            if identifier in seen:
                found.append(finding("id-duplicate", document=identifier, field="id"))
            seen.add(identifier)
            yield from (item.at(file=name, line=line.number) for item in found)
    except InputError as error:
        yield from error.findings


def _completed(document: Document, *, gold: bool) -> Document:
    """Stand-off gold with its text; anything else as it is."""
    if not gold or document.text is not UNSET or "file" not in document.meta:
        return document
    return attached([document])[0]
