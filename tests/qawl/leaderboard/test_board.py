"""The board: a function of the submissions, the same bytes every time."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from qawl import Document
from qawl.cli.leaderboard import DATA, PAGE
from qawl.leaderboard.board import make_board
from qawl.leaderboard.collect import collect, folders
from qawl.submissions.folder import COUNTS
from qawl.writing import encode
from support.newsroom import files_in
from support.submitted import TAMPERED, strip_texts, submit

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder

NOTHING = b"".join(encode(Document(id=name)) for name in ("d2", "d3"))


@pytest.fixture
def root(data: Folder, tmp_path: Path) -> Path:
    """Two submissions: what ``tiny`` finds, and nothing at all."""
    assert data.gold().is_file()
    folder = tmp_path / "board" / "submissions"
    submit(folder, "tiny-1")
    submit(folder, "mute-1", raw=NOTHING, name="Mute")
    return folder


def board(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root.parent / DATA).read_bytes())
    return found


def lines(root: Path) -> list[dict[str, Any]]:
    (section,) = board(root)["sections"]
    found: list[dict[str, Any]] = section["lines"]
    return found


def statuses(root: Path) -> dict[str, str]:
    return {line["id"]: line["status"] for line in lines(root)}


def build(qawl: Command, root: Path, code: int = 0) -> str:
    outcome = qawl("leaderboard", "build", "--submissions", root)
    assert outcome.code == code, outcome.err
    return outcome.err


def check(qawl: Command, root: Path) -> tuple[int, str]:
    outcome = qawl("leaderboard", "check", "--submissions", root)
    return outcome.code, outcome.err


def test_the_board_orders_scored_submissions(root: Path, qawl: Command) -> None:
    build(qawl, root)
    first, second = lines(root)
    assert (first["id"], second["id"]) == ("tiny-1", "mute-1")
    rows = {row["measure"]: row for row in first["verified"]["rows"]}
    assert rows["triple.exact"]["value"] == 1.0
    assert rows["triple.exact"]["low"] <= 1.0
    assert first["self_reported"]["name"] == "Tiny"
    assert "name" not in first["verified"]


def test_two_documents_cannot_tell_systems_apart(root: Path, qawl: Command) -> None:
    build(qawl, root)
    assert [line["verified"]["group"] for line in lines(root)] == ["a", "a"]
    assert [line["verified"]["rank"] for line in lines(root)] == [1, 1]
    (comparison,) = board(root)["sections"][0]["comparisons"]
    assert comparison["p"] > 0.05


def test_building_twice_gives_the_same_bytes_and_writes_nothing(root: Path, qawl: Command) -> None:
    assert "written" in build(qawl, root)
    before = files_in(root.parent)
    assert build(qawl, root) == ""
    assert files_in(root.parent) == before


def test_order_of_making_changes_nothing(root: Path, tmp_path: Path, qawl: Command) -> None:
    build(qawl, root)
    other = tmp_path / "other" / "submissions"
    submit(other, "mute-1", raw=NOTHING, name="Mute")
    submit(other, "tiny-1")
    build(qawl, other)
    assert files_in(other.parent) == files_in(root.parent)


def test_check_proves_that_the_board_is_current(root: Path, qawl: Command) -> None:
    build(qawl, root)
    assert check(qawl, root) == (0, "")
    page = root.parent / PAGE
    page.write_bytes(page.read_bytes().replace(b"Tiny", b"Best"))
    code, said = check(qawl, root)
    assert code == 1
    assert "LEADERBOARD.md is stale" in said


def test_check_works_counts_out_again(root: Path, qawl: Command) -> None:
    """Somebody raises the counts of a submission and builds a board of them."""
    build(qawl, root)
    path = root / "core" / "mute-1" / COUNTS
    path.write_bytes(
        (root / "core" / "tiny-1" / COUNTS)
        .read_bytes()
        .replace(
            json.loads((root / "core" / "tiny-1" / "submission.json").read_bytes())["scored"][
                "predictions_sha256"
            ].encode(),
            json.loads((root / "core" / "mute-1" / "submission.json").read_bytes())["scored"][
                "predictions_sha256"
            ].encode(),
        )
    )
    code, said = check(qawl, root)
    assert code == 1
    assert "[submission-counts]" in said
    build(qawl, root)
    assert check(qawl, root) == (0, "")


def test_a_submission_that_nobody_accepted_waits_and_disturbs_nothing(
    root: Path, qawl: Command
) -> None:
    build(qawl, root)
    submit(root, "new-1", name="New")
    code, said = check(qawl, root)
    assert code == 0
    assert "new-1: waits" in said
    build(qawl, root)
    assert "new-1" in statuses(root)


@pytest.mark.parametrize("identifier", ["submission-score", "submission-hash", "submission-text"])
def test_a_refused_submission_is_not_on_the_board(
    identifier: str, root: Path, qawl: Command
) -> None:
    build(qawl, root)
    before = (root.parent / PAGE).read_bytes()
    TAMPERED[identifier](submit(root, "bad-1"))
    assert f"[{identifier}]" in build(qawl, root, 1)
    assert (root.parent / PAGE).read_bytes() == before


def test_a_later_submission_supersedes_one_of_the_same_authors(root: Path, qawl: Command) -> None:
    submit(root, "tiny-2", supersedes=("tiny-1",))
    submit(root, "thief-1", name="Thief", supersedes=("tiny-2",))
    submit(root, "thief-2", authors=("Thief",), supersedes=("tiny-2", "mute-1"))
    build(qawl, root)
    assert statuses(root) == {
        "tiny-2": "current",
        "thief-1": "current",
        "thief-2": "current",
        "mute-1": "current",
        "tiny-1": "superseded",
    }
    page = (root.parent / PAGE).read_text(encoding="utf-8")
    assert "superseded by a later one" in page


class TestAnotherGold:
    """The gold changes after submissions were accepted."""

    @pytest.fixture(autouse=True)
    def changed(self, root: Path, data: Folder, qawl: Command) -> None:
        build(qawl, root)
        lines = data.gold().read_bytes().splitlines(keepends=True)
        data.gold().write_bytes(lines[0])

    def test_older_submissions_stay_apart_with_their_figures(
        self, root: Path, qawl: Command
    ) -> None:
        build(qawl, root)
        assert statuses(root) == {"tiny-1": "earlier", "mute-1": "earlier"}
        page = (root.parent / PAGE).read_text(encoding="utf-8")
        assert "No submission of the present gold." in page
        assert "on an earlier version of the gold or scorer" in page
        assert "100.0 [100.0, 100.0]" in page
        assert check(qawl, root)[0] == 0

    def test_new_ones_compete_without_them(self, root: Path, qawl: Command) -> None:
        submit(root, "tiny-2", raw=NOTHING.splitlines(keepends=True)[0])
        build(qawl, root)
        assert statuses(root)["tiny-2"] == "current"
        assert statuses(root)["tiny-1"] == "earlier"
        assert board(root)["sections"][0]["documents"] == 1
        assert board(root)["sections"][0]["comparisons"] == []

    def test_one_that_was_never_scored_is_listed_without_a_figure(
        self, root: Path, qawl: Command
    ) -> None:
        (root / "core" / "tiny-1" / COUNTS).unlink()
        build(qawl, root)
        assert statuses(root)["tiny-1"] == "unscored"
        assert "never scored" in (root.parent / PAGE).read_text(encoding="utf-8")

    def test_counts_of_other_predictions_are_refused(self, root: Path, qawl: Command) -> None:
        shutil.copyfile(root / "core" / "tiny-1" / COUNTS, root / "core" / "mute-1" / COUNTS)
        assert "[submission-counts]" in build(qawl, root, 1)


def test_gold_without_texts_is_served_by_the_kept_counts(
    data: Folder, tmp_path: Path, qawl: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip_texts(data.gold(), tmp_path / "texts")
    root = tmp_path / "board" / "submissions"
    with monkeypatch.context() as context:
        context.setenv("QAWL_TEXTS", str(tmp_path / "texts"))
        submit(root, "tiny-1")
        build(qawl, root)
        before = files_in(root.parent)
        assert check(qawl, root)[0] == 0
    monkeypatch.setenv("QAWL_TEXTS", str(tmp_path / "nowhere"))
    assert check(qawl, root)[0] == 0
    build(qawl, root)
    assert files_in(root.parent) == before
    assert statuses(root) == {"tiny-1": "current"}


def test_a_track_that_was_given_up_keeps_its_figures(
    root: Path, data: Folder, qawl: Command
) -> None:
    build(qawl, root)
    data.gold().unlink()
    build(qawl, root)
    assert set(statuses(root).values()) == {"earlier"}
    assert check(qawl, root)[0] == 0


def test_hidden_folders_are_nobodys(root: Path, qawl: Command) -> None:
    (root / "core" / ".packaging-x").mkdir()
    (root / "core" / ".DS_Store").write_text("")
    build(qawl, root)


def test_several_tracks_stand_apart(root: Path, data: Folder, qawl: Command) -> None:
    shutil.copytree(data.path / "core", data.path / "wire")
    folder = root / "wire" / "tiny-1"
    shutil.copytree(root / "core" / "tiny-1", folder)
    from support.submitted import edit  # noqa: PLC0415

    edit(folder, lambda m: m["scored"].update({"track": "wire", "signature": "x"}))
    edit(folder, lambda m: m["scored"].update({"scorer": "0.0.1"}))
    build(qawl, root)
    sections = [(s["track"], len(s["lines"])) for s in board(root)["sections"]]
    assert sections == [("core", 2), ("wire", 1)]


def test_scores_of_different_scorers_do_not_compete(root: Path, qawl: Command) -> None:
    build(qawl, root)
    entries = collect(folders(root)).entries
    older = entries[0]
    assert older.counts is not None
    from msgspec.structs import replace  # noqa: PLC0415

    signature = {**older.counts.signature, "version": "0.0.9"}
    entries[0] = older._replace(counts=replace(older.counts, signature=signature))
    (section,) = make_board(entries).sections
    assert {line.id: line.status for line in section.lines} == {
        entries[0].manifest.id: "earlier",
        entries[1].manifest.id: "current",
    }


def test_without_submissions_the_page_says_so(tmp_path: Path, qawl: Command) -> None:
    (tmp_path / "submissions").mkdir()
    build(qawl, tmp_path / "submissions")
    assert "There is no submission yet." in (tmp_path / PAGE).read_text(encoding="utf-8")
    outcome = qawl("leaderboard", "build", "--submissions", tmp_path / "nowhere")
    assert outcome.code == 2
