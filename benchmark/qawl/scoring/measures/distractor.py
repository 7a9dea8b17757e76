"""False alarms: strings in quotation marks that are no speech, taken for speech all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qawl.records import DISTRACTOR_KINDS
from qawl.scoring.measures.measure import COLUMNS, Better, Kind, add
from qawl.scoring.parts import shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk, Credit


@dataclass(frozen=True)
class FalseAlarms:
    """The share of the gold's distractors (of a kind) that a prediction takes for speech.

    A distractor is taken for speech by a predicted quote that has a Dice coefficient of at least
    0.5 with it and matches (relaxed) no gold quote: a longer quote that rightly holds a name in
    marks is no false alarm.
    """

    name: str
    of: str = ""
    kind: Kind = "rate"
    scale: int = 1
    better: Better = "lower"

    @property
    def summary(self) -> str:
        """One line for people."""
        which = f"quoted strings of kind {self.of}" if self.of else "quoted strings"
        return f"How many {which} that are no speech were taken for speech; lower is better."

    def worth(self, _chunk: Chunk) -> list[Credit]:
        """Nothing is aligned."""
        return []

    def rows(self, chunk: Chunk) -> NDArray[np.int64]:
        """Counts of each document of the chunk, shape ``(documents, 4)``."""
        taken = chunk.once("taken", lambda: _taken(chunk))
        kinds = chunk.once("kinds", lambda: np.array(chunk.gold.columns.why, str))
        asked = kinds == self.of if self.of else np.ones(len(kinds), bool)
        rows = np.empty((chunk.documents, len(COLUMNS)), np.int64)
        for columns, some in (((0, 2), taken & asked), ((1, 3), asked)):
            counts = np.bincount(chunk.marked_document[some], minlength=chunk.documents)
            for column in columns:
                rows[:, column] = counts
        return rows


def alarms(chunk: Chunk) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of a distractor and a predicted quote with a Dice coefficient of at least 0.5."""
    quotes = chunk.predicted.parts["quote"]
    meeting = shared(chunk.marked, quotes)
    first, second = meeting.key // meeting.width, meeting.key % meeting.width
    close = 4 * meeting.size >= chunk.marked.size[first] + quotes.size[second]
    return first[close], second[close]


def _taken(chunk: Chunk) -> NDArray[np.bool_]:
    """For each distractor whether it is taken for speech."""
    matched = np.zeros(len(chunk.predicted), bool)
    matched[chunk.second[chunk.alike]] = True
    first, second = alarms(chunk)
    taken = np.zeros(len(chunk.marked_document), bool)
    taken[first[~matched[second]]] = True
    return taken


add(FalseAlarms("alarms"))
for _kind in DISTRACTOR_KINDS:
    add(FalseAlarms(f"alarms.{_kind}", _kind))
