"""Scores as a Markdown table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qawl.scoring import Result


def score_markdown(result: Result) -> str:
    """Precision, recall and F1 in per cent of every measure, and the signature."""
    lines = ["| | P | R | F1 |", "|---|--:|--:|--:|"]
    lines += [
        f"| {name} | {100 * f.precision:.1f} | {100 * f.recall:.1f} | {100 * f.f1:.1f} |"
        for name, f in result
    ]
    return "\n".join([*lines, "", f"`{result.signature}`"])
