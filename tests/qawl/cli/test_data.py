"""`qawl data`: counts, checks, builds, the schema."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qawl import Attribution, Document
from qawl.findings import catalogue
from qawl.records import FORMAT
from qawl.writing import encode
from support.newsroom import SAID, article, complains, files_in, source

if TYPE_CHECKING:
    from support.newsroom import Command, Folder

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.usefixtures("data")
def test_stats_count_every_split(qawl: Command) -> None:
    outcome = qawl("data", "stats")
    assert outcome.code == 0
    assert re.search(r"documents +2 +1", outcome.out)
    found = json.loads(qawl("data", "stats", "--json").out)
    assert {name: counts["documents"] for name, counts in found.items()} == {"test": 2, "train": 1}


@pytest.mark.usefixtures("data")
def test_stats_of_one_split(qawl: Command) -> None:
    found = json.loads(qawl("data", "stats", "--split", "train", "--json").out)
    assert (found["train"]["attributions"], found["train"]["words"]) == (1, 8)


@pytest.mark.usefixtures("data")
def test_stats_of_what_is_not_there(qawl: Command) -> None:
    complains(qawl("data", "stats", "--track", "wire"), 3, "[track-unknown]", "core/train")
    complains(qawl("data", "stats", "--split", "dev"), 3, "[track-unknown]")


def test_stats_of_a_broken_file(qawl: Command, data: Folder) -> None:
    data.gold("test").write_bytes(b"{\n")
    complains(qawl("data", "stats"), 3, "[line-json]", "test.jsonl:1")


def test_validate_of_a_correct_file_says_so(qawl: Command, data: Folder) -> None:
    assert qawl("data", "validate", data.gold()) == (0, "", "0 errors, 0 warnings\n")


def test_validate_reads_standard_input(qawl: Command) -> None:
    outcome = qawl("data", "validate", "-", stdin=b"{\n")
    assert outcome.code == 1
    assert outcome.out.startswith("-:1: error [line-json]")


def test_validate_goes_through_all_files(qawl: Command, data: Folder) -> None:
    wrong = [FIXTURES / "findings" / f"{name}.qawl" for name in ("span-empty", "cue-conjunction")]
    outcome = qawl("data", "validate", wrong[0], data.gold(), wrong[1], "none.jsonl")
    assert (outcome.code, outcome.out.count("\n")) == (1, 3)
    assert outcome.err == "2 errors, 1 warnings\n"


def test_validate_prints_json_with_the_rule(qawl: Command) -> None:
    path = FIXTURES / "findings" / "span-reversed.jsonl"
    outcome = qawl("data", "validate", path, "--json")
    assert outcome.code == 1
    (item,) = json.loads(outcome.out)
    rule = catalogue()["span-reversed"]
    assert (item["id"], item["file"], item["line"]) == ("span-reversed", str(path), 1)
    assert (item["class"], item["why"], item["fix"]) == ("span", rule.why, rule.fix)


def test_validate_prints_an_empty_list_if_all_is_well(qawl: Command, data: Folder) -> None:
    assert qawl("data", "validate", data.gold(), "--json") == (0, "[]\n", "")


def test_validate_asks_predictions_for_less(qawl: Command) -> None:
    line = encode(Document(id="d1", attributions=(Attribution(quote=((0, 3),)),)))
    assert qawl("data", "validate", "-", stdin=line).code == 1
    assert qawl("data", "validate", "--predictions", "-", stdin=line).code == 0


def test_validate_of_a_file_named_by_bytes_that_are_no_text(qawl: Command, tmp_path: Path) -> None:
    path = Path((bytes(tmp_path) + b"/\xff\x1b[31m.jsonl").decode("utf-8", "surrogateescape"))
    path.write_bytes(b"{\n")
    outcome = qawl("data", "validate", path)
    assert (outcome.code, outcome.out.count("\x1b")) == (1, 0)
    assert len(json.loads(qawl("data", "validate", path, "--json").out)) == 1


def test_build_writes_what_its_sources_give(qawl: Command, data: Folder) -> None:
    before = data.gold("test").read_bytes()
    data.gold("test").write_bytes(b"old")
    outcome = qawl("data", "build")
    assert (outcome.code, outcome.out) == (0, "")
    assert "test.jsonl: 2 documents" in outcome.err
    assert "train.jsonl" not in outcome.err
    assert data.gold("test").read_bytes() == before


def test_build_twice_changes_nothing(qawl: Command, data: Folder) -> None:
    assert qawl("data", "build").code == 0
    before = files_in(data.path)
    assert qawl("data", "build") == (0, "", "")
    assert files_in(data.path) == before


def test_build_goes_from_any_folder_to_any_folder(
    qawl: Command, data: Folder, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "track"
    outcome = qawl("data", "build", "--sources", data.sources, "--output", target)
    assert outcome.code == 0
    assert (target / "test.jsonl").read_bytes() == data.gold("test").read_bytes()
    assert sorted(path.name for path in target.iterdir()) == ["test.jsonl", "train.jsonl"]


def test_check_ends_with_0_if_nothing_would_change(qawl: Command, data: Folder) -> None:
    before = files_in(data.path)
    assert qawl("data", "build", "--check") == (0, "", "")
    assert files_in(data.path) == before


def test_check_ends_with_1_if_anything_would_change_and_writes_nothing(
    qawl: Command, data: Folder
) -> None:
    text = source(SAID.replace("أنقذ", "روى"), id="d1")
    (data.sources / "d1.qawl").write_text(text, encoding="utf-8")
    data.gold("dev").write_bytes(encode(article()))
    before = files_in(data.path)
    outcome = qawl("data", "build", "--check")
    complains(outcome, 1, "train.jsonl is not what", "dev.jsonl is not what")
    assert "test.jsonl" not in outcome.err
    assert files_in(data.path) == before


def test_build_removes_a_split_that_no_source_gives(qawl: Command, data: Folder) -> None:
    for content in (b"", encode(article())):
        data.gold("dev").write_bytes(content)
        assert qawl("data", "build", "--check").code == 1
        assert qawl("data", "build").code == 0
        assert not data.gold("dev").exists()
        assert qawl("data", "build", "--check").code == 0
    assert qawl("data", "stats").code == 0


@pytest.mark.parametrize(
    ("body", "identifier"),
    [
        ("no header", "source-header"),
        (source("<q1>قال\n"), "source-tag"),
        (source(SAID.replace("</q1>", " </q1>")), "span-edge"),
    ],
)
def test_build_writes_nothing_if_any_source_is_wrong(
    qawl: Command, data: Folder, body: str, identifier: str
) -> None:
    (data.sources / "d1.qawl").write_text(body, encoding="utf-8")
    data.gold("test").write_bytes(b"old")
    before = files_in(data.path)
    complains(qawl("data", "build"), 3, f"[{identifier}]")
    assert files_in(data.path) == before


def test_build_says_where_it_looked_for_sources(
    qawl: Command, data: Folder, tmp_path: Path
) -> None:
    before = files_in(data.path)
    for folder in (tmp_path / "none", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        complains(qawl("data", "build", "--sources", folder), 2, f"no sources in {folder}")
    complains(qawl("data", "build", "--track", "wire"), 2, "no sources in")
    assert files_in(data.path) == before


def test_build_ends_with_1_if_it_cannot_write(qawl: Command, data: Folder, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    outcome = qawl("data", "build", "--sources", data.sources, "--output", tmp_path / "file")
    complains(outcome, 1)


def test_the_schema_is_json_and_names_the_format(qawl: Command) -> None:
    outcome = qawl("data", "schema")
    assert outcome.code == 0
    found = json.loads(outcome.out)
    assert FORMAT in found["title"]
