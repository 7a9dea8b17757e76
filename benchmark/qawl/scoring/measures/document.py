"""Documents as a whole: in contrast sets one sentence is one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qawl.scoring.measures.measure import COLUMNS, Better, Kind, add, measure_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk, Credit


@dataclass(frozen=True)
class Passed:
    """The share of documents in which every triple is right and nothing else was predicted.

    All or nothing, so it suits documents of a sentence or two (the track ``probes``, by
    ``phenomenon``); of whole articles few pass. A document without attributions passes where
    nothing was predicted. The pass rate of a minimum functionality test (Ribeiro et al. 2020,
    CheckList), with ``triple.exact`` as what is expected.
    """

    name: str = "passed"
    of: str = "triple.exact"
    kind: Kind = "rate"
    scale: int = 1
    better: Better = "higher"

    @property
    def summary(self) -> str:
        """One line for people."""
        return "How many documents have every triple exactly right, and nothing besides."

    def worth(self, chunk: Chunk) -> list[Credit]:
        """That of the triples."""
        return measure_named(self.of).worth(chunk)

    def rows(self, chunk: Chunk) -> NDArray[np.int64]:
        """Counts of each document of the chunk, shape ``(documents, 4)``; one is asked of each."""
        right, _, _, gold = measure_named(self.of).rows(chunk).T
        # All predictions, also those that the triples do not ask since a part is unanswered.
        predicted = np.bincount(chunk.predicted.document, minlength=chunk.documents)
        rows = np.ones((chunk.documents, len(COLUMNS)), np.int64)
        rows[:, [0, 2]] = ((right == gold) & (right == predicted))[:, None]
        return rows


add(Passed())
