"""Stand-off gold: the texts join their records, or one line says how to get them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from msgspec import UNSET
from msgspec.structs import replace

import qawl as package
from qawl import Document, InputError
from qawl.texts import attached, texts_folder
from qawl.texts.store import is_safe
from qawl.tracks import with_texts
from qawl.writing import write
from support.newsroom import article

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder, Install


def standoff() -> Document:
    """The article without its text, which is said to be paper/001.txt."""
    whole = article()
    digest = sha256(str(whole.text).encode()).hexdigest()
    meta = {**whole.meta, "file": "paper/001.txt", "split": "test"}
    return replace(whole, text=UNSET, sha256=digest, meta=meta)


@pytest.fixture
def wire(data: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A stand-off track ``wire`` of one article; returns the folder of its texts, still empty."""
    (data.path / "wire").mkdir()
    write([standoff()], data.path / "wire" / "test.jsonl")
    texts = tmp_path / "texts"
    (texts / "paper").mkdir(parents=True)
    monkeypatch.setenv("QAWL_TEXTS", str(texts))
    return texts


def fill(texts: Path) -> None:
    (texts / "paper" / "001.txt").write_bytes(str(article().text).encode())


def test_the_folder_is_said_by_the_environment_or_is_the_users_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QAWL_TEXTS", str(tmp_path))
    assert texts_folder() == tmp_path
    monkeypatch.delenv("QAWL_TEXTS")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert texts_folder() == tmp_path / "qawl" / "texts"


def test_with_its_text_a_record_is_like_any_other(wire: Path) -> None:
    fill(wire)
    (found,) = package.load("wire", "test")
    assert found.text == article().text
    assert found.attributions == article().attributions


@pytest.mark.parametrize(
    "command",
    [
        ("run", "tiny", "--track", "wire"),
        ("score", "{p}", "--track", "wire"),
        ("errors", "{p}", "--track", "wire"),
        ("compare", "{p}", "{p}", "--track", "wire"),
        ("labels", "--track", "wire", "--export", "-"),
        ("peers", "{p}", "--track", "wire"),
        ("data", "stats", "--track", "wire"),
        ("data", "validate", "{w}"),
    ],
)
def test_every_command_takes_the_track_or_says_in_one_line_how_to_get_its_texts(
    qawl: Command, install: Install, wire: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    install()
    predictions = tmp_path / "p.jsonl"
    write([replace(standoff(), distractors=())], predictions)
    gold = wire.parent / "data" / "wire" / "test.jsonl"
    words = [word.replace("{p}", str(predictions)).replace("{w}", str(gold)) for word in command]
    outcome = qawl(*words)
    assert outcome.code in (1, 3)
    said = outcome.err + outcome.out
    assert said.count("[texts-absent]") == said.count("qawl data fetch") == 1
    fill(wire)
    assert qawl(*words).code == 0


def test_a_gold_file_that_is_named_gets_its_texts_too(qawl: Command, wire: Path) -> None:
    fill(wire)
    gold = wire.parent / "data" / "wire" / "test.jsonl"
    outcome = qawl("score", gold, "--gold", gold, "--format", "csv")
    assert outcome.code == 0, outcome.err


def test_a_file_with_texts_is_left_to_be_read_as_a_stream(data: Folder) -> None:
    assert with_texts(data.gold()) == data.gold()
    assert with_texts("-") == "-"


def test_another_text_is_refused(wire: Path) -> None:
    (wire / "paper" / "001.txt").write_text("نص آخر", encoding="utf-8")
    with pytest.raises(InputError, match="text-hash"):
        package.load("wire", "test")


@pytest.mark.parametrize(
    "file",
    ["../a.txt", "/etc/passwd", "a/../b.txt", "a/b/c.txt", "a.jsonl", "C:\\a.txt", "", None, 7],
)
@pytest.mark.usefixtures("wire")
def test_a_record_cannot_name_a_file_elsewhere(file: str | int | None) -> None:
    assert not is_safe(file)
    record = standoff()
    with pytest.raises(InputError, match="text-missing"):
        attached([replace(record, meta={**record.meta, "file": file})])
