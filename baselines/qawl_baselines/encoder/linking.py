"""Which cue and which speaker go with which quote: the pairs that are scored, and the decision.

Every stretch of a quote is compared with the nearest cues and the nearest speakers, and with the
answer "none". Besides what the encoder makes of both, a score knows how they lie to each other
(:func:`relations`). The decision is greedy and has four rules:

1. a quote takes the cue that scores best with it, or none; likewise its speaker;
2. two stretches of one layer that take the same cue, which lies between them, are one quote that
   reporting material interrupts;
3. a cue that no quote took joins the quote that gives it at least :data:`SECOND` of its
   probability (cues of several parts);
4. the speaker of an interrupted quote is that of the first stretch that has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qawl_baselines.encoder.layers import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Span

CANDIDATES = 24
"""How many cues or speakers a quote is compared with."""
SECOND = 0.25
_NEAR = 6
RELATIONS = 2 * (2 * (_NEAR + 1) + 1)
"""How many ways there are for two stretches to lie to each other."""


class Pairs(NamedTuple):
    """What the quotes of a document are compared with, in one role.

    Attributes:
        quotes: shape ``(quotes, 2)``, ``[first, last)`` in words.
        others: shape ``(others, 2)``.
        nearest: shape ``(quotes, candidates)``: numbers of others, -1 where there are no more.
        relations: of the same shape: how each lies to the quote, below :data:`RELATIONS`.
    """

    quotes: NDArray[np.int64]
    others: NDArray[np.int64]
    nearest: NDArray[np.int64]
    relations: NDArray[np.int64]


def pairs(quotes: Sequence[Span], others: Sequence[Span], sentences: NDArray[np.int64]) -> Pairs:
    """The pairs to be scored; time and room grow with the number of quotes alone.

    Args:
        quotes: stretches of words.
        others: cues or speakers, ascending and none overlapping.
        sentences: for each word how many sentences end before it; shape ``(words,)``.
    """
    one = np.array(quotes, np.int64).reshape(-1, 2)
    two = np.array(others, np.int64).reshape(-1, 2)
    # The nearest of them are among as many on either side of where the quote begins and ends.
    first = np.searchsorted(two[:, 0], one[:, 0]) - CANDIDATES // 4
    last = np.searchsorted(two[:, 0], one[:, 1]) - CANDIDATES // 4
    half = np.arange(CANDIDATES // 2)
    near = np.concatenate([first[:, None] + half, last[:, None] + half], axis=1)
    near[(near < 0) | (near >= len(two))] = -1
    near.sort(axis=1)
    near[:, 1:][near[:, 1:] == near[:, :-1]] = -1
    return Pairs(one, two, near, relations(one, two, near, sentences))


def relations(
    quotes: NDArray[np.int64],
    others: NDArray[np.int64],
    nearest: NDArray[np.int64],
    sentences: NDArray[np.int64],
) -> NDArray[np.int64]:
    """How candidates lie to quotes: before, after or inside, how far, over a sentence's end or not.

    Distances in words count by their logarithm. Shapes as in :class:`Pairs`.
    """
    if not len(others):
        return np.zeros_like(nearest)
    other = others[nearest]
    before = quotes[:, None, 0] - other[:, :, 1]
    after = other[:, :, 0] - quotes[:, None, 1]
    gap = np.maximum(before, after)
    far = np.minimum(np.log2(np.maximum(gap, 0) + 1).astype(np.int64), _NEAR)
    kind = np.where(before >= 0, far, _NEAR + 1 + far)
    kind[gap < 0] = 2 * (_NEAR + 1)
    edge = np.where(after >= 0, quotes[:, None, 1] - 1, quotes[:, None, 0])
    crossed = sentences[edge] != sentences[other[:, :, 0]]
    found: NDArray[np.int64] = 2 * kind + crossed
    return found


def wanted(pairs: Pairs, chosen: Sequence[Sequence[Span]]) -> NDArray[np.float32]:
    """The probabilities that gold asks for: shape ``(quotes, 1 + candidates)``, "none" first.

    Args:
        pairs: of the document.
        chosen: for each quote its cues or speakers; several share the probability evenly.
    """
    goal = np.zeros((len(pairs.quotes), 1 + pairs.nearest.shape[1]), np.float32)
    numbers = {(int(first), int(last)): at for at, (first, last) in enumerate(pairs.others)}
    for row, mine in enumerate(chosen):
        right = [numbers[span] for span in mine if span in numbers]
        goal[row, 1:] = np.isin(pairs.nearest[row], right)
    goal[:, 0] = goal.sum(axis=1) == 0
    share: NDArray[np.float32] = goal / goal.sum(axis=1, keepdims=True)
    return share


def decide(
    layers: Sequence[int],
    cues: tuple[Pairs, NDArray[np.float32]],
    speakers: tuple[Pairs, NDArray[np.float32]],
) -> list[tuple[list[Span], Link]]:
    """Attributions from the scored pairs.

    Args:
        layers: of each quote, the number of its layer.
        cues: the pairs, and their probabilities of shape ``(quotes, 1 + candidates)``.
        speakers: likewise.

    Returns:
        For each attribution the stretches of its quote, and the link of the first of these.
    """
    taken, told = _best(*cues), _best(*speakers)
    quotes = _spans(cues[0].quotes)
    owner = _joined(quotes, layers, [_span(cues[0], at) for at in taken])
    found: dict[int, tuple[list[Span], Link]] = {}
    for at, quote in enumerate(quotes):
        stretches, link = found.setdefault(owner[at], ([], Link(quote, [], [])))
        stretches.append(quote)
        for number, pair, into in (
            (taken[at], cues[0], link.cues),
            (told[at], speakers[0], link.speakers),
        ):
            span = _span(pair, number)
            if span is not None and not into:
                into.append(span)
    for cue, at in _seconds(*cues, set(taken)):
        found[owner[at]][1].cues.append(cue)
    return list(found.values())


def _best(pairs: Pairs, chances: NDArray[np.float32]) -> list[int]:
    """For each quote the number of the candidate that it takes, or -1."""
    column = chances.argmax(axis=1)
    rows = np.arange(len(column))
    found: list[int] = np.where(column == 0, -1, pairs.nearest[rows, column - 1]).tolist()
    return found


def _joined(
    quotes: Sequence[Span], layers: Sequence[int], cues: Sequence[Span | None]
) -> list[int]:
    """For each stretch the number of the stretch that its quote begins with."""
    owner = list(range(len(quotes)))
    last: dict[tuple[int, Span], int] = {}
    for at, cue in enumerate(cues):
        if cue is None:
            continue
        before = last.get((layers[at], cue))
        if before is not None and quotes[before][1] <= cue[0] and cue[1] <= quotes[at][0]:
            owner[at] = owner[before]
        last[layers[at], cue] = at
    return owner


def _seconds(pairs: Pairs, chances: NDArray[np.float32], taken: set[int]) -> list[tuple[Span, int]]:
    """The cues that no quote took and that one is ready to share, each with the quote's number."""
    best: dict[int, tuple[float, int]] = {}
    for at, place in zip(*np.nonzero(chances[:, 1:] >= SECOND), strict=True):
        number = int(pairs.nearest[at, place])
        if number >= 0 and number not in taken:
            best[number] = max(
                best.get(number, (0.0, -1)), (float(chances[at, 1 + place]), int(at))
            )
    # A quote that says it has no cue gets none by this way either.
    none = chances.argmax(axis=1) == 0
    spans = _spans(pairs.others)
    return [(spans[number], at) for number, (_, at) in sorted(best.items()) if not none[at]]


def _span(pairs: Pairs, number: int) -> Span | None:
    return None if number < 0 else (int(pairs.others[number, 0]), int(pairs.others[number, 1]))


def _spans(array: NDArray[np.int64]) -> list[Span]:
    return [(int(first), int(last)) for first, last in array]
