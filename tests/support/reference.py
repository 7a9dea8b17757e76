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


def most_pairs(edges: list[list[int]], used: frozenset[int] = frozenset(), at: int = 0) -> int:
    """The size of a maximum matching, by trying everything."""
    if at == len(edges):
        return 0
    best = most_pairs(edges, used, at + 1)
    for target in edges[at]:
        if target not in used:
            best = max(best, 1 + most_pairs(edges, used | {target}, at + 1))
    return best


def counts(gold: Document, predicted: Document, measure: str, policy: str) -> tuple[int, int, int]:
    """Matched, predicted, gold: what the measure counts in one document."""
    roles, test = TESTS[measure]
    text = str(gold.text)
    ours = [a for a in gold.attributions if all(getattr(a, r) is not UNSET for r in roles)]
    theirs = [a for a in predicted.attributions if all(getattr(a, r) is not UNSET for r in roles)]
    edges = [[j for j, p in enumerate(theirs) if test(text, g, p, policy)] for g in ours]
    return most_pairs(edges), len(theirs), len(ours)
