"""Reading the folder of a submission: bounded in files, bytes, lines and depth.

Everything here may be made by somebody who wants it to go wrong. So sizes are looked at before
anything is read, decompression stops at a limit, and a line is measured before it is decoded.
"""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from qawl.findings import Finding, InputError, finding
from qawl.submissions.manifest import LONGEST_MANIFEST, MANIFEST, Manifest, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PREDICTIONS = "predictions.jsonl.gz"
COUNTS = "counts.json"
LONGEST_COMPRESSED = 4 * 1024 * 1024
LONGEST_RAW = 16 * 1024 * 1024
LONGEST_COUNTS = 16 * 1024 * 1024
# An article of ten thousand words, its text repeated, with hundreds of attributions.
LONGEST_LINE = 1024 * 1024
MOST_LINES = 20_000
# Every span is a bracket and every attribution a brace, however keys are spelt: counted before
# decoding, when it costs nothing.
MOST_BRACKETS = 10_000
MOST_OBJECTS = 400
# Scoring compares the attributions of a document with each other, so its memory follows the sum of
# their squares. A hundred in each of four hundred articles is more than any system finds.
MOST_PAIRS = 4_000_000
MOST_FINDINGS = 20
LIMITS = {MANIFEST: LONGEST_MANIFEST, PREDICTIONS: LONGEST_COMPRESSED, COUNTS: LONGEST_COUNTS}


class Submission(NamedTuple):
    """A folder whose manifest and predictions agree; its score is another matter.

    Attributes:
        folder: where it is.
        manifest: checked.
        predictions: the raw predictions, decompressed.
    """

    folder: Path
    manifest: Manifest
    predictions: bytes


def read_folder(folder: Path, *, placed: bool = True) -> Submission:
    """Read a submission and check all that needs no gold.

    Args:
        folder: the folder.
        placed: also ask that it is called, and lies, as its manifest says.

    Raises:
        InputError: with everything that is wrong, as far as could be looked.
    """
    found = list(_check_files(folder))
    if found:
        raise InputError(found)
    path = folder / MANIFEST
    manifest = decode(path.read_bytes(), str(path))
    here = folder.resolve()
    if placed and (here.parent.name, here.name) != (manifest.scored.track, manifest.id):
        message = f"it lies in {here.parent.name}/{here.name}"
        wrong = finding("submission-place", field="id", text=manifest.place, message=message)
        raise InputError([wrong.at(file=str(path))])
    file = str(folder / PREDICTIONS)
    raw = decompress((folder / PREDICTIONS).read_bytes(), file)
    digest = sha256(raw).hexdigest()
    if (digest, len(raw)) != (
        manifest.scored.predictions_sha256,
        manifest.scored.predictions_bytes,
    ):
        message = f"the manifest states {manifest.scored.predictions_sha256[:12]}…, "
        message += f"the file has {digest[:12]}…"
        raise InputError([finding("submission-hash", file=file, message=message)])
    if found := check_lines(raw, file):
        raise InputError(found)
    return Submission(folder, manifest, raw)


def _check_files(folder: Path) -> Iterator[Finding]:
    """The files that there must be, plain and of a sane size, and no others."""
    if not folder.is_dir() or folder.is_symlink():
        yield finding("file-unreadable", file=str(folder), message="it is no folder")
        return
    there = {path.name: path for path in folder.iterdir()}
    for name in (MANIFEST, PREDICTIONS):
        if name not in there:
            yield finding("submission-files", file=str(folder / name), message="it is missing")
    for name, path in sorted(there.items()):
        if name not in LIMITS:
            yield finding("submission-files", file=str(folder), text=name)
        elif path.is_symlink() or not path.is_file():
            yield finding("submission-files", file=str(path), message="it is no plain file")
        elif (size := path.stat().st_size) > LIMITS[name]:
            yield too_large(str(path), f"{size:,} bytes; {LIMITS[name]:,} are possible")


def too_large(file: str, message: str, line: int = 0) -> Finding:
    """The finding for whatever goes beyond a limit."""
    return finding("submission-too-large", file=file, line=line, message=message)


def renamed(findings: Iterable[Finding], old: str, new: str) -> list[Finding]:
    """Findings about a temporary file as findings about the one that it stands for."""
    return [
        item.at(file=new + item.file.removeprefix(old), line=item.line)
        if item.file.startswith(old)
        else item
        for item in findings
    ]


def compress(raw: bytes) -> bytes:
    """Predictions as they are stored: neither name nor time in the header."""
    return gzip.compress(raw, compresslevel=9, mtime=0)


def decompress(packed: bytes, file: str) -> bytes:
    """Predictions as they were, never more than :data:`LONGEST_RAW` of them.

    Raises:
        InputError: ``submission-predictions`` or ``submission-too-large``.
    """
    engine = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        raw = engine.decompress(packed, LONGEST_RAW + 1)
    except zlib.error as error:
        raise InputError(
            [finding("submission-predictions", file=file, message=str(error))]
        ) from error
    if len(raw) > LONGEST_RAW:
        message = f"it unpacks to more than {LONGEST_RAW:,} bytes"
        raise InputError([too_large(file, message)])
    if not engine.eof or engine.unused_data:
        message = "it is cut off" if not engine.eof else "something stands behind its end"
        raise InputError([finding("submission-predictions", file=file, message=message)])
    return raw


def check_lines(raw: bytes, file: str) -> list[Finding]:
    """What no line of predictions needs, counted before anything is decoded; the first few."""
    return list(islice(_excesses(raw, file), MOST_FINDINGS))


def _excesses(raw: bytes, file: str) -> Iterator[Finding]:
    number = pairs = 0
    for number, line in enumerate(io.BytesIO(raw), 1):
        pairs += line.count(b"{") ** 2
        if number > MOST_LINES:
            yield too_large(file, f"more than {MOST_LINES:,} lines", number)
            return
        for count, most, what in (
            (len(line), LONGEST_LINE, "bytes"),
            (line.count(b"["), MOST_BRACKETS, "lists and spans"),
            (line.count(b"{"), MOST_OBJECTS, "attributions and entities"),
        ):
            if count > most:
                yield too_large(file, f"a line of {count:,} {what}; {most:,} are possible", number)
    if pairs > MOST_PAIRS:
        yield too_large(file, f"{pairs:,} pairs of attributions; {MOST_PAIRS:,} are possible")
    if not number:
        yield finding("file-empty", file=file)


@contextmanager
def unpacked(raw: bytes) -> Iterator[Path]:
    """The predictions as a file, while the block lasts: scoring reads files."""
    with TemporaryDirectory(prefix="qawl-") as folder:
        path = Path(folder) / "predictions.jsonl"
        path.write_bytes(raw)
        yield path
