"""Speaker, quote and cue together: who said what, and how one can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import register

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk


@register("triple.exact", "quote", "cue", "speaker")
def exact(chunk: Chunk) -> NDArray[np.bool_]:
    """Quote, cue and speaker are all the same sets of units (an empty part equals an empty one).

    The "full quote, exact" of Citron (BBC 2021), with one-to-one alignment.
    """
    return chunk.equal("quote") & chunk.equal("cue") & chunk.equal("speaker")


@register("triple.relaxed", "quote", "cue", "speaker")
def relaxed(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed), cues and speakers share a unit or are both empty."""
    return chunk.alike & chunk.touching("cue") & chunk.touching("speaker")
