"""The likeliest mistake of a submission: offsets that count something else than code points.

JavaScript, Java and C# count UTF-16 units, C and Go bytes. Emoji shift the former, any Arabic
letter the latter. Such offsets cut words all over the text, and stop doing so when read as what
they are: that is how they are told from a system that is merely bad. And a system that meets more
of the gold's boundaries in code points counts code points, however many clitics it cuts off.

Only boundaries that the two readings put at different places say anything, each once; those of
all documents in which words are cut are put together.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import UNSET

from qawl.words import WORD, classes, code_points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from qawl.records import Document
    from qawl.scoring.chunk import Chunk

# Boundaries that are right stand between words or are the gold's; wrong ones do so by chance.
_GOOD, _BAD = 0.9, 0.6
# So many boundaries do nothing by chance; so many only if none is an exception and half of them
# meet the gold's where they did not before; so many if what is out of range is refused anyway.
_MANY, _SOME, _FEW = 20, 8, 4
# No text is longer; larger offsets are cut down to it.
_FAR = 1 << 40
# So many documents of a chunk are enough to look at.
_SAMPLE = 50
# Behind which code points a character takes a unit more.
ENCODINGS = {"span-units-utf16": (0xFFFF,), "span-units-bytes": (0x7F, 0x7FF, 0xFFFF)}


class _Evidence(NamedTuple):
    """Counts of boundaries, read as code points and as units of an encoding."""

    boundaries: int = 0
    outside: int = 0
    good: int = 0
    good_otherwise: int = 0
    met: int = 0
    met_otherwise: int = 0

    def __add__(self, other: object) -> _Evidence:
        """The evidence of two sets of documents."""
        if not isinstance(other, _Evidence):
            return NotImplemented
        return _Evidence(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def convicts(self) -> bool:
        """Whether it is beyond doubt that code points are not what is counted."""
        many = self.boundaries
        if self.good > _BAD * many or self.met > self.met_otherwise:
            return False
        if many >= _MANY and self.good_otherwise >= _GOOD * many:
            return True
        if self.good_otherwise < many:
            return False
        if self.outside:
            return many >= _FEW
        return many >= _SOME and self.met_otherwise - self.met >= many / 2


class UnitsGuess:
    """Gathers evidence about what the offsets of a submission count."""

    def __init__(self) -> None:
        self._all = dict.fromkeys(ENCODINGS, _Evidence())

    def add(self, pairs: Iterable[tuple[Document, Document]]) -> str | None:
        """What the offsets count, if it is clear now that it is not code points.

        Args:
            pairs: gold documents with texts, each with its predictions, some of which cut words or
                leave the text (see :func:`suspects`).

        Returns:
            The id of the finding.
        """
        looked_at = list(islice(pairs, _SAMPLE))
        for identifier in ENCODINGS:
            found = sum((_look(*pair, identifier) for pair in looked_at), _Evidence())
            self._all[identifier] += found
            if found.convicts or self._all[identifier].convicts:
                return identifier
        return None


def suspects(chunk: Chunk) -> list[int]:
    """The numbers of a chunk's documents in which predictions cut more words than is usual.

    Where UTF-16 units differ from code points, any cut word is suspicious: it may stand behind the
    emoji, and everything else in front of it.
    """
    side = chunk.predicted
    parts = (*side.parts.values(), side.mention)
    spans, cuts = (
        np.bincount(side.document, weights=sum(column), minlength=chunk.documents)
        for column in zip(*((part.spans, part.cuts) for part in parts), strict=True)
    )
    found = (cuts > 0) & (2 * spans - cuts <= _BAD * 2 * spans)
    if chunk.units.has_wide:
        for number in np.flatnonzero((cuts > 0) & ~found).tolist():
            found[number] = _is_shifted(chunk.gold.columns.texts[number])
    return np.flatnonzero(found).tolist()


def _is_shifted(text: str) -> bool:
    """Whether UTF-16 units and code points differ in a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _look(gold: Document, predicted: Document, identifier: str) -> _Evidence:
    """What the predictions for one document say."""
    text = str(gold.text)
    between = _between_words(text)
    known = _boundaries(gold)
    known = known[(known >= 0) & (known < len(between))]
    points = _boundaries(predicted)
    otherwise = _in_points(points, text, identifier)
    tells = points != otherwise
    read = [points[tells], otherwise[tells]]
    inside = [places[(places >= 0) & (places < len(between))] for places in read]
    met = [int(np.isin(places, known).sum()) for places in inside]
    between[known] = True
    good = [int(between[places].sum()) for places in inside]
    return _Evidence(int(tells.sum()), len(read[0]) - len(inside[0]), *good, *met)


def _boundaries(document: Document) -> NDArray[np.int64]:
    """All boundaries of the attributions' parts, each once."""
    found = {
        min(max(offset, -1), _FAR)
        for item in document.attributions
        for spans in (item.quote, item.cue, item.speaker, item.mention)
        if spans is not UNSET
        for span in spans
        for offset in span
    }
    return np.array(sorted(found), np.int64)


def _in_points(offsets: NDArray[np.int64], text: str, identifier: str) -> NDArray[np.int64]:
    """Offsets in units of an encoding as code points; -1 where they fall inside a character."""
    points = code_points(text)
    widths = 1 + sum((points > most).astype(np.int64) for most in ENCODINGS[identifier])
    starts = np.concatenate([[0], np.cumsum(widths)])
    place = np.minimum(np.searchsorted(starts, offsets), len(starts) - 1)
    return np.where(starts[place] == offsets, place, -1)


def _between_words(text: str) -> NDArray[np.bool_]:
    """For every offset of the text, its end included, whether it is not inside a word."""
    word = np.concatenate([[False], classes(code_points(text)) == WORD, [False]])
    found: NDArray[np.bool_] = ~(word[:-1] & word[1:])
    return found
