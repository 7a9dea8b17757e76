"""Words, punctuation and quoted strings of an article, with their offsets in code points."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qawl import marks
from qawl_baselines.noise import without_noise
from qawl_baselines.rules.letters import DAMMA, fold, kept
from qawl_baselines.rules.lexicon import Reading, lexicon
from qawl_baselines.rules.vocabulary import CONJOINED, MASDAR, SPEECH_NOUN, knows, tags_of, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Span

_TOKEN = re.compile(
    r"""\d+(?:[.,:٫٬/]\d+)+                                   # 23:34, 4,1: no punctuation
    | [\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200c\u200d]+
    | \n
    | [^\s\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]""",
    re.VERBOSE,
)
_LARGEST_MEMORY = 300_000

COMMAS = frozenset("،,؛;–—-")
ENDS = frozenset(".!?؟\n…")


# و and ف that belong to the word, where the rest happens to be another one.
_NEVER_SPLIT = word_set("never_split")


class Form(NamedTuple):
    """What is known of a word wherever it stands.

    Attributes:
        word: as written.
        core: folded, without a glued و or ف where the rest is a known word.
        skip: code points of the glued conjunction.
        tags: classes of :mod:`~qawl_baselines.rules.vocabulary`.
        cue: how to read it as a cue, or None.
    """

    word: str
    core: str
    skip: int
    tags: int
    cue: Reading | None


class _Memory(dict[str, Form]):
    """Forms by word as written; analysed on first sight."""

    def __missing__(self, word: str) -> Form:
        if len(self) > _LARGEST_MEMORY:
            self.clear()
        form = self[word] = analyse(word)
        return form


_FORMS = _Memory()


def analyse(word: str) -> Form:
    """Look a word up, first whole, then without a glued و or ف."""
    folded = fold(word)
    table = lexicon()
    core, skip = folded, 0
    whole = folded in table.readings or knows(folded) or folded in _NEVER_SPLIT
    if not whole and folded[:1] in ("و", "ف"):
        rest = folded[1:]
        if len(rest) > 1 and (
            rest in table.readings
            or knows(rest)
            or rest.startswith("ال")
            or (tags_of(rest) and (folded[0] == "و" or tags_of(rest) != MASDAR))
        ):
            core, skip = rest, kept(word, 1)
    core = core or word  # tatweel alone folds to nothing
    cue = table.readings.get(core)
    tags = tags_of(core) | (CONJOINED if skip else 0)
    if tags & MASDAR and word.startswith("أ", skip) and not knows(core):
        tags &= ~MASDAR  # أسماء, أهداف: plurals; the verbal noun is written with إ
    if core in table.speech_nouns:
        tags |= SPEECH_NOUN
    if cue is not None and _is_noun_of(cue, core, word):
        cue = None
    if cue is not None and cue.kind == "verb" and DAMMA in word[skip : skip + 3]:
        # يُذكر, أُعلن: written out as a passive, so nobody is named
        cue = None
    return Form(word, core, skip, tags, cue)


def _is_noun_of(cue: Reading, core: str, word: str) -> bool:
    """Whether the spelling tells the noun from the verb: نفي is denial, نفى he denied."""
    return cue.past and core == fold(cue.lemma) and cue.lemma[-1] == "ى" and word[-1] == "ي"


class Article:
    """A text as tokens.

    Attributes:
        text: the text as stored.
        starts, ends: offsets of the tokens.
        forms: what is known of each token.
        pairing: the quotation marks.
        pairs: the quoted strings, by start.
        closing: opening-mark token to closing-mark token, for every pair.
        opening: the other way round.
        around: for every token the opening token of the outermost pair that holds it, or -1.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        spans: list[Span] = [match.span() for match in _TOKEN.finditer(text)]
        words = [text[start:end] for start, end in spans]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.forms: list[Form] = list(map(_FORMS.__getitem__, words))
        self.pairing = marks.find(without_noise(text))
        self.pairs = self.pairing.pairs
        self.closing: dict[int, int] = {}
        self.opening: dict[int, int] = {}
        self.around = [-1] * len(words)
        self._place_pairs()

    def _place_pairs(self) -> None:
        if not self.pairs:
            return
        token_at = {start: number for number, start in enumerate(self.starts)}
        last = -1
        for pair in self.pairs:
            opening, closing = token_at.get(pair.start), token_at.get(pair.end - 1)
            if opening is None or closing is None:
                continue
            self.closing[opening] = closing
            self.opening[closing] = opening
            if closing > last:
                if opening > last:
                    self.around[opening + 1 : closing] = [opening] * (closing - opening - 1)
                last = closing

    @cached_property
    def segments(self) -> list[Segment]:
        """The sentences, and those inside longer quoted strings, by place."""
        return segments(self)

    def words_in(self, opening: int) -> int:
        """How many tokens stand inside a pair of marks."""
        return self.closing[opening] - opening - 1

    def span(self, first: int, last: int) -> Span:
        """The offsets of the tokens ``first`` up to and without ``last``."""
        return (self.starts[first], self.ends[last - 1])


class Segment(NamedTuple):
    """A sentence: tokens ``first`` up to and without ``last``, its final punctuation left out.

    ``inside`` is the opening mark of the quoted string that holds the sentence, or -1.
    ``line`` counts the paragraphs from 0, the headline.
    """

    first: int
    last: int
    inside: int
    line: int


# Longer than any sentence: cut, so that no rule looks at more.
_LONGEST_SENTENCE = 400


def segments(article: Article) -> list[Segment]:
    """The sentences of the article, and those inside its longer quoted strings, by place."""
    found = _sentences(article, range(len(article.forms)), -1, 0)
    last = -1
    for opening in sorted(article.closing):
        if opening > last and article.words_in(opening) > 4:
            last = article.closing[opening]
            found += _sentences(article, range(opening + 1, last), opening, -1)
    found.sort()
    return found


def _sentences(article: Article, tokens: range, inside: int, line: int) -> list[Segment]:
    forms, around = article.forms, article.around
    found: list[Segment] = []
    first = tokens.start
    for token in tokens:
        word = forms[token].word
        if word in ENDS and around[token] == inside:
            if word == "." and _is_initial(forms, token, first):
                continue
            if token > first:
                found.append(Segment(first, token, inside, line))
            first = token + 1
            line += word == "\n" and line >= 0
        elif token - first >= _LONGEST_SENTENCE and around[token] == inside:
            found.append(Segment(first, token, inside, line))
            first = token
    if tokens.stop > first:
        found.append(Segment(first, tokens.stop, inside, line))
    return found


def _is_initial(forms: Sequence[Form], token: int, first: int) -> bool:
    """Whether a full stop belongs to an abbreviation: «م. عبداللطيف», «د. خالد»."""
    return token > first and len(forms[token - 1].word) == 1 and forms[token - 1].word.isalpha()
