"""Composed and real news side by side: docs/core-and-wire.md, and real news in the README.

python scripts/side_by_side.py [--check]

Needs the texts of `wire` (`qawl data fetch wire`); without them the page stays as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import environment
from pages import filled, interval
from qawl import load, run, score
from qawl.findings import InputError
from qawl.realism.bands import bands
from qawl.realism.figures import figures
from qawl.statistics import corpus_statistics

if TYPE_CHECKING:
    from qawl.records import Document
    from qawl.report import Row

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "core-and-wire.md"
README = ROOT / "README.md"
SPLITS = ("train", "dev", "test")
BASELINES = ("quoted", "rules")
SHOWN = ("quote.relaxed", "speaker.relaxed", "entity", "triple.relaxed", "triple.exact", "alarms")
TRACKS = ("core", "wire")

HEAD = """# `core` and `wire` side by side

`core` is composed, `wire` is real. This page shows how far the one looks like the other, and what
the baselines score on both. It is made by `python scripts/side_by_side.py`, from the gold and from
runs of the baselines. The bands are those of `qawl data realism`, counted on 17,538 real articles
and by hand on a few dozen; `wire` is 213 articles of 15 outlets, with Wikinews over-represented
(the one of the split `seed` is left out), and need not lie in each of them either.

## What the texts are like
"""
MIDDLE = """
A figure in bold lies outside the band. For `core`, reasons stand in
[`data/realism.toml`](../data/realism.toml).

## What the baselines score

F1 in per cent on the test splits, with 95 % bootstrap intervals over articles. `rules` was
developed on `train` and `dev` of both tracks ([rules.md](rules.md)); outlets of `wire` test occur
in no other split.
"""


def pages() -> dict[Path, str]:
    """The page, and the README with what the baselines score on real news."""
    gold = {track: {split: load(track, split) for split in SPLITS} for track in TRACKS}
    whole = {
        track: [document for documents in splits.values() for document in documents]
        for track, splits in gold.items()
    }
    tests = {track: gold[track]["test"] for track in TRACKS}
    scores = {
        (name, track): [interval(row) for row in _rows(name, documents)]
        for name in BASELINES
        for track, documents in tests.items()
    }
    lines = [f"| | | {' | '.join(SHOWN)} |", "|---|---|" + ":-:|" * len(SHOWN)]
    lines += [f"| `{n}` | {track} | {' | '.join(row)} |" for (n, track), row in scores.items()]
    return {
        PAGE: "\n".join([HEAD, *_figures(whole), MIDDLE, *lines, ""]),
        README: _readme(tests["wire"], scores),
    }


def _readme(gold: list[Document], scores: dict[tuple[str, str], list[str]]) -> str:
    counts = corpus_statistics(gold)
    lines = [
        f"and on `wire` test, real news ({counts['documents']} articles of outlets that no other",
        f"split holds, {counts['words']:,} words, {counts['attributions']} attributions):",
        "",
        f"| | {' | '.join(SHOWN)} |",
        "|---|" + ":-:|" * len(SHOWN),
        *(f"| `{name}` | {' | '.join(scores[name, 'wire'])} |" for name in BASELINES),
    ]
    content = README.read_text(encoding="utf-8")
    return filled(content, "wire", Path(__file__).name, "\n".join(lines) + "\n")


def _rows(name: str, gold: list[Document]) -> tuple[Row, ...]:
    return score(run(name, gold), gold, measures=SHOWN).report().rows


def _figures(whole: dict[str, list[Document]]) -> list[str]:
    counts = {track: corpus_statistics(documents) for track, documents in whole.items()}
    lines = [
        "| | band | core | wire |",
        "|---|:-:|--:|--:|",
        *(
            f"| {field} | | {' | '.join(f'{counts[track][field]:,}' for track in TRACKS)} |"
            for field in ("documents", "words", "attributions")
        ),
    ]
    found = {track: figures(documents) for track, documents in whole.items()}
    for key, band in bands().items():
        cells = [_cell(found[track].get(key), band.low, band.high) for track in TRACKS]
        lines.append(f"| {band.what} | {band.low:g}–{band.high:g} | {' | '.join(cells)} |")
    return lines


def _cell(value: float | None, low: float, high: float) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if low <= value <= high else f"**{value:.1f}**"


def main(options: list[str]) -> int:
    """Write the page, or check that it is current."""
    environment.use_texts()
    try:
        made = pages()
    except InputError as error:
        if any(item.id != "texts-absent" for item in error.findings):
            raise
        print(f"what is said of wire is left as it is: {error}")
        return 0
    stale = [p for p, content in made.items() if not p.is_file() or p.read_text("utf-8") != content]
    if "--check" in options:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale; run scripts/side_by_side.py")
        return 1 if stale else 0
    for path in stale:
        path.write_text(made[path], encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
