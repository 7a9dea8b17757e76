"""GenderGapTracker: quotes of which more than 0.3 and 0.8 is covered, then speaker and verb.

Source: sfu-discourse-lab/GenderGapTracker, ``nlp/english/evaluation/src/evaluate_quotes.py`` at
5501de3 (the French copy differs in a default path only); figures in
``nlp/english/evaluation/src/README.md``; Asr et al., PLOS ONE 16(1), 2021.

Definition. A prediction matches a gold quote if it covers more than a threshold of its characters
(``calc_index_match_score``, line 20: shared by gold, which the code says it means to be
asymmetric); each gold quote takes the best that is left. Precision and recall of quotes; and of
the matched ones, how many speakers share a character with the gold speaker, and how many verbs are
the same string.

* ``quotes@0.3``, ``quotes@0.8``; ``speaker@…accuracy`` and ``verb@…accuracy``, over matched quotes
  only: a system that finds little is judged by little. A prediction of the whole document covers
  every quote. Both are their definition and stay.

Units: characters, here code points; words play no part. Their format has one span a quote and a
speaker: several are taken from the first to the last character as published, by default as the
characters that they hold. The verb is the text of our cue. A quote that has neither speaker nor
verb is one that they call floating.

Where the code departs from its description:

1. Gold quotes take their predictions one after the other in the order of the file, so that the
   order changes the figures. By default the alignment has most matches, then most coverage, then
   most agreement of speaker and verb, and no order.
2. A document without a prediction file, or on which the comparison fails, is left out of precision
   and of recall alike (line 179): silence is free. By default it predicts nothing.
3. Of equal predictions all are used up by one match (line 95 compares by value): copies are free.
   By default each is a prediction.
4. Two implicit speakers disagree unless the prediction is a floating quote (line 59). By default
   they agree.
5. It divides by zero where nothing matches (line 221). By default both sides empty is 1 and one of
   them 0, and an accuracy of nothing is 0; as published all of these are 0, since it has no answer.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qawl.peers.alignment import FINE, Worth, one_to_one, share
from qawl.peers.figures import counted, named, ratio
from qawl.peers.layout import Pair, answered, pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Attribution, Document, Spans

THRESHOLDS = (("0.3", 3), ("0.8", 8))
"""The thresholds as they are printed, and in tenths."""


class _Quote(NamedTuple):
    """A quote in their terms: what it and its speaker cover, and the words of both roles."""

    covers: tuple[int, ...]
    speaker: tuple[int, ...]
    named: str
    verb: str


def score(
    gold: Sequence[Document], predicted: Sequence[Document], *, as_published: bool = False
) -> dict[str, float]:
    """Precision, recall and F1 of quotes, accuracy of speakers and verbs, at both thresholds.

    See the module for the definition, and :meth:`qawl.peers.Peer.score` for the arguments.
    """
    pairs = pair(gold, predicted, as_published=as_published)
    found: dict[str, float] = {}
    for name, tenths in THRESHOLDS:
        count: Counter[str] = Counter()
        for documents in pairs:
            count.update((_published if as_published else _mended)(documents, tenths))
        found |= _figures(name, count, as_published=as_published)
    return found


def _figures(name: str, count: Counter[str], *, as_published: bool) -> dict[str, float]:
    right, predicted, gold = count["right"], count["predicted"], count["gold"]
    if as_published:
        found = named(f"quotes@{name}", ratio(right, predicted, 1), ratio(right, gold, 1))
    else:
        found = counted(f"quotes@{name}", right, predicted, right, gold)
    found[f"speaker@{name}.accuracy"] = ratio(count["speaker"], right, 1)
    found[f"verb@{name}.accuracy"] = ratio(count["verb"], right, 1)
    return found


def _quotes(document: Document | None, text: str, *, hull: bool) -> list[_Quote]:
    return [_quote(item, text, hull=hull) for item in (document.attributions if document else ())]


def _quote(item: Attribution, text: str, *, hull: bool) -> _Quote:
    speaker, cue = answered(item.speaker), answered(item.cue)
    return _Quote(
        _points(item.quote, hull=hull),
        _points(speaker, hull=hull),
        _string(speaker, text),
        _string(cue, text).lower().strip(),
    )


def _points(spans: Spans, *, hull: bool) -> tuple[int, ...]:
    if hull and spans:
        spans = ((min(spans)[0], max(end for _, end in spans)),)
    return tuple(sorted({point for span in spans for point in range(*span)}))


def _string(spans: Spans, text: str) -> str:
    return " ".join(text[start:end] for start, end in sorted(spans))


def _published(documents: Pair, tenths: int) -> Counter[str]:
    if documents.predicted is None:
        return Counter()
    text = str(documents.gold.text)
    left = _quotes(documents.predicted, text, hull=True)
    count: Counter[str] = Counter()
    for ours in _quotes(documents.gold, text, hull=True):
        count["gold"] += 1
        best, most = None, tenths / 10
        for theirs in left:
            covered = len(set(ours.covers) & set(theirs.covers)) / max(len(ours.covers), 1)
            if covered > most:
                best, most = theirs, covered
        if best is None:
            continue
        left = [theirs for theirs in left if theirs != best]
        count["right"] += 1
        count["predicted"] += 1
        floating = not (best.named or best.verb) and not ours.named.strip()
        count["speaker"] += floating or bool(set(ours.speaker) & set(best.speaker))
        count["verb"] += ours.verb == best.verb
    count["predicted"] += len(left)
    return count


def _mended(documents: Pair, tenths: int) -> Counter[str]:
    text = str(documents.gold.text)
    gold = _quotes(documents.gold, text, hull=False)
    predicted = _quotes(documents.predicted, text, hull=False)

    def worth(a: int, b: int) -> Worth:
        ours, theirs = gold[a], predicted[b]
        common, whole = len(set(ours.covers) & set(theirs.covers)), len(ours.covers)
        if 10 * common <= tenths * whole:
            return Worth(0)
        agree = _same_speaker(ours, theirs) + (ours.verb == theirs.verb)
        return Worth(1, share(common, whole, FINE), agree)

    places = one_to_one(gold, predicted, worth)
    return Counter(
        gold=len(gold),
        predicted=len(predicted),
        right=len(places),
        speaker=sum(_same_speaker(gold[a], predicted[b]) for a, b in places),
        verb=sum(gold[a].verb == predicted[b].verb for a, b in places),
    )


def _same_speaker(ours: _Quote, theirs: _Quote) -> bool:
    if not ours.speaker and not theirs.speaker:
        return True
    return bool(set(ours.speaker) & set(theirs.speaker))
