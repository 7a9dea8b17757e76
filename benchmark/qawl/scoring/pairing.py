"""Bring gold and predictions together by document id, in whatever order they come."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from qawl.findings import Finding, InputError, finding
from qawl.reading import Line, decode, scan
from qawl.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Source = str | Path | Iterable[Document]


class Located(msgspec.Struct, gc=False):
    """A document and where it came from, for findings.

    Attributes:
        file: its name.
        line: in the file, from 1.
        raw: that line; empty for documents from memory.
    """

    _document: Document | None
    file: str
    line: int
    raw: bytes = b""

    @property
    def document(self) -> Document:
        """The document, decoded again if it was forgotten."""
        return self._document or decode(self.raw)

    def forget(self) -> None:
        """Keep no more of the document than its line, which takes less room."""
        if self.raw:
            self._document = None


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
        self._pairs = 0
        self._lost = {"gold": 0, "predictions": 0}
        self._gold = self._stream(gold, "gold")
        self._predictions = self._stream(predictions, "predictions")

    def __iter__(self) -> Iterator[tuple[Located, Located]]:
        waiting: tuple[dict[str, Located], dict[str, Located]] = ({}, {})
        for found in zip_longest(self._gold, self._predictions):
            gold, predicted = found
            if gold and predicted and gold.document.id == predicted.document.id:
                self._pairs += 1
                yield gold, predicted
                continue
            for side, one in enumerate(found):
                if one is None:
                    continue
                other = waiting[1 - side].pop(one.document.id, None)
                if other is None:
                    waiting[side][one.document.id] = one
                else:
                    self._pairs += 1
                    yield (one, other) if side == 0 else (other, one)
        if self._lenient:
            for left in waiting[0].values():
                self.missing += 1
                yield left, Located(Document(id=left.document.id), left.file, left.line)
            waiting[0].clear()
        self._report([*waiting[0].values()], [*waiting[1].values()])

    def _report(self, gold: list[Located], predicted: list[Located]) -> None:
        """What has no counterpart; a line that could not be read may be the counterpart of any."""
        if gold and predicted and not self._pairs:
            message = (
                f"none of the {len(predicted)} ids is in the gold, which has "
                f"{gold[0].document.id} and others: is this another split?"
            )
            unknown = finding(
                "document-unknown", document=predicted[0].document.id, message=message
            )
            self.findings.append(unknown.at(file=predicted[0].file, line=predicted[0].line))
            return
        if not self._lost["predictions"]:
            self.findings += [finding("document-missing", document=g.document.id) for g in gold]
        if not self._lost["gold"]:
            self.findings += [
                finding("document-unknown", document=p.document.id).at(file=p.file, line=p.line)
                for p in predicted
            ]

    def _stream(self, source: Source, side: str) -> Iterator[Located]:
        """The documents of a side; a second one of an id is reported and dropped."""
        seen: set[str] = set()
        for line, name in _lines(source, side):
            self.findings += line.findings
            if line.document is None:
                self._lost[side] += 1
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
