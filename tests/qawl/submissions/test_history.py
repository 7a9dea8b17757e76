"""Append-only: what a branch may do to the submissions, proven from git's objects."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qawl.submissions.folder import COUNTS, LONGEST_COMPRESSED, PREDICTIONS
from qawl.submissions.history import examine
from qawl.submissions.manifest import MANIFEST
from support.repository import Repository
from support.submitted import TAMPERED, edit, submit

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.newsroom import Command


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path, monkeypatch)
    made.git("switch", "--quiet", "--create", "change")
    return made


def found(repository: Repository, *, alone: bool = True) -> list[str]:
    repository.commit()
    history = examine(repository.path, "main", "change", alone=alone)
    return sorted({item.id for item in history.findings})


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a manifest is edited": lambda folder: edit(folder, lambda m: m["about"].update(name="Big")),
    "predictions are replaced": TAMPERED["submission-hash"],
    "a submission is removed": _remove,
    "a file is removed": lambda folder: (folder / PREDICTIONS).unlink(),
    "a file is added": lambda folder: (folder / "notes.txt").write_text("x"),
    "it is renamed": lambda folder: folder.rename(folder.with_name("tiny-9")),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("alone", [True, False])
def test_an_accepted_submission_never_changes(
    what: str, alone: bool, repository: Repository
) -> None:
    CHANGES[what](repository.submission)
    assert found(repository, alone=alone) == ["submission-changed"]


def test_a_new_submission_is_welcome_and_verified_without_a_checkout(
    repository: Repository, qawl: Command
) -> None:
    submit(repository.path / "submissions", "tiny-2", supersedes=("tiny-1",))
    assert found(repository) == []
    repository.git("switch", "--quiet", "main")
    outcome = qawl("submit", "verify", "--base", "main", "--head", "change", "--alone")
    assert outcome.code == 0
    assert "core/tiny-2" in outcome.out
    assert "core/tiny-1" not in outcome.out


def test_a_wrong_new_submission_is_refused_from_gits_objects(
    repository: Repository, qawl: Command
) -> None:
    TAMPERED["submission-score"](submit(repository.path / "submissions", "tiny-2"))
    repository.commit()
    repository.git("switch", "--quiet", "main")
    outcome = qawl("submit", "verify", "--base", "main", "--head", "change")
    assert outcome.code == 1
    assert "[submission-score]" in outcome.err
    assert outcome.err.startswith(str(Path("submissions/core/tiny-2/submission.json")))


def test_a_new_submission_is_about_the_gold_that_is_here(
    repository: Repository, qawl: Command
) -> None:
    TAMPERED["submission-gold"](submit(repository.path / "submissions", "tiny-2"))
    repository.commit()
    outcome = qawl("submit", "verify", "--base", "main", "--head", "change")
    assert outcome.code == 1
    assert "[submission-gold]" in outcome.err


def test_what_came_to_the_base_meanwhile_is_no_change(repository: Repository) -> None:
    submit(repository.path / "submissions", "tiny-2")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    submit(repository.path / "submissions", "tiny-3")
    repository.commit()
    repository.git("switch", "--quiet", "change")
    assert found(repository) == []


def test_an_id_that_was_taken_meanwhile_is_refused(repository: Repository) -> None:
    submit(repository.path / "submissions", "tiny-2")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    submit(repository.path / "submissions", "tiny-2", name="Another")
    repository.commit()
    repository.git("switch", "--quiet", "change")
    assert found(repository) == ["submission-exists"]


def test_counts_are_the_maintainers_to_write(repository: Repository) -> None:
    (repository.submission / COUNTS).write_text("{}")
    assert found(repository, alone=False) == []
    assert found(repository, alone=True) == ["submission-changed"]


def test_a_stranger_may_not_bring_counts_along(repository: Repository) -> None:
    folder = submit(repository.path / "submissions", "tiny-2")
    (folder / COUNTS).write_text("{}")
    assert found(repository, alone=False) == []
    assert found(repository, alone=True) == ["submission-files"]


def test_counts_of_an_older_gold_are_frozen(repository: Repository) -> None:
    (repository.submission / COUNTS).write_text("{}")
    repository.commit()
    repository.git("switch", "--quiet", "--create", "next")
    (repository.submission / COUNTS).write_text("{} ")
    lines = repository.track.gold().read_bytes().splitlines(keepends=True)
    repository.track.gold().write_bytes(lines[0])
    repository.commit()
    (item,) = examine(repository.path, "change", "next").findings
    assert item.id == "submission-changed"
    assert "older gold" in item.message


@pytest.mark.parametrize(
    "path", ["benchmark/qawl/evil.py", ".github/workflows/x.yml", "submissions/README.md", "x"]
)
def test_nothing_else_may_come_with_a_submission(path: str, repository: Repository) -> None:
    target = repository.path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("x")
    submit(repository.path / "submissions", "tiny-2")
    assert found(repository, alone=True) == ["submission-mixed"]
    assert found(repository, alone=False) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_and_programs_are_no_submissions(repository: Repository) -> None:
    folder = submit(repository.path / "submissions", "tiny-2")
    (folder / PREDICTIONS).unlink()
    (folder / PREDICTIONS).symlink_to("/etc/passwd")
    (folder / MANIFEST).chmod(0o755)
    repository.commit()
    history = examine(repository.path, "main", "change")
    assert [item.id for item in history.findings] == ["submission-files"] * 2
    assert history.added == {}


@pytest.mark.parametrize(
    "place", ["core/A B", "core/..x", "core", "Core/x", "core/x/y", "core/con"]
)
def test_hostile_places_are_refused_before_anything_is_written(
    place: str, repository: Repository
) -> None:
    target = repository.path / "submissions" / place
    target.mkdir(parents=True, exist_ok=True)
    (target / "submission.json").write_text("{}")
    assert set(found(repository)) <= {"submission-place", "submission-files", "submission-mixed"}
    assert found(repository)
    assert examine(repository.path, "main", "change").added == {}


def test_a_large_blob_is_refused_by_its_size(repository: Repository, qawl: Command) -> None:
    folder = submit(repository.path / "submissions", "tiny-2")
    (folder / PREDICTIONS).write_bytes(os.urandom(LONGEST_COMPRESSED + 1))
    repository.commit()
    outcome = qawl("submit", "verify", "--base", "main", "--head", "change")
    assert outcome.code == 3
    assert "[submission-too-large]" in outcome.err
    assert "submissions/core/tiny-2" in outcome.err


def test_a_flood_of_submissions_is_refused(repository: Repository) -> None:
    for number in range(11):
        submit(repository.path / "submissions", f"tiny-{number + 10}")
    assert found(repository, alone=True) == ["submission-too-large"]


def test_the_working_tree_is_compared_too(repository: Repository, qawl: Command) -> None:
    assert qawl("submit", "verify", "--base", "HEAD").code == 0
    CHANGES["a manifest is edited"](repository.submission)
    outcome = qawl("submit", "verify", "--base", "HEAD")
    assert outcome.code == 1
    assert "[submission-changed]" in outcome.err


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "-h", ""])
def test_a_revision_that_is_none_is_an_error(
    revision: str, repository: Repository, qawl: Command
) -> None:
    outcome = qawl("submit", "verify", f"--base={revision}")
    assert outcome.code in (2, 3)
    assert "Traceback" not in outcome.err
    assert not (repository.path / "x").exists()


def test_outside_a_repository_there_is_no_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qawl: Command
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    outcome = qawl("submit", "verify", "--base", "main")
    assert outcome.code == 3
    assert "[git-failed]" in outcome.err
