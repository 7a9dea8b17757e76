"""Spans: inside the text, the right way round, apart from each other, at the edges of words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qawl.clitics import is_enclitic, is_proclitic
from qawl.findings import Finding, Where, finding
from qawl.validation.parts import parts
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Document, Span


def check_offsets(document: Document, text: str) -> Iterator[Finding]:
    """Order, range and overlap: what must hold before anything else can be looked at."""
    for field, spans in parts(document):
        for number, (start, end) in enumerate(spans):
            where: Where = {"document": document.id, "field": f"{field}[{number}]"}
            message = f"[{start}, {end}) in a text of {len(text)} code points"
            if start > end:
                yield finding("span-reversed", message=message, **where)
            elif start < 0 or end > len(text):
                yield finding("span-out-of-range", message=message, **where)
            elif start == end:
                yield finding("span-empty", message=message, **where)
        if field.endswith("mentions"):
            continue  # «مدير [مستشفى الشفق]» and «[مدير مستشفى الشفق]» may both be sources
        for (_, end), (start, stop) in pairwise(sorted(spans)):
            if start < end:
                message = f"[{start}, {stop}) overlaps the span before it"
                yield finding("span-overlap", document=document.id, field=field, message=message)


def check_words(document: Document, text: str) -> Iterator[Finding]:
    """White space at the edges, and boundaries inside words. Offsets must be right already."""
    word_at = _WordAt(text)
    for field, spans in parts(document):
        for number, (start, end) in enumerate(spans):
            place = f"{field}[{number}]"
            piece = text[start:end]
            if not piece.strip():
                yield finding("span-blank", document=document.id, field=place)
            elif piece != piece.strip():
                yield finding("span-edge", document=document.id, field=place, text=piece)
            elif cut := word_at.cut(start, end):
                yield finding("span-cuts-word", document=document.id, field=place, text=cut)


class _WordAt:
    """Looks up the word that a boundary falls into."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.inside: dict[int, Span] = {
            place: (start, end)
            for start, end in word_spans(text)
            for place in range(start + 1, end)
        }

    def cut(self, start: int, end: int) -> str:
        """The word that the span cuts, shown with the cut, or an empty string."""
        before, after = self.inside.get(start), self.inside.get(end)
        if before and not is_proclitic(self.text[before[0] : start]):
            return f"{self.text[before[0] : start]}|{self.text[start : before[1]]}"
        if after and not self._ends_well(after, start, end):
            return f"{self.text[after[0] : end]}|{self.text[end : after[1]]}"
        return ""

    def _ends_well(self, word: Span, start: int, end: int) -> bool:
        """A span may end before a glued pronoun, or be a glued particle by itself."""
        kept = self.text[max(start, word[0]) : end]
        return is_enclitic(self.text[end : word[1]]) or is_proclitic(kept)
