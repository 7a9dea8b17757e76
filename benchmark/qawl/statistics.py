"""What a corpus holds: the counts that its card and `qawl data stats` show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from qawl.records import QUOTE_TYPES
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Document


def corpus_statistics(documents: Sequence[Document]) -> dict[str, int | float]:
    """Counts over documents; shares are left to whoever divides."""
    items = [item for document in documents for item in document.attributions]
    words = sum(
        len(word_spans(document.text)) for document in documents if isinstance(document.text, str)
    )
    counts: dict[str, int | float] = {
        "documents": len(documents),
        "without attribution": sum(not document.attributions for document in documents),
        "words": words,
        "attributions": len(items),
        "per 1,000 words": round(1000 * len(items) / words, 1) if words else 0.0,
    }
    counts |= {name: sum(item.type == name for item in items) for name in QUOTE_TYPES}
    counts |= {
        "implicit speaker": sum(item.speaker in ((), UNSET) for item in items),
        "without cue": sum(item.cue in ((), UNSET) for item in items),
        "discontinuous quote": sum(len(item.quote) > 1 for item in items),
        "entities": sum(len(document.entities) for document in documents),
        "distractors": sum(len(document.distractors) for document in documents),
    }
    return counts
