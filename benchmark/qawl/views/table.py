"""Scores and corpora as tables on a terminal, or as plain text in a pipe."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from qawl.views.bidi import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qawl.scoring import Result

_LEGEND = (
    "exact: the same words; relaxed: quote Dice ≥ 0.5, cue and speaker share a word.\n"
    "Cue, speaker and triple count only where the quote was found."
)


def score_table(result: Result) -> Table:
    """Precision, recall and F1 of every measure, with the counts behind them."""
    return table(
        ("", "P", "R", "F1", "right", "predicted", "gold"),
        [
            (
                name,
                *(f"{100 * value:.1f}" for value in (figure.precision, figure.recall, figure.f1)),
                f"{figure.right:g}",
                str(figure.predicted),
                str(figure.gold),
            )
            for name, figure in result
        ],
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A plain table: first column left, the others right."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    for number, title in enumerate(head):
        made.add_column(title, justify="right" if number else "left", no_wrap=True)
    for row in rows:
        made.add_row(*row)
    return made


def score_text(result: Result) -> str:
    """The table with its legend and signature, as plain text."""
    stream = StringIO()
    console = Console(file=stream, width=100, color_system=None, markup=False, emoji=False)
    print_score(result, console)
    return stream.getvalue().rstrip()


def print_score(result: Result, console: Console) -> None:
    """Print the table, what its rows mean, and the signature."""
    console.print(score_table(result))
    console.print(_LEGEND, highlight=False)
    console.print(clean(str(result.signature)), highlight=False, style="dim", soft_wrap=True)
