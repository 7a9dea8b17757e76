"""Which cue and which speaker belong to a quote: a linear ranker over candidate pairs.

For every quote the candidates are the nearest cues and "no cue"; for every quote with its cue they
are the speakers of the same sentences and "nobody" (the speaker is implicit). The best wins.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.subjects import gender_of
from qawl_baselines.rules.tokens import COMMAS
from qawl_baselines.trained.features import Sentence, bucket, sentences
from qawl_baselines.trained.gold import Tied
from qawl_baselines.trained.weights import Weights, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qawl.records import Span
    from qawl_baselines.rules.tokens import Article
    from qawl_baselines.trained.gold import Example

_BITS = 15
# Tokens between a quote and its cue; candidates on either side.
_REACH, _NEAREST = 60, 3
# Speakers on either side of a cue that are looked at; no sentence has more.
_MOST = 8


class Pool(NamedTuple):
    """The chunks of a document that are to be tied.

    Attributes:
        article: the text as tokens.
        around: for every token its sentence.
        chunks: for every layer its chunks, by place, none overlapping.
        starts: for every layer where its chunks start.
    """

    article: Article
    around: list[Sentence]
    chunks: dict[str, list[Span]]
    starts: dict[str, list[int]]

    def between(self, layer: str, first: int, last: int) -> list[Span]:
        """The chunks that start at the tokens ``first`` up to and without ``last``."""
        starts = self.starts[layer]
        return self.chunks[layer][bisect_left(starts, first) : bisect_left(starts, last)]


def pool(article: Article, chunks: dict[str, list[Span]]) -> Pool:
    """The chunks of an article, ready to be tied."""
    starts = {layer: [first for first, _ in found] for layer, found in chunks.items()}
    return Pool(article, sentences(article), chunks, starts)


class Linker:
    """Ties chunks into attributions."""

    def __init__(self, cues: Weights, speakers: Weights) -> None:
        self._cues = cues
        self._speakers = speakers

    @classmethod
    def train(cls, examples: Sequence[Example], seed: int) -> Linker:
        """Learn from gold chunks."""
        pairs: tuple[list[list[str]], list[int]] = ([], [])
        thirds: tuple[list[list[str]], list[int]] = ([], [])
        for item in examples:
            _learn(item, pairs, thirds)
        return cls(
            fit(*pairs, seed, classes=2, bits=_BITS, alpha=1e-4),
            fit(*thirds, seed, classes=2, bits=_BITS, alpha=1e-4),
        )

    def tie(self, here: Pool) -> list[Tied]:
        """The attributions of a document; stretches of a quote with the same cue are one quote."""
        found: dict[tuple[Span, int], Tied] = {}
        for quote in here.chunks["quote"]:
            cue = self._cue(here, quote)
            if cue is None:
                speaker = self._speaker(here, quote, None)
                found[quote, -1] = Tied((quote,), (), () if speaker is None else (speaker,))
                continue
            key = cue, here.around[quote[0]].first
            if key in found:
                found[key] = found[key]._replace(quote=_joined(here, found[key].quote, quote))
                continue
            speaker = self._speaker(here, quote, cue)
            found[key] = Tied((quote,), (cue,), () if speaker is None else (speaker,))
        return list(found.values())

    def _cue(self, here: Pool, quote: Span) -> Span | None:
        options = _cues_near(here, quote)
        rows = [_cue_features(here, quote, option) for option in options]
        return options[int(self._cues.scores(rows)[:, 0].argmax())]

    def _speaker(self, here: Pool, quote: Span, cue: Span | None) -> Span | None:
        options = _speakers_near(here, quote, cue)
        rows = [_speaker_features(here, quote, cue, option) for option in options]
        return options[int(self._speakers.scores(rows)[:, 0].argmax())]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is saved of it."""
        return {**self._cues.arrays("tie.cue"), **self._speakers.arrays("tie.speaker")}

    @classmethod
    def of(cls, arrays: dict[str, NDArray[np.generic]]) -> Linker:
        """The linker that :meth:`arrays` gave."""
        return cls(Weights.of(arrays, "tie.cue"), Weights.of(arrays, "tie.speaker"))


def _learn(
    item: Example,
    pairs: tuple[list[list[str]], list[int]],
    thirds: tuple[list[list[str]], list[int]],
) -> None:
    here = pool(item.article, item.chunks)
    for quote in item.chunks["quote"]:
        owners = [tied for tied in item.tied if quote in tied.quote]
        cues: set[Span | None] = {cue for tied in owners for cue in tied.cue[:1]}
        cues = cues or {None}
        for option in _cues_near(here, quote):
            pairs[0].append(_cue_features(here, quote, option))
            pairs[1].append(int(option in cues))
        for tied in owners[:1]:
            cue = tied.cue[0] if tied.cue else None
            right: set[Span | None] = {*tied.speaker} if tied.speaker else {None}
            for option in _speakers_near(here, quote, cue):
                thirds[0].append(_speaker_features(here, quote, cue, option))
                thirds[1].append(int(option in right))


