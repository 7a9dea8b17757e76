"""The manifest of a submission: what its authors say, and what packaging measured."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import urlsplit

import msgspec

from qawl.findings import Finding, InputError, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "qawl-submission/1"
MANIFEST = "submission.json"
LONGEST_MANIFEST = 64 * 1024
LONGEST_NAME, LONGEST_LINE, LONGEST_PROSE, LONGEST_LINK, MOST_ITEMS = 60, 200, 2000, 300, 50
MOST_PARAMETERS = 10**15

Kind = Literal["rules", "classifier", "labeller", "encoder", "generative", "hybrid", "other"]
KINDS: tuple[str, ...] = get_args(Kind)

_IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_URL = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'*+,;=%]*)?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
# Joiners are spelling; a vowel sign may stand on a shadda.
_JOINERS, _MOST_MARKS = "\u200c\u200d", 4


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the submitters say. Nobody checks it, and the board says so.

    Attributes:
        name: of the system, in any script.
        version: of the system.
        authors: who made it.
        description: how it works, in a few sentences.
        kind: what sort of system it is.
        licence: under which it can be had, as SPDX writes it, or ``proprietary``.
        training_data: everything it learned or was tuned on, in words.
        contact: an address that answers questions.
        links: paper, code, model.
        parameters: how many it has, if it has any.
        supersedes: ids of earlier submissions of the same system on the same track.
    """

    name: str
    version: str
    authors: tuple[str, ...]
    description: str
    kind: Kind
    licence: str
    training_data: str
    contact: str
    links: tuple[str, ...] = ()
    parameters: int | None = None
    supersedes: tuple[str, ...] = ()


