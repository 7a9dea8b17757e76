"""`qawl extract`: plain text in, who said what out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.newsroom import PLAIN

if TYPE_CHECKING:
    from support.newsroom import Command, Install, Outcome


def test_extract_prints_who_said_what(qawl: Command, install: Install, tmp_path: Path) -> None:
    install()
    (tmp_path / "خبر.txt").write_text(PLAIN, encoding="utf-8")
    outcome = qawl("extract", tmp_path / "خبر.txt", "--system", "tiny")
    assert outcome.code == 0
    assert "خبر: 1 attribution\n" in outcome.out
    assert re.search(r"who +المزارع سالم الراوي\n", outcome.out)
    assert re.search(r"quote +المطر أنقذ الموسم\n", outcome.out)


def test_extract_gives_records_that_are_valid_predictions(
    qawl: Command, install: Install, tmp_path: Path
) -> None:
    install()
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    options = ("--system", "tiny", "--format", "jsonl")
    outcome = qawl("extract", tmp_path / "a.txt", "-", *options, stdin=PLAIN.encode())
    assert outcome.code == 0
    found = [json.loads(line) for line in outcome.out.splitlines()]
    assert [(item["id"], item["text"]) for item in found] == [("a", PLAIN), ("stdin", PLAIN)]
    checked = qawl("data", "validate", "--predictions", "-", stdin=outcome.out.encode())
    assert checked == (0, "", "0 errors, 0 warnings\n")


def ids_of(outcome: Outcome) -> list[str]:
    assert outcome.code == 0, outcome.err
    return [json.loads(line)["id"] for line in outcome.out.splitlines()]


def test_extract_tells_files_of_one_name_apart_by_their_paths(
    qawl: Command, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install()
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(PLAIN, encoding="utf-8")
    options = ("--system", "tiny", "--format", "jsonl")
    assert ids_of(qawl("extract", "a/x.txt", "b/x.txt", *options)) == ["a/x.txt", "b/x.txt"]


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("a b.txt", "a-b"),
        ("\x1b[31m.txt", "[31m"),
        ("a\u202eb.txt", "a-b"),
        (b"a\xffb.txt", "a-b"),
        ("ق" * 120 + ".txt", "ق" * 120),
        ("x" * 240 + ".txt", "x" * 200),
    ],
)
def test_extract_makes_an_id_of_any_name(
    qawl: Command, install: Install, tmp_path: Path, name: str | bytes, identifier: str
) -> None:
    install()
    raw = name if isinstance(name, bytes) else name.encode()
    path = Path((bytes(tmp_path) + b"/" + raw).decode("utf-8", "surrogateescape"))
    path.write_text(PLAIN, encoding="utf-8")
    outcome = qawl("extract", path, "--system", "tiny", "--format", "jsonl")
    assert ids_of(outcome) == [identifier]
    assert qawl("extract", path, "--system", "tiny").code == 0


def test_extract_refuses_inputs_that_would_have_one_id(
    qawl: Command, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install()
    monkeypatch.chdir(tmp_path)
    for name in ("a b.txt", "a-b.txt"):
        Path(name).write_text(PLAIN, encoding="utf-8")
    options = ("--system", "tiny", "--format", "jsonl")
    for files in (("a b.txt", "a-b.txt"), ("a-b.txt", "a-b.txt")):
        outcome = qawl("extract", *files, *options)
        assert outcome.code == 3
        assert "[file-duplicate]" in outcome.err
        assert outcome.out.count("\n") == 1


def test_extract_reads_what_can_be_read_and_reports_the_rest(
    qawl: Command, install: Install, tmp_path: Path
) -> None:
    install()
    (tmp_path / "good.txt").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "old.txt").write_bytes("قال زيد".encode("windows-1256"))
    (tmp_path / "none.txt").write_bytes(b"")
    files = [tmp_path / f"{name}.txt" for name in ("good", "old", "none", "nowhere")]
    outcome = qawl("extract", *files, "--system", "tiny")
    assert outcome.code == 3
    assert outcome.out.startswith("good: ")
    for identifier in ("[file-encoding]", "[file-empty]", "[file-unreadable]"):
        assert identifier in outcome.err
