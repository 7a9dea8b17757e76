"""`qawl train`: a system learns from the gold, and what it learned can be used."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command

without_libraries = pytest.mark.skipif(
    find_spec("sklearn") is None or find_spec("seqeval") is None,
    reason="scikit-learn or seqeval, of qawl[baselines], is missing",
)


@without_libraries
def test_trained_by_command(qawl: Command, tmp_path: Path) -> None:
    model = tmp_path / "m.npz"
    words = ("--track", "core", "--share", "0.05", "--dev", "dev")
    outcome = qawl("train", "linear", *words, "-o", model)
    assert outcome.code == 0, outcome.err
    assert "seqeval" in outcome.out
    stated = json.loads((tmp_path / "m.json").read_text())
    assert stated["system"] == "linear"
    assert stated["about"]["seed"] == 1
    assert set(stated["about"]["gold"]) == {"core/train"}
    assert "--share 0.05" in stated["about"]["command"]
    outcome = qawl("run", "linear", "--split", "dev", "-O", f"model={model}")
    assert outcome.code == 0, outcome.err


def test_what_does_not_learn_is_refused(qawl: Command, tmp_path: Path) -> None:
    outcome = qawl("train", "rules", "-o", tmp_path / "m.npz")
    assert (outcome.code, list(tmp_path.iterdir())) == (3, [])
    assert "system-untrainable" in outcome.err


@pytest.mark.parametrize(
    ("words", "message"),
    [(("-o", "m.bin"), ".npz"), (("-o", "m.npz", "--track", "core", "--share", "2"), "share")],
)
def test_what_cannot_be_asked_is_a_usage_error(
    qawl: Command, words: tuple[str, ...], message: str
) -> None:
    outcome = qawl("train", "linear", *words, "--dev", "")
    assert outcome.code == 2
    assert message in outcome.err
