"""Score predictions against gold: pair, lay out in chunks, count, add up."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from msgspec import UNSET

from qawl.findings import Finding, InputError, errors, finding
from qawl.scoring.chunk import DICE, Chunk
from qawl.scoring.measures import COLUMNS, DEFAULT, measure_named
from qawl.scoring.pairing import Located, Pairer
from qawl.scoring.parts import POLICIES, Policy, WrongSpansError
from qawl.scoring.result import Result, assemble
from qawl.scoring.signature import GoldHash, Signature
from qawl.validation.spans import check_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from qawl.scoring.measures import Measure
    from qawl.scoring.pairing import Source

# Large enough for array operations to pay, small enough that memory does not grow.
CHUNK = 1000
MOST_FINDINGS = 1000

Pair = tuple[Located, Located]


def score_documents(
    predictions: Source,
    gold: Source,
    *,
    name: str = "",
    measures: Sequence[str] = DEFAULT,
    policy: Policy = "word",
) -> Result:
    """Score predictions against gold.

    Args:
        predictions: a path, ``-``, or documents.
        gold: a path, or documents, with their texts.
        name: of the gold, for the signature.
        measures: names of measures (:data:`qawl.scoring.measures.MEASURES`).
        policy: ``word`` widens boundaries to the word; ``exact`` compares code points.

    Returns:
        Counts for every document and measure, documents sorted by id: the same bytes whatever the
        order of the input.

    Raises:
        InputError: with everything that is wrong in either input; nothing is scored then.
        KeyError: for an unknown measure.
        ValueError: for an unknown policy.
    """
    if policy not in POLICIES:
        raise ValueError(f"no policy {policy!r}; there are {', '.join(POLICIES)}")
    chosen = [measure_named(measure) for measure in measures]
    pairer = Pairer(gold, predictions)
    findings = pairer.findings
    documents: list[str] = []
    rows: list[NDArray[np.int64]] = []
    gold_hash = GoldHash()
    for pairs in _chunks(iter(pairer)):
        findings += _text_findings(pairs)
        if len(findings) > MOST_FINDINGS:
            break
        try:
            rows.append(_count(pairs, chosen, policy))
        except WrongSpansError as error:
            findings += _span_findings([pairs[i] for i in error.documents])
            continue
        for ours, _ in pairs:
            documents.append(ours.document.id)
            gold_hash.add(ours.document)
    if errors(findings):
        raise InputError(findings[:MOST_FINDINGS])
    counts = np.concatenate([np.empty((0, len(chosen), len(COLUMNS)), np.int64), *rows])
    signature = Signature(name, gold_hash.hex(), len(documents), policy, DICE)
    return assemble([measure.name for measure in chosen], documents, counts, signature)


def _chunks(pairs: Iterator[Pair]) -> Iterator[list[Pair]]:
    while chunk := list(islice(pairs, CHUNK)):
        yield chunk


def _count(pairs: list[Pair], measures: list[Measure], policy: Policy) -> NDArray[np.int64]:
    chunk = Chunk(
        [ours.document for ours, _ in pairs], [theirs.document for _, theirs in pairs], policy
    )
    return np.stack([measure.rows(chunk) for measure in measures], axis=1)


def _text_findings(pairs: list[Pair]) -> list[Finding]:
    """What must hold of a prediction before offsets can be compared."""
    found: list[Finding] = []
    for ours, theirs in pairs:
        document = theirs.document
        if document.text is not UNSET and document.text != ours.document.text:
            found.append(finding("text-differs", document=document.id, field="text"))
        found += [
            finding("quote-missing", document=document.id, field=f"attributions[{number}].quote")
            for number, item in enumerate(document.attributions)
            if not item.quote
        ]
    return found


def _span_findings(pairs: list[Pair]) -> list[Finding]:
    """Name the wrong spans of documents that are known to have some, on either side."""
    return [
        item.at(file=side.file, line=side.line)
        for pair in pairs
        for side in pair
        for item in check_offsets(side.document, str(pair[0].document.text))
    ]
