"""What a trained model says of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from qawl.records import Document
from qawl.words import word_spans
from qawl_baselines.encoder import assembly
from qawl_baselines.encoder.features import candidates, make_input
from qawl_baselines.encoder.layers import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from qawl_baselines.encoder.checkpoint import Trained
    from qawl_baselines.encoder.linking import Pairs


def predict(trained: Trained, documents: Iterable[Document], batch: int) -> Iterator[Document]:
    """Yield each document with what the model finds in it.

    Args:
        trained: the model, on the device where it is to run.
        documents: with texts; one without is taken to be empty.
        batch: windows that are read at once.
    """
    import torch  # noqa: PLC0415

    trained.network.eval()
    for document in documents:
        with torch.inference_mode():
            made = _one(trained, document, batch)
        yield made


def _one(trained: Trained, document: Document, batch: int) -> Document:
    text = "" if document.text is UNSET else document.text
    words = word_spans(text)
    if not words:
        return Document(id=document.id)
    network = trained.network
    given = make_input(trained.tokenizer, trained.shape, text, words)
    (vectors,) = network.read([given], batch)
    labels: NDArray[np.int64] = network.tags(vectors).argmax(-1).cpu().numpy()
    labels[given.windows.window < 0] = 0
    quotes, layers = assembly.quotes_in(labels)
    if not quotes:
        held = assembly.Page(text, words).distractors(labels[:, LAYERS.index("distractor")])
        return Document(id=document.id, distractors=held)
    scored = [
        (pairs, _chances(network, vectors, role, pairs))
        for role, pairs in enumerate(candidates(given, quotes, labels))
    ]
    page = assembly.Page(text, words)
    return assembly.document(document.id, page, labels, layers, scored[0], scored[1])


def _chances(network: Any, vectors: Any, role: int, pairs: Pairs) -> NDArray[np.float32]:
    """The probabilities of "none" and the candidates."""
    found: NDArray[np.float32] = network.links(vectors, role, pairs).softmax(dim=1).cpu().numpy()
    return found
