"""``qawl plot``: figures for papers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qawl.cli.shared import (
    Gold,
    Policy,
    PolicyOption,
    Split,
    Track,
    refuse_two_stdins,
    system_names,
)


class Kind(StrEnum):
    """What is drawn."""

    measures = "measures"
    slices = "slices"
    curve = "curve"


def plot(
    predictions: Annotated[
        list[str], typer.Argument(help="Predictions of the systems; for a curve, from few to many.")
    ],
    output: Annotated[
        list[Path],
        typer.Option("--output", "-o", help="A .svg, .pdf or .png file; may be repeated."),
    ],
    kind: Annotated[Kind, typer.Option(help="Measures, slices, or a learning curve.")] = (
        Kind.measures
    ),
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure; may be repeated. Slices and curves: one.")
    ] = None,
    by: Annotated[str, typer.Option(help="For slices: the field.")] = "type",
    at: Annotated[
        str | None, typer.Option(help="For a curve: the sizes of training, as 25,50,100.")
    ] = None,
    policy: Policy = PolicyOption.word,
    title: Annotated[str, typer.Option(help="Title; none by default.")] = "",
) -> None:
    """Draw scores with their intervals, as SVG, PDF or PNG by the name of the file.

    \b
    qawl plot quoted.jsonl rules.jsonl -o figure.pdf
    qawl plot rules.jsonl --kind slices --by cue -o cues.svg -o cues.png
    qawl plot m25.jsonl m50.jsonl m100.jsonl --kind curve --at 25,50,100 -o curve.svg
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.api import score  # noqa: PLC0415
    from qawl.reading import read  # noqa: PLC0415
    from qawl.views import plots  # noqa: PLC0415

    refuse_two_stdins(*predictions, gold)
    if unknown := [path for path in output if path.suffix not in plots.SUFFIXES]:
        raise ValueError(f"{unknown[0]}: no figure is drawn as {unknown[0].suffix or 'that'}; "
                         f"there are {', '.join(plots.SUFFIXES)}")  # fmt: skip
    measures = tuple(measure or plots.MEASURES)
    ours = list(read(gold)) if gold == "-" else gold
    reports = [
        score(
            file, ours, track=track, split=split, measures=measures, policy=policy.value,
            by=(by,) if kind is Kind.slices else (),
        ).report()
        for file in predictions
    ]  # fmt: skip
    names = system_names(predictions)
    if kind is Kind.measures:
        drawn = plots.measures_figure(reports, names, title)
    elif kind is Kind.slices:
        drawn = plots.slices_figure(reports, names, title)
    else:
        drawn = plots.curve_figure(reports, _sizes(at, len(reports)), title)
    plots.save(drawn, output)


def _sizes(at: str | None, count: int) -> list[float]:
    try:
        sizes = [float(part) for part in (at or "").split(",")]
    except ValueError:
        sizes = []
    if len(sizes) != count:
        raise ValueError(f"--at wants {count} numbers with commas between, one for each file")
    return sizes
