"""Who the sources are: mentions of one source brought together, and implicit speakers resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qawl.records import Entity
from qawl.spans import covers
from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.speakers import after_parenthesis
from qawl_baselines.rules.subjects import gender_of
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import EntityKind, Span
    from qawl_baselines.rules.reader import Said
    from qawl_baselines.rules.speakers import Phrase
    from qawl_baselines.rules.tokens import Article

# An implicit speaker is sought among this many sources, the latest first.
_SALIENT = 6
# Attributions that hold one another stand side by side.
_NEAR = 5
# A mention goes back to one of this many sources; no article has more.
_LATEST = 200
_UNNAMED_SOURCE = "مصدر غير مسمى"


@dataclass(slots=True)
class Source:
    """A source of the article, while it is put together.

    Attributes:
        head: the first word, article taken off: what «الوزير» goes back to.
        kind, gender, name: what it is, how verbs agree with it, its longest mention.
        words: folded words of all its mentions, articles taken off.
        surnames: last words of its names, by which it is called again.
        mentions: where it is named.
        latest: the last mention as a speaker; None for the unnamed.
    """

    head: str
    kind: EntityKind
    gender: str
    name: str
    words: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    mentions: set[Span] = field(default_factory=set)
    latest: Span | None = None


def resolve(article: Article, said: Sequence[Said]) -> tuple[list[Source], list[int]]:
    """The sources of the article, and for each attribution the number of its source."""
    sources: list[Source] = []
    chosen: list[int] = []
    salient: list[int] = []
    for item, nested in zip(said, _nested(said), strict=True):
        if item.speaker is not None:
            number = _find(article, item.speaker, sources)
            if number is None:
                number = len(sources)
                sources.append(_new(article, item.speaker))
            _add(article, item.speaker, sources[number], item.gender)
        else:
            number = _implicit(item, sources, salient)
        chosen.append(number)
        if not item.nameless and (not nested or not salient):
            salient = [*[other for other in salient if other != number][-_SALIENT:], number]
    return sources, chosen


def _nested(said: Sequence[Said]) -> list[bool]:
    """Which cues stand in the words of somebody else, where nobody looks for a speaker later.

    The source of a relay is no such case: «نقلت الوكالة عن الوزير قوله» brings the minister up.
    """
    found = []
    for number, item in enumerate(said):
        near = said[max(0, number - _NEAR) : number + _NEAR]
        found.append(
            item.inside >= 0
            or any(
                covers(other.quote, span)
                for other in near
                if other is not item and other.via not in ("relay", "left")
                for span in item.cue[:1]
            )
        )
    return found


def _bare(core: str) -> str:
    return core[2:] if core.startswith("ال") and len(core) > 4 else core


def _words(article: Article, phrase: Phrase) -> list[str]:
    found = []
    for at in range(phrase.first, phrase.last):
        core = article.forms[at].core
        if at == phrase.first and phrase.skip and not article.forms[at].skip:
            core = core[1:]
            core = core.removeprefix("ل")
        if core and (core[0].isalnum()):
            found.append(_bare(core))
    return found


def _find(article: Article, phrase: Phrase, sources: list[Source]) -> int | None:
    words = _words(article, phrase)
    if not words:
        return None
    wanted = set(words)
    person = _kind(article, phrase) == "person"
    surnames = _surnames(article, phrase) if person else set()
    titled = _title(article, phrase)
    for number in range(len(sources) - 1, max(-1, len(sources) - 1 - _LATEST), -1):
        source = sources[number]
        if wanted <= source.words and (
            len(words) > 1
            or words[0] in source.surnames
            or words[0] == source.head
            or (words[0] in source.words and titled)
        ):
            return number
        if person and source.kind == "person" and not surnames.isdisjoint(source.surnames):
            return number
    return None


def _title(article: Article, phrase: Phrase) -> bool:
    return bool(article.forms[phrase.first].tags & v.SOURCE)


def _surnames(article: Article, phrase: Phrase) -> set[str]:
    """The last words of a name and of what stands before its first comma.

    «الرئيس الروسي» has no surname, «الرئيس الروسي فلان» and «الهدباني» have.
    """
    found = set()
    last, plain, alone = "", False, phrase.last - phrase.first == 1
    for at in range(phrase.first, phrase.last + 1):
        form = article.forms[at] if at < phrase.last else None
        if form is None or form.word in COMMAS:
            if plain or alone:
                found.add(last)
            plain = False
        elif form.core[0].isalpha():
            last = _bare(form.core)
            plain = plain or not form.tags & (v.DEFINITE | v.SOURCE | v.ADJUNCT)
    return found - {""}


def _new(article: Article, phrase: Phrase) -> Source:
    head = article.forms[phrase.first]
    words = _words(article, phrase)
    return Source(
        words[0] if words else "", _kind(article, phrase), gender_of(head), _text(article, phrase)
    )


def _kind(article: Article, phrase: Phrase) -> EntityKind:
    head = article.forms[phrase.first]
    tags = v.tags_of(head.core[phrase.skip :]) | head.tags if phrase.skip else head.tags
    if tags & v.UNNAMED:
        return "unnamed"
    if tags & v.DOCUMENT:
        return "document"
    if tags & v.GROUP:
        return "group"
    if tags & (v.BODY | v.COUNTRY):
        return "organisation"
    if tags & v.ROLE and not tags & v.DEFINITE and phrase.last - phrase.first <= 2:
        return "unnamed"
    return "person"


def _text(article: Article, phrase: Phrase) -> str:
    start, end = span_of(article, phrase)
    text = article.text[start:end]
    lost_alif = phrase.skip and article.forms[phrase.first].core.startswith("لل")
    return "ا" + text if lost_alif else text  # للمصدر


def span_of(article: Article, phrase: Phrase) -> Span:
    """The offsets of a noun phrase, a glued preposition or conjunction left out."""
    start, end = article.span(phrase.first, phrase.last)
    return (start + phrase.skip, end) if start + phrase.skip < end else (start, end)


def spans_of(article: Article, phrase: Phrase) -> tuple[Span, ...]:
    """The offsets of a noun phrase in pieces, what stands in parentheses left out."""
    start, end = span_of(article, phrase)
    found: list[Span] = []
    at = phrase.first + 1
    while at < phrase.last:
        behind = after_parenthesis(article, at, phrase.last)
        if behind > at:
            found.append((start, article.ends[at - 1]))
            if behind == phrase.last:
                return tuple(found)
            start = article.starts[behind]
            at = behind
        at += 1
    return (*found, (start, end))


def _add(article: Article, phrase: Phrase, source: Source, gender: str) -> None:
    source.latest = span_of(article, phrase)
    source.mentions.add(source.latest)
    words = _words(article, phrase)
    source.words.update(words)
    source.surnames |= _surnames(article, phrase)
    text = _text(article, phrase)
    if len(text) > len(source.name):
        source.name = text
    source.gender = gender or source.gender


def _implicit(item: Said, sources: list[Source], salient: list[int]) -> int:
    """The latest source that agrees, or a new one without a name."""
    if not item.nameless:
        for number in reversed(salient):
            gender = sources[number].gender
            if not (gender and item.gender) or gender == item.gender:
                return number
        if salient:
            return salient[-1]
    name = f"أصحاب {item.nameless}" if item.nameless else _UNNAMED_SOURCE
    sources.append(Source("", "unnamed", item.gender, name))
    return len(sources) - 1


def records(article: Article, sources: Sequence[Source]) -> tuple[Entity, ...]:
    """The sources as records, with every further mention that can be told by a word."""
    _find_mentions(article, sources)
    return tuple(
        Entity(
            id=f"e{number + 1}",
            name=" ".join(source.name.split()),
            kind=source.kind,
            mentions=_apart(source.mentions),
        )
        for number, source in enumerate(sources)
    )


def _apart(spans: set[Span]) -> tuple[Span, ...]:
    """Sorted spans of which none overlaps another; the longer wins."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def _find_mentions(article: Article, sources: Sequence[Source]) -> None:
    by_word: dict[str, Source | None] = {}
    for source in sources:
        keys = set(source.surnames) if source.kind == "person" else set()
        keys |= {"ال" + surname for surname in keys}
        if source.head and source.kind != "group":
            keys.add("ال" + source.head)
        for key in keys:
            by_word[key] = None if key in by_word else source
    if not by_word:
        return
    for at, form in enumerate(article.forms):
        if form.core in by_word and (found := by_word[form.core]) is not None:
            found.mentions.add((article.starts[at] + form.skip, article.ends[at]))
