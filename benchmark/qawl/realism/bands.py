"""Bands, reasons, and the check of a corpus against them."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from qawl.realism.figures import figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qawl.records import Document


class Band(msgspec.Struct, frozen=True):
    """Where a figure of real news lies: both ends included."""

    what: str
    low: float
    high: float


class Check(NamedTuple):
    """One figure beside its band.

    Attributes:
        key: its stable name.
        band: where real news lies.
        value: the corpus's figure, None where nothing can be said.
        reason: why it may be outside, if somebody wrote it down.
    """

    key: str
    band: Band
    value: float | None
    reason: str

    @property
    def inside(self) -> bool:
        """Whether the figure lies in its band; one that does not exist does."""
        return self.value is None or self.band.low <= self.value <= self.band.high


def bands() -> dict[str, Band]:
    """All bands by key."""
    raw = files("qawl.realism").joinpath("bands.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), dict[str, Band])


def check(documents: Sequence[Document], reasons: Mapping[str, str] | None = None) -> list[Check]:
    """Compare a corpus with real news.

    Args:
        documents: gold, with texts.
        reasons: for figures that may be outside, why.
    """
    found = figures(documents)
    known = reasons or {}
    return [Check(key, band, found.get(key), known.get(key, "")) for key, band in bands().items()]
