"""Packaging: from a file of predictions to the folder of a submission.

Planning reads and scores; writing writes; a dry run is planning without writing.
"""

from __future__ import annotations

import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from qawl.findings import InputError, errors, finding
from qawl.reading import open_bytes
from qawl.submissions import manifest as manifests
from qawl.submissions.counts import MEASURES
from qawl.submissions.folder import (
    LONGEST_COMPRESSED,
    LONGEST_RAW,
    PREDICTIONS,
    Submission,
    check_lines,
    compress,
    renamed,
    too_large,
)
from qawl.submissions.gold import digest
from qawl.submissions.manifest import MANIFEST, About, Manifest, Scored
from qawl.submissions.verify import score_submission
from qawl.version import VERSION
from qawl.writing import OutputError, replacing

if TYPE_CHECKING:
    from qawl.scoring import Result


class Plan(NamedTuple):
    """A folder that could be written.

    Attributes:
        folder: where to.
        manifest: with the scores.
        packed: the predictions, compressed.
        result: what scoring gave.
    """

    folder: Path
    manifest: Manifest
    packed: bytes
    result: Result


def plan(
    predictions: str,
    about: About,
    *,
    track: str,
    split: str,
    identifier: str,
    date: str,
    root: Path,
) -> Plan:
    """Check and score predictions, and say what would be written; nothing is.

    Args:
        predictions: a path, or ``-``.
        about: what the submitters say.
        track: of the gold.
        split: of the track.
        identifier: name of the folder.
        date: of today, ``YYYY-MM-DD``.
        root: the folder ``submissions``.

    Raises:
        InputError: everything that is wrong with the predictions or with what is said of them.
    """
    raw = _read(predictions)
    draft = _draft(raw, about, track, split, identifier, date)
    if wrong := errors(list(manifests.check(draft))):
        raise InputError(wrong)
    folder = root / draft.place
    if folder.exists():
        raise InputError([finding("submission-exists", file=str(folder))])
    try:
        result = score_submission(Submission(folder, draft, raw))
    except InputError as error:
        found = renamed(error.findings, str(folder / PREDICTIONS), predictions)
        raise InputError(found) from None
    packed = compress(raw)
    if len(packed) > LONGEST_COMPRESSED:
        raise InputError([too_large(predictions, f"{len(packed):,} bytes when compressed")])
    scored = replace(
        draft.scored,
        signature=str(result.signature),
        scores={name: figure.value for name, figure in result},
    )
    return Plan(folder, replace(draft, scored=scored), packed, result)


def _read(predictions: str) -> bytes:
    """The bytes of the predictions, within the limits."""
    with open_bytes(predictions) as stream:
        raw = stream.read(LONGEST_RAW + 1)
    if len(raw) > LONGEST_RAW:
        raise InputError([too_large(predictions, f"more than {LONGEST_RAW:,} bytes")])
    if found := check_lines(raw, predictions):
        raise InputError(found)
    return raw


def _draft(
    raw: bytes, about: About, track: str, split: str, identifier: str, date: str
) -> Manifest:
    """The manifest before anything is scored."""
    scored = Scored(
        track=track,
        split=split,
        gold_sha256=digest(track, split),
        predictions_sha256=sha256(raw).hexdigest(),
        predictions_bytes=len(raw),
        scorer=VERSION,
        signature="unscored",
        scores={MEASURES[0]: 0.0},
    )
    return Manifest(id=identifier, date=date, about=about, scored=scored)


def write(planned: Plan) -> Path:
    """Write what was planned: the whole folder, or none of it.

    Raises:
        InputError: ``submission-exists`` if the folder has come into being meanwhile.
        OutputError: ``output-unwritable``.
    """
    parent = planned.folder.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=parent, prefix=".packaging-"))
    except OSError as error:
        message = error.strerror or str(error)
        wrong = finding("output-unwritable", file=str(parent), message=message)
        raise OutputError([wrong]) from error
    try:
        for name, content in (
            (MANIFEST, manifests.encode(planned.manifest)),
            (PREDICTIONS, planned.packed),
        ):
            with replacing(made / name) as stream:
                stream.write(content)
        made.chmod(0o755)
        try:
            made.rename(planned.folder)
        except OSError as error:
            raise InputError([finding("submission-exists", file=str(planned.folder))]) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return planned.folder
