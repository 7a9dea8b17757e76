"""Labels for training: as lists, and as the columns of a CoNLL file.

The file is laid out as that of CoNLL-2003 (Tjong Kim Sang & De Meulder 2003): a token a line,
columns apart by one space, sequences apart by an empty line. One document is one sequence, since a
quote may run over paragraphs; before it stands ``-DOCSTART- (id)`` as in AIDA-CoNLL (Hoffart et
al. 2011). No token looks like that line, because a mark is a token of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.labels.iob2 import LAYERS, Layout, parts_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qawl.records import Document

COLUMNS: tuple[str, ...] = ("word", *LAYERS)


def columns(document: Document) -> dict[str, list[str]]:
    """The tokens of a document and their labels in every layer, as lists of one length.

    Args:
        document: with its text.

    Returns:
        ``word``, ``quote``, ``cue``, ``speaker``: strings, one a token.

    Raises:
        ValueError: if there is no text, or a span that is none.
    """
    layout = Layout(text_of(document))
    made = {"word": layout.words()}
    for layer in LAYERS:
        made[layer] = layout.labels(layout.flatten(parts_of(document, layer)), layer)
    return made


def conll(documents: Iterable[Document]) -> Iterator[str]:
    """The lines of a CoNLL file, newlines included: word, quote, cue, speaker.

    Raises:
        ValueError: if a document has no text, or a span that is none.
    """
    for document in documents:
        yield f"-DOCSTART- ({'_'.join(document.id.split())})\n\n"
        made = columns(document)
        for row in zip(*(made[name] for name in COLUMNS), strict=True):
            yield " ".join(row) + "\n"
        yield "\n"
