"""A git repository with an accepted submission in it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from support.newsroom import make_track
from support.submitted import submit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Repository:
    """Two commits: data, then a submission. Its folder is where the process works."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "clone"
        self.track = make_track(self.path / "data")
        monkeypatch.setenv("QAWL_DATA", str(self.track.path))
        monkeypatch.chdir(self.path)
        for name in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{name}_NAME", "A. Author")
            monkeypatch.setenv(f"GIT_{name}_EMAIL", "author@example.org")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(folder / "no-such-file"))
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("config", "core.autocrlf", "false")
        self.commit()
        self.submission = submit(self.path / "submissions")
        self.commit()

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words],  # noqa: S607
            cwd=self.path,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self) -> str:
        """Commit everything and return the name of the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change")
        return self.git("rev-parse", "HEAD")
