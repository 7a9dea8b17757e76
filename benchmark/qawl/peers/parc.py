"""PARC: content, cue and source, each role alone, strict and partial.

Source: the measures with which quotation extraction on PARC 3.0 is reported since Pareti et al.,
Automatically Detecting and Attributing Indirect Quotations, EMNLP 2013 (strict and partial), on
the corpus of Pareti, PARC 3.0, LREC 2016. No official scorer is public: this is written from the
literature as others report it (the papers' own pages were not at hand), and from a
reimplementation that calls itself "Pareti-style": christianscheible/qsample, ``evaluate/F1.java``
at e282028 (Scheible, Klinger and Padó, ACL 2016).

Definition. *Strict*: a span is right if it has the boundaries of a gold span of the same role.
*Partial*: a span earns the share of it that is right: for precision the shared tokens by the
tokens of the predicted span, for recall by those of the gold span (the soft counts of Johansson
and Moschitti 2013). Micro over spans.

* ``content`` (our quote), ``cue``, ``source`` (our speaker), each with ``.strict`` and
  ``.partial``.

Units: our words where theirs are tokens of the Penn Treebank; punctuation is a token of theirs and
no unit of ours. Roles are counted each for itself: a source is right whoever's quote it belongs to.
That is the definition and stays; a role that is empty is no item.

By default an item is the role of one attribution, all of its spans together, and items are aligned
one to one: for strict most equal ones, for partial the greatest sum of Dice coefficients.
``as_published`` is what ``F1.java`` computes:

1. An item is one contiguous span, in a set: spans of two attributions that are the same are one,
   and copies are free (line 130). Discontinuous content is several items.
2. Partial credit is summed over all pairs that overlap (lines 157 to 163): where gold nests, gold
   against itself exceeds 1; the code then stops with an error ("Too many spans", line 207).
   Ours goes on.
3. Nothing predicted is a precision of 1, nothing to find a recall of 1 (lines 64 and 70). By
   default both sides empty is 1 and one of them empty is 0.
"""

from __future__ import annotations

from collections import defaultdict
from math import fsum
from typing import TYPE_CHECKING

from qawl.peers.alignment import WHOLE, Worth, one_to_one, share
from qawl.peers.figures import counted, named, ratio
from qawl.peers.layout import Item, Part, sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.peers.layout import Sheet
    from qawl.records import Document

ROLES = {"content": "quote", "cue": "cue", "source": "speaker"}
Words = frozenset[int]


class _Counts:
    """What one role came to, in one of the two ways."""

    def __init__(self) -> None:
        self.right: list[float] = []
        self.found: list[float] = []
        self.predicted = 0
        self.gold = 0


def score(
    gold: Sequence[Document], predicted: Sequence[Document], *, as_published: bool = False
) -> dict[str, float]:
    """Precision, recall and F1 of ``content``, ``cue`` and ``source``, strict and partial.

    See the module for the definition, and :meth:`qawl.peers.Peer.score` for the arguments.
    """
    counts: dict[str, _Counts] = defaultdict(_Counts)
    for sheet in sheets(gold, predicted, as_published=as_published):
        for name, role in ROLES.items():
            ours, theirs = _items(sheet, role, as_published=as_published)
            for way, pairs in (
                ("strict", _strict(ours, theirs)),
                ("partial", _all(ours, theirs) if as_published else _partial(ours, theirs)),
            ):
                count = counts[f"{name}.{way}"]
                count.gold += len(ours)
                count.predicted += len(theirs)
                for a, b in pairs:
                    common = len(ours[a] & theirs[b])
                    count.right.append(common / len(theirs[b]))
                    count.found.append(common / len(ours[a]))
    figures: dict[str, float] = {}
    for name in ROLES:
        for way in ("strict", "partial"):
            key = f"{name}.{way}"
            figures |= _figures(key, counts[key], as_published=as_published)
    return figures


def _figures(name: str, count: _Counts, *, as_published: bool) -> dict[str, float]:
    right, found = fsum(count.right), fsum(count.found)
    if as_published:
        return named(name, ratio(right, count.predicted, 0), ratio(found, count.gold, 0))
    return counted(name, right, count.predicted, found, count.gold)


def _items(sheet: Sheet, role: str, *, as_published: bool) -> tuple[list[Words], list[Words]]:
    sides = (sheet.gold, sheet.predicted)
    if as_published:
        first, second = ({span for item in s for span in _part(item, role).spans} for s in sides)
        return [Words(range(*span)) for span in first], [Words(range(*span)) for span in second]
    ours, theirs = (
        [words for item in side if (words := _part(item, role).words)] for side in sides
    )
    return ours, theirs


def _part(item: Item, role: str) -> Part:
    part: Part = getattr(item, role)
    return part


def _strict(ours: list[Words], theirs: list[Words]) -> list[tuple[int, int]]:
    return one_to_one(_keys(ours), _keys(theirs), lambda a, b: Worth(int(ours[a] == theirs[b])))


def _partial(ours: list[Words], theirs: list[Words]) -> list[tuple[int, int]]:
    def worth(a: int, b: int) -> Worth:
        return Worth(share(2 * len(ours[a] & theirs[b]), len(ours[a]) + len(theirs[b]), WHOLE))

    return one_to_one(_keys(ours), _keys(theirs), worth)


def _all(ours: list[Words], theirs: list[Words]) -> list[tuple[int, int]]:
    return [
        (a, b) for a, first in enumerate(ours) for b, second in enumerate(theirs) if first & second
    ]


def _keys(items: list[Words]) -> list[tuple[object, ...]]:
    return [tuple(sorted(words)) for words in items]
