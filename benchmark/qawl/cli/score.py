"""``qawl score``: predictions against gold."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import (
    Gold,
    Policy,
    PolicyOption,
    Predictions,
    Split,
    Track,
    console,
    print_json,
    refuse_two_stdins,
)

if TYPE_CHECKING:
    from qawl.report import Report


class Format(StrEnum):
    """How a score is printed."""

    table = "table"
    json = "json"
    markdown = "markdown"
    latex = "latex"
    csv = "csv"


class MethodOption(StrEnum):
    """How intervals are made, as the command line spells it."""

    percentile = "percentile"
    bca = "bca"


def score(
    predictions: Predictions,
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(help="A measure, or `all`; may be repeated. See `qawl measures`."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="Slice by type, cue, speaker, nesting, continuity, paragraphs, length, entity, "
            "marks, or any field of the gold's metadata; may be repeated."
        ),
    ] = None,
    policy: Policy = PolicyOption.word,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Count missing documents as empty, and say so.")
    ] = False,
    resamples: Annotated[int, typer.Option(min=1, help="Bootstrap samples.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the resampling.")] = 20260101,
    method: Annotated[
        MethodOption, typer.Option(help="How intervals are made.")
    ] = MethodOption.percentile,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,  # noqa: A002
) -> None:
    """Score predictions: precision, recall and F1 of quotes, cues, speakers and triples.

    \b
    qawl score predictions.jsonl
    qawl score predictions.jsonl --by type --by speaker
    qawl score predictions.jsonl --gold my-gold.jsonl --format json
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.api import score as score_predictions  # noqa: PLC0415

    refuse_two_stdins(predictions, gold)
    result = score_predictions(
        predictions,
        gold,
        track=track,
        split=split,
        measures=measure,
        policy=policy.value,
        by=by or (),
        lenient=lenient,
    )
    report = result.report(resamples=resamples, seed=seed, method=method.value)
    _print(report, format)


def _print(report: Report, how: Format) -> None:
    if how is Format.json:
        print_json(report.to_dict())
    elif how is Format.markdown:
        from qawl.views.markdown import score_markdown  # noqa: PLC0415

        typer.echo(score_markdown(report))
    elif how is Format.latex:
        from qawl.views.latex import score_latex  # noqa: PLC0415

        typer.echo(score_latex(report))
    elif how is Format.csv:
        from qawl.views.sheet import score_csv  # noqa: PLC0415

        typer.echo(score_csv(report), nl=False)
    else:
        from qawl.views.table import print_score  # noqa: PLC0415

        print_score(report, console())
