"""Train the baselines that learn, and put their models into the package.

python scripts/train_baselines.py [--check] [linear crf hybrid]

Needs the texts of `wire` (`qawl data fetch wire`). --check trains only `linear`, the fastest, into
a temporary folder and ends with 1 if the gold is another than that of the shipped models, or if the
figures on dev are not those that the shipped model states (within half a point where a library has
another version). It takes about half a minute; without the texts it checks nothing.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import environment
from qawl import load
from qawl.findings import InputError
from qawl.submissions.gold import digest

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "baselines" / "qawl_baselines" / "models"
NAMES = ("linear", "crf", "hybrid")
FASTEST = "linear"
TRACKS = ("core", "wire")
_TOLERANCE = 0.005
_LARGEST = 5_000_000


def train(name: str, folder: Path) -> int:
    """Train a baseline as a user would; the exit code."""
    print(f"training {name}", flush=True)
    return environment.run("qawl", "train", name, "-o", str(folder / f"{name}.npz"))


def stated(folder: Path, name: str) -> dict[str, Any]:
    """What a model says of how it came about."""
    about: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))["about"]
    return about


def figures(about: dict[str, Any]) -> dict[str, float]:
    """The figures on dev, flat."""
    return {
        f"{track} {by} {name}": value
        for track, found in about["dev"].items()
        for by, values in found.items()
        for name, value in values.items()
    }


def check() -> int:
    """Whether the models are of the present gold, and one of them comes out again."""
    present = {f"{track}/train": digest(track, "train") for track in TRACKS}
    for name in NAMES:
        if stated(MODELS, name)["gold"] != present:
            print(f"{name} was trained on other gold; run scripts/train_baselines.py")
            return 1
        if (MODELS / f"{name}.npz").stat().st_size > _LARGEST:
            print(f"the model of {name} is larger than {_LARGEST:,} bytes")
            return 1
    with tempfile.TemporaryDirectory() as folder:
        if code := train(FASTEST, Path(folder)):
            return code
        shipped, again = stated(MODELS, FASTEST), stated(Path(folder), FASTEST)
    allowed = 0.0 if shipped["libraries"] == again["libraries"] else _TOLERANCE
    before, after = figures(shipped), figures(again)
    off = [key for key in before if abs(before[key] - after.get(key, -1.0)) > allowed + 1e-9]
    for key in off:
        print(f"{FASTEST}: {key} is {after.get(key)}, the shipped model states {before[key]}")
    if off:
        print(
            "has rules, whose word lists are features, changed? Then run scripts/train_baselines.py"
        )
    return 1 if off else 0


def main(options: list[str]) -> int:
    """Train, or check."""
    environment.use_texts()
    try:
        for track in TRACKS:
            load(track, "train")
    except InputError as error:
        if any(item.id != "texts-absent" for item in error.findings):
            raise
        print(f"nothing is trained: {error}")
        return 0 if "--check" in options else 1
    if "--check" in options:
        return check()
    MODELS.mkdir(exist_ok=True)
    return max(train(name, MODELS) for name in options or NAMES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
