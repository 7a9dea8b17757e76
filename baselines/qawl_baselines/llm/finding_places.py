"""Where a string that the model quoted stands in the text: every place that it may mean."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from qawl.clitics import is_enclitic, is_proclitic
from qawl_baselines.llm.folding import Folded, fold, with_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.records import Span

MOST_PLACES = 500
# Longer than any clitics with all their signs: a word of a megabyte is not looked through.
_LONGEST_CLITIC = 48

How = Literal["exact", "folded", "trimmed", "inside a word"]


class Places(NamedTuple):
    """Where a string may stand, by text order, and what it took to find it; empty if nowhere."""

    spans: tuple[Span, ...]
    how: How = "exact"


class Finder:
    """Looks strings up in one text: as they are, then folded, then without their edges."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text)

    def find(self, piece: str) -> Places:
        """The places of a string, those that cut no word before all others.

        At most :data:`MOST_PLACES`; spans are code points of the text, half open.
        """
        wanted = piece.strip()
        if not wanted or len(wanted) > 2 * len(self.text) + 16:
            return Places(())
        cut: tuple[Span, ...] = ()
        for how, found in self._readings(wanted):
            whole = tuple(span for span in found if not self._cuts_a_word(span))
            if whole:
                return Places(whole, how)
            cut = cut or tuple(found)
        return Places(cut, "inside a word")

    def _readings(self, wanted: str) -> Iterator[tuple[How, list[Span]]]:
        """The places of a string, read ever more freely."""
        exact = _occurrences(self.text, wanted)
        yield "exact", [(start, with_signs(self.text, end)) for start, end in exact]
        folded = fold(wanted).text.strip()
        yield "folded", self._in_folded(folded)
        yield "trimmed", self._in_folded(_trimmed(folded))

    def _in_folded(self, wanted: str) -> list[Span]:
        if not wanted:
            return []
        found = _occurrences(self._folded.text, wanted)
        return [self._folded.span(start, end) for start, end in found]

    def _cuts_a_word(self, span: Span) -> bool:
        """Whether a boundary falls inside a word and what it cuts off is no glued clitic."""
        start, end = span
        before = _letters_before(self.text, start)
        after = _letters_after(self.text, end)
        cut_before = before and _is_letter(self.text[start]) and not is_proclitic(before)
        cut_after = after and _is_letter(self.text[end - 1]) and not is_enclitic(after)
        return bool(cut_before or cut_after)


def _occurrences(text: str, wanted: str) -> Iterator[Span]:
    """The places of a string, overlapping ones too, up to the bound."""
    start = text.find(wanted)
    count = 0
    while start >= 0 and count < MOST_PLACES:
        yield start, start + len(wanted)
        count += 1
        start = text.find(wanted, start + 1)


def _trimmed(folded: str) -> str:
    """Without blanks, marks and punctuation at the edges, which models add and leave out."""
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]


def _is_letter(character: str) -> bool:
    return character == "\u0640" or unicodedata.category(character)[0] in "LMN"


def _letters_before(text: str, place: int) -> str:
    start = place
    while start and place - start < _LONGEST_CLITIC and _is_letter(text[start - 1]):
        start -= 1
    return text[start:place]


def _letters_after(text: str, place: int) -> str:
    end = place
    while end < len(text) and end - place < _LONGEST_CLITIC and _is_letter(text[end]):
        end += 1
    return text[place:end]


def gap(first: Span, others: Sequence[Span]) -> int:
    """Code points between a span and the nearest of others; 0 if they touch or there are none."""
    return min((max(0, first[0] - end, start - first[1]) for start, end in others), default=0)


def gap_to_places(span: Span, places: Sequence[Span]) -> int:
    """As :func:`gap`, for the places of one string: in order, none inside another."""
    at = bisect_left(places, span)
    return gap(span, places[max(0, at - 1) : at + 1])
