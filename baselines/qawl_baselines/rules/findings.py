"""What the frames hand over: a cue that fired, before it is known how far its content reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from collections.abc import Callable

    from qawl.records import Span
    from qawl_baselines.rules.lexicon import Reading
    from qawl_baselines.rules.speakers import Phrase
    from qawl_baselines.rules.tokens import Article, Form, Segment


class Content(NamedTuple):
    """Where a content begins, and how it is opened.

    Attributes:
        token: its first token.
        skip: code points of a preposition glued to that token: ب[الرد].
        via: ``clause`` after a complementiser, ``colon``, ``mark``, ``loose`` (a mark that is
            never closed), ``phrase`` after a preposition, ``noun``.
        also_cue: tokens passed on the way that belong to the cue: استطرد … بالقول.
    """

    token: int
    skip: int
    via: str
    also_cue: tuple[int, ...] = ()


@dataclass(slots=True)
class Fired:
    """A cue with its speaker, and where its content lies.

    Attributes:
        at: the token by which it is ordered.
        cue: spans of the cue.
        reading: the form of the cue, which tells gender and number.
        speaker: its noun phrase in the sentence; None where there is none.
        content: where its content begins; None where ``quote`` says it all.
        quote: spans that are known already.
        edge: token before which the content of an earlier cue must end; None if this cue
            belongs to that content.
        shares: whether it may take over the speaker of an earlier cue of the sentence.
        bare: whether a colon or nothing signals it.
        nameless: whether the source is somebody whom the text does not name.
        left: whether the content is the clause before the cue: …، بحسب الوكالة.
        doubles: whether it only strengthens another cue, if there is one: …، وفق قوله.
        used: tokens that may not fire on their own any more.
        cited: the «نقلا» by which another cue passes this one's content on, or -1.
    """

    at: int
    cue: list[Span]
    reading: Reading | None
    speaker: Phrase | None = None
    content: Content | None = None
    quote: list[Span] = field(default_factory=list)
    edge: int | None = None
    shares: bool = True
    bare: bool = False
    nameless: bool = False
    left: bool = False
    doubles: bool = False
    used: tuple[int, ...] = ()
    cited: int = -1


class View:
    """A sentence, as the frames look at it.

    Attributes:
        article: what it belongs to.
        segment: where it stands.
        first, last: its first token, and the token behind its last.
        form: what is known of a token.
    """

    __slots__ = ("_forms", "article", "first", "form", "last", "segment")

    def __init__(self, article: Article, segment: Segment) -> None:
        self.article = article
        self.segment = segment
        self.first = segment.first
        self.last = segment.last
        self._forms = article.forms
        self.form: Callable[[int], Form] = article.forms.__getitem__

    def is_comma(self, token: int) -> bool:
        """Whether a token of the sentence separates clauses."""
        return self.first <= token < self.last and self._forms[token].word in COMMAS

    def commas(self) -> list[int]:
        """The tokens that separate clauses, those inside quoted strings left out."""
        around, inside = self.article.around, self.segment.inside
        return [
            token
            for token in range(self.first, self.last - 1)
            if self._forms[token].word in COMMAS and around[token] == inside
        ]

    def cue_span(self, token: int) -> Span:
        """The offsets of a cue word without its conjunction."""
        article = self.article
        return (article.starts[token] + article.forms[token].skip, article.ends[token])

    def next_outside(self, token: int) -> int:
        """The token after this one, past the whole string if it opens one."""
        return self.article.closing.get(token, token) + 1

    def clause_edge(self, token: int) -> int | None:
        """Where a clause that has its verb at ``token`` begins, or None if it is embedded.

        Walks back over auxiliaries and connectives, then takes a comma with it.
        """
        at = token
        joined = self.form(token).skip > 0
        while at > self.first:
            before = self.form(at - 1)
            if self._closes_opening(at - 1):
                at = self._opening_start(at - 1)
                joined = True
                continue
            if before.tags & (v.AUXILIARY | v.TURN | v.TIME) or before.core in _JOINING:
                at -= 1
                joined = joined or before.skip > 0 or before.core in _JOINING
                continue
            break
        if self.is_comma(at - 1):
            return at - 1
        if at > self.first and at - 1 in self.article.opening:
            return at
        return at if joined or at == self.first else None

    def _closes_opening(self, token: int) -> bool:
        """Whether «من جهته» or «بدورها» ends at a token, its comma included."""
        if self.is_comma(token):
            token -= 1
        return token >= self.first and bool(self.form(token).tags & v.OPENING)

    def _opening_start(self, token: int) -> int:
        if self.is_comma(token):
            token -= 1
        if token > self.first and self.form(token - 1).core in ("من", "في", "فى"):
            token -= 1
        return token


_JOINING = v.word_set("joining")
