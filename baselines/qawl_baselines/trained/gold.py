"""The gold as what a tagger learns: chunks of tokens, and which of them belong together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from qawl_baselines.rules.tokens import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.records import Document, Span

LAYERS = ("cue", "quote", "speaker")
OUTSIDE, BEGIN, INSIDE = 0, 1, 2


class Tied(NamedTuple):
    """An attribution as chunks, each a stretch of tokens, half open."""

    quote: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: tuple[Span, ...]


class Example(NamedTuple):
    """A document to learn from.

    Attributes:
        document: the gold, with its text.
        article: its tokens.
        tied: its attributions.
        chunks: for each layer the chunks that do not overlap: of those that do, the longest.
    """

    document: Document
    article: Article
    tied: tuple[Tied, ...]
    chunks: dict[str, list[Span]]


def example(document: Document) -> Example:
    """Bring the gold of a document to its tokens."""
    article = Article("" if document.text is UNSET else document.text)
    tied = tuple(
        Tied(
            token_chunks(article, item.quote),
            token_chunks(article, () if item.cue is UNSET else item.cue),
            token_chunks(article, () if item.speaker is UNSET else item.speaker),
        )
        for item in document.attributions
    )
    chunks = {
        layer: flatten(span for item in tied for span in getattr(item, layer)) for layer in LAYERS
    }
    return Example(document, article, tied, chunks)


def token_chunks(article: Article, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans of code points as stretches of the tokens that they touch."""
    found = (
        (bisect_right(article.ends, start), bisect_left(article.starts, end))
        for start, end in spans
    )
    return tuple((first, last) for first, last in found if first < last)


def flatten(chunks: Iterable[Span]) -> list[Span]:
    """Of chunks that overlap the longest, of equally long ones the first; by place."""
    kept: list[Span] = []
    taken: set[int] = set()
    for first, last in sorted(set(chunks), key=lambda chunk: (chunk[0] - chunk[1], chunk)):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            kept.append((first, last))
    return sorted(kept)


def labels(chunks: Sequence[Span], count: int) -> list[int]:
    """One of ``OUTSIDE``, ``BEGIN`` and ``INSIDE`` for each of so many tokens."""
    made = [OUTSIDE] * count
    for first, last in chunks:
        made[first:last] = [BEGIN] + [INSIDE] * (last - first - 1)
    return made


def chunks_of(made: Sequence[int]) -> list[Span]:
    """The chunks of a labelling; an ``INSIDE`` after ``OUTSIDE`` begins one."""
    found: list[Span] = []
    before = OUTSIDE
    for at, label in enumerate(made):
        if label == INSIDE and before != OUTSIDE:
            found[-1] = (found[-1][0], at + 1)
        elif label != OUTSIDE:
            found.append((at, at + 1))
        before = label
    return found
