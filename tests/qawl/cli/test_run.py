"""`qawl run`: what a system says, and what happens when it breaks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qawl import Document
from qawl.cli import main
from qawl.reading import read
from qawl.writing import encode, write
from support.newsroom import PLAIN, Tiny, complains, files_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from support.newsroom import Command, Folder, Install


def test_run_writes_the_predictions_of_a_split(
    qawl: Command, data: Folder, install: Install, tmp_path: Path
) -> None:
    install()
    outcome = qawl("run", "tiny", "--output", tmp_path / "out.jsonl")
    assert outcome == (0, "", "")
    found = list(read(tmp_path / "out.jsonl"))
    assert [document.id for document in found] == ["d2", "d3"]
    assert all(len(document.attributions) == 1 for document in found)
    assert data.gold().is_file()


@pytest.mark.usefixtures("data")
def test_run_prints_predictions_without_an_output(qawl: Command, install: Install) -> None:
    install()
    outcome = qawl("run", "tiny", "--split", "train")
    assert outcome.code == 0
    assert json.loads(outcome.out)["id"] == "d1"


def test_run_reads_documents_from_a_file_or_standard_input(
    qawl: Command, install: Install, tmp_path: Path
) -> None:
    install()
    content = encode(Document(id="x1", text=PLAIN))
    (tmp_path / "in.jsonl").write_bytes(content)
    from_file = qawl("run", "tiny", "--input", tmp_path / "in.jsonl")
    from_stdin = qawl("run", "tiny", "--input", "-", "--output", "-", stdin=content)
    assert from_file == from_stdin
    assert json.loads(from_file.out)["attributions"][0]["cue"] == [[0, 3]]


@pytest.mark.usefixtures("data")
def test_a_system_sees_no_gold(qawl: Command, install: Install) -> None:
    seen: list[Document] = []

    class Curious(Tiny):
        def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
            for document in documents:
                seen.append(document)
                yield document

    install(curious=Curious)
    assert qawl("run", "curious").code == 0
    assert seen == [Document(id="d2", text=PLAIN), Document(id="d3", text=PLAIN)]


def test_run_of_an_unknown_system_names_those_that_are_there(
    qawl: Command, install: Install
) -> None:
    install()
    complains(qawl("run", "nobody"), 3, "[system-unknown]", "«nobody»", "installed: tiny")


def test_run_on_an_unknown_track_names_those_that_are_here(
    qawl: Command, install: Install, data: Folder
) -> None:
    install()
    complains(qawl("run", "tiny", "--track", "wire"), 3, "[track-unknown]", "core/test, core/train")
    complains(qawl("run", "tiny", "--split", "../train"), 3, "[track-unknown]")
    assert data.path.is_dir()


def test_run_needs_texts(qawl: Command, install: Install, tmp_path: Path) -> None:
    install()
    write([Document(id="x1", text=PLAIN), Document(id="x2")], tmp_path / "in.jsonl")
    outcome = qawl("run", "tiny", "--input", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    complains(outcome, 3, "[text-missing]", "in.jsonl:2 x2 text")
    assert not (tmp_path / "out.jsonl").exists()


def test_run_writes_nothing_if_an_input_line_is_wrong(
    qawl: Command, install: Install, tmp_path: Path
) -> None:
    install()
    (tmp_path / "in.jsonl").write_bytes(encode(Document(id="x1", text=PLAIN)) + b"{\n")
    (tmp_path / "out.jsonl").write_bytes(b"old")
    before = files_in(tmp_path)
    outcome = qawl("run", "tiny", "--input", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    complains(outcome, 3, "[line-json]", "in.jsonl:2")
    assert files_in(tmp_path) == before


@pytest.mark.usefixtures("data")
def test_run_ends_with_1_if_the_result_cannot_be_written(
    qawl: Command, install: Install, tmp_path: Path
) -> None:
    install()
    for target in (tmp_path, tmp_path / "none" / "out.jsonl", "/dev/full"):
        outcome = qawl("run", "tiny", "--output", target)
        complains(outcome, 1, "[output-unwritable]", str(target))


class Crashing(Tiny):
    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            if document.id == "d3":
                raise KeyError("no such model")
            yield document


class Silent(Tiny):
    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        return iter([next(iter(documents))])


class Talkative(Tiny):
    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        yield from documents
        yield Document(id="d9")


class Confused(Tiny):
    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        return reversed(list(documents))


class Wordless(Tiny):
    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        return (None for _ in documents)  # type: ignore[misc]


class Offline(Tiny):
    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:  # noqa: ARG002
        raise FileNotFoundError(2, "No such file or directory", "model.bin")


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("made", [Crashing, Silent, Talkative, Confused, Wordless, Offline])
def test_a_system_that_breaks_while_it_runs_is_named_and_leaves_nothing(
    qawl: Command, install: Install, tmp_path: Path, made: type[Tiny]
) -> None:
    install(shaky=made)
    before = files_in(tmp_path)
    complains(qawl("run", "shaky", "-o", tmp_path / "out.jsonl"), 3, "[system-failed]", "«tiny»")
    assert files_in(tmp_path) == before


@pytest.mark.usefixtures("data")
def test_a_developer_may_ask_for_the_traceback(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(shaky=Crashing)
    monkeypatch.setenv("QAWL_TRACEBACK", "1")
    monkeypatch.setattr("sys.argv", ["qawl", "run", "shaky"])
    with pytest.raises(KeyError, match="no such model"):
        main()
