"""How fast the scorer is, measured here and now: docs/benchmark.md.

python scripts/benchmark.py [--documents 100000] [--write] [--only score bootstrap peers cli]

The corpus is generated (scripts/benchmark_corpus.py). Every figure is the median of its runs;
ratios compare runs of one process.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from benchmark_corpus import PER_DOCUMENT, corpus, flat, tags
from qawl.inference.intervals import intervals
from qawl.inference.resampling import weights
from qawl.records import Document
from qawl.scoring import MEASURES, score_documents
from qawl.scoring.checking import Checker, batches
from qawl.scoring.pairing import Pairer
from qawl.scoring.parts import Units
from qawl.scoring.score import CHUNK
from qawl.scoring.signature import GoldHash
from qawl.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmark.md"
Row = tuple[str, str, str]
_TWENTY = " (goal: at least 20)"
PROSE = """
## Where the time goes

Scoring reads both files in pieces, so its memory does not grow with them, but for the result: four
counts for each measure and document, and the documents' ids. The lines that begin with a dash are
its stages, one behind the other, measured by doing only the first, the first two and so on.

* *Reading* is the decoding that the first line of the table measures, and bringing together
  documents of one id.
* *Arrays*: msgspec makes a dozen objects of an attribution, and each has to be visited once. The
  digest of the gold, for the signature, is a SHA-256 of every line.
* *Words*: every character of the texts is looked up once, to know where words begin and end; then
  all spans of both sides become ranges of words in one pass.
* *Pairs*: the quotes that meet, what each measure gives them, an alignment for every set of credits
  that differs, sums. Names are compared one by one, in Python.

Less than three times decoding would take a decoder that writes numbers into arrays, or a compiled
extension, which qawl does not want: it should install anywhere. What is done already: no loop over
documents, no operation for each measure that several can share, no object kept longer than it takes
to note what it says, nothing classified in pieces larger than a processor's cache.

nervaluate and seqeval are given labels of words. Ours is given texts and offsets: it also finds the
words, takes the digest, and checks what it is given. Where the two indented lines alone are more
than a twentieth of what nervaluate takes, nothing that does them can be twenty times as fast.
"""


def timed(action: Callable[[], object], runs: int) -> float:
    """Median seconds of some runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def decode(paths: tuple[Path, Path]) -> None:
    """Read both files with typed msgspec and keep nothing."""
    decoder = msgspec.json.Decoder(Document)
    for path in paths:
        with path.open("rb") as stream:
            for line in stream:
                decoder.decode(line)


def scoring_rows(paths: tuple[Path, Path], runs: int) -> list[Row]:
    """Scoring with all measures against decoding the same two files, and its stages."""
    gold, predicted = map(str, paths)

    def read() -> None:
        for _ in Pairer(gold, predicted):
            pass

    def note() -> None:
        for _ in batches(iter(Pairer(gold, predicted)), CHUNK):
            pass

    def lay_out() -> None:
        checker = Checker("word")
        for batch in batches(iter(Pairer(gold, predicted)), CHUNK):
            checker.check(batch)

    def score() -> None:
        score_documents(predicted, gold, measures=tuple(MEASURES))

    # In turns, so that what else the machine does is spread over both.
    both = [(timed(lambda: decode(paths), 1), timed(score, 1)) for _ in range(runs)]
    decoding, scoring = (statistics.median(side) for side in zip(*both, strict=True))
    ratio = statistics.median(second / first for first, second in both)
    # ru_maxrss is in KiB on Linux and in bytes on macOS.
    unit = 1 if platform.system() == "Darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    gc.disable()  # as the scorer does
    until = [timed(stage, runs) for stage in (read, note, lay_out)]
    gc.enable()
    spent = np.diff([0, *until, scoring]).tolist()
    stages = (
        "reading, decoding and pairing lines",
        "spans and fields into arrays, digest of the gold",
        "words of the texts, spans into words, checks",
        "pairs, alignments, counts",
    )
    return [
        ("decoding both files, typed msgspec", f"{decoding:.2f} s", ""),
        (
            f"scoring, all {len(MEASURES)} measures",
            f"{scoring:.2f} s",
            f"{ratio:.2f} × decoding (goal: at most 3)",
        ),
        *(
            (f"– {stage}", f"{taken:.2f} s", f"{taken / decoding:.2f} × decoding")
            for stage, taken in zip(stages, spent, strict=True)
        ),
        ("peak memory of the process", f"{peak:.0f} MiB", "goal: at most 400"),
    ]


