"""The little of git that submissions and the gate need: revisions, blobs, differences.

Contents are read from git's objects, never checked out, so that nothing that a stranger committed
(links, hooks, filters, attributes) takes effect.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, NamedTuple

from qawl.findings import InputError, finding

if TYPE_CHECKING:
    from pathlib import Path

PLAIN_FILE = "100644"
_QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "--no-pager")


class Change(NamedTuple):
    """A path that differs between two trees.

    Attributes:
        path: below the root of the repository.
        status: ``A`` added, ``M`` modified, ``D`` removed, ``T`` of another kind now.
        mode: of the new side; zeros if it was removed.
        blob: name of the new content.
    """

    path: str
    status: str
    mode: str
    blob: str


def git(repository: Path, *words: str) -> bytes:
    """Run git in a repository and return what it prints.

    Raises:
        InputError: ``git-failed``.
    """
    try:
        done = subprocess.run(  # noqa: S603  words are ours, revisions and paths are guarded
            ["git", *_QUIET, *words],  # noqa: S607  found on the path, as the shell would
            cwd=repository,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _failed(words, str(error)) from error
    if done.returncode:
        raise _failed(words, done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def _failed(words: tuple[str, ...], message: str) -> InputError:
    return InputError([finding("git-failed", text=f"git {words[0]}", message=message)])


def commit(repository: Path, revision: str) -> str:
    """The full name of a commit.

    Raises:
        InputError: ``git-failed`` if there is no such commit.
    """
    wanted = f"{revision}^{{commit}}"
    return git(repository, "rev-parse", "--verify", "--end-of-options", wanted).decode().strip()


def root(place: Path) -> Path:
    """The root of the repository that a folder lies in.

    Raises:
        InputError: ``git-failed`` if it lies in none.
    """
    return type(place)(git(place, "rev-parse", "--show-toplevel").decode().rstrip("\r\n"))


def fork_point(repository: Path, base: str, head: str) -> str:
    """The commit that two branches share; what came to the base since then is no change of ours.

    Raises:
        InputError: ``git-failed``.
    """
    return git(repository, "merge-base", base, head).decode().strip()


def changes(repository: Path, base: str, head: str | None) -> list[Change]:
    """What differs between a commit and another, or the working tree.

    Args:
        repository: its root.
        base: a commit.
        head: a commit, or None for the tracked files of the working tree.
    """
    ends = (base, head) if head else (base,)
    options = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv")
    fields = git(repository, "diff", *options, *ends, "--").decode("utf-8", "surrogateescape")
    parts = fields.split("\0")
    found = []
    for about, path in zip(parts[0:-1:2], parts[1::2], strict=True):
        _, mode, _, blob, status = about.split(" ")
        found.append(Change(path, status[0], mode, blob))
    return found


def listed(repository: Path, revision: str, folder: str) -> set[str]:
    """The paths of all files below a folder in a commit."""
    shown = git(repository, "ls-tree", "-r", "-z", "--name-only", revision, "--", folder)
    return {path for path in shown.decode("utf-8", "surrogateescape").split("\0") if path}


def blob(repository: Path, name: str, most: int) -> bytes:
    """A file's content, by its name or as ``REVISION:PATH``.

    Raises:
        InputError: ``git-failed`` if there is none, or ``submission-too-large``.
    """
    if name.startswith("-"):
        raise _failed(("cat-file",), f"no name of a file: {name}")
    size = int(git(repository, "cat-file", "-s", name))
    if size > most:
        message = f"{size:,} bytes; {most:,} are possible"
        raise InputError([finding("submission-too-large", file=name, message=message)])
    return git(repository, "cat-file", "blob", name)
