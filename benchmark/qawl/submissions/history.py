"""Append-only: proven against a commit, from git's objects, without checking anything out."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from qawl import git
from qawl.findings import Finding, InputError, finding
from qawl.submissions.folder import COUNTS, LIMITS, PREDICTIONS, renamed
from qawl.submissions.gold import digest
from qawl.submissions.manifest import LONGEST_MANIFEST, MANIFEST, decode, is_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "submissions"
MOST_NEW = 10
FROZEN = (MANIFEST, PREDICTIONS)


class History(NamedTuple):
    """What a change does to the submissions.

    Attributes:
        findings: everything that is not allowed.
        added: for each new submission, by ``track/id``, its files and their blobs.
    """

    findings: list[Finding]
    added: dict[str, dict[str, str]]


def examine(
    repository: Path, base: str, head: str | None = None, *, alone: bool = False
) -> History:
    """Compare the submissions of a branch with those of the base that it left.

    Args:
        repository: its root.
        base: a revision.
        head: a revision; without it the tracked files of the working tree.
        alone: the change comes from somebody who may only add submissions: nothing else may
            change, and counts are not theirs to write.

    Raises:
        InputError: ``git-failed``.
    """
    tip, base = git.commit(repository, head or "HEAD"), git.commit(repository, base)
    fork = git.fork_point(repository, base, tip)
    old, taken = (
        {str(PurePosixPath(path).parent) for path in git.listed(repository, revision, FOLDER)}
        for revision in (fork, base)
    )
    found = History([], {})
    for change in git.changes(repository, fork, tip if head else None):
        parts = PurePosixPath(change.path).parts
        if parts[0] != FOLDER or len(parts) < 3:
            if alone:
                found.findings.append(finding("submission-mixed", file=change.path))
        elif (place := str(PurePosixPath(*parts[:3]))) in old:
            found.findings.extend(_changed(repository, fork, change, alone=alone))
        elif place in taken:  # somebody else's, accepted since the branch left
            found.findings.append(finding("submission-exists", file=change.path))
        else:
            found.findings.extend(_added(change, found.added, alone=alone))
    if alone and len(found.added) > MOST_NEW:
        message = f"{len(found.added)} new submissions at once; {MOST_NEW} are possible"
        found.findings.append(finding("submission-too-large", message=message))
        found.added.clear()
    return found


def _changed(repository: Path, fork: str, change: git.Change, *, alone: bool) -> Iterator[Finding]:
    """A change inside a folder that the base has."""
    name = PurePosixPath(change.path).name
    if name != COUNTS or alone or change.status not in "AM":
        yield finding("submission-changed", file=change.path, message=_SAID.get(change.status, ""))
        return
    # Counts follow the scorer, as long as the gold is here that they can be checked on.
    place = f"{fork}:{PurePosixPath(change.path).parent / MANIFEST}"
    scored = decode(git.blob(repository, place, LONGEST_MANIFEST), change.path).scored
    try:
        current = digest(scored.track, scored.split) == scored.gold_sha256
    except InputError:
        current = False
    if change.status == "M" and not current:
        message = "the counts of an older gold cannot be checked any more"
        yield finding("submission-changed", file=change.path, message=message)


_SAID = {
    "A": "a file is added",
    "M": "its content is changed",
    "D": "it is removed",
    "T": "it is of another kind",
}


def _added(
    change: git.Change, added: dict[str, dict[str, str]], *, alone: bool
) -> Iterator[Finding]:
    """A change inside a folder that the base does not have."""
    parts = PurePosixPath(change.path).parts
    names = (*FROZEN, *(() if alone else (COUNTS,)))
    if not all(map(is_identifier, parts[1:3])) or len(parts) != 4:
        yield finding("submission-place", file=change.path, text="/".join(parts[1:]))
    elif parts[3] not in names or change.mode != git.PLAIN_FILE:
        message = "" if parts[3] not in names else f"it is no plain file (mode {change.mode})"
        yield finding("submission-files", file=change.path, text=parts[3], message=message)
    else:
        added.setdefault("/".join(parts[1:3]), {})[parts[3]] = change.blob


@contextmanager
def extracted(repository: Path, history: History) -> Iterator[list[Path]]:
    """The new submissions as folders, while the block lasts.

    Raises:
        InputError: ``submission-too-large``, before anything large is read.
    """
    with TemporaryDirectory(prefix="qawl-") as made:
        folders = []
        for place, files in sorted(history.added.items()):
            folder = Path(made) / FOLDER / place
            folder.mkdir(parents=True)
            folders.append(folder)
            for name, blob in files.items():
                try:
                    content = git.blob(repository, blob, LIMITS[name])
                except InputError as error:
                    file = f"{FOLDER}/{place}/{name}"
                    raise InputError(renamed(error.findings, blob, file)) from error
                (folder / name).write_bytes(content)
        yield folders
