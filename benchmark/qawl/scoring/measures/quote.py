"""Was it found that something was said, and exactly what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import measure, proportional

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk


@measure("quote.exact", "quote")
def exact(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes are the same set of units.

    The "strict" of PARC 3.0 (Pareti 2016), with one-to-one alignment.
    """
    return chunk.equal("quote")


@measure("quote.relaxed", "quote")
def relaxed(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes have a Dice coefficient of at least 0.5 over their units.

    Dice over tokens is the F1 by which SpkAtt 2023, task 2, aligns messages.
    """
    return chunk.alike


@proportional("quote.proportional", "quote")
def share(chunk: Chunk) -> NDArray[np.int64]:
    """Each aligned pair earns the Jaccard coefficient of its quotes.

    A soft count after Johansson and Moschitti (2013), made one to one. Jaccard and not Dice,
    because 1 - Jaccard is a metric: an exact pair is then always part of some best alignment.
    """
    return chunk.jaccard("quote")
