"""The system behind the name ``rules``: text in, attributions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from qawl.records import Attribution, Document
from qawl.spans import canonical
from qawl_baselines.rules import distractors, entities, quote_type
from qawl_baselines.rules.headlines import bare_quoted
from qawl_baselines.rules.reader import Said, read
from qawl_baselines.rules.tokens import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qawl.records import QuoteType


class Rules:
    """Frames of reporting words over a lexicon; no training, no model, no network."""

    name = "rules"
    version = "2"
    summary = "lexicon and frames of Arabic reporting words; the strongest rule baseline"

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield each document with its attributions, entities and distractors."""
        for document in documents:
            text = "" if document.text is UNSET else document.text
            yield annotate(document.id, text)


def annotate(identifier: str, text: str) -> Document:
    """What the rules find in one text; the result leaves the text out."""
    article = Article(text)
    return settle(identifier, article, read(article))


def settle(identifier: str, article: Article, said: list[Said]) -> Document:
    """Attributions as a document: sources, types, and the marks that are no speech.

    Args:
        identifier: of the document.
        article: the text as tokens.
        said: the attributions, by the place of their cues; quoted headlines that repeat one of
            them are added.
    """
    sources, chosen = entities.resolve(article, said)
    for item, number in _headlines(article, said):
        said.append(item)
        chosen.append(chosen[number])
    held = distractors.find(article, said)
    types = quote_type.derive(article, said, held)
    attributions = [
        _record(article, item, number, sources[number], kind)
        for item, number, kind in zip(said, chosen, types, strict=True)
    ]
    return Document(
        id=identifier,
        attributions=tuple(attributions),
        entities=entities.records(article, sources),
        distractors=tuple(held),
    )


def _record(
    article: Article, item: Said, number: int, source: entities.Source, kind: QuoteType
) -> Attribution:
    implicit = item.speaker is None
    return Attribution(
        quote=canonical(item.quote),
        cue=canonical(item.cue),
        speaker=() if item.speaker is None else entities.spans_of(article, item.speaker),
        entity=f"e{number + 1}",
        type=kind,
        mention=(source.latest,) if implicit and source.latest is not None else UNSET,
    )


def _headlines(article: Article, said: list[Said]) -> list[tuple[Said, int]]:
    """The bare quoted headlines; for each the number of the attribution that it repeats."""
    lines = [segment for segment in article.segments if segment.line == 0]
    taken = [span for item in said for span in item.quote]
    body = [n for n, item in enumerate(said) if item.inside < 0 and not item.bare]
    found = bare_quoted(article, lines, taken, [said[n].quote[0] for n in body])
    return [
        (Said([span], [], None, "", "mark", len(article.forms), bare=True), body[number])
        for span, number in found
    ]
