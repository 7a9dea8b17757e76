"""Which gold a submission is about, asked without its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from qawl.findings import InputError
from qawl.reading import scan
from qawl.scoring.signature import GoldHash
from qawl.tracks import track_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.reading import Line


def digest(track: str, split: str) -> str:
    """A digest of a split's lines as they stand in the file, whatever their order.

    Unlike the hash of a signature, which is of what was scored, it needs no texts.

    Raises:
        InputError: ``track-unknown``, or whatever is wrong with the file.
    """
    total = GoldHash()
    for line in _lines(track, split):
        if line.document is not None:
            total.add(line.document, line.raw)
    return total.hex()


def is_standoff(track: str, split: str) -> bool:
    """Whether the gold gives no texts, because they may not be passed on.

    Raises:
        InputError: ``track-unknown``, or whatever is wrong with the file.
    """
    lines = _lines(track, split)
    return any(line.document is not None and line.document.text is UNSET for line in lines)


def _lines(track: str, split: str) -> Iterator[Line]:
    for line in scan(track_file(track, split)):
        if line.document is None:
            raise InputError(line.findings)
        yield line
