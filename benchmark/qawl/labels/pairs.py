"""Documents fit for labelling; others are refused for the reasons for which the scorer refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from qawl.findings import Finding, InputError, errors, finding
from qawl.reading import Line, scan
from qawl.scoring.pairing import Pairer
from qawl.scoring.score import MOST_FINDINGS
from qawl.validation.spans import check_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qawl.records import Document
    from qawl.scoring.pairing import Located, Source


def paired(gold: Source, predictions: Source) -> tuple[list[Document], list[Document]]:
    """Bring both sides into one order.

    Args:
        gold: a path, or documents, with their texts.
        predictions: a path, ``-``, or documents.

    Returns:
        The gold and the predictions, sorted by id; the predictions carry the gold's texts.

    Raises:
        InputError: with everything that is wrong in either input.
    """
    pairer = Pairer(gold, predictions)
    pairs = sorted(pairer, key=lambda pair: pair[0].document.id)
    findings = [*pairer.findings, *(item for pair in pairs for item in _wrong(*pair))]
    if errors(findings):
        raise InputError(findings[:MOST_FINDINGS])
    ours = [located.document for located, _ in pairs]
    theirs = [replace(item.document, text=own.document.text) for own, item in pairs]
    return ours, theirs


def checked(source: str | Path | list[Document]) -> Iterator[Document]:
    """The documents of a file or list, each with its text and with spans that lie in it.

    Raises:
        InputError: at the first that is no such document, or when the file cannot be read.
    """
    lines, name = (
        ((Line(0, item, ()) for item in source), "<gold>")
        if isinstance(source, list)
        else (scan(source), str(source))
    )
    for line in lines:
        found = [*line.findings]
        if line.document is not None and line.document.text is UNSET:
            found.append(finding("text-missing", document=line.document.id, field="text"))
        elif line.document is not None:
            found += check_offsets(line.document, str(line.document.text))
        if line.document is None or errors(found):
            raise InputError(item.at(file=name, line=line.number) for item in found)
        yield line.document


def _wrong(ours: Located, theirs: Located) -> Iterator[Finding]:
    """What makes a pair of documents unfit for comparison."""
    document, text = theirs.document, ours.document.text
    if document.text not in (UNSET, text):
        found = finding("text-differs", document=document.id, field="text")
        yield found.at(file=theirs.file, line=theirs.line)
    for number, item in enumerate(document.attributions):
        if not item.quote:
            field = f"attributions[{number}].quote"
            found = finding("quote-missing", document=document.id, field=field)
            yield found.at(file=theirs.file, line=theirs.line)
    for side in (ours, theirs):
        for found in check_offsets(side.document, str(text)):
            yield found.at(file=side.file, line=side.line)
