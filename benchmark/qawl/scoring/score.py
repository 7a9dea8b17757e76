"""Score predictions against gold: pair, lay out in chunks, count, add up."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import UNSET

from qawl.findings import Finding, InputError, errors, finding
from qawl.scoring.chunk import DICE
from qawl.scoring.counting import Counter
from qawl.scoring.measures import DEFAULT, measure_named
from qawl.scoring.offsets import guess, is_shifted
from qawl.scoring.pairing import Located, Pairer
from qawl.scoring.parts import POLICIES, Policy, WrongSpansError
from qawl.scoring.result import Result, assemble
from qawl.scoring.signature import GoldHash, Signature
from qawl.validation.attributions import check_shape
from qawl.validation.spans import check_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.scoring.pairing import Source

# Large enough for array operations to pay, small enough that memory does not grow.
CHUNK = 200
MOST_FINDINGS = 1000
# Nested pairs grow with the square of what a document holds; articles have some dozens at most.
MOST_ATTRIBUTIONS = 2000
# A few documents of each chunk tell what offsets count.
_SAMPLE = 20

Pair = tuple[Located, Located]


def score_documents(
    predictions: Source,
    gold: Source,
    *,
    name: str = "",
    measures: Sequence[str] = DEFAULT,
    policy: Policy = "word",
    by: Sequence[str] = (),
    lenient: bool = False,
) -> Result:
    """Score predictions against gold.

    Args:
        predictions: a path, ``-``, or documents.
        gold: a path, or documents, with their texts.
        name: of the gold, for the signature.
        measures: names of measures (:data:`qawl.scoring.measures.MEASURES`).
        policy: ``word`` widens boundaries to the word; ``exact`` compares code points.
        by: fields to slice by (:mod:`qawl.scoring.slices`).
        lenient: count a document that the predictions lack as one in which nothing was found,
            instead of refusing; the signature says so.

    Returns:
        Counts for every document and measure, documents sorted by id: the same bytes whatever the
        order of the input.

    Raises:
        InputError: with everything that is wrong in either input; nothing is scored then.
        KeyError: for an unknown measure.
        ValueError: for an unknown policy, or a field that there is not.
    """
    with _uncollected():
        return _score(predictions, gold, name, measures, policy, by, lenient=lenient)


def _score(
    predictions: Source,
    gold: Source,
    name: str,
    measures: Sequence[str],
    policy: Policy,
    by: Sequence[str],
    *,
    lenient: bool,
) -> Result:
    if policy not in POLICIES:
        raise ValueError(f"no policy {policy!r}; there are {', '.join(POLICIES)}")
    counter = Counter([measure_named(measure) for measure in measures], policy, by)
    pairer = Pairer(gold, predictions, lenient=lenient)
    findings = pairer.findings
    documents: list[str] = []
    gold_hash = GoldHash()
    stream = iter(pairer)
    while pairs := list(islice(stream, CHUNK)):
        found = _findings(pairs)
        try:
            if not found:
                counter.add([ours.document for ours, _ in pairs], [p.document for _, p in pairs])
        except WrongSpansError:
            found = _span_findings(pairs)
        findings += found
        if len(findings) > MOST_FINDINGS:
            break
        if not found:
            documents += [ours.document.id for ours, _ in pairs]
            for ours, _ in pairs:
                gold_hash.add(ours.document, ours.raw)
    if errors(findings):
        raise InputError(findings[:MOST_FINDINGS])
    signature = Signature(
        name, gold_hash.hex(), len(documents), policy, DICE, missing=pairer.missing
    )
    return assemble(measures, documents, counter.rows(), signature, counter.slices())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the cycle collector rest: records hold no cycles, and it would look at each again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _findings(pairs: list[Pair]) -> list[Finding]:
    """What must hold of predictions before their offsets can be compared."""
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
    return found + _unit_findings(pairs)


def _unit_findings(pairs: list[Pair]) -> list[Finding]:
    """Offsets that count UTF-16 units or bytes; looked for where they would show."""
    shifted: list[Pair] = []
    if is_shifted("".join([str(ours.document.text) for ours, _ in pairs])):
        shifted = [pair for pair in pairs if is_shifted(str(pair[0].document.text))]
    for some in (pairs[:_SAMPLE], shifted):
        if identifier := guess([(ours.document, theirs.document) for ours, theirs in some]):
            first = some[0][1]
            wrong = finding(identifier, document=first.document.id, field="attributions")
            return [wrong.at(file=first.file, line=first.line)]
    return []


def _span_findings(pairs: list[Pair]) -> list[Finding]:
    """Name every wrong span and missing quote of a chunk that is known to have some."""
    found: list[Finding] = []
    for pair in pairs:
        text = str(pair[0].document.text)
        for side in pair:
            shape = [f for f in check_shape(side.document) if f.id == "quote-missing"]
            wrong = [*shape, *check_offsets(side.document, text)]
            found += [item.at(file=side.file, line=side.line) for item in wrong]
    return found
