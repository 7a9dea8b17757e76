"""Verifying a submission: score the raw predictions again and compare; nothing is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from qawl.findings import Finding, InputError, errors, finding
from qawl.reading import scan
from qawl.scoring import score_documents
from qawl.submissions import counts as kept
from qawl.submissions.folder import COUNTS, PREDICTIONS, Submission, read_folder, renamed, unpacked
from qawl.submissions.gold import digest, is_standoff
from qawl.submissions.manifest import MANIFEST
from qawl.tracks import track_file, with_texts
from qawl.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qawl.records import Document
    from qawl.scoring import Result
    from qawl.submissions.counts import Counts

State = Literal["verified", "refused", "unscored"]
# A name is shorter; what is longer is a piece of an article.
MOST_WORDS = 7
# What says that there is nothing to score on here.
_ABSENT = ("track-unknown", "submission-gold", "texts-absent")
# Claims are stored with all their digits.
_TOLERANCE = 1e-9


class Verification(NamedTuple):
    """What became of a submission.

    Attributes:
        folder: where it is.
        state: ``verified``: scored again, and all agrees; ``refused``: something is wrong;
            ``unscored``: nothing is wrong, but its gold or its texts are not here.
        findings: everything, warnings too.
        submission: if it could be read.
        result: if it was scored.
    """

    folder: Path
    state: State
    findings: tuple[Finding, ...]
    submission: Submission | None = None
    result: Result | None = None

    @property
    def counts(self) -> Counts:
        """What is kept of the result."""
        assert self.submission is not None  # noqa: S101  only what was scored is asked
        assert self.result is not None  # noqa: S101
        scored = self.submission.manifest.scored
        return kept.counts_of(self.result, scored.gold_sha256, scored.predictions_sha256)


def verify(folder: Path, *, placed: bool = True) -> Verification:
    """Verify a submission; whatever is wrong becomes a finding.

    Args:
        folder: of the submission.
        placed: also ask that the folder is called, and lies, as its manifest says.
    """
    try:
        submission = read_folder(folder, placed=placed)
    except InputError as error:
        return Verification(folder, "refused", error.findings)
    place = str(folder / MANIFEST)
    try:
        _refuse_other_gold(submission)
        result = score_submission(submission)
    except InputError as error:
        absent = all(item.id in _ABSENT for item in error.findings)
        state: State = "unscored" if absent else "refused"
        return Verification(folder, state, error.findings, submission)
    findings = tuple(item.at(file=place) for item in _differences(submission, result))
    return Verification(
        folder, "refused" if errors(findings) else "verified", findings, submission, result
    )


def score_submission(submission: Submission) -> Result:
    """Score the raw predictions by the measures of the board.

    Raises:
        InputError: everything that is wrong with the predictions, or ``texts-absent``.
    """
    scored = submission.manifest.scored
    with unpacked(submission.predictions) as path:
        try:
            standoff = is_standoff(scored.track, scored.split)
            _refuse_articles(path, standoff=standoff)
            return score_documents(
                path,
                with_texts(track_file(scored.track, scored.split)),
                name=f"{scored.track}/{scored.split}",
                measures=kept.MEASURES,
                by=kept.FIELDS,
            )
        except InputError as error:
            stored = str(submission.folder / PREDICTIONS)
            raise InputError(renamed(error.findings, str(path), stored)) from None


def _refuse_other_gold(submission: Submission) -> None:
    """Figures of one version of the gold say nothing of another."""
    scored = submission.manifest.scored
    here = digest(scored.track, scored.split)
    if here != scored.gold_sha256:
        message = f"it is about {scored.gold_sha256[:12]}…, here is {here[:12]}…"
        place = str(submission.folder / MANIFEST)
        raise InputError([finding("submission-gold", file=place, message=message)])


def _refuse_articles(path: Path, *, standoff: bool) -> None:
    """Texts of real articles must not come into the repository by way of predictions."""
    for line in scan(path):
        document = line.document
        if document is None:
            continue
        given = {"text": document.text} if document.text is not UNSET else {}
        if standoff:
            given |= dict(_long_strings(document))
        for field, value in given.items():
            wrong = finding("submission-article", document=document.id, field=field)
            message = f"{len(str(value).split())} words"
            wrong = replace(wrong, file=str(path), line=line.number, message=message)
            raise InputError([wrong])


def _long_strings(document: Document) -> Iterator[tuple[str, str]]:
    """Names and metadata of eight words or more, by field."""
    names: dict[str, object] = {f"entities[{n}]": e.name for n, e in enumerate(document.entities)}
    names |= {f"attributions[{n}]": item.name for n, item in enumerate(document.attributions)}
    for field, value in (names | document.meta).items():
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and len(text.split()) > MOST_WORDS:
                yield field, text


def _differences(submission: Submission, result: Result) -> list[Finding]:
    """What the manifest claims and scoring does not give."""
    scored = submission.manifest.scored
    if scored.scorer != VERSION:
        message = f"packaged with {scored.scorer}, scored again with {VERSION}"
        return [finding("submission-scorer", field="scored.scorer", message=message)]
    found = [
        finding(
            "submission-score",
            field=f"scored.scores.{name}",
            message=f"claimed {claimed:.6f}, it is {result[name].value:.6f}",
        )
        for name, claimed in scored.scores.items()
        if name in result.measures and abs(result[name].value - claimed) > _TOLERANCE
    ]
    if scored.signature != str(result.signature):
        message = f"it is {result.signature}"
        found.append(
            finding(
                "submission-score",
                field="scored.signature",
                text=scored.signature,
                message=message,
            )
        )
    return found


def read_counts(folder: Path) -> Counts | None:
    """The counts that maintainers kept beside a submission, if they did.

    Raises:
        InputError: ``submission-counts``.
    """
    path = folder / COUNTS
    return kept.decode(path.read_bytes(), str(path)) if path.is_file() else None
