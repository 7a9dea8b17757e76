"""From the strings of an answer to spans: the nearest of all places, and a note on what is lost.

The quote is placed first, where all of its attribution's strings stand closest together; the cue
is the one nearest to the quote, the speaker the one nearest to the cue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl.findings import printable
from qawl.spans import canonical, overlap
from qawl_baselines.llm.finding_places import Finder, Places, gap, gap_to_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Span, Spans
    from qawl_baselines.llm.answer import Item

# A string farther away than this, in code points, is no nearer than any other.
_FAR = 2000
# More strings than this do not tell places apart any better, and cost time.
_COMPANY = 6


class Note(NamedTuple):
    """A string that was not taken as it stood, for the log.

    Attributes:
        attribution: its number in the answer, from 0.
        part: quote, cue or speaker; empty for the attribution as a whole.
        text: the string, printable and short.
        reason: what became of it.
    """

    attribution: int
    part: str
    text: str
    reason: str


class Placed(NamedTuple):
    """The parts of an attribution as spans; None where nothing that was named could be found."""

    quote: Spans
    cue: Spans | None
    speaker: Spans | None


class Placer:
    """Places the attributions of one answer, in the order that it gives them."""

    def __init__(self, text: str) -> None:
        self.notes: list[Note] = []
        self._finder = Finder(text)
        self._known: dict[str, Places] = {}
        self._taken: dict[str, list[Span]] = {}
        self._last = 0

    def place(self, number: int, item: Item) -> Placed | None:
        """The spans of an attribution; None, with a note, if its quote is nowhere.

        Spans are code points of the text, half open.
        """
        quote = self._look_up(number, "quote", item.quote)
        cue = self._look_up(number, "cue", item.cue)
        speaker = self._look_up(number, "speaker", item.speaker)
        if not quote:
            self._note(number, "", "", "dropped: it has no quote in the text")
            return None
        anchor = min(quote, key=lambda piece: len(piece[1].spans))
        others = [places.spans for piece, places in (*quote, *cue) if piece != anchor[0]]
        start = self._anchor(anchor, [*others, *(places.spans for _, places in speaker)])
        chosen = [start]
        for piece in quote:
            if piece is not anchor:
                self._nearest(number, "quote", piece, (chosen[0],), chosen)
        quoted = canonical(chosen)
        self._last = quoted[0][0]
        signal = self._part(number, "cue", cue, quoted, quoted) if item.cue else ()
        held = (*quoted, *(signal or ()))
        mention = (
            self._part(number, "speaker", speaker, signal or quoted, held) if item.speaker else ()
        )
        return Placed(quoted, signal, mention)

    def _look_up(self, number: int, part: str, pieces: Sequence[str]) -> list[tuple[str, Places]]:
        """The strings that stand somewhere, with their places; a note on each of the others."""
        found = []
        for piece in pieces:
            if piece not in self._known:
                self._known[piece] = self._finder.find(piece)
            places = self._known[piece]
            if not places.spans:
                self._note(number, part, piece, "dropped: it is not in the text")
                continue
            if places.how != "exact":
                self._note(number, part, piece, f"found {places.how}")
            found.append((piece, places))
        return found

    def _anchor(self, piece: tuple[str, Places], others: Sequence[Spans]) -> Span:
        """The place of a quote: free, near the other strings, behind the last attribution."""
        said, places = piece
        taken = self._taken.setdefault(said, [])

        def cost(span: Span) -> tuple[bool, int, bool, int]:
            away = sum(min(_FAR, gap_to_places(span, some)) for some in others[:_COMPANY])
            return span in taken, away, span[0] < self._last, span[0]

        chosen = min(places.spans, key=cost) if len(places.spans) > 1 else places.spans[0]
        taken.append(chosen)
        return chosen

    def _part(
        self,
        number: int,
        part: str,
        pieces: Sequence[tuple[str, Places]],
        near: Spans,
        held: Spans,
    ) -> Spans | None:
        """The spans of a cue or a speaker; None if none of its strings has a place of its own."""
        chosen: list[Span] = []
        for piece in pieces:
            self._nearest(number, part, piece, near, chosen, held)
        return canonical(chosen) or None

    def _nearest(
        self,
        number: int,
        part: str,
        piece: tuple[str, Places],
        near: Spans,
        chosen: list[Span],
        held: Spans = (),
    ) -> None:
        """Add the nearest place that no other part holds, or a note if there is none."""
        said, places = piece
        free = [span for span in places.spans if not overlap((span,), (*held, *chosen))]
        if free:
            chosen.append(min(free, key=lambda span: (gap(span, near), span[0])))
        else:
            self._note(number, part, said, "dropped: another part stands there")

    def _note(self, number: int, part: str, text: str, reason: str) -> None:
        self.notes.append(Note(number, part, printable(text), reason))
