"""A command line in process, a track under ``tmp_path``, and systems that nobody installed."""

from __future__ import annotations

import io
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
import typer.main

from qawl.authoring import build
from qawl.cli import main
from qawl.writing import write
from support.newsroom import SAID, Folder, Outcome, Point, Tiny, source

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Install


# Typer builds all commands for every call, which takes longer than most of them.
built_once = cache(typer.main.get_command)


@pytest.fixture
def qawl(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setattr(typer.main, "get_command", built_once)

    def run(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["qawl", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return Outcome(code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A track with a document in ``train`` and two in ``test``, sources and gold."""
    folder = Folder(tmp_path / "data")
    folder.sources.mkdir(parents=True)
    for identifier, split in (("d1", "train"), ("d2", "test"), ("d3", "test")):
        text = source(SAID, id=identifier, split=split)
        (folder.sources / f"{identifier}.qawl").write_text(text, encoding="utf-8")
    folder.gold().parent.mkdir()
    for split, documents in build(folder.sources).items():
        if documents:
            write(documents, folder.gold(split))
    monkeypatch.setenv("QAWL_DATA", str(folder.path))
    return folder


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    def known(**systems: object) -> None:
        points = [Point(name, made) for name, made in (systems or {"tiny": Tiny}).items()]
        monkeypatch.setattr("qawl.systems.entry_points", lambda group: points if group else [])

    return known
