"""Citron: cue, sources and contents by exact spans and by shared tokens, micro-averaged.

Source: bbc/citron, ``citron/metrics.py`` and ``citron/utils.py`` at 1937f2c; described in
``scripts/evaluate/README.md`` and reported in ``models/en_2021-11-15/README.md``.

Definition. *Exact* (``metrics.py``, lines 152 to 315): a cue is right if its span is that of a gold
cue; a source or a content if the cue overlaps that of a gold quote that has the same source or
content spans; a quote if all three are equal. *Overlap* (line 316): predicted tokens that overlap
with correct ones, by all predicted tokens (precision) and all correct tokens (recall); for quotes
the tokens of the three roles together.

* ``cue``, ``source`` (our speaker), ``content`` (our quote), ``quotes`` (all three), each with
  ``.exact`` and ``.overlap``.

Units: our words where theirs are spaCy tokens; punctuation is a token of theirs and no unit of
ours. Their format wants one cue span: several are taken from the first word to the last, as their
PARC converter does (``parc_extractor.py``). A quote without a cue cannot be written in their
format, and would crash the code: as published it matches nothing; by default an absent cue equals
an absent cue. That everything hangs on the cue, and a cue or a source earns credit whatever the
content is, is their definition and stays.

Where the code departs from its description:

1. Nothing is one to one. Three copies of a right quote are three right ones (exact precision and
   recall 1), and tokens are added up over all pairs of quotes, so that gold against itself can
   exceed 1 and three copies have a recall of 3. By default the most pairs that are right are
   counted one to one, and tokens over the one-to-one alignment that shares most.
2. Precision and recall of "All Quote Spans overlap" are exchanged (line 113 passes the lengths in
   the wrong order): the model card's P 74.7, R 93.8 are P 93.8, R 74.7. By default they are not.
3. ``are_overlapping_spans`` (``utils.py``, line 407) compares one side with ``<=``: a predicted cue
   that starts right behind a gold cue overlaps it, the other way round it does not. By default
   cues overlap that share a word.
4. Lists of spans are compared in their order (``utils.py``, line 257). By default as sets of words.

With nothing to count it says 0; by default both sides empty is 1, one of them 0.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from qawl.peers.alignment import Worth, one_to_one
from qawl.peers.figures import counted, named, ratio
from qawl.peers.layout import sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qawl.peers.layout import Interval, Item, Part, Sheet
    from qawl.records import Document

    Test = Callable[[Item, Item], bool]

ROLES = {"cue": "cue", "source": "speaker", "content": "quote"}


def score(
    gold: Sequence[Document], predicted: Sequence[Document], *, as_published: bool = False
) -> dict[str, float]:
    """Precision, recall and F1 of ``cue``, ``source``, ``content`` and ``quotes``, in two ways.

    See the module for the definition, and :meth:`qawl.peers.Peer.score` for the arguments.
    """
    total: Counter[str] = Counter()
    for sheet in sheets(gold, predicted, as_published=as_published):
        total.update(_published(sheet) if as_published else _mended(sheet))
    found: dict[str, float] = {}
    for name in (*ROLES, "quotes"):
        found |= _exact(name, total, as_published=as_published)
        found |= _overlap(name, total, as_published=as_published)
    return found


def _exact(name: str, total: Counter[str], *, as_published: bool) -> dict[str, float]:
    right, spurious, missed = (total[f"{name}.{what}"] for what in ("right", "spurious", "missed"))
    name = f"{name}.exact"
    if as_published:
        return named(name, ratio(right, right + spurious, 1), ratio(right, right + missed, 1))
    return counted(name, right, right + spurious, right, right + missed)


def _overlap(name: str, total: Counter[str], *, as_published: bool) -> dict[str, float]:
    roles = ROLES if name == "quotes" else (name,)
    shared, theirs, ours = (
        sum(total[f"{role}.{what}"] for role in roles) for what in ("shared", "predicted", "gold")
    )
    if not as_published:
        return counted(f"{name}.overlap", shared, theirs, shared, ours)
    precision, recall = ratio(shared, theirs, 1), ratio(shared, ours, 1)
    if name == "quotes":
        precision, recall = recall, precision
    return named(f"{name}.overlap", precision, recall)


# As published: a predicted quote is held against every gold quote.


def _published(sheet: Sheet) -> Counter[str]:
    count: Counter[str] = Counter()
    for name, test in _PUBLISHED.items():
        for theirs in sheet.predicted:
            right = any(test(ours, theirs) for ours in sheet.gold)
            count[f"{name}.right" if right else f"{name}.spurious"] += 1
        for ours in sheet.gold:
            count[f"{name}.missed"] += not any(test(ours, theirs) for theirs in sheet.predicted)
    for name, role in ROLES.items():
        first = [_spans(item, role) for item in sheet.gold]
        second = [_spans(item, role) for item in sheet.predicted]
        count[f"{name}.gold"] += sum(end - start for spans in first for start, end in spans)
        count[f"{name}.predicted"] += sum(end - start for spans in second for start, end in spans)
        count[f"{name}.shared"] += sum(
            _common(a, b) for ours, theirs in product(first, second) for a in ours for b in theirs
        )
    return count


def _spans(item: Item, role: str) -> tuple[Interval, ...]:
    part: Part = getattr(item, role)
    if role != "cue":
        return part.spans
    return () if part.hull is None else (part.hull,)


def _common(first: Interval, second: Interval) -> int:
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def _same_cue(ours: Item, theirs: Item) -> bool:
    return ours.cue.hull is not None and ours.cue.hull == theirs.cue.hull


def _near_cue(ours: Item, theirs: Item) -> bool:
    first, second = ours.cue.hull, theirs.cue.hull
    if first is None or second is None:
        return False
    return second[0] <= first[1] and second[1] > first[0]


def _same_spans(role: str) -> Test:
    return lambda ours, theirs: _spans(ours, role) == _spans(theirs, role)


def _all_of(*tests: Test) -> Test:
    return lambda ours, theirs: all(test(ours, theirs) for test in tests)


_PUBLISHED: dict[str, Test] = {
    "cue": _same_cue,
    "source": _all_of(_near_cue, _same_spans("speaker")),
    "content": _all_of(_near_cue, _same_spans("quote")),
    "quotes": _all_of(_same_cue, _same_spans("speaker"), _same_spans("quote")),
}


# As described: one prediction serves one gold quote.


def _mended(sheet: Sheet) -> Counter[str]:
    count: Counter[str] = Counter()
    for name, test in _MENDED.items():
        right = len(_align(sheet, lambda a, b, test=test: Worth(int(test(a, b)))))  # type: ignore[misc]
        count[f"{name}.right"] += right
        count[f"{name}.spurious"] += len(sheet.predicted) - right
        count[f"{name}.missed"] += len(sheet.gold) - right
    places = _align(sheet, _tokens)
    for name, role in ROLES.items():
        count[f"{name}.gold"] += sum(len(_words(item, role)) for item in sheet.gold)
        count[f"{name}.predicted"] += sum(len(_words(item, role)) for item in sheet.predicted)
        count[f"{name}.shared"] += sum(
            _shared(sheet.gold[a], sheet.predicted[b], role) for a, b in places
        )
    return count


def _align(sheet: Sheet, worth: Callable[[Item, Item], Worth]) -> list[tuple[int, int]]:
    return one_to_one(
        [item.key() for item in sheet.gold],
        [item.key() for item in sheet.predicted],
        lambda a, b: worth(sheet.gold[a], sheet.predicted[b]),
    )


def _words(item: Item, role: str) -> frozenset[int]:
    part: Part = getattr(item, role)
    return part.words


def _shared(ours: Item, theirs: Item, role: str) -> int:
    return len(_words(ours, role) & _words(theirs, role))


def _tokens(ours: Item, theirs: Item) -> Worth:
    """All tokens that two quotes share; ties are settled by those of sources, then of cues.

    So what each role shares in all is the same whichever of the best alignments is taken.
    """
    cue, source, content = (_shared(ours, theirs, role) for role in ROLES.values())
    return Worth(cue + source + content, source, cue)


def _equal(role: str) -> Test:
    return lambda ours, theirs: _words(ours, role) == _words(theirs, role)


def _touching_cue(ours: Item, theirs: Item) -> bool:
    return bool(_shared(ours, theirs, "cue")) or not (ours.cue.words or theirs.cue.words)


_MENDED: dict[str, Test] = {
    "cue": _equal("cue"),
    "source": _all_of(_touching_cue, _equal("speaker")),
    "content": _all_of(_touching_cue, _equal("quote")),
    "quotes": _all_of(_equal("cue"), _equal("speaker"), _equal("quote")),
}
