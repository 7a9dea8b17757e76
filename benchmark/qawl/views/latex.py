"""Scores as a LaTeX table (booktabs)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.views.bidi import clean
from qawl.views.table import percent

if TYPE_CHECKING:
    from qawl.report import Report, Row

_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "&%$#_{}"},
    "[": "{[}",  # or the end of the row before it would take it for an option
}  # fmt: skip


def score_latex(report: Report) -> str:
    """A ``tabular`` with P, R, F1 and interval in per cent; the signature as a comment."""
    lines = [
        f"% {clean(report.line)}",
        r"\begin{tabular}{lrrrc}",
        r"\toprule",
        rf" & P & R & F$_1$ & {100 * report.level:g}\,\% interval \\",
        r"\midrule",
        *(_line(row.measure, row) for row in report.rows),
    ]
    for group in report.slices:
        lines.append(r"\midrule")
        lines += [_line(f"{group.field} = {group.label}: {r.measure}", r) for r in group.rows]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"])


def _line(name: str, row: Row) -> str:
    shown = " & ".join(
        "--" if value is None else percent(value)
        for value in (row.precision, row.recall, row.value)
    )
    return rf"{_escaped(name)} & {shown} & [{percent(row.low)}, {percent(row.high)}] \\"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in clean(text))
