"""What a measure is: which attributions it asks, and which pairs it takes for a match.

Every measure counts three things in a document, and nothing else:

* ``gold``: the gold attributions that answer its roles,
* ``predicted``: the predicted attributions that answer its roles,
* ``matched``: the size of a maximum one-to-one matching among the pairs that it takes for a match.

Precision is matched / predicted, recall matched / gold, F1 the harmonic mean, all from sums over
documents. From this definition alone follow the laws of docs/scoring.md: the size of a maximum
matching does not depend on any order, never exceeds either side, is the same when the sides are
exchanged, and never falls when a prediction is mended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qawl.scoring.matching import maximum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk, Role, Side

Matches = Callable[["Chunk"], "NDArray[np.bool_]"]


@dataclass(frozen=True)
class Measure:
    """A named way to count matches.

    Attributes:
        name: ``role.strictness``; its identity in results and signatures.
        summary: one line for people.
        roles: an attribution that leaves one of these unanswered is not asked, on either side.
        matches: which of the chunk's pairs are a match.
    """

    name: str
    summary: str
    roles: tuple[Role, ...]
    matches: Matches

    def count(self, chunk: Chunk) -> NDArray[np.int64]:
        """Count a chunk: one row ``(matched, predicted, gold)`` a document."""
        pairs = np.flatnonzero(self.matches(chunk) & chunk.answered(*self.roles))
        first, second = chunk.first[pairs], chunk.second[pairs]
        chosen = first[maximum(first, second)]
        rows = np.empty((chunk.documents, 3), np.int64)
        rows[:, 0] = np.bincount(chunk.gold.document[chosen], minlength=chunk.documents)
        rows[:, 1] = self._asked(chunk.predicted, chunk.documents)
        rows[:, 2] = self._asked(chunk.gold, chunk.documents)
        return rows

    def _asked(self, side: Side, documents: int) -> NDArray[np.int64]:
        answered = np.ones(len(side.document), bool)
        for role in self.roles:
            answered &= side.answered[role]
        return np.bincount(side.document[answered], minlength=documents)


MEASURES: dict[str, Measure] = {}
DEFAULT: tuple[str, ...] = (
    "quote.exact", "quote.relaxed", "cue.exact", "cue.relaxed",
    "speaker.exact", "speaker.relaxed", "triple.exact", "triple.relaxed",
)  # fmt: skip


def register(name: str, *roles: Role) -> Callable[[Matches], Matches]:
    """Declare a measure: the decorated function says which pairs match, its docstring what for."""

    def declare(matches: Matches) -> Matches:
        summary = (matches.__doc__ or "").strip().split("\n")[0]
        MEASURES[name] = Measure(name, summary, roles, matches)
        return matches

    return declare


def measure_named(name: str) -> Measure:
    """The measure of this name.

    Raises:
        KeyError: with the names that there are.
    """
    try:
        return MEASURES[name]
    except KeyError:
        raise KeyError(f"no measure {name!r}; there are {', '.join(MEASURES)}") from None
