"""Text in, attributions out: taggers for cue, quote and speaker, then the linker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qawl_baselines.rules.reader import Said
from qawl_baselines.rules.speakers import Phrase
from qawl_baselines.rules.tokens import COMMAS, ENDS
from qawl_baselines.trained.features import add_cues, base
from qawl_baselines.trained.gold import LAYERS, labels
from qawl_baselines.trained.linker import Linker, pool
from qawl_baselines.trained.taggers import CrfTagger, LinearTagger, Rows, Tagger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from qawl.records import Span
    from qawl_baselines.rules.tokens import Article
    from qawl_baselines.trained.gold import Example, Tied

# The cues that the other layers see in training come from models that have not seen the document.
_FOLDS = 3
KINDS: dict[str, type[LinearTagger | CrfTagger]] = {"linear": LinearTagger, "crf": CrfTagger}


class Pipeline:
    """Three taggers and a linker."""

    def __init__(self, taggers: dict[str, Tagger], linker: Linker) -> None:
        self._taggers = taggers
        self._linker = linker

    def read(self, article: Article) -> list[Said]:
        """The attributions of an article, by the place of their cues."""
        rows = base(article)
        chunks = {"cue": self._taggers["cue"].chunks(rows)}
        rows = add_cues(article, rows, chunks["cue"])
        for layer in LAYERS[1:]:
            found = self._taggers[layer].chunks(rows)
            chunks[layer] = [c for chunk in found if (c := trimmed(article, chunk)) is not None]
        chunks["cue"] = [c for chunk in chunks["cue"] if (c := trimmed(article, chunk)) is not None]
        tied = self._linker.tie(pool(article, chunks))
        return sorted((_said(article, item) for item in tied), key=lambda said: said.at)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is saved of it."""
        made = self._linker.arrays()
        for layer, tagger in self._taggers.items():
            made |= tagger.arrays(layer)
        return made

    @classmethod
    def of(cls, kind: str, arrays: dict[str, NDArray[Any]]) -> Pipeline:
        """The pipeline that :meth:`arrays` gave."""
        taggers: dict[str, Tagger] = {layer: KINDS[kind].of(arrays, layer) for layer in LAYERS}
        return cls(taggers, Linker.of(arrays))

    @classmethod
    def train(
        cls, kind: str, examples: Sequence[Example], seed: int, report: Callable[[str], None]
    ) -> Pipeline:
        """Learn from documents.

        Args:
            kind: ``linear`` or ``crf``.
            examples: the gold.
            seed: of everything that is drawn.
            report: told what is being done.
        """
        tagger = KINDS[kind]
        rows = [base(item.article) for item in examples]
        report("cues")
        wanted = _wanted(examples, "cue")
        taggers: dict[str, Tagger] = {"cue": tagger.train(rows, wanted, seed)}
        unseen = _unseen_cues(tagger, rows, wanted, seed)
        seen = [
            add_cues(item.article, row, cues)
            for item, row, cues in zip(examples, rows, unseen, strict=True)
        ]
        del rows
        for layer in LAYERS[1:]:
            report(f"{layer}s")
            taggers[layer] = tagger.train(seen, _wanted(examples, layer), seed)
        report("links")
        return cls(taggers, Linker.train(examples, seed))


def _wanted(examples: Sequence[Example], layer: str) -> list[list[int]]:
    return [labels(item.chunks[layer], len(item.article.forms)) for item in examples]


def _unseen_cues(
    tagger: type[LinearTagger | CrfTagger],
    rows: list[Rows],
    wanted: list[list[int]],
    seed: int,
) -> list[list[Span]]:
    """For each document the cues that a model trained on the other folds finds."""
    found: list[list[Span]] = [[] for _ in rows]
    for fold in range(_FOLDS):
        others = [n for n in range(len(rows)) if n % _FOLDS != fold] or list(range(len(rows)))
        model = tagger.train([rows[n] for n in others], [wanted[n] for n in others], seed)
        for number in range(fold, len(rows), _FOLDS):
            found[number] = model.chunks(rows[number])
    return found


def trimmed(article: Article, chunk: Span) -> Span | None:
    """The chunk without line ends and commas at its edges; None if nothing visible is left."""
    first, last = chunk
    forms = article.forms
    while first < last and (forms[first].word in COMMAS or forms[first].word in ENDS):
        first += 1
    while first < last and (forms[last - 1].word in COMMAS or forms[last - 1].word == "\n"):
        last -= 1
    return (first, last) if first < last else None


def _said(article: Article, item: Tied) -> Said:
    """An attribution as the rules have it, so that their resolver and typing can go on."""
    head = article.forms[item.cue[0][0]] if item.cue else None
    reading = None if head is None else head.cue
    return Said(
        quote=[article.span(*chunk) for chunk in item.quote],
        cue=[_cue_span(article, chunk) for chunk in item.cue],
        speaker=_phrase(article, item.speaker[0]) if item.speaker else None,
        gender="" if reading is None else reading.gender,
        via="colon" if _after_colon(article, item.quote[0]) else "that",
        at=item.cue[0][0] if item.cue else item.quote[0][0],
        bare=not item.cue,
        inside=article.around[item.cue[0][0]] if item.cue else -1,
    )


def _after_colon(article: Article, quote: Span) -> bool:
    return quote[0] > 0 and article.forms[quote[0] - 1].word == ":"


def _cue_span(article: Article, chunk: Span) -> Span:
    """The offsets of a cue without a glued conjunction."""
    start, end = article.span(*chunk)
    return start + article.forms[chunk[0]].skip, end


def _phrase(article: Article, chunk: Span) -> Phrase:
    """A speaker without what is glued to it: للوزير, وزير after و."""
    form = article.forms[chunk[0]]
    glued = form.skip or int(form.core.startswith("لل") and len(form.core) > 4)
    return Phrase(chunk[0], chunk[1], glued)
