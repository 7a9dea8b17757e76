"""Every error with its text, and what mending a class alone would give."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from qawl.errors.classes import CLASSES, Verdict, verdicts
from qawl.findings import InputError, errors
from qawl.records import QUOTE_TYPES
from qawl.scoring.chunk import Chunk
from qawl.scoring.pairing import Pairer
from qawl.scoring.parts import POLICIES
from qawl.scoring.side import NO_TYPE

if TYPE_CHECKING:
    from qawl.records import Attribution, Document
    from qawl.scoring.pairing import Source
    from qawl.scoring.parts import Policy
    from qawl.scoring.side import Side

_CHUNK = 200


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution in words."""

    quote: str
    cue: str
    speaker: str
    type: str


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """One error.

    Attributes:
        document: id of the document.
        kind: its class.
        faults: what is wrong, where more than one thing is.
        gold: the gold attribution, if there is one.
        predicted: the prediction, if there is one.
        gold_at: its place in the gold document's attributions; -1 if there is none.
        predicted_at: its place in the predicted document's attributions; -1 if there is none.
    """

    document: str
    kind: str
    faults: tuple[str, ...]
    gold: Parts | None
    predicted: Parts | None
    gold_at: int = -1
    predicted_at: int = -1


class ClassCount(NamedTuple):
    """How often a class occurs, and the F1 that mending it alone would give."""

    false_positives: int
    false_negatives: int
    mended: float


class Analysis(NamedTuple):
    """All errors of a submission.

    ``counts`` has every class; its false positives sum to ``predicted - right`` and its false
    negatives to ``gold - right``. ``types`` counts aligned pairs by the type of the gold and that
    of the prediction (empty where it has none).
    """

    right: int
    predicted: int
    gold: int
    counts: dict[str, ClassCount]
    errors: list[Error]
    types: dict[tuple[str, str], int]

    @property
    def f1(self) -> float:
        """F1 of attributions that are right in quote, cue, speaker and type."""
        return _f1(self.right, self.predicted, self.gold)


def analyse(predictions: Source, gold: Source, *, policy: Policy = "word") -> Analysis:
    """Find and sort every error.

    Args:
        predictions: a path, ``-``, or documents.
        gold: a path, or documents, with their texts.
        policy: the unit that boundaries are compared in.

    Raises:
        InputError: with everything that is wrong in either input.
        ValueError: for an unknown policy.
        WrongSpansError: if spans are none; score first.
    """
    if policy not in POLICIES:
        raise ValueError(f"no policy {policy!r}; there are {', '.join(POLICIES)}")
    pairer = Pairer(gold, predictions)
    pairs = iter(pairer)
    right = predicted = known = 0
    found: list[Error] = []
    types: Counter[tuple[str, str]] = Counter()
    while some := list(islice(pairs, _CHUNK)):
        documents = [g.document for g, _ in some], [p.document for _, p in some]
        chunk = Chunk.of(*documents, policy)
        sorted_ = verdicts(chunk)
        right, predicted = right + sorted_.right, predicted + len(chunk.predicted)
        known += len(chunk.gold)
        found += [_error(chunk, documents, verdict) for verdict in sorted_.verdicts]
        types.update(
            (_type(chunk.gold, ours), _type(chunk.predicted, theirs))
            for ours, theirs in sorted_.pairs
        )
    if errors(pairer.findings):
        raise InputError(pairer.findings)
    found.sort(
        key=lambda e: (
            *(e.document, list(CLASSES).index(e.kind), str(e.gold), str(e.predicted)),
            e.faults,
        )
    )
    counts = _counts(found, right, predicted, known)
    return Analysis(right, predicted, known, counts, found, dict(types))


def _counts(found: list[Error], right: int, predicted: int, gold: int) -> dict[str, ClassCount]:
    counts: dict[str, ClassCount] = {}
    for kind in CLASSES:
        some = [error for error in found if error.kind == kind]
        pairs = sum(error.gold is not None and error.predicted is not None for error in some)
        extra = sum(error.gold is None for error in some)
        lacking = sum(error.predicted is None for error in some)
        # A pair mended is right; what is extra goes; what is lacking comes, and is right.
        mended = _f1(right + pairs + lacking, predicted - extra + lacking, gold)
        counts[kind] = ClassCount(pairs + extra, pairs + lacking, mended)
    return counts


def _f1(right: int, predicted: int, gold: int) -> float:
    return 2 * right / (predicted + gold) if predicted + gold else 1.0


def _error(
    chunk: Chunk, documents: tuple[list[Document], list[Document]], verdict: Verdict
) -> Error:
    numbers = {"gold": verdict.gold, "predicted": verdict.predicted}
    sides = {"gold": chunk.gold, "predicted": chunk.predicted}
    (place,) = {int(sides[end].document[n]) for end, n in numbers.items() if n >= 0}
    at = {
        end: n - int(np.searchsorted(sides[end].document, place)) if n >= 0 else -1
        for end, n in numbers.items()
    }
    text = str(documents[0][place].text)
    parts = {
        end: _parts(some[place].attributions[at[end]], text) if at[end] >= 0 else None
        for end, some in zip(sides, documents, strict=True)
    }
    return Error(
        document=documents[0][place].id,
        kind=verdict.kind,
        faults=verdict.faults,
        gold=parts["gold"],
        predicted=parts["predicted"],
        gold_at=at["gold"],
        predicted_at=at["predicted"],
    )


def _type(side: Side, number: int) -> str:
    code = int(side.type[number])
    return QUOTE_TYPES[code] if code != NO_TYPE else ""


def _parts(item: Attribution, text: str) -> Parts:
    def words(spans: object) -> str:
        known = spans if isinstance(spans, tuple) else ()
        return " … ".join(text[start:end] for start, end in sorted(known))

    return Parts(
        quote=words(item.quote),
        cue=words(item.cue),
        speaker=words(item.speaker),
        type=item.type if isinstance(item.type, str) else "",
    )
