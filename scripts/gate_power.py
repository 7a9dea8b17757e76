"""How often the gate is wrong: false alarms and power by simulation, for docs/gate.md.

python scripts/gate_power.py [--check] [--trials N]

Two versions of a system are drawn many times, and the gate itself decides each time. Documents are
drawn with replacement from what the baseline `rules` does on all of core: how many attributions
each has, and how many of them it gets right. Each version then forgets some of the right ones: a
few by chance in both (so that the versions differ even where neither is better), and more in the
candidate, so many that its expected F1 is lower by the drop in the table. The loss is *spread* over
all documents, or *clustered* in a quarter of them, as when one newspaper's style breaks.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pages import filled
from qawl import load, run, score
from qawl.cli.shared import progress
from qawl.gate import decide
from qawl.gate.decision import MAX_DROP
from qawl.scoring import Result
from qawl.scoring.counting import Slice
from qawl.scoring.signature import Signature
from qawl.tracks import tracks

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAGE = Path(__file__).resolve().parent.parent / "docs" / "gate.md"
MEASURE, SYSTEM, SEED = "triple.exact", "rules", 20260101
SIZES = (20, 60, 120, 240)
DROPS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.10)
CHURN = 0.03
TRIALS, ROUNDS = 1000, 1000
_AFFECTED = 0.25


class Pool(NamedTuple):
    """What documents are drawn from.

    Attributes:
        counts: of every document by type of quote: right, predicted and gold, shape
            ``(documents, types, 3)``.
        types: names of the types.
        f1: of all together.
        signature: of the score that they come from.
    """

    counts: NDArray[np.int64]
    types: tuple[str, ...]
    f1: float
    signature: str


def make_pool() -> Pool:
    """Score the system on all splits."""
    gold = [document for split in tracks()["core"] for document in load("core", split)]
    result = score(run(SYSTEM, gold), gold, measures=[MEASURE], by=["type"])
    types = tuple(item.label for item in result.slices)
    rows = np.stack([item.rows[:, 0] for item in result.slices], axis=1)
    # A pair whose two sides say different types is right in one and found in the other.
    right = np.minimum(rows[..., 0], rows[..., 2])
    counts = np.stack([right, rows[..., 1], rows[..., 3]], axis=2)
    total = counts.sum(axis=(0, 1))
    f1 = 2 * total[0] / (total[1] + total[2])
    return Pool(counts, types, float(f1), str(result.signature))


def draw(
    pool: Pool, documents: int, drop: float, *, clustered: bool, generator: np.random.Generator
) -> tuple[Result, Result]:
    """A baseline and a candidate whose expected F1 is lower by ``drop``."""
    some = pool.counts[generator.integers(0, len(pool.counts), documents)]
    loss = np.full((documents, 1), drop / pool.f1)
    if clustered:
        loss *= (generator.random((documents, 1)) < _AFFECTED) / _AFFECTED
    return (
        _version(pool, some, 1 - CHURN, generator),
        _version(pool, some, np.clip(1 - CHURN - loss, 0, 1), generator),
    )


def _version(
    pool: Pool, counts: NDArray[np.int64], keep: object, generator: np.random.Generator
) -> Result:
    right = generator.binomial(counts[..., 0], keep)  # type: ignore[call-overload]
    rows = np.stack([right, counts[..., 1], right, counts[..., 2]], axis=2)
    slices = tuple(
        Slice("type", name, (MEASURE,), part, np.array(part.any(axis=(1, 2))))
        for name, part in zip(pool.types, np.split(rows, len(pool.types), axis=1), strict=True)
    )
    documents = len(rows)
    names = tuple(f"{number:05}" for number in range(documents))
    signature = Signature("simulated", "0" * 64, documents, "word")
    return Result((MEASURE,), names, rows.sum(axis=1)[:, None], signature, slices)


def rate(
    pool: Pool,
    documents: int,
    drop: float,
    trials: int,
    *,
    clustered: bool = False,
    sliced: bool = False,
    max_drop: float = MAX_DROP,
) -> float:
    """How often the gate stops the candidate."""
    generator = np.random.default_rng([SEED, documents, round(1000 * drop), clustered, sliced])
    stopped = 0
    for _ in range(trials):
        before, after = draw(pool, documents, drop, clustered=clustered, generator=generator)
        if not sliced:
            before, after = (Result(r.measures, r.documents, r.rows, r.signature)
                             for r in (before, after))  # fmt: skip
        stopped += not decide(before, after, max_drop=max_drop, rounds=ROUNDS).passed
    return stopped / trials


def table(trials: int) -> str:
    """The page's table."""
    pool = make_pool()
    cells = [(size, clustered, drop) for size in SIZES for clustered in (False, True)
             for drop in DROPS]  # fmt: skip
    found = {
        (size, clustered, drop): rate(pool, size, drop, trials, clustered=clustered)
        for size, clustered, drop in progress(cells, "simulating", len(cells))
    }
    lines = [
        f"How often the gate stops a candidate, in per cent of {trials:,} simulated pairs,",
        "at the default options, by how many points its true F1 lies below the baseline's:",
        "",
        "| documents | loss | " + " | ".join(f"{100 * drop:g}" for drop in DROPS) + " |",
        "|--:|---|" + "--:|" * len(DROPS),
    ]
    for size in SIZES:
        for clustered in (False, True):
            shown = " | ".join(f"{100 * found[size, clustered, drop]:.1f}" for drop in DROPS)
            lines.append(f"| {size} | {'clustered' if clustered else 'spread'} | {shown} |")
    bare = [rate(pool, size, 0.0, trials, max_drop=0.0) for size in SIZES]
    sliced = [rate(pool, size, 0.0, trials, sliced=True) for size in SIZES]
    lines += [
        "",
        f"A candidate that is no worse is stopped with `--max-drop 0` in {_listed(bare)}",
        f"per cent, and with `--by type` ({1 + len(pool.types)} checks) in {_listed(sliced)}.",
        f"Documents drawn from `{pool.signature}`,",
        f"system `{SYSTEM}`; {ROUNDS:,} rounds a test.",
    ]
    return "\n".join(lines) + "\n"


def _listed(rates: list[float]) -> str:
    pairs = zip(SIZES, rates, strict=True)
    return ", ".join(f"{100 * value:.1f} ({size} documents)" for size, value in pairs)


def main(options: list[str]) -> int:
    """Write the table into the page, or check that it is there."""
    trials = int(options[options.index("--trials") + 1]) if "--trials" in options else TRIALS
    content = PAGE.read_text(encoding="utf-8")
    power = table(trials)
    made = filled(content, "power", Path(__file__).name, power)
    if "--check" in options:
        if made != content:
            print("docs/gate.md is stale; run scripts/gate_power.py")
        return int(made != content)
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    print(power)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
