"""What a score should obey, as questions that any scorer can be asked by running it.

A law makes cases out of gold (pairs of gold and predictions), and judges the figures that a scorer
gave for them. The scorer may be ours or somebody else's program: it is only ever given documents,
and a case on which it stops is a case without figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from qawl.peers import perturb

if TYPE_CHECKING:
    from qawl.records import Document

Figures = Mapping[str, float]
NEAR = 2e-4
"""Published scorers print four digits."""
ROLE_NAMES = ("roles", "form", "cue", "source", "speaker", "verb", "triple", "entity", "type")


class Case(NamedTuple):
    """Gold, and predictions for it."""

    gold: list[Document]
    predicted: list[Document]


class Verdict(NamedTuple):
    """Whether a law holds, and what says so where it does not."""

    holds: bool
    witness: str = ""

    def __str__(self) -> str:
        return "yes" if self.holds else f"no: {self.witness}"


@dataclass(frozen=True)
class Law:
    """A law.

    Attributes:
        name: in a few words.
        cases: what to run on.
        judge: the verdict on the figures of those cases, in their order.
        each: it is about every case by itself, so that one without figures says nothing.
    """

    name: str
    cases: Callable[[list[Document]], list[Case]]
    judge: Callable[[Sequence[Figures]], Verdict]
    each: bool = False

    def verdict(self, figures: Sequence[Figures | str]) -> Verdict:
        """The verdict on figures, where a scorer that stopped gave the name of its error."""
        stopped = [found for found in figures if isinstance(found, str)]
        given = [found for found in figures if not isinstance(found, str)]
        if stopped and not (self.each and given):
            return Verdict(False, f"stops, {stopped[0]}")
        return self.judge(given)


def _all_one(figures: Sequence[Figures]) -> Verdict:
    return _first(figures, lambda _, value: abs(value - 1) > NEAR)


def _none_above_one(figures: Sequence[Figures]) -> Verdict:
    name, value = max(
        chain.from_iterable(found.items() for found in figures), key=lambda pair: pair[1]
    )
    return Verdict(value <= 1 + NEAR, f"{name} {value:.3f}")


def _orders_agree(figures: Sequence[Figures]) -> Verdict:
    """The figures of one set of predictions, then those of another, each in several orders."""
    for group in (figures[:_ORDERS], figures[_ORDERS:]):
        for name in group[0]:
            values = [found[name] for found in group]
            if max(values) - min(values) > NEAR:
                return Verdict(False, f"{name} {min(values):.3f} to {max(values):.3f}")
    return Verdict(True)


def _copies_cost(figures: Sequence[Figures]) -> Verdict:
    for name, value in figures[0].items():
        if name.endswith(".precision") and value > 0.5 + NEAR:
            return Verdict(False, f"{name} {value:.3f}")
        if name.endswith(".recall") and abs(value - 1) > NEAR:
            return Verdict(False, f"{name} {value:.3f}")
    return Verdict(True)


def _no_role_credit(figures: Sequence[Figures]) -> Verdict:
    return _first(figures, lambda name, value: _is_role(name) and value > NEAR)


def _is_role(name: str) -> bool:
    return name.partition(".")[0].partition("@")[0] in ROLE_NAMES


def _all_zero(figures: Sequence[Figures]) -> Verdict:
    return _first(figures, lambda _, value: value != 0)


def _recall_falls(figures: Sequence[Figures]) -> Verdict:
    def kept(name: str, value: float) -> bool:
        return name.endswith(".recall") and value > 1 - NEAR

    return _first(figures, kept)


def _exchanged(figures: Sequence[Figures]) -> Verdict:
    forth, back = figures
    for name, value in forth.items():
        if not name.endswith((".precision", ".recall")):
            continue
        stem, _, side = name.rpartition(".")
        other = back[f"{stem}.{'recall' if side == 'precision' else 'precision'}"]
        if abs(other - value) > NEAR:
            return Verdict(False, f"{name} {value:.3f}, back {other:.3f}")
    return Verdict(True)


def _first(figures: Sequence[Figures], wrong: Callable[[str, float], bool]) -> Verdict:
    for found in figures:
        for name, value in found.items():
            if wrong(name, value):
                return Verdict(False, f"{name} {value:.3f}")
    return Verdict(True)


def _swap(gold: list[Document]) -> list[Case]:
    noisy = perturb.noisy(gold)
    turned = [replace(p, text=g.text) for g, p in zip(gold, noisy, strict=True)]
    return [Case(gold, noisy), Case(turned, [replace(g, text=UNSET) for g in gold])]


_ORDERS = 7


def _orders(gold: list[Document]) -> list[Case]:
    return [
        Case(ours, theirs)
        for predicted in (perturb.noisy(gold), list(gold))
        for ours, theirs in (
            (gold, predicted),
            (gold, perturb.turned(predicted)),
            (perturb.turned(gold), predicted),
            *((gold, perturb.shuffled(predicted, seed)) for seed in (1, 2)),
            *((perturb.shuffled(gold, seed), predicted) for seed in (1, 2)),
        )
    ]


def _many(gold: list[Document]) -> list[Case]:
    changed = (perturb.same, perturb.copies, perturb.noisy, perturb.whole, perturb.displaced)
    return [Case(gold, change(gold)) for change in changed]


LAWS: tuple[Law, ...] = (
    Law("gold against itself is 1", lambda gold: [Case(gold, gold)], _all_one),
    Law("nothing exceeds 1", _many, _none_above_one, each=True),
    Law("order changes nothing", _orders, _orders_agree),
    Law("copies cost precision", lambda gold: [Case(gold, perturb.copies(gold))], _copies_cost),
    Law(
        "no role earns without its quote",
        lambda gold: [Case(gold, perturb.displaced(gold))],
        _no_role_credit,
    ),
    Law("nothing predicted is 0", lambda gold: [Case(gold, perturb.silent(gold))], _all_zero),
    Law("missing documents count", lambda gold: [Case(gold, gold[::2])], _recall_falls),
    Law("sides exchanged, P and R exchanged", _swap, _exchanged),
)
