"""`qawl submit register`: one commit on a branch of its own, shown before it is made."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from support.repository import Repository
from support.submitted import TAMPERED, submit

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return Repository(tmp_path, monkeypatch)


def test_a_dry_run_shows_the_pull_request_and_touches_nothing(
    repository: Repository, qawl: Command
) -> None:
    folder = submit(repository.path / "submissions", "tiny-2", name="**T** <b>")
    before = repository.git("rev-parse", "HEAD"), repository.git("branch", "--list")
    outcome = qawl("submit", "register", folder, "--dry-run")
    assert outcome.code == 0
    for words in (
        "branch: submission/core/tiny-2",
        "adds:   submissions/core/tiny-2/submission.json",
        "title:  Submit core/tiny-2",
        "| `triple.exact` | 100.0 |",
        r"\*\*T\*\* \<b\>",
    ):
        assert words in outcome.out
    assert (repository.git("rev-parse", "HEAD"), repository.git("branch", "--list")) == before


def test_registering_commits_two_files_and_nothing_else(
    repository: Repository, qawl: Command, tmp_path: Path
) -> None:
    folder = submit(tmp_path / "elsewhere", "tiny-2")
    (repository.path / "half-done.py").write_text("x")
    outcome = qawl("submit", "register", folder)
    assert outcome.code == 0
    assert "git push" in outcome.err
    assert repository.git("branch", "--show-current") == "submission/core/tiny-2"
    changed = repository.git("diff", "--name-only", "main", "HEAD").splitlines()
    assert changed == [
        f"submissions/core/tiny-2/{name}" for name in ("predictions.jsonl.gz", "submission.json")
    ]
    outcome = qawl("submit", "verify", "--base", "main", "--head", "HEAD", "--alone")
    assert outcome.code == 0


def test_a_submission_that_is_not_true_is_not_registered(
    repository: Repository, qawl: Command
) -> None:
    folder = submit(repository.path / "submissions", "tiny-2")
    TAMPERED["submission-score"](folder)
    outcome = qawl("submit", "register", folder)
    assert outcome.code == 3
    assert "[submission-score]" in outcome.err
    assert repository.git("branch", "--show-current") == "main"
    TAMPERED["submission-gold"](folder)
    assert qawl("submit", "register", folder).code == 4


def test_what_is_accepted_already_is_not_registered_again(
    repository: Repository, qawl: Command
) -> None:
    outcome = qawl("submit", "register", repository.submission)
    assert outcome.code == 3
    assert "[submission-exists]" in outcome.err


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for gh")
@pytest.mark.parametrize("code", [0, 1])
def test_pushing_opens_the_pull_request_where_gh_is(
    code: int,
    repository: Repository,
    qawl: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remote = tmp_path / "fork.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)  # noqa: S607
    repository.git("remote", "add", "fork", str(remote))
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin" / "gh"
    gh.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/told"\necho made; exit {code}\n')
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{gh.parent}{os.pathsep}{os.environ['PATH']}")
    outcome = qawl("submit", "register", submit(tmp_path / "x", "tiny-2"), "--push", "fork")
    assert outcome.code == (3 if code else 0)
    told = (tmp_path / "told").read_text()
    assert told.startswith(
        "pr\ncreate\n--head\nsubmission/core/tiny-2\n--title\nSubmit core/tiny-2"
    )
    listed = subprocess.run(
        ["git", "branch", "--list"],  # noqa: S607
        cwd=remote,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "submission/core/tiny-2" in listed.stdout


def test_without_gh_the_rest_is_said(
    repository: Repository, qawl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = tmp_path / "fork.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)  # noqa: S607
    repository.git("remote", "add", "fork", str(remote))
    monkeypatch.setattr("qawl.submissions.register.shutil.which", lambda _: None)
    outcome = qawl("submit", "register", submit(tmp_path / "x", "tiny-2"), "--push", "fork")
    assert outcome.code == 0
    assert "open a pull request" in outcome.out
