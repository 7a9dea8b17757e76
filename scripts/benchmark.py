"""How fast the scorer is, measured here and now: docs/benchmark.md.

python scripts/benchmark.py [--documents 100000] [--write] [--only decode score bootstrap peers cli]

The corpus is generated, the same on every machine: documents of about 170 words with ten gold
attributions each, some nested, discontinuous or implicit, and noisy predictions: shifted, dropped,
doubled, invented. Every figure is the median of its runs; ratios compare runs of one process.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
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
from msgspec import UNSET
from msgspec.structs import replace

from qawl.inference.intervals import intervals
from qawl.inference.resampling import weights
from qawl.records import Attribution, Distractor, Document, Entity, Spans
from qawl.scoring import MEASURES, score_documents
from qawl.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmark.md"
WORDS = ["قال", "الوزير", "إن", "المطر", "سيستمر", "أياما", "وأضاف", "مصدر", "محلي", "الطريق",
         "مغلق", "بحسب", "البلدية", "«السد»", "صباح", "أمس،", "وأوضحت", "المديرة", "أنها",
         "تنتظر", "ردا.", "الشركة", "نفت", "تأخير", "الدفعة"]  # fmt: skip
TYPES = ("direct", "indirect", "mixed")
PER_DOCUMENT = 10
# 40 words for an attribution: 25 in 1,000 words, about as dense as core.
SPREAD = 40
Row = tuple[str, str, str]


def corpus(count: int, seed: int = 7) -> Iterator[tuple[Document, Document]]:
    """Gold and predictions, one pair after the other."""
    chance = random.Random(seed)  # noqa: S311  no secret
    for number in range(count):
        words = [chance.choice(WORDS) for _ in range(PER_DOCUMENT * SPREAD)]
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        gold = [_attribution(chance, starts, place * SPREAD) for place in range(PER_DOCUMENT)]
        name = f"doc-{number:07d}"
        yield (
            Document(
                id=name,
                text=" ".join(words),
                attributions=tuple(gold),
                entities=_entities(gold),
                distractors=(Distractor(span=(starts[8], starts[9] - 1), kind="name"),),
            ),
            Document(id=name, attributions=tuple(_noisy(chance, gold, starts))),
        )


def _attribution(chance: random.Random, starts: list[int], word: int) -> Attribution:
    """Cue, two-word speaker, quote of four to thirteen words; one in twenty holds another."""
    length = chance.randint(4, 13)
    first, last = word + 3, word + 3 + length
    quote: Spans = ((starts[first], starts[last] - 1),)
    if chance.random() < 0.03:
        middle = first + length // 2
        quote = ((starts[first], starts[middle] - 1), (starts[middle + 1], starts[last] - 1))
    if word and chance.random() < 0.05:
        quote = ((starts[word - 10], starts[last] - 1),)
    speaker: Spans = ((starts[word + 1], starts[word + 3] - 1),)
    return Attribution(
        quote=quote,
        cue=((starts[word], starts[word + 1] - 1),),
        speaker=() if chance.random() < 0.15 else speaker,
        entity=f"e{word % 3}",
        type=chance.choice(TYPES),  # type: ignore[arg-type]
    )


def _entities(gold: list[Attribution]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            id=name,
            name=f"مصدر {name}",
            kind="person",
            mentions=tuple(s for item in gold if item.entity == name for s in item.speaker or ()),
        )
        for name in sorted({str(item.entity) for item in gold})
    )


def _noisy(chance: random.Random, gold: list[Attribution], starts: list[int]) -> list[Attribution]:
    found: list[Attribution] = []
    for item in gold:
        fate = chance.random()
        quote, cue, speaker = item.quote, item.cue, item.speaker
        if fate < 0.10:
            continue
        if fate < 0.30:
            quote = ((quote[0][0], quote[-1][1]),)
            quote = ((max(0, quote[0][0] - 5), quote[0][1]),)
        if 0.30 <= fate < 0.40:
            speaker = ()
        if 0.40 <= fate < 0.45:
            cue = ()
        if 0.45 <= fate < 0.48:
            found.append(item)
        found.append(
            Attribution(quote=quote, cue=cue, speaker=speaker, type=item.type, name="مصدر e0")
        )
    while len(found) < len(gold):
        found.append(_attribution(chance, starts, chance.randrange(PER_DOCUMENT) * SPREAD))
    # They list no entities, so each names its source by a string.
    return [replace(item, entity=UNSET, name="مصدر e0") for item in found]


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
    """Scoring with all measures against decoding the same two files."""
    decoding = timed(lambda: decode(paths), runs)
    gold, predicted = paths
    scoring = timed(
        lambda: score_documents(str(predicted), str(gold), measures=tuple(MEASURES)), runs
    )
    # ru_maxrss is in KiB on Linux and in bytes on macOS.
    unit = 1 if platform.system() == "Darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    return [
        ("decoding both files, typed msgspec", f"{decoding:.2f} s", ""),
        (
            f"scoring, all {len(MEASURES)} measures",
            f"{scoring:.2f} s",
            f"{scoring / decoding:.2f} × decoding",
        ),
        ("peak memory of the process", f"{peak:.0f} MiB", ""),
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
            "",
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
    gold, predicted = _flat(documents)
    ours = timed(lambda: score_documents(predicted, gold, measures=("quote.exact",)), runs)
    rows = [(f"ours, quote.exact, {documents} documents of flat spans", f"{ours:.3f} s", "")]
    tags = [[_tags(d, g) for d, g in zip(side, gold, strict=True)] for side in (gold, predicted)]
    try:
        from seqeval.metrics import classification_report  # noqa: PLC0415
    except ImportError:
        rows.append(("seqeval classification_report", "not installed", ""))
    else:
        taken = timed(lambda: classification_report(*tags), runs)
        rows.append(
            ("seqeval classification_report", f"{taken:.2f} s", f"{taken / ours:.0f} × ours")
        )
    try:
        from nervaluate import Evaluator  # noqa: PLC0415
    except ImportError:
        rows.append(("nervaluate", "not installed", ""))
    else:
        taken = timed(lambda: Evaluator(*tags, tags=["Q"], loader="list").evaluate(), runs)
        rows.append(("nervaluate, list loader", f"{taken:.2f} s", f"{taken / ours:.0f} × ours"))
    return rows


def _flat(documents: int) -> tuple[list[Document], list[Document]]:
    gold: list[Document] = []
    predicted: list[Document] = []
    for ours, theirs in corpus(documents):
        for side, document in ((gold, ours), (predicted, theirs)):
            last, kept = -1, []
            for item in sorted(document.attributions, key=lambda a: a.quote):
                if item.quote[0][0] > last and len(item.quote) == 1:
                    kept.append(Attribution(quote=item.quote))
                    last = item.quote[0][1]
            side.append(Document(id=ours.id, text=ours.text, attributions=tuple(kept)))
    return gold, predicted


def _tags(document: Document, gold: Document) -> list[str]:
    text = str(gold.text)
    starts, place = [], 0
    for word in text.split(" "):
        starts.append((place, place + len(word)))
        place += len(word) + 1
    tags = ["O"] * len(starts)
    for item in document.attributions:
        ((low, high),) = item.quote
        inside = [n for n, (a, b) in enumerate(starts) if a < high and low < b]
        for order, number in enumerate(inside):
            tags[number] = "I-Q" if order else "B-Q"
    return tags


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
    return "\n".join(lines) + "\n"


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
