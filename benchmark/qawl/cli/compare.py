"""``qawl compare``: are systems different, or does it only look so?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from qawl.cli.shared import (
    Gold,
    Policy,
    PolicyOption,
    Split,
    Track,
    console,
    print_json,
    refuse_two_stdins,
    system_names,
)


class Format(StrEnum):
    """How a comparison is printed."""

    table = "table"
    json = "json"
    markdown = "markdown"


def compare(
    predictions: Annotated[
        list[str], typer.Argument(help="Two or more files; the first is the baseline.")
    ],
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    measure: Annotated[list[str] | None, typer.Option(help="A measure; may be repeated.")] = None,
    policy: Policy = PolicyOption.word,
    resamples: Annotated[int, typer.Option(min=1, help="Rounds and samples.")] = 10000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the resampling.")] = 20260101,
    alpha: Annotated[float, typer.Option(min=0, max=1, help="Level of the tests.")] = 0.05,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,  # noqa: A002
) -> None:
    """Compare systems with the first: differences, intervals, paired tests with Holm's correction.

    \b
    qawl compare baseline.jsonl mine.jsonl
    qawl compare a.jsonl b.jsonl c.jsonl --measure triple.exact --format markdown
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.api import compare as compare_predictions  # noqa: PLC0415
    from qawl.reading import read  # noqa: PLC0415
    from qawl.scoring import DEFAULT  # noqa: PLC0415

    if len(predictions) < 2:
        raise typer.BadParameter("name at least two files", param_hint="PREDICTIONS")
    refuse_two_stdins(*predictions, gold)
    names = system_names(predictions)
    rows = compare_predictions(
        predictions,
        list(read(gold)) if gold == "-" else gold,  # it is read once for each system
        names=names,
        track=track,
        split=split,
        measures=measure or DEFAULT,
        policy=policy.value,
        resamples=resamples,
        seed=seed,
    )
    if format is Format.json:
        print_json([{**row._asdict(), "verdict": row.verdict(alpha)} for row in rows])
    elif format is Format.markdown:
        from qawl.views.markdown import comparison_markdown  # noqa: PLC0415

        typer.echo(comparison_markdown(rows, names[0], alpha))
    else:
        from qawl.views.table import comparison_table  # noqa: PLC0415

        console().print(comparison_table(rows, names[0], alpha))
        typer.echo(
            f"Per cent. p: paired approximate randomisation over documents, {resamples} rounds,\n"
            f"corrected over this table (Holm); the verdict is at {alpha:g}. seed:{seed}"
        )
