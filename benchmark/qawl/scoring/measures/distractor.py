"""False alarms: strings in quotation marks that are no speech, taken for speech all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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
        marked = chunk.once("distractors", lambda: _taken(chunk))
        asked = np.array([not self.of or kind == self.of for kind in marked.kind], bool)
        rows = np.empty((chunk.documents, len(COLUMNS)), np.int64)
        for columns, some in (((0, 2), marked.taken & asked), ((1, 3), asked)):
            counts = np.bincount(marked.document[some], minlength=chunk.documents)
            for column in columns:
                rows[:, column] = counts
        return rows


class Marked(NamedTuple):
    """The distractors of a chunk: their documents and kinds, and whether they were taken."""

    document: NDArray[np.int64]
    kind: list[str]
    taken: NDArray[np.bool_]


def _taken(chunk: Chunk) -> Marked:
    documents = chunk.gold.documents
    counts = [len(document.distractors) for document in documents]
    document = np.repeat(np.arange(chunk.documents), counts)
    items = [item for document in documents for item in document.distractors]
    marked = chunk.units.parts([(item.span,) for item in items], document)
    quotes = chunk.predicted.parts["quote"]
    matched = np.zeros(len(chunk.predicted), bool)
    matched[chunk.second[chunk.alike]] = True
    meeting = shared(marked, quotes)
    first, second = meeting.key // meeting.width, meeting.key % meeting.width
    alarm = 4 * meeting.size >= marked.size[first] + quotes.size[second]
    taken = np.zeros(len(items), bool)
    taken[first[alarm & ~matched[second]]] = True
    return Marked(document, [item.kind for item in items], taken)


add(FalseAlarms("alarms"))
for _kind in DISTRACTOR_KINDS:
    add(FalseAlarms(f"alarms.{_kind}", _kind))
