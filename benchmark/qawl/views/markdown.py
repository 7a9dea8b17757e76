"""Scores and comparisons as Markdown tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.views.bidi import clean
from qawl.views.table import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.inference import Comparison
    from qawl.report import Report, Row


def score_markdown(report: Report) -> str:
    """Figures in per cent of every measure and slice, and the signature."""
    lines = ["| | P | R | F1 | interval |", "|---|--:|--:|--:|:-:|"]
    lines += [_line(row.measure, row) for row in report.rows]
    for group in report.slices:
        lines += [_line(f"{group.field} = {group.label}: {r.measure}", r) for r in group.rows]
    signature = clean(report.line).replace("`", "'")
    return "\n".join([*lines, "", f"`{signature}`"])


def _line(name: str, row: Row) -> str:
    cells = (row.precision, row.recall, row.value)
    shown = " | ".join(percent(value) for value in cells)
    return f"| {escaped(name)} | {shown} | [{percent(row.low)}, {percent(row.high)}] |"


def comparison_markdown(rows: Sequence[Comparison], baseline: str, alpha: float) -> str:
    """Every system against the first."""
    lines = [
        f"| measure | system | {escaped(baseline)} | value | difference | interval | p (Holm) | |",
        "|---|---|--:|--:|--:|:-:|--:|---|",
    ]
    lines += [
        f"| {row.measure} | {escaped(row.system)} "
        f"| {percent(row.baseline)} | {percent(row.value)} | {100 * row.difference:+.1f} "
        f"| [{100 * row.interval.low:+.1f}, {100 * row.interval.high:+.1f}] "
        f"| {row.p_adjusted:.4f} | {row.verdict(alpha)} |"
        for row in rows
    ]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Any text so that Markdown shows it as it is: no markup, HTML, mention, address or table.

    An address is taken apart too, for GitHub makes links of bare ones; and so is ``www.``.
    """
    plain = "".join(f"\\{c}" if c in r"\`*_{}[]()<>#|&~$!" else c for c in clean(text))
    for mark, written in (("@", "&#64;"), ("://", "&#58;//"), ("www.", "www&#46;")):
        plain = plain.replace(mark, written)
    return plain
