"""Which mention in the sentence is the source? An implicit speaker is an answer of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import register

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk


@register("speaker.exact", "quote", "speaker")
def exact(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and the speakers are the same set of units, or both implicit."""
    return chunk.alike & chunk.equal("speaker")


@register("speaker.relaxed", "quote", "speaker")
def relaxed(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and the speakers share a unit, or are both implicit."""
    return chunk.alike & chunk.touching("speaker")
