"""``qawl score``: predictions against gold."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from qawl.cli.shared import PolicyOption, Split, Track, console, print_json


class Format(StrEnum):
    """How a score is printed."""

    table = "table"
    json = "json"
    markdown = "markdown"


def score(
    predictions: Annotated[str, typer.Argument(help="Predictions (qawl/1); - for stdin.")],
    track: Track = "core",
    split: Split = "test",
    gold: Annotated[
        str | None, typer.Option(help="A gold file instead of a split of a track.")
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure, may be repeated; default: all basic ones.")
    ] = None,
    policy: Annotated[
        PolicyOption, typer.Option(help="Compare boundaries by word, or by exact code point.")
    ] = PolicyOption.word,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,  # noqa: A002
) -> None:
    r"""Score predictions: precision, recall and F1 of quotes, cues, speakers and triples.

    \b
    qawl score predictions.jsonl
    qawl score predictions.jsonl --gold my-gold.jsonl --format json
    """
    from qawl.api import score as score_predictions  # noqa: PLC0415

    if predictions == gold == "-":
        raise ValueError("predictions and gold cannot both come from standard input")
    result = score_predictions(
        predictions, gold, track=track, split=split, measures=measure, policy=policy.value
    )
    if format is Format.json:
        print_json(result.to_dict())
    elif format is Format.markdown:
        from qawl.views.markdown import score_markdown  # noqa: PLC0415

        typer.echo(score_markdown(result))
    else:
        from qawl.views.table import print_score  # noqa: PLC0415

        print_score(result, console())
