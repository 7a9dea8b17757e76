"""A command line in process, a track under ``tmp_path``, and systems that nobody installed."""

from __future__ import annotations

import io
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
import typer.main

from qawl.cli import main
from support.newsroom import Outcome, Point, Tiny, make_track

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder, Install


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
    folder = make_track(tmp_path / "data")
    monkeypatch.setenv("QAWL_DATA", str(folder.path))
    return folder


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    def known(**systems: object) -> None:
        points = [Point(name, made) for name, made in (systems or {"tiny": Tiny}).items()]
        monkeypatch.setattr("qawl.systems.entry_points", lambda group: points if group else [])

    return known
