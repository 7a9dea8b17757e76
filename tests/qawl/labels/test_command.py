"""``qawl labels``: the table, JSON, and the export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner, Result

from qawl import Document, InputError
from qawl.cli.labels import labels
from qawl.writing import write
from support.newsroom import article

if TYPE_CHECKING:
    from pathlib import Path

app = typer.Typer()
app.command()(labels)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    write([article(id="d1"), article(id="d2")], path)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def need_extra() -> None:
    for name in ("seqeval", "sklearn"):
        pytest.importorskip(name, reason="needs the extra qawl[seqeval]")


def test_table(gold: Path) -> None:
    need_extra()
    found = run(gold, "--gold", gold)
    assert found.exit_code == 0
    rows = [line.split() for line in found.stdout.splitlines()]
    assert ["quote", "100.0", "100.0", "100.0", "2", "0", "2", "0"] in rows
    assert ["micro", "avg", "100.0", "100.0", "100.0", "6", "6"] in rows
    assert ["indirect", "0", "2", "0", "0", "100.0", "100.0", "100.0"] in rows
    assert "seqeval, strict, IOB2" in found.stdout


def test_json(gold: Path) -> None:
    need_extra()
    found = json.loads(run(gold, "--gold", gold, "--json").stdout)
    assert found["labels"]["quote"]["support"] == 2
    assert found["types"]["confusion"]["labels"][-1] == "none"


def test_predictions_are_exported_with_the_text_of_the_gold(gold: Path, tmp_path: Path) -> None:
    need_extra()
    predictions, target = tmp_path / "p.jsonl", tmp_path / "p.conll"
    write([Document(id="d2"), Document(id="d1")], predictions)
    assert run(predictions, "--gold", gold, "--export", target).exit_code == 0
    text = target.read_text(encoding="utf-8")
    assert "المطر O O O\n" in text
    assert text.index("(d1)") < text.index("(d2)")


def test_gold_is_exported_without_predictions(gold: Path, tmp_path: Path) -> None:
    target = tmp_path / "gold.conll"
    found = run("--gold", gold, "--export", target)
    assert (found.exit_code, found.stdout) == (0, "")
    assert "المطر B-quote O O\n" in target.read_text(encoding="utf-8")
    assert run("--gold", gold, "--export", "-").stdout == target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        (b'{"format":"qawl/1","id":"d1"}\n', "text-missing"),
        (b'{"format":"qawl/1","id":"d1","text":"a","attributions":[{"quote":[[0,9]]}]}\n',
         "span-out-of-range"),
        (b"{\n", "line-json"),
    ],
)  # fmt: skip
def test_gold_that_cannot_be_labelled_leaves_no_file(
    line: bytes, identifier: str, tmp_path: Path
) -> None:
    wrong, target = tmp_path / "wrong.jsonl", tmp_path / "x.conll"
    wrong.write_bytes(line)
    found = run("--gold", wrong, "--export", target)
    assert isinstance(found.exception, InputError)
    assert [item.id for item in found.exception.findings] == [identifier]
    assert not target.exists()


@pytest.mark.parametrize(
    "arguments", [["--gold", "g"], ["-", "--gold", "-"], ["p", "--gold", "g", "--export", "-"]]
)
def test_what_cannot_be_meant_is_a_usage_error(arguments: list[str]) -> None:
    assert isinstance(run(*arguments).exception, ValueError)
