"""``qawl data realism``: figures beside bands, reasons from the data folder, the exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from qawl import Document, write
from qawl.cli import app
from qawl.realism.bands import bands

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def track(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    write([Document(id="a", text="هطلت أمطار غزيرة.\n")], folder / "test.jsonl")
    monkeypatch.setenv("QAWL_DATA", str(tmp_path))
    return tmp_path


def test_a_figure_outside_ends_with_one(track: Path) -> None:
    assert track.is_dir()
    result = CliRunner().invoke(app, ["data", "realism", "--track", "tiny"])
    assert result.exit_code == 1
    assert "OUTSIDE" in result.stdout


def test_with_a_reason_for_each_it_ends_with_zero(track: Path) -> None:
    reasons = "\n".join(f'{key} = "a test"' for key in bands())
    (track / "realism.toml").write_text(f"[tiny]\n{reasons}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["data", "realism", "--track", "tiny", "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert {item["key"] for item in found} == set(bands())
    assert all(item["inside"] or item["reason"] for item in found)


def test_a_track_that_is_not_here_is_invalid_input(track: Path) -> None:
    assert track.is_dir()
    result = CliRunner().invoke(app, ["data", "realism", "--track", "nosuch"])
    assert result.exit_code != 0
