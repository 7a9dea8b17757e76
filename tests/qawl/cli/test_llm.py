"""`qawl run llm`: a system with options, against an endpoint on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from qawl import Document
from qawl.writing import write
from support.endpoint import answer, completion, serving
from support.newsroom import PLAIN

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from support.newsroom import Command

ANSWER = completion(answer({"quote": ["المطر أنقذ الموسم"], "cue": ["قال"], "source": "سالم"}))


def test_the_command_asks_and_writes(qawl: Command, tmp_path: Path) -> None:
    write([Document(id=f"d{number}", text=PLAIN) for number in range(3)], tmp_path / "in.jsonl")
    with serving(ANSWER) as server:
        options = ("-O", f"base={server.base}", "-O", "model=small", "-O", "limit=2")
        outcome = qawl("run", "llm", "--input", tmp_path / "in.jsonl", *options)
    assert outcome.code == 0, outcome.err
    found = [msgspec.json.decode(line) for line in outcome.out.splitlines()]
    assert [len(item["attributions"]) for item in found] == [1, 1, 0]
    assert outcome.err == "llm: limit=2: 1 articles were left empty, unasked\n"


def test_an_endpoint_that_is_not_there_is_one_line_and_a_code(
    qawl: Command, tmp_path: Path
) -> None:
    write([Document(id="d1", text=PLAIN)], tmp_path / "in.jsonl")
    with serving(ANSWER) as server:
        options = ("-O", f"base={server.base}", "-O", "model=small")
    outcome = qawl("run", "llm", "--input", tmp_path / "in.jsonl", *options)
    assert (outcome.code, outcome.out) == (3, "")
    assert "[llm-endpoint]" in outcome.err
    assert "Traceback" not in outcome.err


def test_its_options_are_listed(qawl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_LLM_KEY", "sk-secret")
    out = qawl("systems", "--options").out
    assert all(f"llm  -O {name}=" in out for name in ("base", "model", "cache", "log"))
    assert "sk-secret" not in out
