"""`qawl score`: the forms of a score, and what is refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from qawl import Document
from qawl.reading import read
from qawl.writing import write
from support.newsroom import Tiny, complains

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder


@pytest.fixture
def predictions(data: Folder, tmp_path: Path) -> Path:
    """What the system ``tiny`` says of the test split."""
    path = tmp_path / "tiny.jsonl"
    write(Tiny().predict(read(data.gold("test"))), path)
    return path


@pytest.mark.usefixtures("data")
def test_score_prints_a_table_with_its_signature(qawl: Command, predictions: Path) -> None:
    outcome = qawl("score", predictions)
    assert outcome.code == 0
    assert outcome.err == ""
    assert re.search(r"quote\.exact +100\.0 +100\.0 +100\.0", outcome.out)
    assert "gold:core/test" in outcome.out


@pytest.mark.usefixtures("data")
def test_score_prints_json(qawl: Command, predictions: Path) -> None:
    found = json.loads(qawl("score", predictions, "--format", "json").out)
    assert found["signature"]["gold"] == "core/test"


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    ("how", "start"), [("markdown", "| |"), ("latex", "% "), ("csv", "field,label,")]
)
def test_score_prints_other_forms(qawl: Command, predictions: Path, how: str, start: str) -> None:
    outcome = qawl("score", predictions, "--format", how)
    assert outcome.code == 0
    assert outcome.out.startswith(start)
    assert "core/test" in outcome.out


def test_score_reads_predictions_from_standard_input_and_gold_from_a_file(
    qawl: Command, data: Folder, predictions: Path
) -> None:
    content = predictions.read_bytes()
    outcome = qawl("score", "-", "--gold", data.gold(), "--format", "json", stdin=content)
    assert outcome.code == 0
    assert json.loads(outcome.out)


def test_only_one_of_the_two_can_be_standard_input(qawl: Command) -> None:
    complains(qawl("score", "-", "--gold", "-", stdin=b"{}\n"), 2, "standard input")


def test_score_names_everything_that_is_wrong_at_once(
    qawl: Command, data: Folder, tmp_path: Path
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"id":"d2","attributions":[{"quote":[[5,3]]}]}\n{"id":"d7"}\n{\n')
    outcome = qawl("score", path, "--gold", data.gold())
    complains(outcome, 3, "[span-reversed]", "[document-unknown]", "[line-json]", "bad.jsonl:3")
    # The line that could not be read may be the one that seems to be missing.
    assert "[document-missing]" not in outcome.err


def test_ids_of_another_split_are_one_finding(qawl: Command, data: Folder, tmp_path: Path) -> None:
    write((Document(id=f"x{number}") for number in range(100)), tmp_path / "other.jsonl")
    outcome = qawl("score", tmp_path / "other.jsonl", "--gold", data.gold())
    complains(outcome, 3, "[document-unknown]", "none of the 100 ids", "another split")
    assert outcome.err.count("\n") == 1


@pytest.mark.usefixtures("data")
def test_score_of_what_is_no_file_or_no_measure(qawl: Command, predictions: Path) -> None:
    complains(qawl("score", "none.jsonl"), 3, "[file-unreadable]", "none.jsonl")
    complains(qawl("score", predictions, "--gold", "none.jsonl"), 3, "[file-unreadable]")
    complains(qawl("score", predictions, "--measure", "luck"), 2, "luck")
    complains(qawl("score", predictions, "--track", "wire"), 3, "[track-unknown]")


def test_many_findings_are_counted_and_the_first_shown(
    qawl: Command, data: Folder, tmp_path: Path
) -> None:
    names = ["d2", *(f"x{number}" for number in range(100))]
    write((Document(id=name) for name in names), tmp_path / "bad.jsonl")
    outcome = qawl("score", tmp_path / "bad.jsonl", "--gold", data.gold())
    assert outcome.code == 3
    assert outcome.err.count("\n") == 21
    assert outcome.err.endswith("… and 81 more findings\n")
