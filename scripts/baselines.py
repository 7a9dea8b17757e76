"""What the trained baselines score: the tables and the learning curve of docs/linear.md.

python scripts/baselines.py [--write | --check | --curve]

Without an option it prints the tables; --write puts them into the marked block of the page, --check
says whether the block is current. --curve trains `linear` and `crf` on 10, 25 and 50 % of the
articles (some minutes; 100 % are the shipped models) and writes the second block and the figure,
which the other options leave alone. Needs the texts of `wire` (`qawl data fetch wire`) and
qawl[baselines].
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import environment
from pages import filled, interval
from qawl import load, run, score, write
from qawl.findings import InputError
from qawl.systems import load_system

if TYPE_CHECKING:
    from qawl.records import Document

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "linear.md"
MODELS = ROOT / "baselines" / "qawl_baselines" / "models"
FIGURE = ROOT / "docs" / "images" / "learning-curve.png"
SYSTEMS = ("quoted", "rules", "linear", "crf", "hybrid")
PLACES = (("core", "dev"), ("wire", "dev"), ("core", "test"), ("wire", "test"), ("probes", "test"))
SHOWN = ("quote.relaxed", "quote.exact", "entity", "triple.relaxed", "triple.exact", "alarms")
SHARES = (10, 25, 50, 100)
CURVE = ("linear", "crf")
MEASURE = "triple.exact"


def tables() -> str:
    """A table for each split, with 95 % bootstrap intervals over articles."""
    lines = []
    for track, split in PLACES:
        gold = load(track, split)
        shown = (*SHOWN, "passed") if track == "probes" else SHOWN
        lines += [f"`{track}` {split} ({len(gold)} documents):", ""]
        lines += [f"| | {' | '.join(shown)} |", "|---|" + ":-:|" * len(shown)]
        for name in SYSTEMS:
            rows = score(run(name, gold), gold, measures=shown).report().rows
            lines.append(f"| `{name}` | {' | '.join(map(interval, rows))} |")
        lines.append("")
    return "\n".join(lines)


def curve() -> str:
    """What is learned from how many articles, on the dev splits; draws the figure too."""
    lines = [
        f"| {MEASURE} | {' | '.join(f'{share} %' for share in SHARES)} |",
        "|---|" + ":-:|" * len(SHARES),
    ]
    gold = {track: load(track, "dev") for track in ("core", "wire")}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in CURVE:
            models = [_trained(name, share, folder) for share in SHARES]
            for track, documents in gold.items():
                cells = [_cell(name, model, documents) for model in models]
                lines.append(f"| `{name}` on {track} dev | {' | '.join(cells)} |")
            if name == CURVE[0]:
                _draw(models, folder, gold["core"])
    return "\n".join(lines) + "\n"


def _trained(name: str, share: int, folder: Path) -> Path:
    if share == 100:
        return MODELS / f"{name}.npz"
    model = folder / f"{name}-{share}.npz"
    words = ("--share", str(share / 100), "--dev", "", "-o", str(model))
    if environment.run("qawl", "train", name, *words):
        sys.exit(f"{name} cannot be trained")
    return model


def _cell(name: str, model: Path, gold: list[Document]) -> str:
    predictions = run(load_system(name, {"model": str(model)}), gold)
    return interval(score(predictions, gold, measures=[MEASURE]).report().rows[0])


def _draw(models: list[Path], folder: Path, gold: list[Document]) -> None:
    files = []
    for model in models:
        files.append(str(folder / f"{model.stem}.jsonl"))
        write(run(load_system(CURVE[0], {"model": str(model)}), gold), files[-1])
    at = ",".join(map(str, SHARES))
    words = ("--kind", "curve", "--at", at, "--split", "dev", "--measure", MEASURE)
    environment.run("qawl", "plot", *files, *words, "-o", str(FIGURE))


def main(options: list[str]) -> int:
    """Print, write or check."""
    environment.use_texts()
    try:
        blocks = {"curve": curve()} if "--curve" in options else {"figures": tables()}
    except InputError as error:
        if any(item.id != "texts-absent" for item in error.findings):
            raise
        print(f"{PAGE.name} is left as it is: {error}")
        return 0
    page = made = PAGE.read_text("utf-8")
    for block, content in blocks.items():
        made = filled(made, block, Path(__file__).name, content)
    if "--check" in options:
        if made != page:
            print(f"{PAGE.relative_to(ROOT)} is stale; run scripts/baselines.py --write")
        return int(made != page)
    if {"--write", "--curve"} & set(options):
        PAGE.write_text(made, encoding="utf-8", newline="\n")
        print(f"wrote {PAGE.relative_to(ROOT)}")
    else:
        print(*blocks.values(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
