"""What must hold of predictions before they are scored; everything that does not is named."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from qawl.findings import Finding, finding
from qawl.scoring.chunk import Chunk
from qawl.scoring.columns import Columns, columns
from qawl.scoring.offsets import UnitsGuess, suspects
from qawl.scoring.parts import WrongSpansError
from qawl.scoring.signature import GoldHash
from qawl.validation.attributions import check_shape
from qawl.validation.entities import check_entities
from qawl.validation.spans import check_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.scoring.pairing import Located
    from qawl.scoring.parts import Policy

    Pair = tuple[Located, Located]

# Nested pairs grow with the square of what a document holds; articles have some dozens at most.
MOST_ATTRIBUTIONS = 2000


class Batch(NamedTuple):
    """Documents to be scored together.

    Attributes:
        pairs: where each document and its predictions come from.
        ids: of the documents.
        digest: the sum of the digests of the gold (see :class:`GoldHash`).
        gold: what the gold says.
        predicted: what the predictions say.
        findings: for what some of them cannot be laid out.
    """

    pairs: list[Pair]
    ids: list[str]
    digest: int
    gold: Columns
    predicted: Columns
    findings: list[Finding]


def batches(pairs: Iterator[Pair], size: int) -> Iterator[Batch]:
    """Batches of so many pairs."""
    while some := list(islice(pairs, size)):
        yield _batch(some)


def _batch(pairs: list[Pair]) -> Batch:
    """Note what documents say, and forget them."""
    gold, predicted = ([pair[side].document for pair in pairs] for side in (0, 1))
    digest = GoldHash()
    for ours, _ in pairs:
        digest.add(ours.document, ours.raw)
    batch = Batch(
        pairs,
        [document.id for document in gold],
        digest.total,
        columns(gold),
        columns(predicted),
        _record_findings(pairs),
    )
    for ours, theirs in pairs:
        ours.forget()
        theirs.forget()
    return batch


class Checker:
    """Lays batches out, and gathers what is wrong with them."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._guess = UnitsGuess()
        self._guessed = False

    def check(self, batch: Batch) -> tuple[Chunk | None, list[Finding]]:
        """A chunk that can be counted, or what is wrong with the batch."""
        found, pairs = batch.findings, batch.pairs
        chunk: Chunk | None = None
        if not found:
            with suppress(WrongSpansError):
                chunk = Chunk(batch.gold, batch.predicted, self._policy)
        units = self._unit_findings(pairs, chunk)
        if chunk is None and not (found or units or self._guessed):
            found = _findings(pairs, spans=True)
        elif chunk is not None and chunk.names_unlisted:
            found = _findings(pairs, spans=False)
        return chunk, found + units

    def _unit_findings(self, pairs: Sequence[Pair], chunk: Chunk | None) -> list[Finding]:
        """Offsets that count UTF-16 units or bytes; said once, for they all do."""
        numbers = range(len(pairs)) if chunk is None else suspects(chunk)
        if self._guessed or not numbers:
            return []
        suspicious = [pairs[number] for number in numbers]
        identifier = self._guess.add((o.document, t.document) for o, t in suspicious)
        if identifier is None:
            return []
        self._guessed = True
        first = suspicious[0][1]
        wrong = finding(identifier, document=first.document.id, field="attributions")
        return [wrong.at(file=first.file, line=first.line)]


def _record_findings(pairs: Sequence[Pair]) -> list[Finding]:
    """What must hold before offsets can be looked at."""
    found: list[Finding] = []
    for ours, theirs in pairs:
        document = theirs.document
        if len(document.attributions) > MOST_ATTRIBUTIONS:
            message = f"{len(document.attributions)} attributions"
            wrong = finding("attributions-too-many", document=document.id, message=message)
            found.append(wrong.at(file=theirs.file, line=theirs.line))
        if document.text is not UNSET and document.text != ours.document.text:
            wrong = finding("text-differs", document=document.id, field="text")
            found.append(wrong.at(file=theirs.file, line=theirs.line))
    return found


def _findings(pairs: Sequence[Pair], *, spans: bool) -> list[Finding]:
    """Everything that is wrong with the records of a chunk that is known to have something."""
    found: list[Finding] = []
    for pair in pairs:
        text = str(pair[0].document.text)
        for side in pair:
            wrong = [f for f in check_entities(side.document) if f.id == "entity-unknown"]
            if spans:
                wrong += [f for f in check_shape(side.document) if f.id == "quote-missing"]
                wrong += check_offsets(side.document, text)
            found += [item.at(file=side.file, line=side.line) for item in wrong]
    return found
