"""``qawl labels``: attributions as IOB2 labels over words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qawl.cli.shared import Gold, Split, Track, console, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from qawl.records import Document

_LEGEND = (
    "Labels: seqeval, strict, IOB2; lost: a longer chunk lies there, so no label.\n"
    "Types: of quotes aligned as quote.relaxed; none: without counterpart, not in P, R, F1."
)


def labels(
    predictions: Annotated[
        str | None,
        typer.Argument(help="Predictions (qawl/1); - for stdin. Without: only --export the gold."),
    ] = None,
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    export: Annotated[
        Path | None,
        typer.Option(
            help="Write the predictions, or the gold without any, as CoNLL columns; - for stdout."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the reports as JSON.")] = False,
) -> None:
    """Score predictions as labels over words, by seqeval and scikit-learn; or export labels.

    \b
    qawl labels predictions.jsonl
    qawl labels --split train --export train.conll
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.tracks import track_file, with_texts  # noqa: PLC0415

    wanted = gold or track_file(track, split)
    if predictions is None:
        from qawl.labels import checked  # noqa: PLC0415

        if export is None:
            raise ValueError("nothing to do: name predictions to score, or --export")
        _export(checked(with_texts(wanted)), export)
        return
    if predictions == str(wanted) == "-":
        raise ValueError("predictions and gold cannot both come from standard input")
    if str(export) == "-":
        raise ValueError("the report goes to standard output: export into a file")
    _report(predictions, with_texts(wanted), export, json=json)


def _report(
    predictions: str, gold: str | Path | list[Document], export: Path | None, *, json: bool
) -> None:
    from qawl.labels import label_report, paired, type_report  # noqa: PLC0415

    ours, theirs = paired(gold, predictions)
    if export is not None:
        _export(theirs, export)
    report = {"labels": label_report(ours, theirs), "types": type_report(ours, theirs)}
    if json:
        print_json(report)
        return
    for part in (_labels_table(report["labels"]), _types_table(report["types"]), _LEGEND):
        console().print(part, soft_wrap=True)


def _export(documents: Iterable[Document], target: Path) -> None:
    from qawl.labels import conll  # noqa: PLC0415
    from qawl.writing import replacing  # noqa: PLC0415

    with replacing(target) as stream:
        stream.writelines(line.encode() for line in conll(documents))


def _labels_table(report: dict[str, dict[str, Any]]) -> Table:
    from qawl.views.table import table  # noqa: PLC0415

    head = ("labels", "P", "R", "F1", "predicted", "lost", "gold", "lost")
    rows = []
    for name, found in report.items():
        figures = (f"{100 * found[key]:.1f}" for key in ("precision", "recall", "f1-score"))
        lost = found.get("lost", {"predicted": "", "gold": ""})
        counts = (found["predicted"], lost["predicted"], found["support"], lost["gold"])
        rows.append((name, *figures, *map(str, counts)))
    return table(head, rows)


def _types_table(report: dict[str, Any]) -> Table:
    """The confusion matrix, and behind every row what the type's quotes were worth."""
    from qawl.views.table import table  # noqa: PLC0415

    names = report["confusion"]["labels"]
    rows = []
    for name, counts in zip(names, report["confusion"]["matrix"], strict=True):
        found = report["report"].get(name)
        keys = ("precision", "recall", "f1-score")
        figures = [f"{100 * found[key]:.1f}" for key in keys] if found else [""] * 3
        rows.append((name, *map(str, counts), *figures))
    return table(("gold \\ predicted", *names, "P", "R", "F1"), rows)
