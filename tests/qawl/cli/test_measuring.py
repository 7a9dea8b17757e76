"""`qawl compare`, `errors`, `measures`, `reproduce`: that they run, end well and refuse well."""

from __future__ import annotations

import json
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
def right(data: Folder, tmp_path: Path) -> Path:
    """Predictions that find everything."""
    path = tmp_path / "right.jsonl"
    write(Tiny().predict(read(data.gold("test"))), path)
    return path


@pytest.fixture
def silent(right: Path) -> Path:
    """Predictions that find nothing."""
    path = right.with_name("silent.jsonl")
    write((Document(id=document.id) for document in read(right)), path)
    return path


def test_compare_sets_systems_against_the_first(qawl: Command, right: Path, silent: Path) -> None:
    outcome = qawl("compare", silent, right, "--resamples", 50)
    assert outcome.code == 0
    assert "right" in outcome.out
    found = json.loads(qawl("compare", silent, right, "--resamples", 50, "--format", "json").out)
    assert all(row["difference"] >= 0 for row in found)
    assert qawl("compare", silent, right, "--format", "markdown").out.startswith("| measure |")


def test_compare_needs_two_files_and_one_standard_input(qawl: Command, right: Path) -> None:
    complains(qawl("compare", right), 2, "two files")
    complains(qawl("compare", "-", "-", stdin=right.read_bytes()), 2, "standard input")


def test_errors_are_counted_by_class_and_listed(qawl: Command, right: Path, silent: Path) -> None:
    assert qawl("errors", right).code == 0
    outcome = qawl("errors", silent)
    assert outcome.code == 0
    assert "المطر أنقذ الموسم" in outcome.out
    found = json.loads(qawl("errors", silent, "--json").out)
    assert len(found["errors"]) == 2
    complains(qawl("errors", silent, "--class", "bad luck"), 2, "bad luck")


def test_errors_of_standard_input_are_refused_like_those_of_a_file(
    qawl: Command, right: Path, tmp_path: Path
) -> None:
    assert qawl("errors", "-", stdin=right.read_bytes()) == qawl("errors", right)
    wrong = right.read_bytes().replace(b'"cue":[[0,3]]', b'"cue":[[3,0]]')
    (tmp_path / "wrong.jsonl").write_bytes(wrong)
    complains(qawl("errors", tmp_path / "wrong.jsonl"), 3, "[span-reversed]")
    complains(qawl("errors", "-", stdin=wrong), 3, "[span-reversed]")


def test_measures_are_listed_with_what_they_say(qawl: Command) -> None:
    assert "quote.exact" in qawl("measures").out
    names = [item["name"] for item in json.loads(qawl("measures", "--json").out)]
    assert "triple.exact" in names


def test_a_claimed_score_comes_out_again_or_not(
    qawl: Command, right: Path, silent: Path, tmp_path: Path
) -> None:
    claim = tmp_path / "report.json"
    claim.write_text(qawl("score", right, "--format", "json").out, encoding="utf-8")
    assert qawl("reproduce", claim, right).code == 0
    assert qawl("reproduce", claim, silent).code == 1


@pytest.mark.parametrize("command", ["errors", "compare", "reproduce"])
def test_files_that_cannot_be_read_are_refused(qawl: Command, right: Path, command: str) -> None:
    outcome = qawl(command, "none.jsonl", *([right] if command != "errors" else []))
    assert outcome.code in {2, 3}
    assert "none.jsonl" in outcome.err
    assert "Traceback" not in outcome.err
