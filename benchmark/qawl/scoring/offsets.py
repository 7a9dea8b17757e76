"""The likeliest mistake of a submission: offsets that count something else than code points.

JavaScript, Java and C# count UTF-16 units, C and Go bytes. Emoji shift the former, any Arabic
letter the latter. Such offsets cut words all over the text, and stop doing so when read as what
they are: that is how they are told from a system that is merely bad. And a system that meets more
of the gold's boundaries in code points counts code points, however many clitics it cuts off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl.words import WORD, classes, code_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Document

# Spans that are right begin and end at words but for clitics; wrong ones do so by chance. Copies
# of a boundary tell nothing, and few boundaries may do anything by chance.
_GOOD, _BAD, _FEWEST = 0.9, 0.6, 20
_FAR = 1 << 40
ENCODINGS = {"span-units-utf16": ("utf-16-le", 2), "span-units-bytes": ("utf-8", 1)}


class Claimed(NamedTuple):
    """The offsets of a document's predicted quotes, of its gold quotes, and the text."""

    predicted: NDArray[np.int64]
    gold: NDArray[np.int64]
    text: str


def guess(pairs: Sequence[tuple[Document, Document]]) -> str | None:
    """What the offsets of predictions count, if it is not code points.

    Args:
        pairs: gold documents with texts, each with its predictions.

    Returns:
        The id of the finding, or None if code points fit best or there is too little to tell.
    """
    claimed = [
        Claimed(_offsets(predicted), _offsets(gold), str(gold.text))
        for gold, predicted in pairs
        if any(item.quote for item in predicted.attributions)
    ]
    if sum(len(item.predicted) for item in claimed) < _FEWEST:
        return None
    if _fit(claimed, None) > _BAD:
        return None
    for identifier in ENCODINGS:
        if _fit(claimed, identifier) >= _GOOD:
            return identifier if _met(claimed, identifier) >= _met(claimed, None) else None
    return None


def is_shifted(text: str) -> bool:
    """Whether UTF-16 units and code points differ in a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _offsets(document: Document) -> NDArray[np.int64]:
    """All boundaries of the quotes; what no text is long enough for is cut down."""
    found = [
        min(max(offset, -1), _FAR)
        for item in document.attributions
        for span in item.quote
        for offset in span
    ]
    return np.array(found, np.int64)


def _fit(claimed: Sequence[Claimed], identifier: str | None) -> float:
    """The share of boundaries that lie inside the text and between words."""
    good = total = 0
    for item in claimed:
        points = _read(item, identifier)
        between = _between_words(item.text)
        inside = (points >= 0) & (points < len(between))
        good += int(between[points[inside]].sum())
        total += len(points)
    return good / total


def _met(claimed: Sequence[Claimed], identifier: str | None) -> int:
    """How many boundaries are boundaries of the gold."""
    return sum(int(np.isin(_read(item, identifier), item.gold).sum()) for item in claimed)


def _read(item: Claimed, identifier: str | None) -> NDArray[np.int64]:
    if identifier is None:
        return item.predicted
    return _in_points(item.predicted, item.text, identifier)


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
