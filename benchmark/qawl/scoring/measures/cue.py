"""Which words signal the reporting? Credit only where the quote was found (relaxed)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import measure, proportional

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk


@measure("cue.exact", "quote", "cue")
def exact(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and the cues are the same set of units, or both empty."""
    return chunk.alike & chunk.equal("cue")


@measure("cue.relaxed", "quote", "cue")
def relaxed(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and the cues share a unit, or are both empty."""
    return chunk.alike & chunk.touching("cue")


@proportional("cue.proportional", "quote", "cue")
def share(chunk: Chunk) -> NDArray[np.int64]:
    """Where the quotes match (relaxed), the Jaccard coefficient of the cues; both empty: 1."""
    return chunk.alike * chunk.jaccard("cue")
