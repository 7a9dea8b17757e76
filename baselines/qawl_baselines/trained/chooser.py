"""Which of the attributions that several readers propose are kept.

Two linear judges, both trained on proposals of readers that had not seen the article: one says
whether a proposal matches a gold attribution at all, one whether it is exactly right. Of proposals
about the same thing the one that is likelier to be exact is kept, if it is likely enough to match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qawl_baselines.rules import entities
from qawl_baselines.rules.subjects import gender_of
from qawl_baselines.trained.features import bucket
from qawl_baselines.trained.gold import token_chunks
from qawl_baselines.trained.weights import Weights, fit, probability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl_baselines.rules.reader import Said
    from qawl_baselines.rules.tokens import Article
    from qawl_baselines.trained.gold import Example, Tied

_BITS = 15
_SAME = 0.5
# Proposals, by place, that are compared with one; a sentence has fewer.
_WINDOW = 40
# How likely a proposal must be to match, by reader: what rules found is doubted less. And what it
# is preferred by, in log odds, where another has the same thing with other boundaries. On dev.
_LEAST = {"rules": 0.3}
_LEAST_OF_OTHERS = 0.55
_PREFERRED = {"rules": 1.0}


Parts = tuple[frozenset[int], frozenset[int], frozenset[int]]
"""The words of quote, cue and speaker, by token."""


class Proposal(NamedTuple):
    """An attribution that a reader proposes, and the words of its parts by token."""

    reader: str
    said: Said
    quote: frozenset[int]
    cue: frozenset[int]
    speaker: frozenset[int]


def proposals(article: Article, reader: str, said: Sequence[Said]) -> list[Proposal]:
    """What a reader found, ready to be compared."""
    return [
        Proposal(
            reader,
            item,
            _words(article, token_chunks(article, item.quote)),
            _words(article, token_chunks(article, item.cue)),
            frozenset()
            if item.speaker is None
            else _words(article, token_chunks(article, entities.spans_of(article, item.speaker))),
        )
        for item in said
    ]


def _words(article: Article, chunks: Sequence[tuple[int, int]]) -> frozenset[int]:
    forms = article.forms
    found = {at for first, last in chunks for at in range(first, last)}
    return frozenset(at for at in found if forms[at].core[:1].isalnum())


def _dice(first: frozenset[int], second: frozenset[int]) -> float:
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


class Chooser:
    """The two judges."""

    def __init__(self, match: Weights, exact: Weights) -> None:
        self._match = match
        self._exact = exact

    @classmethod
    def train(
        cls, examples: Sequence[Example], proposed: Sequence[list[Proposal]], seed: int
    ) -> Chooser:
        """Learn from proposals of readers that had not seen the documents."""
        rows: list[list[str]] = []
        match: list[int] = []
        exact: list[int] = []
        for item, given in zip(examples, proposed, strict=True):
            rows += features(item.article, given)
            gold = [_parts(item.article, tied) for tied in item.tied]
            for one in given:
                parts = (one.quote, one.cue, one.speaker)
                match.append(int(any(_matches(one, theirs) for theirs in gold)))
                exact.append(int(parts in gold))
        return cls(
            fit(rows, match, seed, classes=2, bits=_BITS, alpha=1e-3),
            fit(rows, exact, seed, classes=2, bits=_BITS, alpha=1e-3),
        )

    def choose(self, article: Article, given: list[Proposal]) -> list[Said]:
        """The proposals that are kept, by the place of their cues."""
        given = sorted(given, key=lambda one: one.said.at)
        rows = features(article, given)
        match = self._match.scores(rows)[:, 0].tolist()
        exact = self._exact.scores(rows)[:, 0].tolist()
        worth = [e + _PREFERRED.get(one.reader, 0) for e, one in zip(exact, given, strict=True)]
        kept: set[int] = set()
        for number in sorted(range(len(given)), key=lambda n: (-worth[n], n)):
            one = given[number]
            likely = probability(match[number]) >= _LEAST.get(one.reader, _LEAST_OF_OTHERS)
            if likely and not any(_rivals(one, given[n]) for n in _near(number) if n in kept):
                kept.add(number)
        return [given[number].said for number in sorted(kept)]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is saved of it."""
        return {**self._match.arrays("keep.match"), **self._exact.arrays("keep.exact")}

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]]) -> Chooser:
        """The chooser that :meth:`arrays` gave."""
        return cls(Weights.of(arrays, "keep.match"), Weights.of(arrays, "keep.exact"))


