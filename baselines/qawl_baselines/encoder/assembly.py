"""From labels and scored pairs to a document with attributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import UNSET
from msgspec.structs import replace

from qawl import marks, quote_types
from qawl.records import Attribution, Distractor, Document
from qawl.spans import canonical
from qawl_baselines.encoder.layers import LAYERS, QUOTE_LAYERS, chunks
from qawl_baselines.encoder.linking import decide
from qawl_baselines.noise import without_noise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import QuoteType, Span, Spans
    from qawl_baselines.encoder.layers import Link
    from qawl_baselines.encoder.linking import Pairs


def quotes_in(labels: NDArray[np.int64]) -> tuple[list[Span], list[int]]:
    """The stretches of quotes that labels show, each once, and the number of each one's layer."""
    found: dict[Span, int] = {}
    for layer in range(len(QUOTE_LAYERS)):
        for chunk in chunks(labels[:, layer]):
            found.setdefault(chunk, layer)
    return list(found), list(found.values())


class Page:
    """A text, its words and its quotation marks, to turn stretches of words into spans."""

    def __init__(self, text: str, words: Sequence[Span]) -> None:
        self.text, self.words = text, words
        self.pairing = marks.find(without_noise(text))
        # A pair is known by the word that it begins or ends with.
        self._openings: dict[int, int] = {}
        self._closings: dict[int, int] = {}
        for pair in self.pairing.pairs:
            first = pair.start + 1
            while first < pair.end and text[first].isspace():
                first += 1
            last = pair.end - 1
            while last > pair.start and text[last - 1].isspace():
                last -= 1
            self._openings[first] = pair.start
            self._closings[last] = pair.end

    def plain(self, stretches: Sequence[Span]) -> Spans:
        """The spans from first word to last word, in code points."""
        return canonical((self.words[a][0], self.words[b - 1][1]) for a, b in stretches)

    def quote(self, stretches: Sequence[Span]) -> Spans:
        """Likewise, with the quotation marks that open at the first word or close at the last."""
        return canonical(
            (self._openings.get(start, start), self._closings.get(end, end))
            for start, end in self.plain(stretches)
        )

    def distractors(self, column: NDArray[np.int64]) -> tuple[Distractor, ...]:
        """The strings in marks most words of which are labelled as no speech.

        What kind of string each is nobody asks of a system, and this one does not say.
        """
        found = []
        number = 0
        for pair in sorted(self.pairing.pairs):
            while number < len(self.words) and self.words[number][1] <= pair.start:
                number += 1
            last = number
            while last < len(self.words) and self.words[last][0] < pair.end:
                last += 1
            inside = column[number:last]
            if len(inside) and 2 * int((inside > 0).sum()) > len(inside):
                found.append(Distractor(span=(pair.start, pair.end), kind="other"))
        return tuple(found)


def document(
    identifier: str,
    page: Page,
    labels: NDArray[np.int64],
    layers: Sequence[int],
    cues: tuple[Pairs, NDArray[np.float32]],
    speakers: tuple[Pairs, NDArray[np.float32]],
) -> Document:
    """The document with its attributions, their types, and what implicit speakers refer to.

    Args:
        identifier: of the document.
        page: its text.
        labels: shape ``(words, layers)``.
        layers: of each quote, the number of its layer.
        cues: the pairs, and their probabilities; see :func:`qawl_baselines.encoder.linking.decide`.
        speakers: likewise.
    """
    found = sorted(decide(layers, cues, speakers), key=lambda row: (_begins(row[1]), row[0]))
    attributions = _named([_record(page, quote, link) for quote, link in found])
    held = page.distractors(labels[:, LAYERS.index("distractor")])
    types = quote_types.derive(page.text, attributions, held, page.pairing)
    verbatim = labels[:, LAYERS.index("direct")] > 0
    return Document(
        id=identifier,
        attributions=tuple(
            replace(item, type=_type(typing, np.concatenate([verbatim[a:b] for a, b in quote])))
            for item, typing, (quote, _) in zip(attributions, types, found, strict=True)
        ),
        distractors=held,
    )


def _type(typing: quote_types.Typing, verbatim: NDArray[np.bool_]) -> QuoteType:
    """What the marks say; where they leave it open, direct if most words are labelled so."""
    return "direct" if typing.open and 2 * verbatim.sum() > len(verbatim) else typing.type


def _begins(link: Link) -> int:
    """The word with which an attribution begins: its cue's, its speaker's or its quote's first."""
    return min(first for first, _ in (link.quote, *link.cues, *link.speakers))


def _record(page: Page, quote: Sequence[Span], link: Link) -> Attribution:
    return Attribution(
        quote=page.quote(quote), cue=page.plain(link.cues), speaker=page.plain(link.speakers)
    )


def _named(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Whoever is implicit is the source that was named last; with none before, nobody is said."""
    made = []
    latest: Spans = ()
    for item in attributions:
        if item.speaker is not UNSET and item.speaker:
            latest = item.speaker
            made.append(item)
        else:
            made.append(replace(item, mention=latest) if latest else item)
    return made
