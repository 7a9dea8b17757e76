"""Which mention in the sentence is the source? An implicit speaker is an answer of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import measure, proportional

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk
    from qawl.scoring.side import Side


@measure("speaker.exact", "quote", "speaker")
def exact(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and the speakers are the same set of units, or both implicit."""
    return chunk.alike & chunk.equal("speaker")


@measure("speaker.relaxed", "quote", "speaker")
def relaxed(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and the speakers share a unit, or are both implicit."""
    return chunk.alike & chunk.touching("speaker")


@proportional("speaker.proportional", "quote", "speaker")
def share(chunk: Chunk) -> NDArray[np.int64]:
    """Where quotes match (relaxed), the Jaccard of the speakers; both implicit: 1."""
    return chunk.alike * chunk.jaccard("speaker")


def _implicit(side: Side) -> NDArray[np.bool_]:
    return side.implicit


@measure("speaker.implicit", "quote", "speaker", asks=_implicit)
def implicit(chunk: Chunk) -> NDArray[np.bool_]:
    """Implicit speakers as a class: both sides say that nobody is named, and the quotes match."""
    return chunk.alike