def _parts(article: Article, tied: Tied) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    return _words(article, tied.quote), _words(article, tied.cue), _words(article, tied.speaker)


def _matches(one: Proposal, gold: Parts) -> bool:
    """Whether a proposal is near enough to a gold attribution: the quote, and the cue."""
    quote, cue, _ = gold
    return _dice(one.quote, quote) >= _SAME and (bool(one.cue & cue) or not (one.cue or cue))


def _rivals(first: Proposal, second: Proposal) -> bool:
    """Whether two proposals are about the same thing, and not one about the other."""
    if first.cue & second.cue:
        return True
    alike = _dice(first.quote, second.quote) >= _SAME
    return alike and not _holds(first, second) and not _holds(second, first)


def features(article: Article, given: Sequence[Proposal]) -> list[list[str]]:
    """For every proposal what a judge sees of it and of the proposals of other readers."""
    places = sorted(range(len(given)), key=lambda n: given[n].said.at)
    near = [given[n] for n in places]
    rows: list[list[str]] = [[] for _ in given]
    for place, number in enumerate(places):
        window = _near(place)
        rows[number] = _of(article, given[number], near[window.start : window.stop])
    return rows


def _near(number: int) -> range:
    """The proposals that may be about the same thing as one, by their numbers."""
    return range(max(0, number - _WINDOW), number + _WINDOW)


def _of(article: Article, one: Proposal, given: Sequence[Proposal]) -> list[str]:
    forms, said, who = article.forms, one.said, one.reader
    others = [o for o in given if o.reader != who and _rivals(one, o)]
    best = max(others, key=lambda o: _dice(one.quote, o.quote), default=None)
    agrees = "-" if best is None else (
        f"{one.quote == best.quote:d}{one.cue == best.cue:d}{one.speaker == best.speaker:d}"
    )  # fmt: skip
    head = forms[min(one.cue)] if one.cue else None
    kind = "none" if head is None else head.cue.kind if head.cue is not None else "?"
    lemma = "none" if head is None else head.cue.lemma if head.cue is not None else head.core
    first = min(one.quote, default=0)
    gap = bucket(first - min(one.cue, default=first))
    row = [
        f"v{said.via}", f"k{kind}", f"l{lemma}", f"a{agrees}", f"i{said.inside >= 0:d}",
        f"n{min(len(said.quote), 3)}", f"q{bucket(len(one.quote))}", f"g{gap}", f"k{kind}{gap}",
        f"s{bucket(len(one.speaker))}", f"a{agrees}{kind}", f"m{first - 1 in article.closing:d}",
        f"N{bool(said.nameless):d}{said.bare:d}", f"o{len(others)}",
        f"h{sum(_holds(o, one) for o in given if o.reader == who)}",
        f"H{sum(_holds(one, o) for o in given if o.reader == who)}",
        f"p{forms[first - 1].core if first else ''}",
    ]  # fmt: skip
    if one.speaker:
        start = forms[min(one.speaker)]
        row += [f"S{start.core}", f"G{gender_of(start)}{said.gender}"]
    return [*row, *(f"{who}{name}" for name in row)]


def _holds(outer: Proposal, inner: Proposal) -> bool:
    """Whether the quote of one holds the cue of the other: a relay, or nested speech."""
    return outer is not inner and bool(inner.cue) and inner.cue <= outer.quote
