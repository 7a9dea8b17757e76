"""Gold of real news: stand-off, complete, in splits of whole outlets, and without their words."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from msgspec import UNSET

from qawl.findings import InputError
from qawl.reading import read
from qawl.records import Document
from qawl.texts import texts_folder
from qawl.texts.recipes import load_recipes
from qawl.tracks import load, track_file, tracks
from qawl.validation import check_gold

ROOT = Path(__file__).parents[2]
SPLITS = ("train", "dev", "test")
RECORDS = [document for split in tracks()["wire"] for document in read(track_file("wire", split))]
# So many running words would be a piece of somebody's article.
RUN = 8
_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+")


@pytest.fixture(scope="module")
def texts() -> Path:
    """The folder of the texts, where they are on this machine."""
    if "QAWL_TEXTS" not in os.environ and not texts_folder().is_dir():
        pytest.skip("the texts of wire are not here: qawl data fetch wire")
    return texts_folder()


def test_there_is_enough_of_it() -> None:
    assert len(RECORDS) >= 200
    assert sum(len(document.attributions) for document in RECORDS) >= 900


def test_no_record_carries_its_text_and_each_says_which_it_is() -> None:
    assert all(document.text is UNSET for document in RECORDS)
    by_file = {recipe.file: recipe.sha256 for recipe in load_recipes("wire")}
    for document in RECORDS:
        if document.meta["split"] != "seed":
            assert document.sha256 == by_file[str(document.meta["file"])]


def test_splits_are_of_whole_outlets() -> None:
    outlets = {s: {d.meta["outlet"] for d in RECORDS if d.meta["split"] == s} for s in SPLITS}
    assert not outlets["train"] & outlets["test"]
    assert not outlets["train"] & outlets["dev"]
    assert not outlets["dev"] & outlets["test"]


def test_both_layers_are_about_the_same_articles() -> None:
    ids = {document.id for document in RECORDS}
    for layer in ("first", "second"):
        path = ROOT / "data" / "sources" / f"wire.{layer}.jsonl"
        assert {document.id for document in read(path)} == ids


def test_gold_is_valid(texts: Path) -> None:
    assert texts.is_dir()
    found = [item for item in check_gold(RECORDS) if item.level == "error"]
    assert [str(item) for item in found] == []


@pytest.mark.parametrize("split", SPLITS)
def test_a_split_is_loaded_with_its_texts(texts: Path, split: str) -> None:
    assert texts.is_dir()
    assert all(isinstance(document.text, str) for document in load("wire", split))


def grams(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def tracked() -> list[Path]:
    """The files that git knows, or all of an unpacked archive."""
    done = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


def test_no_run_of_eight_words_of_a_real_article_stands_in_the_repository(texts: Path) -> None:
    real = {gram for path in texts.rglob("*.txt") for gram in grams(path.read_text("utf-8"))}
    assert real
    leaks = {}
    for path in tracked():
        try:
            content = path.read_text("utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        if re.search("[\u0621-\u064a]", content) and (shared := grams(content) & real):
            leaks[path.relative_to(ROOT).as_posix()] = " ".join(min(shared))
    assert leaks == {}


def test_without_texts_gold_is_checked_as_far_as_can_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QAWL_TEXTS", str(tmp_path))
    with pytest.raises(InputError, match="texts-absent"):
        load("wire", "test")
    assert list(check_gold(RECORDS)) == []
    broken = Document(id="a", sha256="0" * 64, meta={"file": "a/1.txt"}, attributions=())
    assert next(iter(check_gold([broken, broken]))).id == "id-duplicate"
