"""Bring gold and predictions together by document id, in whatever order they come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from qawl.findings import Finding, InputError, finding
from qawl.reading import Line, scan
from qawl.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Source = str | Path | Iterable[Document]


class Located(NamedTuple):
    """A document and where it came from, for findings."""

    document: Document
    file: str
    line: int
    raw: bytes = b""


class Pairer:
    """Yields pairs as soon as both halves are there, so that files in one order need no memory.

    What is wrong on the way is gathered in ``findings``; nothing stops at the first.
    """

    def __init__(self, gold: Source, predictions: Source, *, lenient: bool = False) -> None:
        """Prepare pairing.

        Args:
            gold: documents with texts.
            predictions: documents.
            lenient: pair a gold document that the predictions lack with an empty one.
        """
        self.findings: list[Finding] = []
        self.missing = 0
        self._lenient = lenient
        self._gold = self._stream(gold, "gold")
        self._predictions = self._stream(predictions, "predictions")

    def __iter__(self) -> Iterator[tuple[Located, Located]]:
        waiting: tuple[dict[str, Located], dict[str, Located]] = ({}, {})
        streams = (self._gold, self._predictions)
        running = [True, True]
        while any(running):
            for side in (0, 1):
                found = next(streams[side], None) if running[side] else None
                if found is None:
                    running[side] = False
                    continue
                identifier = found.document.id
                other = waiting[1 - side].pop(identifier, None)
                if other is None:
                    waiting[side][identifier] = found
                else:
                    yield (found, other) if side == 0 else (other, found)
        for left in waiting[0].values():
            if self._lenient:
                self.missing += 1
                yield left, Located(Document(id=left.document.id), left.file, left.line)
            else:
                self.findings.append(finding("document-missing", document=left.document.id))
        for left in waiting[1].values():
            self.findings.append(
                finding(
                    "document-unknown",
                    document=left.document.id,
                    file=left.file,
                    line=left.line,
                )
            )

    def _stream(self, source: Source, side: str) -> Iterator[Located]:
        """The documents of a side; a second one of an id is reported and dropped."""
        seen: set[str] = set()
        for line, name in _lines(source, side):
            self.findings += line.findings
            if line.document is None:
                continue
            identifier = line.document.id
            if identifier in seen:
                self.findings.append(
                    finding("id-duplicate", document=identifier, file=name, line=line.number)
                )
                continue
            seen.add(identifier)
            if side == "gold" and line.document.text is UNSET:
                self.findings.append(
                    finding("text-missing", document=identifier, file=name, line=line.number)
                )
                continue
            yield Located(line.document, name, line.number, line.raw)


def _lines(source: Source, side: str) -> Iterator[tuple[Line, str]]:
    if isinstance(source, str | Path):
        name = str(source)
        try:
            for line in scan(source):
                yield line, name
        except InputError as error:
            yield Line(0, None, error.findings), name
        return
    for number, document in enumerate(source, 1):
        yield Line(number, document, ()), f"<{side}>"
