"""Small composed inputs: a text of numbered words, and attributions as lists of words."""

from __future__ import annotations

from msgspec import UNSET

from qawl import Attribution, Document
from qawl.records import QuoteType, Spans

WORDS = 40
TEXT = " ".join(f"كلمة{number:02}" for number in range(WORDS))
_WIDTH = len("كلمة00") + 1


def spans(*words: int | range) -> Spans:
    """Spans over words: a number is a word, a range is a stretch."""
    stretches = [word if isinstance(word, range) else range(word, word + 1) for word in words]
    return tuple((_WIDTH * s.start, _WIDTH * s.stop - 1) for s in stretches)


def said(
    quote: Spans,
    cue: Spans = (),
    speaker: Spans = (),
    type: QuoteType = "direct",  # noqa: A002
) -> Attribution:
    return Attribution(quote=quote, cue=cue, speaker=speaker, type=type)


def gold(*items: Attribution, id: str = "a") -> Document:  # noqa: A002
    return Document(id=id, text=TEXT, attributions=items)


def predicted(*items: Attribution, id: str = "a") -> Document:  # noqa: A002
    return Document(id=id, text=UNSET, attributions=items)


# Two quotes side by side, and one within the second: agency and minister.
FIRST = said(spans(range(0, 4)), cue=spans(5), speaker=spans(range(6, 8)))
OUTER = said(spans(range(10, 20)), cue=spans(20), speaker=spans(21), type="indirect")
INNER = said(spans(range(13, 20)), cue=spans(12), speaker=spans(range(10, 12)), type="indirect")
BROKEN = said(spans(range(25, 28), range(30, 33)), cue=spans(28), speaker=(), type="mixed")
ALL = (FIRST, OUTER, INNER, BROKEN)

# Predictions of every sort: shorter, displaced with its roles kept, whole, twice, in another order.
SHORT = said(spans(range(1, 4)), cue=spans(5), speaker=spans(7))
AWAY = said(spans(range(34, 38)), cue=spans(20), speaker=spans(21), type="indirect")
NEXT_CUE = said(spans(range(13, 20)), cue=spans(13), speaker=spans(range(10, 12)), type="direct")
SWAPPED = said(spans(range(30, 33), range(25, 28)), cue=spans(28), type="mixed")
NOISE = (SHORT, AWAY, NEXT_CUE, SWAPPED, SWAPPED)
