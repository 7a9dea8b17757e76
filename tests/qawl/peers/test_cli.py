"""``qawl peers`` as a command of its own; where it is registered is the command line's business."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from qawl.cli.peers import peers
from qawl.findings import InputError
from qawl.writing import write
from support.newsroom import article

if TYPE_CHECKING:
    from pathlib import Path

app = typer.Typer()
app.command()(peers)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    write([article(id="d1"), article(id="d2")], gold)
    write([article(id="d2"), article(id="d1")], predictions)
    return str(predictions), str(gold)


def test_a_table_for_every_peer(files: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, [files[0], "--gold", files[1]])
    assert result.exit_code == 0
    for name in ("spkatt, as described", "bbc/citron", "speaker@0.8", "content.strict"):
        assert name in result.output


def test_json_of_some(files: tuple[str, str]) -> None:
    result = CliRunner().invoke(
        app, [files[0], "--gold", files[1], "--only", "citron", "--as-published", "--json"]
    )
    found = json.loads(result.output)
    assert found["as_published"] is True
    assert list(found["peers"]) == ["citron"]
    assert found["peers"]["citron"]["figures"]["quotes.exact.f1"] == 1


def test_missing_documents_and_unknown_peers_are_refused(
    files: tuple[str, str], tmp_path: Path
) -> None:
    half = tmp_path / "half.jsonl"
    write([article(id="d1")], half)
    result = CliRunner().invoke(app, [str(half), "--gold", files[1]])
    assert isinstance(result.exception, InputError)
    result = CliRunner().invoke(app, [files[0], "--gold", files[1], "--only", "nobody"])
    assert isinstance(result.exception, KeyError)
