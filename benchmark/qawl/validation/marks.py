"""Marks: every pair belongs to a quote or to a distractor, so nothing was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl import marks
from qawl.findings import Finding, Where, finding
from qawl.spans import Index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Document


def check_marks(document: Document, text: str) -> Iterator[Finding]:
    """Pairs that nothing covers, distractors that no marks make, marks without a partner."""
    pairing = marks.find(text)
    quotes = Index(span for item in document.attributions for span in item.quote)
    held = Index(item.span for item in document.distractors)
    for pair in pairing.pairs:
        place = (pair.start, pair.end)
        if not quotes.overlaps(place) and not held.covers(place):
            yield finding(
                "marks-uncovered",
                document=document.id,
                field="text",
                text=text[slice(*place)],
                message=f"[{pair.start}, {pair.end})",
            )
    for loose in pairing.loose:
        yield finding(
            "marks-unbalanced",
            document=document.id,
            field="text",
            text=text[max(0, loose.at - 20) : loose.at + 20],
            message=f"at {loose.at}",
        )


def check_distractors(document: Document, text: str) -> Iterator[Finding]:
    """A distractor runs from mark to mark, and is listed once."""
    seen: set[tuple[int, int]] = set()
    for number, item in enumerate(document.distractors):
        piece = text[slice(*item.span)]
        where: Where = {"document": document.id, "field": f"distractors[{number}]", "text": piece}
        if len(piece) < 3 or piece[0] not in marks.MARKS or piece[-1] not in marks.MARKS:
            yield finding("distractor-without-marks", **where)
        if item.span in seen:
            yield finding("distractor-duplicate", **where)
        seen.add(item.span)
