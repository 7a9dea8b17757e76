"""Was it found that something was said, and exactly what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import register

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk


@register("quote.exact", "quote")
def exact(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes are the same set of units.

    After Krestel et al. (2008) and PARC 3.0 (Pareti 2016), "strict".
    """
    return chunk.equal("quote")


@register("quote.relaxed", "quote")
def relaxed(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes have a Dice coefficient of at least 0.5 over their units.

    Dice is the token F1 by which GermEval 2023 (SpkAtt, task 2) aligns messages.
    """
    return chunk.alike
