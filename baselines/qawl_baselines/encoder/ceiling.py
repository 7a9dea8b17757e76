"""What a model that makes no mistake could reach: gold through labels and links, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.records import Document
from qawl_baselines.encoder import assembly, linking
from qawl_baselines.encoder.features import ROLES, sentence_numbers
from qawl_baselines.encoder.layers import LAYERS, chunks, layered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qawl.records import Span


def perfect(document: Document) -> Document:
    """What the system would say if every label and every link were right.

    The difference to gold is what the layers, the rules of linking and the rule for implicit
    speakers lose.

    Raises:
        ValueError: if the document has no text.
    """
    seen = layered(document)
    text = str(document.text)
    quotes, layers = assembly.quotes_in(seen.labels)
    if not quotes:
        return Document(id=document.id)
    # Of attributions with the same stretch the first is shown.
    links = {link.quote: link for link in reversed(seen.links)}
    chosen = ([links[span].cues for span in quotes], [links[span].speakers for span in quotes])
    sentences = sentence_numbers(text, seen.words)

    def scored(number: int, role: str) -> tuple[linking.Pairs, NDArray[np.float32]]:
        others: list[Span] = chunks(seen.labels[:, LAYERS.index(role)])
        pairs = linking.pairs(quotes, others, sentences)
        return pairs, linking.wanted(pairs, chosen[number])

    cues, speakers = (scored(number, role) for number, role in enumerate(ROLES))
    page = assembly.Page(text, seen.words)
    return assembly.document(document.id, page, seen.labels, layers, cues, speakers)
