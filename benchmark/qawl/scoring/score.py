"""Score predictions against gold: pair, lay out in chunks, count, add up."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qawl.findings import InputError, errors
from qawl.scoring.checking import Checker, batches
from qawl.scoring.chunk import DICE
from qawl.scoring.counting import Counter
from qawl.scoring.measures import DEFAULT, measure_named
from qawl.scoring.pairing import Pairer
from qawl.scoring.parts import POLICIES, Policy
from qawl.scoring.result import Result, assemble
from qawl.scoring.signature import GoldHash, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.scoring.pairing import Source

# Large enough for array operations to pay, small enough that memory does not grow.
CHUNK = 200
MOST_FINDINGS = 1000


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
    counter = Counter([measure_named(measure) for measure in measures], by)
    pairer, checker = Pairer(gold, predictions, lenient=lenient), Checker(policy)
    findings = pairer.findings
    documents: list[str] = []
    gold_hash = GoldHash()
    for batch in batches(iter(pairer), CHUNK):
        chunk, found = checker.check(batch)
        findings += found
        if len(findings) > MOST_FINDINGS:
            break
        if chunk is not None and not found:
            counter.add(chunk)
            documents += batch.ids
            gold_hash.total += batch.digest
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