def bootstrap_rows(runs: int) -> list[Row]:
    """Intervals from 10,000 resamples over 1,000 documents, all measures, 40 slices."""
    names = tuple(MEASURES)
    pairs = list(corpus(1000))
    result = score_documents([p for _, p in pairs], [g for g, _ in pairs], measures=names)
    chance = np.random.default_rng(3)
    masks = [np.ones(1000, bool), *(chance.random(1000) < 0.3 for _ in range(40))]
    rows = np.concatenate([result.rows * mask[:, None, None] for mask in masks], axis=1)

    def cold() -> None:
        weights.cache_clear()
        intervals(rows, names * len(masks), resamples=10000)

    return [
        (
            "10,000 resamples, 1,000 documents, all measures, 40 slices",
            f"{timed(cold, runs):.2f} s",
            "goal: at most 0.5",
        )
    ]


def cli_rows(runs: int) -> list[Row]:
    """The commands as a user waits for them."""
    qawl = str(Path(sys.executable).with_name("qawl"))
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "p.jsonl"
        subprocess.run([qawl, "run", "rules", "-o", str(predictions)], check=True)
        words = {
            "qawl --help": [qawl, "--help"],
            "qawl run rules (core/test)": [qawl, "run", "rules"],
            "qawl score (core/test)": [qawl, "score", str(predictions)],
            "qawl score --measure all --by type (core/test)": [
                *(qawl, "score", str(predictions), "--measure", "all", "--by", "type")
            ],
        }
        return [
            (name, f"{timed(lambda c=call: _quiet(c), runs):.2f} s", "")  # type: ignore[misc]
            for name, call in words.items()
        ]


def _quiet(call: list[str]) -> None:
    subprocess.run(call, check=True, capture_output=True)


def peer_rows(runs: int) -> list[Row]:
    """The same flat spans through seqeval and nervaluate, where they are installed."""
    documents = 5000
    gold, predicted = flat(documents)
    ours = timed(lambda: score_documents(predicted, gold, measures=("quote.exact",)), runs)

    def digest() -> None:
        total = GoldHash()
        for document in gold:
            total.add(document)

    def words() -> None:
        for start in range(0, documents, CHUNK):
            Units([str(document.text) for document in gold[start : start + CHUNK]], "word")

    rows = [
        (f"ours, quote.exact, {documents} documents of flat spans", f"{ours:.3f} s", ""),
        ("– digest of the gold, for the signature", f"{timed(digest, runs):.3f} s", ""),
        ("– words of the texts", f"{timed(words, runs):.3f} s", ""),
    ]
    labels = [[tags(d, g) for d, g in zip(side, gold, strict=True)] for side in (gold, predicted)]
    try:
        from seqeval.metrics import classification_report  # noqa: PLC0415
    except ImportError:
        rows.append(("seqeval classification_report", "not installed", ""))
    else:
        taken = timed(lambda: classification_report(*labels), runs)
        rows.append(
            (
                "seqeval classification_report",
                f"{taken:.2f} s",
                f"{taken / ours:.0f} × ours{_TWENTY}",
            )
        )
    try:
        from nervaluate import Evaluator  # noqa: PLC0415
    except ImportError:
        rows.append(("nervaluate", "not installed", ""))
    else:
        taken = timed(lambda: Evaluator(*labels, tags=["Q"], loader="list").evaluate(), runs)
        rows.append(
            ("nervaluate, list loader", f"{taken:.2f} s", f"{taken / ours:.0f} × ours{_TWENTY}")
        )
    return rows


def page(rows: list[Row], documents: int) -> str:
    """The table with what it was measured on."""
    lines = [
        "# How fast the scorer is",
        "",
        f"{documents:,} generated documents, {documents * PER_DOCUMENT:,} gold and about as many",
        "predicted attributions. Made by `python scripts/benchmark.py --write` on",
        f"{os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__},",
        f"msgspec {msgspec.__version__}; medians. Your figures will differ, the ratios less.",
        "",
        "| what | time | |",
        "|---|--:|---|",
        *(f"| {what} | {taken} | {ratio} |" for what, taken, ratio in rows),
    ]
    return "\n".join(lines) + "\n" + PROSE


def main() -> None:
    """Measure and print, or write the page."""
    parts = ("score", "bootstrap", "peers", "cli")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=parts, choices=parts)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows: list[Row] = []
    if "score" in options.only:
        with tempfile.TemporaryDirectory() as folder:
            paths = Path(folder) / "gold.jsonl", Path(folder) / "predictions.jsonl"
            for side in (0, 1):  # made twice rather than held: memory is measured too
                write((pair[side] for pair in corpus(options.documents)), paths[side])
            rows += scoring_rows(paths, options.runs)
    if "bootstrap" in options.only:
        rows += bootstrap_rows(options.runs)
    if "peers" in options.only:
        rows += peer_rows(options.runs)
    if "cli" in options.only:
        rows += cli_rows(options.runs)
    content = page(rows, options.documents)
    print(content)
    if options.write:
        PAGE.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
