"""Speaker, quote and cue together: who said what, and how one can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import measure
from qawl.scoring.side import NO_TYPE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk
    from qawl.scoring.side import Side


@measure("triple.exact", "quote", "cue", "speaker")
def exact(chunk: Chunk) -> NDArray[np.bool_]:
    """Quote, cue and speaker are all the same sets of units (an empty part equals an empty one).

    The "full quote, exact" of Citron (BBC 2021), with one-to-one alignment.
    """
    return chunk.equal("quote") & chunk.equal("cue") & chunk.equal("speaker")


@measure("triple.relaxed", "quote", "cue", "speaker")
def relaxed(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed), cues and speakers share a unit or are both empty."""
    return chunk.alike & chunk.touching("cue") & chunk.touching("speaker")


def _typed(side: Side) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = side.type != NO_TYPE
    return found


@measure("type", "quote", asks=_typed)
def kind(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and are of the same type: direct, indirect or mixed."""
    return chunk.alike & chunk.same_type
