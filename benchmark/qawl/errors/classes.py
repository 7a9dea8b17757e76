"""Which class an error is of.

The classes are about whole attributions: one is right when quote, cue and speaker are exactly
those of the gold, and the type too. Predictions and gold are aligned one to one: as many as can be
are right, then their quotes are as alike as can be. A pair that is not right is one false positive
and one false negative of the same class; what is left over on either side is one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl.scoring.measures.distractor import alarms
from qawl.scoring.side import NO_TYPE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.scoring.chunk import Chunk

CLASSES = {
    "missed": "a gold attribution that no prediction answers",
    "spurious": "a prediction where there is nothing",
    "duplicate": "a second prediction of a quote that another one found already",
    "distractor": "a quoted string that is no speech, taken for speech",
    "boundary": "the quote begins or ends elsewhere",
    "split": "one gold quote predicted in several pieces",
    "merged": "several gold quotes predicted as one",
    "cue-missing": "no cue given where there is one, or the cue left unanswered",
    "cue": "another cue",
    "implicit": "a speaker named where it is implicit, left out where it is named, or unanswered",
    "speaker": "another speaker, or other boundaries of the speaker",
    "type": "another type, the rest being right",
    "several": "more than one of boundary, cue and speaker at once",
}
# A right attribution outweighs any sum of likenesses.
_RIGHT = 1 << 50


class Verdict(NamedTuple):
    """An error: its class, the faults of an aligned pair, and its two ends (-1: none)."""

    kind: str
    faults: tuple[str, ...]
    gold: int
    predicted: int


def right(chunk: Chunk) -> NDArray[np.bool_]:
    """Pairs that agree in quote, cue, speaker and type; what is not answered does not agree."""
    found = chunk.equal("quote") & chunk.equal("cue") & chunk.equal("speaker")
    found &= chunk.answered(("quote", "cue", "speaker")) & same_type(chunk)
    return found


def same_type(chunk: Chunk) -> NDArray[np.bool_]:
    """Pairs that both have a type, and the same."""
    found: NDArray[np.bool_] = chunk.same_type & (chunk.gold.type[chunk.first] != NO_TYPE)
    return found


class Sorted(NamedTuple):
    """A chunk, sorted: how many are right, every error, and the aligned pairs (gold, predicted)."""

    right: int
    verdicts: list[Verdict]
    pairs: list[tuple[int, int]]


def verdicts(chunk: Chunk) -> Sorted:
    """Align the attributions of a chunk, and sort every one that is not right into a class."""
    full = right(chunk)
    pairs = np.flatnonzero(chunk.aligned(full * _RIGHT + chunk.likeness).credit)
    partner_of_gold = np.full(len(chunk.gold), -1)
    partner_of_gold[chunk.first[pairs]] = pairs
    partner_of_prediction = np.full(len(chunk.predicted), -1)
    partner_of_prediction[chunk.second[pairs]] = pairs
    faults = {pair: _faults(chunk, pair) for pair in pairs[~full[pairs]].tolist()}
    torn = _torn(chunk, faults, partner_of_gold, partner_of_prediction)
    found = [
        Verdict(
            _kind_of_pair(faults[pair], pair in torn.split, pair in torn.merged),
            faults[pair],
            int(chunk.first[pair]),
            int(chunk.second[pair]),
        )
        for pair in faults
    ]
    found += [
        Verdict("merged" if gold in torn.swallowed else "missed", (), gold, -1)
        for gold in np.flatnonzero(partner_of_gold < 0).tolist()
    ]
    found += [
        Verdict("split" if left in torn.pieces else kind, (), -1, left)
        for left, kind in _left_over(chunk, np.flatnonzero(partner_of_prediction < 0))
    ]
    aligned = zip(chunk.first[pairs].tolist(), chunk.second[pairs].tolist(), strict=True)
    return Sorted(int(full[pairs].sum()), found, list(aligned))


def _faults(chunk: Chunk, pair: int) -> tuple[str, ...]:
    """What is wrong with an aligned pair, in a fixed order."""
    gold, predicted = int(chunk.first[pair]), int(chunk.second[pair])
    found: list[str] = []
    if not chunk.equal("quote")[pair]:
        found.append("boundary")
    if not (chunk.equal("cue") & chunk.answered(("cue",)))[pair]:
        missing = chunk.predicted.size("cue")[predicted] == 0
        found.append("cue-missing" if missing else "cue")
    if not (chunk.equal("speaker") & chunk.answered(("speaker",)))[pair]:
        empty = [chunk.gold.size("speaker")[gold], chunk.predicted.size("speaker")[predicted]]
        found.append("implicit" if 0 in empty else "speaker")
    # Other boundaries mean other marks inside: the type is then a consequence, not a fault.
    if not found and not same_type(chunk)[pair]:
        found.append("type")
    return tuple(found)


def _kind_of_pair(faults: tuple[str, ...], is_split: bool, is_merged: bool) -> str:
    if len(faults) > 1:
        return "several"
    if faults == ("boundary",) and is_split:
        return "split"
    if faults == ("boundary",) and is_merged:
        return "merged"
    return faults[0]


class _Torn(NamedTuple):
    """Left-over predictions that are pieces, left-over gold that is swallowed, and of which pairs.

    All pairs that a piece or a swallowed quote lies in, so that no order settles which it is.
    """

    pieces: set[int]
    split: set[int]
    swallowed: set[int]
    merged: set[int]


def _torn(
    chunk: Chunk,
    faults: dict[int, tuple[str, ...]],
    partner_of_gold: NDArray[np.int64],
    partner_of_prediction: NDArray[np.int64],
) -> _Torn:
    """Find what is torn: it lies by more than half in a quote whose pair has other boundaries."""
    common = chunk.common("quote")
    ours, theirs = chunk.sizes("quote")
    found = _Torn(set(), set(), set(), set())
    for pair in range(len(chunk.first)):
        gold, predicted = int(chunk.first[pair]), int(chunk.second[pair])
        holder, swallower = int(partner_of_gold[gold]), int(partner_of_prediction[predicted])
        if swallower < 0 and _bounded(faults, holder) and 2 * common[pair] > theirs[pair]:
            found.pieces.add(predicted)
            found.split.add(holder)
        if holder < 0 and _bounded(faults, swallower) and 2 * common[pair] > ours[pair]:
            found.swallowed.add(gold)
            found.merged.add(swallower)
    return found


def _bounded(faults: dict[int, tuple[str, ...]], pair: int) -> bool:
    return "boundary" in faults.get(pair, ())


def _left_over(chunk: Chunk, left: NDArray[np.int64]) -> list[tuple[int, str]]:
    """Predictions without a partner: duplicates, distractors, or simply spurious."""
    alike = set(chunk.second[chunk.alike].tolist())
    alarmed = set(alarms(chunk)[1].tolist())
    return [
        (item, "duplicate" if item in alike else "distractor" if item in alarmed else "spurious")
        for item in left.tolist()
    ]
