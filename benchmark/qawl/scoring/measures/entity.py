"""Who said it, wherever in the document the source is named?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.scoring.measures.measure import measure
from qawl.scoring.sources import agree, claims

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk


@measure("entity", "quote", asks=claims)
def entity(chunk: Chunk) -> NDArray[np.bool_]:
    """The quotes match (relaxed) and the prediction names the gold's source (scoring.sources).

    The only measure of attributions that is not the same when the sides are exchanged: it asks the
    mentions that gold lists, and predictions need not list any.
    """
    return agree(chunk)