class Scored(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What packaging measured. It is measured again before anybody believes it.

    Attributes:
        track: of the gold.
        split: of the track.
        gold_sha256: of the gold's lines, whatever their order
            (:func:`qawl.submissions.gold.digest`); needs no texts.
        predictions_sha256: of the predictions before they were compressed.
        predictions_bytes: their size.
        scorer: version of qawl.
        signature: of the score (:class:`qawl.scoring.signature.Signature`).
        scores: the value of each measure of the board.
    """

    track: str
    split: str
    gold_sha256: str
    predictions_sha256: str
    predictions_bytes: int
    scorer: str
    signature: str
    scores: dict[str, float]


class Manifest(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="format",
    tag=FORMAT,
):
    """All of it.

    Attributes:
        id: the name of the folder.
        date: of packaging, ``YYYY-MM-DD``.
        about: self-reported.
        scored: measured.
    """

    id: str
    date: str
    about: About
    scored: Scored

    @property
    def place(self) -> str:
        """Where the submission belongs, below ``submissions``."""
        return f"{self.scored.track}/{self.id}"


_decoder = msgspec.json.Decoder(Manifest)


def encode(manifest: Manifest) -> bytes:
    """The manifest as it is stored: the same bytes every time."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def decode(raw: bytes, file: str) -> Manifest:
    """Read and check a manifest.

    Args:
        raw: the bytes of the file, at most :data:`LONGEST_MANIFEST`.
        file: its path, for findings.

    Raises:
        InputError: ``submission-manifest``, or everything that :func:`check` finds.
    """
    try:
        manifest = _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        wrong = finding("submission-manifest", message=str(error) or type(error).__name__)
        raise InputError([wrong.at(file=file)]) from error
    if found := [item.at(file=file) for item in check(manifest)]:
        raise InputError(found)
    return manifest


def is_identifier(name: str) -> bool:
    """Whether a name may be that of a folder, on every system and in every page."""
    return bool(_IDENTIFIER.fullmatch(name)) and ".." not in name and not _RESERVED.fullmatch(name)


def identifier_of(name: str, version: str) -> str:
    """A folder's name made of a system's name and version; empty if they have no such letters."""
    made = re.sub(r"[^a-z0-9.]+", "-", f"{name}-{version}".casefold()).strip("-.")[:64].strip("-.")
    return made if is_identifier(made) and re.match(r"[a-z]", made) else ""


def check(manifest: Manifest) -> Iterator[Finding]:
    """Everything that is wrong with what a manifest says, without its predictions."""
    about, scored = manifest.about, manifest.scored
    for field, value in (("id", manifest.id), ("scored.track", scored.track)):
        if not is_identifier(value):
            yield finding("submission-place", field=field, text=value)
    for number, value in enumerate(about.supersedes):
        if not is_identifier(value) or value == manifest.id:
            yield finding("submission-place", field=f"about.supersedes[{number}]", text=value)
    yield from _check_texts(about)
    for number, link in enumerate(about.links):
        if not is_link(link):
            yield finding("submission-link", field=f"about.links[{number}]", text=link)
    yield from _check_numbers(manifest)


def _check_texts(about: About) -> Iterator[Finding]:
    lines = {
        "about.name": (about.name, LONGEST_NAME),
        "about.version": (about.version, LONGEST_NAME),
        "about.licence": (about.licence, LONGEST_LINE),
        "about.contact": (about.contact, LONGEST_LINE),
        "about.description": (about.description, LONGEST_PROSE),
        "about.training_data": (about.training_data, LONGEST_PROSE),
    }
    lines |= {f"about.authors[{n}]": (name, LONGEST_LINE) for n, name in enumerate(about.authors)}
    for field, (value, longest) in lines.items():
        if wrong := _fault(value, longest):
            yield finding("submission-text", field=field, text=value, message=wrong)
    for field in ("authors", "links", "supersedes"):
        some = getattr(about, field)
        if len(some) > MOST_ITEMS or (field == "authors" and not some):
            message = f"{len(some)} of them; 1 to {MOST_ITEMS} are possible"
            yield finding("submission-text", field=f"about.{field}", message=message)


def _fault(text: str, longest: int) -> str:
    """What makes a text unfit for a page or a terminal."""
    if not 1 <= len(text) <= longest:
        return f"it has {len(text)} characters; 1 to {longest} are possible"
    kinds = [unicodedata.category(c) for c in text]
    for character, kind in zip(text, kinds, strict=True):
        if character not in _JOINERS and (kind[0] == "C" or kind in ("Zl", "Zp")):
            return f"it holds U+{ord(character):04X}, which cannot be seen"
    if any(
        mark and len(list(run)) > _MOST_MARKS for mark, run in groupby(k[0] == "M" for k in kinds)
    ):
        return f"it has more than {_MOST_MARKS} combining marks in a row"
    if not any(kind[0] in "LN" for kind in kinds):
        return "it has no letter and no digit"
    return "it begins or ends with a space" if text != text.strip() else ""


def is_link(link: str) -> bool:
    """Whether a link is a plain https address of a public host."""
    if len(link) > LONGEST_LINK or not _URL.fullmatch(link):
        return False
    host = urlsplit(link).hostname or ""
    return "." in host and ".." not in host and bool(re.search(r"[a-z]", host.rpartition(".")[2]))


def _check_numbers(manifest: Manifest) -> Iterator[Finding]:
    """Values that no packaging can have made."""
    scored, parameters = manifest.scored, manifest.about.parameters
    digests = ("gold_sha256", "predictions_sha256")
    wrong = {f"scored.{f}": getattr(scored, f) for f in digests if not _is_digest(scored, f)}
    wrong |= {
        f"scored.{field}": getattr(scored, field)
        for field in ("split", "scorer", "signature")
        if _fault(getattr(scored, field), LONGEST_PROSE)
    }
    if not _is_date(manifest.date):
        wrong["date"] = manifest.date
    if scored.predictions_bytes < 1:
        wrong["scored.predictions_bytes"] = scored.predictions_bytes
    if parameters is not None and not 0 <= parameters <= MOST_PARAMETERS:
        wrong["about.parameters"] = parameters
    if impossible := _impossible_scores(scored.scores):
        wrong["scored.scores"] = impossible
    for field, value in wrong.items():
        yield finding("submission-manifest", field=field, text=str(value), message="a wrong value")


def _is_digest(scored: Scored, field: str) -> bool:
    return bool(_DIGEST.fullmatch(getattr(scored, field)))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _impossible_scores(scores: dict[str, float]) -> str:
    from qawl.scoring import MEASURES  # noqa: PLC0415  it needs numpy

    if not scores:
        return "none"
    wrong = [n for n, value in scores.items() if n not in MEASURES or not 0 <= value <= 1]
    return f"{wrong[0]}={scores[wrong[0]]}" if wrong else ""
