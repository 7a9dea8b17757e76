"""The likeliest mistake of a submission: offsets that count something else than code points.

JavaScript, Java and C# count UTF-16 units, C and Go bytes. Emoji shift the former, any Arabic
letter the latter. Such offsets cut words all over the text, and stop doing so when read as what
they are: that is how they are told from a system that is merely bad.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qawl.words import WORD, classes, code_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Document

# Spans that are right begin and end at words but for clitics; wrong ones do so by chance.
_GOOD, _BAD, _FEWEST = 0.9, 0.6, 8
ENCODINGS = {"span-units-utf16": ("utf-16-le", 2), "span-units-bytes": ("utf-8", 1)}


def guess(documents: Sequence[tuple[Document, str]]) -> str | None:
    """What the offsets of predictions count, if it is not code points.

    Args:
        documents: predictions with the texts they are about.

    Returns:
        The id of the finding, or None if code points fit best or there is too little to tell.
    """
    spans = [
        (np.array([span for item in document.attributions for span in item.quote]), text)
        for document, text in documents
        if any(item.quote for item in document.attributions)
    ]
    if 2 * sum(len(some) for some, _ in spans) < _FEWEST:
        return None
    if _fit(spans, None) > _BAD:
        return None
    for identifier in ENCODINGS:
        if _fit(spans, identifier) >= _GOOD:
            return identifier
    return None


def is_shifted(text: str) -> bool:
    """Whether UTF-16 units and code points differ in a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _fit(spans: Sequence[tuple[NDArray[np.int64], str]], identifier: str | None) -> float:
    """The share of boundaries that lie inside the text and between words."""
    good = total = 0
    for some, text in spans:
        points = some.ravel() if identifier is None else _in_points(some.ravel(), text, identifier)
        between = _between_words(text)
        inside = (points >= 0) & (points < len(between))
        good += int(between[points[inside]].sum())
        total += some.size
    return good / total


def _in_points(offsets: NDArray[np.int64], text: str, identifier: str) -> NDArray[np.int64]:
    """Offsets in units of an encoding as code points; -1 where they fall inside a character."""
    encoding, size = ENCODINGS[identifier]
    widths = [len(character.encode(encoding, "surrogatepass")) // size for character in text]
    starts = np.concatenate([[0], np.cumsum(widths)])
    place = np.minimum(np.searchsorted(starts, offsets), len(starts) - 1)
    return np.where(starts[place] == offsets, place, -1)


def _between_words(text: str) -> NDArray[np.bool_]:
    """For every offset of the text, its end included, whether it is not inside a word."""
    word = np.concatenate([[False], classes(code_points(text)) == WORD, [False]])
    found: NDArray[np.bool_] = ~(word[:-1] & word[1:])
    return found
