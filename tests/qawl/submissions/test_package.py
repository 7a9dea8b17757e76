"""`qawl submit package`: from predictions to a folder, whole or not at all."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from qawl.findings import InputError
from qawl.reading import read
from qawl.submissions.folder import PREDICTIONS
from qawl.submissions.manifest import MANIFEST
from qawl.writing import write
from support.newsroom import Tiny, complains, files_in
from support.submitted import found_in, submit

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder

WORDS = (
    *("--name", "Tiny", "--version", "1", "--author", "أحمد", "--author", "B. Author"),
    *("--description", "Finds one frame.", "--kind", "rules", "--licence", "MIT"),
    *("--training-data", "none", "--contact", "a@example.org", "--date", "2026-01-02"),
)


@pytest.fixture
def predictions(data: Folder, tmp_path: Path) -> Path:
    path = tmp_path / "tiny.jsonl"
    write(Tiny().predict(read(data.gold("test"))), path)
    return path


def test_package_writes_a_folder_that_can_be_verified(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    outcome = qawl("submit", "package", predictions, *WORDS, "-o", tmp_path / "s")
    assert outcome.code == 0
    folder = tmp_path / "s" / "core" / "tiny-1"
    assert outcome.out.strip() == str(folder)
    assert sorted(path.name for path in folder.iterdir()) == [PREDICTIONS, MANIFEST]
    assert gzip.decompress((folder / PREDICTIONS).read_bytes()) == predictions.read_bytes()
    manifest = json.loads((folder / MANIFEST).read_bytes())
    assert manifest["about"]["authors"] == ["أحمد", "B. Author"]
    assert manifest["scored"]["scores"]["triple.exact"] == 1.0
    assert manifest["date"] == "2026-01-02"
    assert found_in(folder) == []


def test_the_same_predictions_give_the_same_bytes(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    for name in ("a", "b"):
        qawl("submit", "package", predictions, *WORDS, "-o", tmp_path / name)
    assert files_in(tmp_path / "a") == files_in(tmp_path / "b")


def test_predictions_come_from_standard_input(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    content = predictions.read_bytes()
    outcome = qawl("submit", "package", "-", *WORDS, "-o", tmp_path / "s", stdin=content)
    assert outcome.code == 0
    assert found_in(tmp_path / "s" / "core" / "tiny-1") == []


def test_a_dry_run_shows_the_manifest_and_writes_nothing(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    outcome = qawl("submit", "package", predictions, *WORDS, "-o", tmp_path / "s", "--dry-run")
    assert outcome.code == 0
    assert json.loads(outcome.out)["id"] == "tiny-1"
    assert not (tmp_path / "s").exists()


def test_a_submission_is_never_overwritten(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    qawl("submit", "package", predictions, *WORDS, "-o", tmp_path / "s")
    before = files_in(tmp_path / "s")
    predictions.write_bytes(b'{"id":"d2"}\n{"id":"d3"}\n')
    outcome = qawl("submit", "package", predictions, *WORDS, "-o", tmp_path / "s")
    complains(outcome, 3, "[submission-exists]", "--supersedes")
    assert files_in(tmp_path / "s") == before


def test_what_is_wrong_is_named_in_the_users_own_file(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    predictions.write_bytes(b'{"id":"d2","attributions":[{"quote":[[9,2]]}]}\n{"id":"d4"}\n')
    outcome = qawl("submit", "package", predictions, *WORDS, "-o", tmp_path / "s")
    complains(outcome, 3, "[span-reversed]", "[document-unknown]", "[document-missing]")
    assert f"{predictions}:1" in outcome.err
    assert not (tmp_path / "s").exists()


def test_what_is_said_of_the_system_is_checked_before_scoring(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    words = [*WORDS, "--link", "http://x", "--supersedes", "../y", "--id", "A B"]
    outcome = qawl("submit", "package", predictions, *words, "-o", tmp_path / "s")
    complains(outcome, 3, "[submission-link]", "[submission-place]", "about.supersedes[0]", "id")


def test_a_name_without_latin_letters_asks_for_an_id(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    words = [*WORDS, "--name", "قول"]
    outcome = qawl("submit", "package", predictions, *words, "-o", tmp_path / "s")
    complains(outcome, 2, "--id")
    outcome = qawl("submit", "package", predictions, *words, "--id", "q-1", "-o", tmp_path / "s")
    assert outcome.code == 0


def test_what_cannot_be_read_or_written_is_said(
    predictions: Path, tmp_path: Path, qawl: Command
) -> None:
    outcome = qawl("submit", "package", tmp_path / "no", *WORDS, "-o", tmp_path / "s")
    complains(outcome, 3, "[file-unreadable]")
    (tmp_path / "file").write_text("")
    outcome = qawl("submit", "package", predictions, *WORDS, "-o", tmp_path / "file")
    complains(outcome, 1, "[output-unwritable]")


@pytest.mark.usefixtures("data")
def test_a_folder_that_comes_into_being_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = submit(tmp_path / "s")
    before = files_in(tmp_path / "s")
    monkeypatch.setattr(type(made), "exists", lambda _: False)
    with pytest.raises(InputError, match="submission-exists"):
        submit(tmp_path / "s")
    assert {k: v for k, v in files_in(tmp_path / "s").items() if "core" in k} == before


def test_predictions_that_are_too_large_are_refused_early(
    tmp_path: Path, qawl: Command, data: Folder
) -> None:
    assert data.gold().is_file()
    path = tmp_path / "big.jsonl"
    path.write_bytes(b" " * (17 * 1024 * 1024))
    outcome = qawl("submit", "package", path, *WORDS, "-o", tmp_path / "s")
    complains(outcome, 3, "[submission-too-large]")
    path.write_bytes(b'{"id":"d2","attributions":[' + b'{"quote":[[0,3]]},' * 500 + b"]}\n")
    outcome = qawl("submit", "package", path, *WORDS, "-o", tmp_path / "s")
    complains(outcome, 3, "[submission-too-large]", "501 attributions")
