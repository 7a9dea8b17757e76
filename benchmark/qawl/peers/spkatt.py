"""SpkAtt-2023, task 2: tokens in common over an optimal assignment of the quotes, macro-averaged.

Source: uhh-lt/german-news-quotation-attribution-2024, ``eval/eval.py`` at 74e7bd6 (the same logic
as ``eval/classes.py`` of uhh-lt/news-speaker-attribution-2023, the official scorer of GermEval's
SpkAtt-2023, task 2; Petersen-Frey and Biemann, LREC-COLING 2024).

Definition. In every document the predicted quotes are assigned to the gold ones so that the sum of
the token F1 of the quotes is greatest (``assign_messages``, line 444). Every assigned pair, every
prediction left over and every gold quote left over is a *group*; a group has a precision and a
recall for the quote and for each role, from the tokens in common (line 428). Precision is the mean
of the groups' precisions where one is defined, that is where something was predicted; recall the
mean where there is something to find (lines 282 to 299); F1 is the harmonic mean of the two means.

* ``quotes``: the quotes ("Messages"); ``roles``: cue and speaker pooled ("Roles"); ``joint``: all
  three pooled ("Joint"); ``form``: the type, micro over groups ("Form").

Units: our words where theirs are tokens; punctuation is a token of theirs and no unit of ours. Of
their roles, addressee and frame have no place in ``qawl/1`` and are left out, and so is the medium
("STWR"): a submission must then carry one and the same medium everywhere, and that is assumed.
An implicit speaker is a role with no tokens, on which nothing is counted.

Where the code departs from its description:

1. A pair is assigned even if its quotes share nothing (line 453 takes the whole rectangle), so
   roles and type earn credit without the quote, and which pairs those are depends on the order of
   the input. By default only quotes that share a word are paired.
2. The type is called a tie-breaker (line 449), but is 0.01 added to an F1 that is summed: it can
   outweigh a better alignment. By default it breaks ties and nothing else; then comes the F1
   of cue and speaker, then what the attributions are: no order has an influence.
3. It divides by zero where nothing, or no role at all, is predicted (lines 293 to 299), and where
   a quote has no tokens (line 422). By default both sides empty is 1 and one of them empty is 0; as
   published it is 0, since the code has no answer.
4. Of documents with one name the last counts, and unknown ones are ignored; by default both are
   refused.
"""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from qawl.peers.alignment import FINE, WHOLE, Worth, one_to_one, share
from qawl.peers.crouse import maximum
from qawl.peers.figures import counted, named, ratio
from qawl.peers.layout import Item, Part, sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.peers.layout import Sheet
    from qawl.records import Document

FORM_BONUS, MEDIUM_BONUS = 0.01, 0.001
ROLES = ("quote", "cue", "speaker")
NOTHING = Item(Part((), frozenset()), Part((), frozenset()), Part((), frozenset()), "")
Places = list[tuple[int, int]]


class _Group(NamedTuple):
    gold: Item
    predicted: Item


def score(
    gold: Sequence[Document], predicted: Sequence[Document], *, as_published: bool = False
) -> dict[str, float]:
    """Precision, recall and F1 of ``quotes``, ``roles``, ``joint`` and ``form``.

    See the module for the definition, and :meth:`qawl.peers.Peer.score` for the arguments.
    """
    pairing = _published if as_published else _mended
    groups = [
        group
        for sheet in sheets(gold, predicted, as_published=as_published)
        for group in _groups(sheet, pairing(sheet))
    ]
    precisions = {role: [*_shares(groups, role, of_gold=False)] for role in ROLES}
    recalls = {role: [*_shares(groups, role, of_gold=True)] for role in ROLES}
    found: dict[str, float] = {}
    for name, roles in (("quotes", ROLES[:1]), ("roles", ROLES[1:]), ("joint", ROLES)):
        right = [value for role in roles for value in precisions[role]]
        there = [value for role in roles for value in recalls[role]]
        if as_published:
            found |= named(name, _mean(right, 1), _mean(there, 1))
        else:
            found |= named(name, _mean(right, len(there)), _mean(there, len(right)))
    return found | _form(groups, as_published=as_published)


def _mean(values: list[float], other: int) -> float:
    return ratio(fsum(values), len(values), other)


def _published(sheet: Sheet) -> Places:
    """The assignment of the code: pairs ``(gold, predicted)``."""
    return maximum([[_gain(ours, theirs) for theirs in sheet.predicted] for ours in sheet.gold])


def _gain(ours: Item, theirs: Item) -> float:
    both = len(ours.quote.words & theirs.quote.words)
    if not both:
        return 0.0
    precision, recall = both / len(theirs.quote.words), both / len(ours.quote.words)
    form = FORM_BONUS if ours.type == theirs.type else 0.0
    return 2 * precision * recall / (precision + recall) + form + MEDIUM_BONUS


def _mended(sheet: Sheet) -> Places:
    """The assignment of the description: pairs ``(gold, predicted)`` that share a word."""

    def worth(a: int, b: int) -> Worth:
        ours, theirs = sheet.gold[a], sheet.predicted[b]
        both = len(ours.quote.words & theirs.quote.words)
        dice = share(2 * both, len(ours.quote.words) + len(theirs.quote.words), WHOLE)
        roles = _likeness(ours.cue, theirs.cue) + _likeness(ours.speaker, theirs.speaker)
        return Worth(dice, int(ours.type == theirs.type), roles)

    return one_to_one(
        [item.key() for item in sheet.gold], [item.key() for item in sheet.predicted], worth
    )


def _likeness(ours: Part, theirs: Part) -> int:
    """The token F1 of two roles, of half of ``FINE``; two empty ones are alike."""
    both = len(ours.words) + len(theirs.words)
    return share(2 * len(ours.words & theirs.words), both, FINE // 2) if both else FINE // 2


def _groups(sheet: Sheet, places: Places) -> Iterable[_Group]:
    for ours, theirs in places:
        yield _Group(sheet.gold[ours], sheet.predicted[theirs])
    served = {theirs for _, theirs in places}
    found = {ours for ours, _ in places}
    for number, item in enumerate(sheet.predicted):
        if number not in served:
            yield _Group(NOTHING, item)
    for number, item in enumerate(sheet.gold):
        if number not in found:
            yield _Group(item, NOTHING)


def _shares(groups: list[_Group], role: str, *, of_gold: bool) -> Iterable[float]:
    """What of a role's words is shared, for every group that has some on the side asked."""
    for group in groups:
        ours: Part = getattr(group.gold, role)
        theirs: Part = getattr(group.predicted, role)
        whole = len((ours if of_gold else theirs).words)
        if whole:
            yield len(ours.words & theirs.words) / whole


def _form(groups: list[_Group], *, as_published: bool) -> dict[str, float]:
    count: Counter[str] = Counter()
    for ours, theirs in groups:
        count["right"] += bool(ours.type) and ours.type == theirs.type
        count["predicted"] += bool(theirs.type)
        count["gold"] += bool(ours.type)
    right, predicted, gold = count["right"], count["predicted"], count["gold"]
    if as_published:
        return named("form", ratio(right, predicted, 1), ratio(right, gold, 1))
    return counted("form", right, predicted, right, gold)
