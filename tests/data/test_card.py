"""The data card is true: ``datasets`` reads the folder as it is, with the columns it claims."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from qawl.reading import read
from qawl.statistics import corpus_statistics
from qawl.tracks import load, track_file, tracks

DATA = Path(__file__).parents[2] / "data"
CARD = (DATA / "README.md").read_text(encoding="utf-8")
SPLITS = ("train", "dev", "test")
# In a process of its own: datasets reads its environment on import, and warns of much.
SCRIPT = """
import json, sys
from datasets import load_dataset
found = load_dataset(sys.argv[1], sys.argv[3], cache_dir=sys.argv[2])
print(json.dumps({
    name: {
        "rows": [row["id"] for row in split],
        "columns": split.column_names,
        "features": split.features._to_yaml_list(),
        "first": split[0],
    }
    for name, split in found.items()
}))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return load_with_datasets("core", tmp_path_factory)


def load_with_datasets(track: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if find_spec("datasets") is None:
        pytest.skip("`datasets` is not installed: pip install -e '.[datasets]'")
    home = tmp_path_factory.mktemp("hf")
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(DATA), str(home / "cache"), track],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_datasets_reads_three_splits(loaded: dict[str, Any]) -> None:
    assert list(loaded) == list(SPLITS)
    for split in SPLITS:
        assert loaded[split]["rows"] == [document.id for document in load("core", split)]


@pytest.mark.parametrize("track", ["wire", "probes"])
def test_datasets_reads_the_other_tracks(
    tmp_path_factory: pytest.TempPathFactory, track: str
) -> None:
    found = load_with_datasets(track, tmp_path_factory)
    for split, rows in found.items():
        ids = [document.id for document in read(track_file(track, split))]
        assert rows["rows"] == ids


def test_columns_are_those_of_the_card(loaded: dict[str, Any]) -> None:
    fields = CARD.partition("## Fields")[2].partition("\n## ")[0]
    claimed = re.findall(r"^\| `([a-z0-9]+)` \|", fields, flags=re.MULTILINE)
    for split in SPLITS:
        assert loaded[split]["columns"] == claimed


def test_features_are_declared(loaded: dict[str, Any]) -> None:
    named = {item["name"]: item for item in loaded["train"]["features"]}
    assert [part["name"] for part in named["attributions"]["list"]] == [
        "quote", "cue", "speaker", "entity", "type",
    ]  # fmt: skip
    assert [part["name"] for part in named["meta"]["struct"]] == [
        "split", "genre", "style", "register", "slices",
    ]  # fmt: skip


def test_spans_survive_loading(loaded: dict[str, Any]) -> None:
    row, document = loaded["test"]["first"], load("core", "test")[0]
    assert row["text"] == document.text
    quotes = [[list(span) for span in item.quote] for item in document.attributions]
    assert [item["quote"] for item in row["attributions"]] == quotes


def test_figures_are_those_of_the_tool() -> None:
    found = {split: corpus_statistics(load("core", split)) for split in SPLITS}
    for field in found["train"]:
        cells = " | ".join(str(found[split][field]) for split in SPLITS)
        assert f"| {field} | {cells} |" in CARD


def test_every_meta_key_is_declared() -> None:
    """A key that the card does not declare would break loading for everybody."""
    head = CARD.split("\n---\n")[0]
    for track, part in zip(("core", "wire", "probes"), head.split("- name: meta")[1:], strict=True):
        declared = set(re.findall(r"- name: (\w+)", part.split("- config_name")[0]))
        records = [d for split in tracks()[track] for d in read(track_file(track, split))]
        assert {key for document in records for key in document.meta} <= declared


def test_canary_stands_in_the_card() -> None:
    assert re.search(r"qawl:canary:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", CARD)
