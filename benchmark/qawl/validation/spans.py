"""Spans: inside the text, the right way round, apart from each other, at the edges of words."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from qawl.clitics import is_enclitic, is_proclitic
from qawl.findings import Finding, finding
from qawl.validation.parts import parts
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Document, Span


def check_offsets(document: Document, text: str | None) -> Iterator[Finding]:
    """Order, range and overlap: what must hold before anything else can be looked at.

    Without the text everything is checked but whether a span reaches beyond it.
    """
    longest = float("inf") if text is None else len(text)
    size = "" if text is None else f" in a text of {longest} code points"
    for field, spans in parts(document):
        for number, (start, end) in enumerate(spans):
            if 0 <= start < end <= longest:
                continue
            wrong = "span-out-of-range" if start < 0 or end > longest else "span-empty"
            yield finding(
                "span-reversed" if start > end else wrong,
                document=document.id,
                field=f"{field}[{number}]",
                message=f"[{start}, {end}){size}",
            )
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
            piece = text[start:end]
            kept = piece.strip()
            cut = word_at.cut(start, end) if piece == kept else ""
            if not cut and piece == kept:
                continue
            yield finding(
                "span-cuts-word" if cut else "span-edge" if kept else "span-blank",
                document=document.id,
                field=f"{field}[{number}]",
                text=cut or piece,
                message=f"[{start}, {end})",
            )


class _WordAt:
    """Looks up the word that a boundary falls into."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = word_spans(text)
        self.starts = [start for start, _ in self.words]

    def _around(self, place: int) -> Span | None:
        """The word that a boundary falls inside of."""
        index = bisect_left(self.starts, place) - 1
        return self.words[index] if index >= 0 and place < self.words[index][1] else None

    def cut(self, start: int, end: int) -> str:
        """The word that the span cuts, shown with the cut, or an empty string."""
        before, after = self._around(start), self._around(end)
        if before and not is_proclitic(self.text[before[0] : start]):
            return f"{self.text[before[0] : start]}|{self.text[start : before[1]]}"
        if after and not self._ends_well(after, start, end):
            return f"{self.text[after[0] : end]}|{self.text[end : after[1]]}"
        return ""

    def _ends_well(self, word: Span, start: int, end: int) -> bool:
        """A span may end before a glued pronoun, or be a glued particle by itself."""
        kept = self.text[max(start, word[0]) : end]
        return is_enclitic(self.text[end : word[1]]) or is_proclitic(kept)
