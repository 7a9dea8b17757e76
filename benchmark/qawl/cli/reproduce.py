"""``qawl reproduce``: does a claimed score come out again?"""

from __future__ import annotations

from typing import Annotated

import typer

from qawl.cli.shared import FAILED, Split, Track


def reproduce(
    claim: Annotated[
        str,
        typer.Argument(help="A JSON report of `qawl score`, or its `signature.claim`."),
    ],
    predictions: Annotated[str, typer.Argument(help="The predictions that were scored.")],
    track: Track = "core",
    split: Split = "test",
    gold: Annotated[
        str | None, typer.Option(help="A gold file instead of the one the signature names.")
    ] = None,
) -> None:
    """Score again as a signature says, and compare; ends with 1 if anything differs.

    \b
    qawl reproduce report.json predictions.jsonl
    qawl reproduce 'triple.exact=0.743719|gold:core/test|hash:…' predictions.jsonl
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.reproduction import differences, is_file, read_claim  # noqa: PLC0415

    claimed = read_claim(claim)
    if gold is None and is_file(claimed.gold):
        gold = claimed.gold
    elif gold is None and "/" in claimed.gold:
        track, _, split = claimed.gold.partition("/")
    found = differences(claimed, predictions, gold, track=track, split=split)
    for line in found:
        typer.echo(line)
    if found:
        raise typer.Exit(FAILED)
    typer.echo(f"reproduced: {len(claimed.values)} figures come out again")
