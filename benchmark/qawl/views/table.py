"""Scores, comparisons and corpora as tables on a terminal, or as plain text in a pipe."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qawl.views.bidi import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.inference import Comparison
    from qawl.realism import Check
    from qawl.report import Report, Row

_LEGEND = (
    "exact: the same {units}; relaxed: quotes with Dice ≥ 0.5, cues and speakers\n"
    "that share one. Everything but the quote counts only where the quote was found.\n"
    "passed: documents with every triple exact and nothing besides."
)


# What slices show, if it was asked for; else the first measure.
_SLICED = ("passed", "triple.exact")
# A table with counts fits here; one without fits into fifty columns.
_ROOMY = 76


def score_table(report: Report, width: int = 100) -> Table:
    """Precision, recall and F1 of every measure, with interval and counts.

    Args:
        report: the score.
        width: columns of the screen; on a narrow one the counts are left out, never digits.
    """
    scores = [row for row in report.rows if row.precision is not None]
    counts = ("right", "pred.", "gold")
    return table(
        ("", "P", "R", "F1", f"{report.level:.0%} interval", *counts[: 3 * (width >= _ROOMY)]),
        [
            (*_score_cells(row.measure, row), *_counts(row)[: 3 * (width >= _ROOMY)])
            for row in scores
        ],
    )


def rate_table(report: Report) -> Table:
    """The measures that are a rate."""
    rates = [row for row in report.rows if row.precision is None]
    return table(_rate_head(report, ""), [_rate_cells(row.measure, row) for row in rates])


def slice_table(report: Report, measure: str) -> Table:
    """One measure over all slices; what nothing was predicted for has no precision."""
    rows = [
        (f"{group.field} = {group.label}", row)
        for group in report.slices
        for row in group.rows
        if row.measure == measure
    ]
    if any(row.precision is None for _, row in rows):
        return table(_rate_head(report, measure), [_rate_cells(*item) for item in rows])
    head = (measure, "P", "R", "F1", f"{report.level:.0%} interval", "right/pred.", "found/gold")
    return table(head, [(*_score_cells(*item), *_sliced_counts(item[1])) for item in rows])


def _rate_head(report: Report, title: str) -> tuple[str, ...]:
    return (title, "rate", f"{report.level:.0%} interval", "right", "asked")


def _rate_cells(name: str, row: Row) -> tuple[str, ...]:
    return (name, percent(row.value), _bounds(row), _credit(row.right), str(row.predicted))


def _score_cells(name: str, row: Row) -> tuple[str, ...]:
    precision = percent(row.precision) if row.predicted or not row.gold else "–"
    recall = percent(row.recall) if row.gold or not row.predicted else "–"
    return (name, precision, recall, percent(row.value), _bounds(row))


def _counts(row: Row) -> tuple[str, ...]:
    return (_credit(row.right), str(row.predicted), str(row.gold))


def _sliced_counts(row: Row) -> tuple[str, ...]:
    return (f"{_credit(row.right)}/{row.predicted}", f"{_credit(row.found)}/{row.gold}")


def _credit(value: float) -> str:
    """A count in full; the credit of a proportional measure with one decimal."""
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def _bounds(row: Row) -> str:
    return f"[{percent(row.low)}, {percent(row.high)}]"


def percent(value: float | None) -> str:
    """A share in per cent with one decimal; a dash for none."""
    return "–" if value is None else f"{100 * value:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A plain table: first column left, the others right."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, title in enumerate(head):
        made.add_column(_cell(title), justify="right" if number else "left", no_wrap=True)
    for row in rows:
        made.add_row(*map(_cell, row))
    return made


def _cell(text: str) -> Text:
    """Text as it is: names and labels come from files, and may look like markup or worse."""
    return Text(clean(text))


def print_score(report: Report, console: Console) -> None:
    """Print the tables, what their rows mean, and the signature."""
    if any(row.precision is not None for row in report.rows):
        console.print(score_table(report, console.width))
    if any(row.precision is None for row in report.rows):
        console.print(rate_table(report))
    if report.slices:
        names = [row.measure for row in report.rows]
        main = next((name for name in _SLICED if name in names), names[0])
        console.print(slice_table(report, main))
    units = "words" if report.signature["policy"] == "word" else "code points"
    console.print(_LEGEND.format(units=units), highlight=False)
    console.print(Text(clean(report.line), style="dim"), soft_wrap=True)


def score_text(report: Report) -> str:
    """What :func:`print_score` prints, as plain text."""
    stream = StringIO()
    print_score(report, Console(file=stream, width=120, color_system=None))
    return stream.getvalue().rstrip()


def comparison_table(rows: Sequence[Comparison], baseline: str, alpha: float) -> Table:
    """Every system against the first, measure by measure.

    The system stands in the title where there is only one: eighty columns are few.
    """
    systems = sorted({row.system for row in rows})
    several = len(systems) > 1
    head = ("measure", *(("system",) if several else ()), "base", "value", "diff.")
    made = table(
        (*head, "95% interval", "p", "verdict"),
        [
            (
                row.measure,
                *((row.system,) if several else ()),
                percent(row.baseline),
                percent(row.value),
                f"{100 * row.difference:+.1f}",
                f"[{100 * row.interval.low:+.1f}, {100 * row.interval.high:+.1f}]",
                f"{row.p_adjusted:.4f}",
                row.verdict(alpha),
            )
            for row in rows
        ],
    )
    made.title = Text(f"{', '.join(systems)} against {baseline}")
    made.title_justify = "left"
    if several:
        made.columns[1].justify = "left"
    made.columns[-1].justify = "left"
    return made


def realism_table(checks: Sequence[Check]) -> Table:
    """Figures beside the bands of real news."""
    made = table(
        ("figure", "here", "real news", ""),
        [
            (
                item.band.what,
                "–" if item.value is None else f"{item.value:.1f}",
                f"{item.band.low:g}–{item.band.high:g}",
                "" if item.inside else item.reason or "OUTSIDE",
            )
            for item in checks
        ],
    )
    made.columns[-1].justify = "left"
    made.columns[-1].no_wrap = False
    return made
