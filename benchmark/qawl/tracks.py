"""Where gold lies: ``data/<track>/<split>.jsonl``, in the repository or the installed package."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET

from qawl.findings import InputError, finding
from qawl.reading import read, scan
from qawl.texts.store import attached

if TYPE_CHECKING:
    from qawl.records import Document

DATA_VARIABLE = "QAWL_DATA"
_PACKAGE = Path(__file__).parent


def data_folder() -> Path:
    """The folder of the tracks.

    The environment variable ``QAWL_DATA`` comes first, then the data inside an installed package,
    then the ``data`` folder of the repository that the package is run from.
    """
    if chosen := os.environ.get(DATA_VARIABLE):
        return Path(chosen)
    packaged = _PACKAGE / "_data"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "data"


def tracks() -> dict[str, list[str]]:
    """The splits that are here, by track."""
    found: dict[str, list[str]] = {}
    for path in sorted(data_folder().glob("*/*.jsonl")):
        if path.parent.name == "sources":  # what gold is made from
            continue
        found.setdefault(path.parent.name, []).append(path.stem)
    return found


def track_file(track: str, split: str) -> Path:
    """The file of a split.

    Raises:
        InputError: ``track-unknown``.
    """
    if split not in tracks().get(track, []):
        there = ", ".join(f"{name}/{item}" for name, items in tracks().items() for item in items)
        message = f"here are: {there or 'none'}"
        raise InputError([finding("track-unknown", text=f"{track}/{split}", message=message)])
    return data_folder() / track / f"{split}.jsonl"


def with_texts(source: str | Path) -> str | Path | list[Document]:
    """A gold file ready to be used: itself if it carries its texts, else documents that do.

    A file with texts can be read as a stream; stand-off gold is completed in memory.

    Args:
        source: a path; ``-`` is left alone, since standard input can be read once.

    Raises:
        InputError: ``texts-absent``, or whatever is wrong with the file.
    """
    if str(source) == "-" or not _is_standoff(source):
        return source
    return attached(read(source))


def _is_standoff(source: str | Path) -> bool:
    """Whether the first line tells where its text is instead of giving it."""
    for line in scan(source):
        document = line.document
        return document is not None and document.text is UNSET and "file" in document.meta
    return False


def load(track: str = "core", split: str = "test") -> list[Document]:
    """The gold documents of a split, with their texts.

    Raises:
        InputError: ``track-unknown``, ``texts-absent``, or whatever is wrong with the file.
    """
    return attached(read(track_file(track, split)))
