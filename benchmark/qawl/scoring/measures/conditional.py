"""Given the quote: how often a role is right where the quote was found.

A conditional figure flatters a system that finds only the easy quotes; it explains a score and
replaces none. It is a rate and is named as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import MEASURES, AttributionMeasure, Better, Kind, add

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk, Credit


@dataclass(frozen=True)
class GivenQuote:
    """The credit of a measure by the quotes that match (relaxed) and ask the same roles."""

    of: AttributionMeasure
    kind: Kind = "rate"
    scale: int = 1
    better: Better = "higher"

    @property
    def name(self) -> str:
        """The measure's name behind ``given-quote``."""
        return f"given-quote.{self.of.name}"

    @property
    def summary(self) -> str:
        """One line for people."""
        return f"Where the quote was found (relaxed): how often {self.of.name} is right."

    @property
    def found(self) -> AttributionMeasure:
        """What it is given: a matching quote, of attributions that are asked the same."""
        return AttributionMeasure(self.name, "", _alike, self.of.roles, self.of.asks)

    def worth(self, chunk: Chunk) -> list[Credit]:
        """The credits of the measure and of what it is given."""
        return [*self.found.worth(chunk), *self.of.worth(chunk)]

    def rows(self, chunk: Chunk) -> NDArray[np.int64]:
        """Counts of each document of the chunk, shape ``(documents, 4)``."""
        found, right = self.found.rows(chunk), self.of.rows(chunk)
        right[:, 1] = found[:, 0]
        right[:, 3] = found[:, 2]
        return right


def _alike(chunk: Chunk) -> NDArray[np.bool_]:
    return chunk.alike


for _name in ("cue.exact", "cue.relaxed", "speaker.exact", "speaker.relaxed", "entity", "type"):
    _measure = MEASURES[_name]
    if isinstance(_measure, AttributionMeasure):
        add(GivenQuote(_measure))
