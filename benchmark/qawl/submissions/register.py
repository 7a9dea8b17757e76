"""Registering: the branch and the pull request by which a submission reaches the board.

Planning and showing touch nothing; writing makes one commit on a new branch of a clone; opening
pushes it. The commit holds the submission's two files and nothing else.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from qawl import git
from qawl.findings import InputError, finding
from qawl.submissions.history import FOLDER, FROZEN
from qawl.views.markdown import escaped
from qawl.views.table import percent

if TYPE_CHECKING:
    from pathlib import Path

    from qawl.submissions.verify import Verification


class Plan(NamedTuple):
    """A pull request that could be opened.

    Attributes:
        repository: the root of a clone of the benchmark.
        source: the folder of the submission.
        target: where it goes, below the root.
        branch: a new one.
        title: of the commit and of the pull request.
        body: of the pull request, in Markdown.
    """

    repository: Path
    source: Path
    target: str
    branch: str
    title: str
    body: str

    @property
    def files(self) -> list[str]:
        """The paths that the commit adds."""
        return [f"{self.target}/{name}" for name in FROZEN]


def plan(verified: Verification, repository: Path) -> Plan:
    """What registering would do; nothing is done.

    Args:
        verified: a submission that was verified.
        repository: a folder inside a clone of the benchmark.

    Raises:
        InputError: everything that was found if the submission could not be verified,
            ``submission-exists``, or ``git-failed``.
    """
    if verified.state != "verified" or verified.submission is None or verified.result is None:
        raise InputError(verified.findings)
    manifest = verified.submission.manifest
    root = git.root(repository)
    target = f"{FOLDER}/{manifest.place}"
    if git.listed(root, "HEAD", target):
        raise InputError([finding("submission-exists", file=target)])
    about = manifest.about
    rows = "\n".join(f"| `{name}` | {percent(found.value)} |" for name, found in verified.result)
    body = (
        f"**{escaped(about.name)}** {escaped(about.version)} "
        f"on `{manifest.scored.track}/{manifest.scored.split}`, "
        f"by {escaped(', '.join(about.authors))}.\n\n{escaped(about.description)}\n\n"
        f"| measure | per cent |\n|---|--:|\n{rows}\n\n`{manifest.scored.signature}`\n"
    )
    title = f"Submit {manifest.place}"
    return Plan(
        root,
        verified.folder.resolve(),
        target,
        f"submission/{manifest.place}",
        title,
        body,
    )


def write(planned: Plan) -> str:
    """Commit the submission on its branch; the clone then stands on that branch.

    Returns:
        The name of the commit.

    Raises:
        InputError: ``git-failed``, such as when the branch exists.
    """
    root, target = planned.repository, planned.repository / planned.target
    git.git(root, "switch", "--create", planned.branch)
    if target.resolve() != planned.source:
        target.mkdir(parents=True, exist_ok=True)
        for name in FROZEN:
            shutil.copyfile(planned.source / name, target / name)
    git.git(root, "add", "--", *planned.files)
    git.git(root, "commit", "--quiet", "--message", planned.title, "--", *planned.files)
    return git.commit(root, "HEAD")


def publish(planned: Plan, remote: str) -> str:
    """Push the branch, and open the pull request if GitHub's ``gh`` is installed.

    Returns:
        The address of the pull request, or what is left to do by hand.

    Raises:
        InputError: ``git-failed``.
    """
    git.git(
        planned.repository, "push", "--set-upstream", "--end-of-options", remote, planned.branch
    )
    if shutil.which("gh") is None:
        return f"pushed {planned.branch} to {remote}; open a pull request from it"
    words = ["gh", "pr", "create", "--head", planned.branch]
    done = subprocess.run(  # noqa: S603
        [*words, "--title", planned.title, "--body", planned.body],
        cwd=planned.repository,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = done.stderr.strip()
        raise InputError([finding("git-failed", text="gh pr create", message=message)])
    return done.stdout.strip()