def _joined(here: Pool, quotes: tuple[Span, ...], quote: Span) -> tuple[Span, ...]:
    """A quote with a further stretch: one with the last if no reporting stands between them."""
    *others, last = quotes
    if any(here.between(layer, last[1], quote[0]) for layer in ("cue", "speaker")):
        return (*quotes, quote)
    return (*others, (last[0], quote[1]))


def _gap(first: Span, second: Span) -> int:
    """Tokens between two stretches: negative if the second comes first, 0 if they overlap."""
    if second[0] >= first[1]:
        return second[0] - first[1] + 1
    return second[1] - first[0] - 1 if second[1] <= first[0] else 0


def _cues_near(here: Pool, quote: Span) -> list[Span | None]:
    near = here.between("cue", quote[0] - _REACH, quote[1] + _REACH)
    before = [cue for cue in near if _gap(quote, cue) < 0][-_NEAREST:]
    after = [cue for cue in near if _gap(quote, cue) > 0][:_NEAREST]
    inside = [cue for cue in near if _gap(quote, cue) == 0][:_NEAREST]
    return [*before, *inside, *after, None]


def _cue_features(here: Pool, quote: Span, cue: Span | None) -> list[str]:
    article, around = here.article, here.around
    forms = article.forms
    start = forms[quote[0] - 1] if quote[0] else None
    lead = "-" if start is None else ":" if start.word == ":" else ""
    if start is not None and start.tags & v.COMPLEMENTISER:
        lead = "that"
    marked = quote[0] in article.closing
    if cue is None:
        line = min(around[quote[0]].line, 1)
        none = f"none{lead}{marked:d}{line}"
        return ["none", none, f"none{bucket(quote[1] - quote[0])}", f"none{lead}"]
    gap = _gap(quote, cue)
    head = forms[cue[0]]
    kind = head.cue.kind if head.cue is not None else "?"
    lemma = head.cue.lemma if head.cue is not None else head.core
    same = around[quote[0]].first == around[cue[0]].first
    low, high = min(quote[1], cue[1]), max(quote[0], cue[0])
    between = len(here.between("cue", low, high))
    other_quotes = len(here.between("quote", low, high))
    commas = sum(forms[at].word in COMMAS for at in range(low, high))
    side = (gap > 0) - (gap < 0)
    return [
        f"g{bucket(gap)}", f"k{kind}{side}", f"K{kind}{bucket(gap)}", f"l{lemma}{side}",
        f"s{same:d}{side}", f"b{min(between, 2)}{side}", f"q{min(other_quotes, 2)}{side}",
        f"c{min(commas, 3)}{side}", f"L{lead}{side}", f"M{marked:d}{side}{kind}",
        f"bs{min(between, 2)}{same:d}{side}{kind}",
        f"bq{min(between, 2)}{min(other_quotes, 2)}{side}",
    ]  # fmt: skip


def _speakers_near(here: Pool, quote: Span, cue: Span | None) -> list[Span | None]:
    anchor = cue or quote
    first = here.around[min(quote[0], quote[0] if cue is None else cue[0])].first
    end = max(quote[1], quote[1] if cue is None else cue[1]) - 1
    last = here.around[end].last
    near = [s for s in here.between("speaker", first, last) if s[1] <= last]
    middle = bisect_left(near, (anchor[0], 0))
    return [*near[max(0, middle - _MOST) : middle + _MOST], None]


def _speaker_features(here: Pool, quote: Span, cue: Span | None, speaker: Span | None) -> list[str]:
    forms, around = here.article.forms, here.around
    anchor = cue or quote
    head = forms[anchor[0]]
    reading = head.cue if cue is not None else None
    kind = "none" if cue is None else reading.kind if reading is not None else "?"
    opens = anchor[0] - around[anchor[0]].first < 2
    if speaker is None:
        return ["none", f"none{kind}", f"none{kind}{opens:d}", f"none{bool(head.skip)}{opens:d}",
                f"none{reading.lemma if reading else head.core}"]  # fmt: skip
    gap = _gap(anchor, speaker)
    side = (gap > 0) - (gap < 0)
    low, high = min(anchor[1], speaker[1]), max(anchor[0], speaker[0])
    cues = len(here.between("cue", low, high))
    names = len(here.between("speaker", low, high))
    gender = gender_of(forms[speaker[0]])
    agrees = "?" if not (reading and reading.gender and gender) else str(reading.gender == gender)
    return [
        f"g{bucket(gap)}", f"k{kind}{side}", f"K{kind}{bucket(gap)}",
        f"q{_gap(quote, speaker) == 0}",
        f"c{min(cues, 2)}{side}{kind}", f"n{min(names, 2)}{side}{kind}", f"a{agrees}{side}",
        f"Q{(_gap(quote, speaker) > 0) - (_gap(quote, speaker) < 0)}{side}{kind}", f"a{agrees}",
        f"s{around[speaker[0]].first == around[anchor[0]].first}",
    ]  # fmt: skip
