"""What the gate says, and the tests that it rests on.

A check is a measure on the whole, or in a slice. It fails if the drop against the baseline is
larger than allowed *and* shown: by a paired randomisation test over documents, one-sided, corrected
by Holm over all checks, so that a change that makes nothing worse is stopped at most ``alpha`` of
the time however many checks are asked for. A floor fails if the value is below it; it needs no
test, for it speaks of this output and not of the system.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Literal

import msgspec

from qawl.gate.changes import DocumentChange, changed_documents
from qawl.inference.comparison import ALPHA, check_comparable, compare, holm
from qawl.inference.resampling import SEED
from qawl.scoring.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qawl.errors import Analysis
    from qawl.inference import Comparison
    from qawl.scoring import Result
    from qawl.scoring.counting import Slice

FORMAT = "qawl-gate/1"
MAX_DROP = 0.01
ROUNDS = 10_000
DEFAULT = ("triple.exact",)
_TOLERANCE = 1e-12

Verdict = Literal["ok", "drop not shown", "regression"]


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A measure, before and after.

    Attributes:
        measure: its name.
        field: what attributions were sorted by; empty for the whole.
        label: the slice.
        before: value of the baseline.
        after: value of the candidate.
        drop: how much worse it is: negative if it is better, whichever way the measure runs.
        low: lower bound of the 95 % interval of the drop.
        high: upper bound.
        p: one-sided, that the candidate is not worse.
        p_adjusted: after Holm's correction over all checks.
        verdict: ``regression`` stops the gate.
    """

    measure: str
    field: str
    label: str
    before: float
    after: float
    drop: float
    low: float
    high: float
    p: float
    p_adjusted: float = 1.0
    verdict: Verdict = "ok"

    @property
    def name(self) -> str:
        """The measure, and the slice if it is one."""
        return f"{self.measure} where {self.field} = {self.label}" if self.field else self.measure


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """The least value of a measure; of one where lower is better, the most."""

    measure: str
    floor: float
    value: float
    passed: bool


class Decision(msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag=FORMAT):
    """All that the gate found.

    Attributes:
        passed: whether nothing stops the gate.
        baseline: name of the baseline.
        candidate: name of the predictions.
        max_drop: what a drop may be without being looked at.
        alpha: how often a change that makes nothing worse may be stopped.
        rounds: of each test.
        seed: of the tests.
        signature: how both were scored.
        checks: every measure on the whole, then in slices.
        floors: those asked for.
        documents: the documents that changed, the worst first.
    """

    passed: bool
    baseline: str
    candidate: str
    max_drop: float
    alpha: float
    rounds: int
    seed: int
    signature: str
    checks: tuple[Check, ...]
    floors: tuple[Floor, ...]
    documents: tuple[DocumentChange, ...]

    @property
    def regressions(self) -> list[Check]:
        """The checks that stop the gate."""
        return [check for check in self.checks if check.verdict == "regression"]

    @property
    def unshown(self) -> list[Check]:
        """Drops that are large and may be chance."""
        return [check for check in self.checks if check.verdict == "drop not shown"]

    @property
    def broken_floors(self) -> list[Floor]:
        """The floors that stop the gate."""
        return [floor for floor in self.floors if not floor.passed]


def decide(
    before: Result,
    after: Result,
    *,
    checked: Sequence[str] | None = None,
    names: tuple[str, str] = ("baseline", "candidate"),
    max_drop: float = MAX_DROP,
    alpha: float = ALPHA,
    floors: Mapping[str, float] | None = None,
    analyses: tuple[Analysis, Analysis] | None = None,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Decision:
    """Decide.

    Args:
        before: the baseline's score, with slices if they are to be checked.
        after: the candidate's, of the same measures on the same gold.
        checked: the measures that must not drop; by default all that were scored.
        names: of both.
        max_drop: what a drop may be.
        alpha: level of the tests.
        floors: the least value of measures, by name; they must have been scored.
        analyses: the errors of both, to say what changed in which document.
        rounds: of each test.
        seed: of the tests.

    Raises:
        ValueError: if the two cannot be compared, or there are too few rounds to show anything.
        KeyError: if a floor's measure was not scored.
    """
    check_comparable((before, after))
    wanted = before.measures if checked is None else checked
    every = _checks(before, after, names, rounds, seed)
    raw = [check for check in every if check.measure in wanted]
    if alpha and len(raw) > alpha * (rounds + 1):
        least = ceil(len(raw) / alpha)
        message = f"{rounds} rounds can never show a drop at {alpha:g} among {len(raw)} checks"
        raise ValueError(f"{message}: give at least {least}, or check less")
    adjusted = holm([check.p for check in raw])
    checks = tuple(
        _judged(check, p, max_drop, alpha) for check, p in zip(raw, adjusted, strict=True)
    )
    held = tuple(_floor(after, name, value) for name, value in (floors or {}).items())
    stopped = any(check.verdict == "regression" for check in checks)
    stopped |= any(not floor.passed for floor in held)
    return Decision(
        passed=not stopped,
        baseline=names[0],
        candidate=names[1],
        max_drop=max_drop,
        alpha=alpha,
        rounds=rounds,
        seed=seed,
        signature=str(after.signature),
        checks=checks,
        floors=held,
        documents=tuple(changed_documents(before, after, analyses)),
    )


def _checks(
    before: Result, after: Result, names: tuple[str, str], rounds: int, seed: int
) -> Iterator[Check]:
    """Every check, not yet judged."""

    def compared(first: Result, second: Result) -> list[Comparison]:
        return compare((first, second), names, resamples=rounds, seed=seed, worse=True)

    for row in compared(before, after):
        yield _check(row, "", "")
    for first, second in _paired_slices(before, after):
        parts = (_part(before, first), _part(after, second))
        for number, row in enumerate(compared(*parts)):
            # Where gold has nothing, precision alone is left, and swings between 0 and 1.
            if parts[0].rows[:, number, 3].any():
                yield _check(row, first.field, first.label)


def _paired_slices(before: Result, after: Result) -> Iterator[tuple[Slice, Slice]]:
    """The slices that both have; one that only a prediction falls into has no gold to lose."""
    theirs = {(s.field, s.label): s for s in after.slices}
    for first in before.slices:
        if second := theirs.get((first.field, first.label)):
            yield first, second


def _part(whole: Result, item: Slice) -> Result:
    return replace(whole, measures=item.measures, rows=item.rows, slices=())


def _check(row: Comparison, field: str, label: str) -> Check:
    sign = -1 if MEASURES[row.measure].better == "higher" else 1
    # Adding zero makes a zero of a negative one.
    bounds = sorted(sign * bound + 0.0 for bound in row.interval)
    return Check(
        measure=row.measure,
        field=field,
        label=label,
        before=row.baseline,
        after=row.value,
        drop=sign * row.difference + 0.0,
        low=bounds[0],
        high=bounds[1],
        p=row.p,
    )


def _judged(check: Check, p: float, max_drop: float, alpha: float) -> Check:
    verdict: Verdict = "ok"
    if check.drop > max_drop + _TOLERANCE:
        verdict = "regression" if p <= alpha else "drop not shown"
    return msgspec.structs.replace(check, p_adjusted=p, verdict=verdict)


def _floor(after: Result, measure: str, floor: float) -> Floor:
    value = after[measure].value
    higher = MEASURES[measure].better == "higher"
    passed = value >= floor - _TOLERANCE if higher else value <= floor + _TOLERANCE
    return Floor(measure=measure, floor=floor, value=value, passed=passed)
