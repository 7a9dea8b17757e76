"""``qawl errors``: what went wrong, by class and one by one."""

from __future__ import annotations

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
    from rich.console import Console

    from qawl.errors import Analysis, Error


def errors(
    predictions: Predictions,
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    kind: Annotated[
        list[str] | None, typer.Option("--class", help="List these classes; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="List at most so many.")] = 20,
    policy: Policy = PolicyOption.word,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, all errors.")] = False,
) -> None:
    """Sort every false positive and false negative into classes, and list them with their text."""
    from qawl.api import analyse, score  # noqa: PLC0415
    from qawl.errors import CLASSES  # noqa: PLC0415
    from qawl.reading import read  # noqa: PLC0415

    refuse_two_stdins(predictions, gold)
    if unknown := set(kind or ()) - set(CLASSES):
        raise typer.BadParameter(f"no class {min(unknown)}; there are {', '.join(CLASSES)}")
    # Both are read twice, which standard input cannot be.
    theirs = list(read(predictions)) if predictions == "-" else predictions
    ours = list(read(gold)) if gold == "-" else gold
    # Refuses what cannot be scored, with all findings.
    score(theirs, ours, track=track, split=split, measures=["quote.exact"])
    found = analyse(theirs, ours, track=track, split=split, policy=policy.value)
    listed = [error for error in found.errors if not kind or error.kind in kind]
    if json:
        import msgspec  # noqa: PLC0415

        counts = {name: count._asdict() for name, count in found.counts.items()}
        print_json({"f1": found.f1, "classes": counts, "errors": msgspec.to_builtins(listed)})
        return
    screen = console()
    _print_counts(found, screen)
    for error in listed[:limit]:
        _print_error(error, screen)
    if len(listed) > limit:
        typer.echo(f"… {len(listed) - limit} more; --limit {len(listed)} lists all")


def _print_counts(found: Analysis, screen: Console) -> None:
    from qawl.errors import CLASSES  # noqa: PLC0415
    from qawl.views.table import percent, table  # noqa: PLC0415

    made = table(
        ("class", "FP", "FN", "F1 if mended", "what it is"),
        [
            (name, str(c.false_positives), str(c.false_negatives), percent(c.mended), CLASSES[name])
            for name, c in found.counts.items()
            if c.false_positives or c.false_negatives
        ],
    )
    made.columns[-1].justify = "left"
    screen.print(made)
    typer.echo(
        f"{found.right} right of {found.predicted} predicted and {found.gold} gold: "
        f"F1 {percent(found.f1)} (quote, cue, speaker and type all exact)"
    )


def _print_error(error: Error, screen: Console) -> None:
    from rich.text import Text  # noqa: PLC0415

    from qawl.views.bidi import clean  # noqa: PLC0415
    from qawl.views.reading import print_labelled  # noqa: PLC0415

    faults = f" ({', '.join(error.faults)})" if len(error.faults) > 1 else ""
    screen.print()
    screen.print(Text(f"{clean(error.document)}  {error.kind}{faults}", style="bold"))
    for side, parts in (("gold", error.gold), ("found", error.predicted)):
        if parts is None:
            continue
        for label, content in (("who", parts.speaker), ("cue", parts.cue), ("quote", parts.quote)):
            print_labelled(f"{side} {label}", clean(content) or "—", "", screen)
