"""The one record that every output of a score is made from."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from qawl.inference.intervals import LEVEL, Interval, Method, intervals
from qawl.inference.resampling import RESAMPLES, SEED
from qawl.scoring.result import figure, macro
from qawl.scoring.signature import Signature
from qawl.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.scoring import Result

FORMAT = "qawl-score/1"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measure: its figures, its interval, and the counts that they come from.

    Attributes:
        measure: name of the measure.
        value: the one number: F1, or the rate.
        low: lower bound of the interval of ``value``.
        high: upper bound.
        precision: right / predicted; null for a rate.
        recall: found / gold; null for a rate.
        macro: mean of ``value`` over documents; of a slice, over those that have any of it.
        right: credit of the predicted items (for a rate: how many of those asked).
        predicted: how many were predicted (for a rate: asked).
        found: credit of the gold items.
        gold: how many gold items.
    """

    measure: str
    value: float
    low: float
    high: float
    precision: float | None
    recall: float | None
    macro: float
    right: float
    predicted: int
    found: float
    gold: int

    @property
    def interval(self) -> Interval:
        """The bounds together."""
        return Interval(self.low, self.high)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a slice."""

    field: str
    label: str
    rows: tuple[Row, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag=FORMAT):
    """A score, ready to be shown.

    Attributes:
        signature: how the counts came about (:class:`qawl.scoring.signature.Signature`).
        documents: how many.
        level: what the intervals cover.
        method: how they were made: percentile or bca.
        resamples: how many bootstrap samples.
        seed: of their weights.
        rows: the measures over everything.
        slices: the measures over parts.
    """

    signature: dict[str, Any]
    documents: int
    level: float
    method: str
    resamples: int
    seed: int
    rows: tuple[Row, ...]
    slices: tuple[Group, ...] = ()

    @property
    def line(self) -> str:
        """The signature in one line, the resampling included."""
        # From its fields, so that a report read from JSON has the same line.
        told = Signature(**{item.name: self.signature[item.name] for item in fields(Signature)})
        return (
            f"{told}|interval:{self.method}-{self.level:g}"
            f"|resamples:{self.resamples}|seed:{self.seed}"
        )

    @property
    def claim(self) -> str:
        """The signature with the scores: what ``qawl reproduce`` checks."""
        scores = "|".join(f"{row.measure}={row.value:.6f}" for row in self.rows)
        return f"{scores}|{self.line}"

    @property
    def short(self) -> str:
        """The signature as short as it can be told apart."""
        signature = self.signature
        return f"{signature['gold']}#{signature['hash'][:8]}|{signature['policy']}|qawl {VERSION}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``--format json`` prints it."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        found["signature"] |= {"line": self.line, "short": self.short, "claim": self.claim}
        return found


def make_report(
    result: Result,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    level: float = LEVEL,
    method: Method = "percentile",
) -> Report:
    """Work out the figures and intervals of a result.

    Args:
        result: what scoring gave.
        resamples: bootstrap samples.
        seed: of their weights.
        level: what intervals cover.
        method: ``percentile`` or ``bca``.
    """

    def rows(
        counts: NDArray[np.int64], measures: Sequence[str], inside: NDArray[np.bool_]
    ) -> tuple[Row, ...]:
        found = intervals(
            counts, measures, resamples=resamples, seed=seed, level=level, method=method
        )
        return tuple(
            _row(name, counts[inside, number], found[number])
            for number, name in enumerate(measures)
        )

    return Report(
        signature=result.signature.to_dict(),
        documents=len(result.documents),
        level=level,
        method=method,
        resamples=resamples,
        seed=seed,
        rows=rows(result.rows, result.measures, np.ones(len(result.documents), bool)),
        slices=tuple(
            Group(
                field=item.field,
                label=item.label,
                rows=rows(item.rows, item.measures, item.inside),
            )
            for item in result.slices
        ),
    )


def _row(name: str, counts: NDArray[np.int64], interval: Interval) -> Row:
    found = figure(name, counts.sum(axis=0))
    rate = found.kind == "rate"
    return Row(
        measure=name,
        value=found.value,
        low=interval.low,
        high=interval.high,
        precision=None if rate else found.precision,
        recall=None if rate else found.recall,
        macro=macro(name, counts),
        right=found.right,
        predicted=found.predicted,
        found=found.found,
        gold=found.gold,
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{FORMAT}: what `qawl score --format json` prints",
        **msgspec.json.schema(Report),
    }
