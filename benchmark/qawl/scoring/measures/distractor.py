"""False alarms: strings in quotation marks that are no speech, taken for speech all the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from qawl.records import DISTRACTOR_KINDS
from qawl.scoring.measures.measure import COLUMNS, Better, Kind, add
from qawl.scoring.parts import shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk


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

    def rows(self, chunk: Chunk) -> NDArray[np.int64]:
        """Counts of each document of the chunk, shape ``(documents, 4)``."""
        counts = np.fromiter(
            (len(document.distractors) for document in chunk.gold.documents),
            np.int64,
            chunk.documents,
        )
        document = np.repeat(np.arange(chunk.documents), counts)
        items = list(chain.from_iterable(d.distractors for d in chunk.gold.documents))
        asked = np.array([not self.of or item.kind == self.of for item in items], bool)
        marked = chunk.units.parts([(item.span,) for item in items], document)
        quotes = chunk.predicted.parts["quote"]
        matched = np.zeros(len(chunk.predicted), bool)
        matched[chunk.second[chunk.alike]] = True
        meeting = shared(marked, quotes)
        first, second = meeting.key // meeting.width, meeting.key % meeting.width
        alarm = 4 * meeting.size >= marked.size[first] + quotes.size[second]
        taken = np.zeros(len(items), bool)
        taken[first[alarm & ~matched[second]]] = True
        rows = np.empty((chunk.documents, len(COLUMNS)), np.int64)
        rows[:, 0] = rows[:, 2] = np.bincount(document[taken & asked], minlength=chunk.documents)
        rows[:, 1] = rows[:, 3] = np.bincount(document[asked], minlength=chunk.documents)
        return rows


add(FalseAlarms("alarms"))
for _kind in DISTRACTOR_KINDS:
    add(FalseAlarms(f"alarms.{_kind}", _kind))
