"""From the folder of submissions to accepted ones: score what can be scored, keep the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl.findings import Finding, InputError, finding
from qawl.submissions import counts as kept
from qawl.submissions.folder import COUNTS
from qawl.submissions.verify import read_counts, verify
from qawl.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qawl.submissions.counts import Counts
    from qawl.submissions.manifest import Manifest
    from qawl.submissions.verify import Verification


class Entry(NamedTuple):
    """A submission on its way to the board.

    Attributes:
        folder: where it is.
        manifest: what it says of itself.
        kept: the counts that stand beside it, if any do.
        counts: those that hold: scored now, or kept where scoring is impossible here.
        scored: whether they were scored now.
    """

    folder: Path
    manifest: Manifest
    kept: Counts | None
    counts: Counts | None
    scored: bool

    @property
    def stale(self) -> bool:
        """Whether the counts beside the submission are not those that hold."""
        return self.kept != self.counts


class Collection(NamedTuple):
    """All submissions: those that can be used, and what is wrong with the others."""

    entries: list[Entry]
    findings: list[Finding]


def folders(root: Path) -> list[Path]:
    """The folders of all submissions, in the order of their names; hidden ones are nobody's."""
    tracks = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    every = [path for track in tracks for path in sorted(track.iterdir())]
    return [path for path in every if not path.name.startswith(".")]


def collect(some: Iterable[Path]) -> Collection:
    """Verify submissions; one that is refused harms no other.

    Args:
        some: their folders.
    """
    found = Collection([], [])
    for folder in some:
        verified = verify(folder)
        try:
            entry = _entry(verified)
        except InputError as error:
            found.findings.extend(error.findings)
        else:
            found.entries.append(entry)
    return found


def _entry(verified: Verification) -> Entry:
    if verified.state == "refused" or verified.submission is None:
        raise InputError(verified.findings)
    folder, manifest = verified.folder, verified.submission.manifest
    if verified.result is not None:
        try:
            before = read_counts(folder)
        except InputError:  # they are worked out anew
            before = None
        return Entry(folder, manifest, before, verified.counts, scored=True)
    before = read_counts(folder)
    scored = manifest.scored
    if before is not None and (before.gold_sha256, before.predictions_sha256) != (
        scored.gold_sha256,
        scored.predictions_sha256,
    ):
        message = "they are of other predictions or of another gold"
        raise InputError([finding("submission-counts", file=str(folder / COUNTS), message=message)])
    return Entry(folder, manifest, before, before, scored=False)


def keep(entries: Iterable[Entry]) -> list[Path]:
    """Write the counts that are stale; return what was written.

    Raises:
        OutputError: ``output-unwritable``.
    """
    written = []
    for entry in entries:
        if entry.stale and entry.counts is not None:
            path = entry.folder / COUNTS
            with replacing(path) as stream:
                stream.write(kept.encode(entry.counts))
            written.append(path)
    return written
