"""The scorer's definitions once more, in the plainest Python that states them: sets and search.

Slow on purpose and written without arrays; the laws compare the real scorer with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from qawl import Attribution, Document
from qawl.names import normalised

if TYPE_CHECKING:
    from qawl.records import Spans

Units = frozenset[tuple[str, int]]
JOINERS = "\u200c\u200d\u00ad_"


def kind(character: str) -> str:
    if character in JOINERS or unicodedata.category(character)[0] in "LMN":
        return "word"
    return "blank" if unicodedata.category(character)[0] in "ZC" else "mark"


@cache
def numbering(text: str) -> tuple[tuple[str, int], ...]:
    """For every code point the unit that it belongs to."""
    found: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        this = kind(character)
        if this == "word" and place and kind(text[place - 1]) == "word":
            found.append(found[-1])
        else:
            found.append((this, place))
    return tuple(found)


def units(text: str, spans: Spans | UnsetType, policy: str) -> Units:
    if isinstance(spans, UnsetType):
        return frozenset()
    points = [place for start, end in spans for place in range(start, end)]
    if policy == "exact":
        return frozenset(("point", place) for place in points)
    touched = {numbering(text)[place] for place in points}
    for wanted in ("word", "mark", "blank"):
        if some := frozenset(unit for unit in touched if unit[0] == wanted):
            return some if wanted != "blank" else frozenset(("blank", place) for place in points)
    return frozenset()


Test = Callable[[str, Attribution, Attribution, str], bool]
Credit = Callable[[Document, Document, Attribution, Attribution, str], int]
Definition = tuple[tuple[str, ...], Callable[[Document, Attribution], bool], Credit]


def _sets(text: str, a: Attribution, b: Attribution, role: str, policy: str) -> tuple[Units, Units]:
    return units(text, getattr(a, role), policy), units(text, getattr(b, role), policy)


def equal(role: str) -> Test:
    def test(text: str, a: Attribution, b: Attribution, policy: str) -> bool:
        ours, theirs = _sets(text, a, b, role, policy)
        return ours == theirs

    return test


def touching(role: str) -> Test:
    def test(text: str, a: Attribution, b: Attribution, policy: str) -> bool:
        ours, theirs = _sets(text, a, b, role, policy)
        return bool(ours & theirs) or not (ours or theirs)

    return test


def alike(text: str, a: Attribution, b: Attribution, policy: str) -> bool:
    ours, theirs = _sets(text, a, b, "quote", policy)
    return bool(ours & theirs) and 2 * len(ours & theirs) / (len(ours) + len(theirs)) >= 0.5


def both(*tests: Test) -> Test:
    return lambda text, a, b, policy: all(test(text, a, b, policy) for test in tests)


TESTS: dict[str, tuple[tuple[str, ...], Test]] = {
    "quote.exact": (("quote",), equal("quote")),
    "quote.relaxed": (("quote",), alike),
    "cue.exact": (("quote", "cue"), both(alike, equal("cue"))),
    "cue.relaxed": (("quote", "cue"), both(alike, touching("cue"))),
    "speaker.exact": (("quote", "speaker"), both(alike, equal("speaker"))),
    "speaker.relaxed": (("quote", "speaker"), both(alike, touching("speaker"))),
    "triple.exact": (
        ("quote", "cue", "speaker"),
        both(equal("quote"), equal("cue"), equal("speaker")),
    ),
    "triple.relaxed": (
        ("quote", "cue", "speaker"),
        both(alike, touching("cue"), touching("speaker")),
    ),
}


def proportional(role: str) -> Credit:
    """The Jaccard coefficient in 2**-20, cut off; for parts but the quote, where quotes match."""

    def credit(gold: Document, _: Document, a: Attribution, b: Attribution, by: str) -> int:
        text = str(gold.text)
        ours, theirs = _sets(text, a, b, role, by)
        if role != "quote" and not alike(text, a, b, by):
            return 0
        if not ours | theirs:
            return 1 << 20
        return (len(ours & theirs) << 20) // len(ours | theirs)

    return credit


def same_type(gold: Document, _: Document, a: Attribution, b: Attribution, by: str) -> int:
    return int(alike(str(gold.text), a, b, by) and a.type == b.type)


def same_source(
    gold: Document, predicted: Document, a: Attribution, b: Attribution, by: str
) -> int:
    text = str(gold.text)
    wanted = {entity.id: entity for entity in gold.entities}.get(str(a.entity))
    if wanted is None or not alike(text, a, b, by):
        return 0
    mentions = [units(text, (span,), by) for span in wanted.mentions]
    if spans := b.speaker or b.mention:
        return int(any(units(text, spans, by) & mention for mention in mentions))
    own = {entity.id: entity for entity in predicted.entities}.get(str(b.entity))
    if own is not None and own.mentions:
        hits = sum(any(units(text, (span,), by) & m for m in mentions) for span in own.mentions)
        return int(2 * hits >= len(own.mentions))
    names = {wanted.name, *(text[start:end] for start, end in wanted.mentions)}
    claim = normalised(b.name or (own.name if own else ""))
    return int(bool(claim) and claim in set(map(normalised, names)))


def claims_source(document: Document, item: Attribution) -> bool:
    own = {entity.id: entity for entity in document.entities}.get(str(item.entity))
    named = own is not None and bool(own.mentions or own.name)
    return bool(item.speaker or item.mention or item.name or named)


def has_type(_: Document, item: Attribution) -> bool:
    return item.type is not UNSET


def is_implicit(_: Document, item: Attribution) -> bool:
    return item.speaker == ()


def anything(_document: Document, _item: Attribution) -> bool:
    return True


def simple(test: Test) -> Credit:
    return lambda gold, _, a, b, by: int(test(str(gold.text), a, b, by))


MEASURES: dict[str, Definition] = {
    **{name: (roles, anything, simple(test)) for name, (roles, test) in TESTS.items()},
    "quote.proportional": (("quote",), anything, proportional("quote")),
    "cue.proportional": (("quote", "cue"), anything, proportional("cue")),
    "speaker.proportional": (("quote", "speaker"), anything, proportional("speaker")),
    "speaker.implicit": (("quote", "speaker"), is_implicit, simple(alike)),
    "entity": (("quote",), claims_source, same_source),
    "type": (("quote",), has_type, same_type),
}


def most(worth: list[dict[int, int]], used: frozenset[int] = frozenset(), at: int = 0) -> int:
    """The greatest credit of a one-to-one alignment, by trying everything."""
    if at == len(worth):
        return 0
    best = most(worth, used, at + 1)
    for target, credit in worth[at].items():
        if target not in used:
            best = max(best, credit + most(worth, used | {target}, at + 1))
    return best


def counts(gold: Document, predicted: Document, measure: str, policy: str) -> tuple[int, int, int]:
    """Credit, predicted, gold: what the measure counts in one document."""
    if measure == "relay":
        return relay_counts(gold, predicted, policy)
    if measure.startswith("alarms"):
        kind = measure.partition(".")[2]
        right, asked = alarm_counts(gold, predicted, kind, policy)
        return right, asked, asked
    if measure == "passed":
        right, _, there = counts(gold, predicted, "triple.exact", policy)
        return int(right == there == len(predicted.attributions)), 1, 1
    roles, asks, credit = MEASURES[measure.removeprefix("given-quote.")]
    ours = _asked(gold, roles, asks)
    theirs = _asked(predicted, roles, asks)
    right = most(_worth(gold, predicted, ours, theirs, credit, policy))
    if measure.startswith("given-quote."):
        there = most(_worth(gold, predicted, ours, theirs, simple(alike), policy))
        return right, there, there
    return right, len(theirs), len(ours)


def _asked(
    document: Document, roles: tuple[str, ...], asks: Callable[[Document, Attribution], bool]
) -> list[Attribution]:
    return [
        item
        for item in document.attributions
        if all(getattr(item, role) is not UNSET for role in roles) and asks(document, item)
    ]


def _worth(
    gold: Document,
    predicted: Document,
    ours: list[Attribution],
    theirs: list[Attribution],
    credit: Credit,
    policy: str,
) -> list[dict[int, int]]:
    found = [{j: credit(gold, predicted, a, b, policy) for j, b in enumerate(theirs)} for a in ours]
    return [{j: value for j, value in row.items() if value} for row in found]


def chains(document: Document, text: str, policy: str) -> list[tuple[Attribution, Attribution]]:
    def part(item: Attribution, role: str) -> Units:
        return units(text, getattr(item, role), policy)

    return [
        (outer, inner)
        for outer in document.attributions
        for inner in document.attributions
        if part(inner, "quote") < part(outer, "quote")
        and part(inner, "cue")
        and part(inner, "cue") <= part(outer, "quote")
    ]


def relay_counts(gold: Document, predicted: Document, policy: str) -> tuple[int, int, int]:
    text = str(gold.text)
    ours, theirs = chains(gold, text, policy), chains(predicted, text, policy)
    roles, test = TESTS["triple.relaxed"]

    def right(a: Attribution, b: Attribution) -> bool:
        answered = all(getattr(item, role) is not UNSET for item in (a, b) for role in roles)
        return answered and test(text, a, b, policy)

    worth = [
        {j: 1 for j, (p, q) in enumerate(theirs) if right(outer, p) and right(inner, q)}
        for outer, inner in ours
    ]
    return most(worth), len(theirs), len(ours)


def alarm_counts(gold: Document, predicted: Document, kind: str, policy: str) -> tuple[int, int]:
    text = str(gold.text)
    strangers = [
        units(text, item.quote, policy)
        for item in predicted.attributions
        if not any(alike(text, a, item, policy) for a in gold.attributions)
    ]
    asked = [item for item in gold.distractors if not kind or item.kind == kind]
    marked = [units(text, (item.span,), policy) for item in asked]
    taken = [
        any(4 * len(some & quote) >= len(some) + len(quote) for quote in strangers)
        for some in marked
    ]
    return sum(taken), len(asked)
