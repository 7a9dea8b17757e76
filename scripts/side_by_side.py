"""Composed and real news side by side: docs/core-and-wire.md.

python scripts/side_by_side.py [--check]

Needs the texts of `wire` (`qawl data fetch wire`); without them the page stays as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import environment
from qawl import load, run, score
from qawl.findings import InputError
from qawl.realism.bands import bands
from qawl.realism.figures import figures
from qawl.statistics import corpus_statistics

if TYPE_CHECKING:
    from qawl.records import Document
    from qawl.report import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "core-and-wire.md"
SPLITS = ("train", "dev", "test")
BASELINES = ("quoted", "rules")
SHOWN = ("quote.relaxed", "speaker.relaxed", "entity", "triple.relaxed", "triple.exact", "alarms")
TRACKS = ("core", "wire")

HEAD = """# `core` and `wire` side by side

`core` is composed, `wire` is real. This page shows how far the one looks like the other, and what
the baselines score on both. It is made by `python scripts/side_by_side.py`, from the gold and from
runs of the baselines. The bands are those of `qawl data realism`, counted on 17,538 real articles
and by hand on a few dozen; `wire` is 214 articles of 16 outlets, with Wikinews over-represented,
and need not lie in each of them either.

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


def page() -> str:
    """The whole page."""
    gold = {track: {split: load(track, split) for split in SPLITS} for track in TRACKS}
    whole = {
        track: [d for documents in gold[track].values() for d in documents] for track in TRACKS
    }
    tests = {track: gold[track]["test"] for track in TRACKS}
    return "\n".join([HEAD, *_figures(whole), MIDDLE, *_scores(tests), ""])


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


def _scores(tests: dict[str, list[Document]]) -> list[str]:
    lines = [f"| | | {' | '.join(SHOWN)} |", "|---|---|" + ":-:|" * len(SHOWN)]
    for name in BASELINES:
        for track, gold in tests.items():
            rows = score(run(name, gold), gold, measures=SHOWN).report().rows
            lines.append(f"| `{name}` | {track} | {' | '.join(map(_interval, rows))} |")
    return lines


def _interval(row: Row) -> str:
    return f"{100 * row.value:.1f} [{100 * row.low:.1f}, {100 * row.high:.1f}]"


def main(options: list[str]) -> int:
    """Write the page, or check that it is current."""
    environment.use_texts()
    try:
        content = page()
    except InputError as error:
        if any(item.id != "texts-absent" for item in error.findings):
            raise
        print(f"docs/core-and-wire.md is left as it is: {error}")
        return 0
    if "--check" in options:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != content:
            print("docs/core-and-wire.md is stale; run scripts/side_by_side.py")
            return 1
        return 0
    PAGE.write_text(content, encoding="utf-8", newline="\n")
    print(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
