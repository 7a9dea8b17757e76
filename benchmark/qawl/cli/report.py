"""``qawl report``: one page that shows what systems got right and wrong, document by document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import (
    Gold,
    Language,
    LanguageOption,
    Policy,
    PolicyOption,
    Split,
    Track,
    progress,
    refuse_two_stdins,
    system_names,
)

if TYPE_CHECKING:
    from qawl.records import Document
    from qawl.scoring.parts import Policy as PolicyName
    from qawl.views.html import System

MEASURES = (
    *("triple.exact", "triple.relaxed", "quote.exact", "quote.relaxed", "cue.relaxed"),
    *("speaker.relaxed", "entity", "type", "alarms"),
)
SLICES = ("type", "cue", "speaker", "nesting", "length", "marks")


def report(
    predictions: Annotated[
        list[str], typer.Argument(help="Predictions (qawl/1) of one system or several.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The page; - for stdout.")],
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Slices; as for `qawl score`. May be repeated.")
    ] = None,
    policy: Policy = PolicyOption.word,
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    lang: Language = LanguageOption.en,
) -> None:
    """Write a page with figures, slices, error classes, and every document with its errors.

    The page is one file that needs no network and works from disk.

    \b
    qawl run rules -o rules.jsonl && qawl report rules.jsonl -o report.html
    qawl report quoted.jsonl rules.jsonl --track wire -o report.html
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.reading import read  # noqa: PLC0415
    from qawl.tracks import track_file, with_texts  # noqa: PLC0415
    from qawl.views.html import report_data, report_page  # noqa: PLC0415
    from qawl.writing import replacing  # noqa: PLC0415

    refuse_two_stdins(*predictions, gold)
    source = with_texts(gold or track_file(track, split))
    ours = source if isinstance(source, list) else list(read(source))
    called = f"{track}/{split}" if gold is None else gold
    systems = [
        _system(name, list(read(file)), ours, called, by or SLICES, policy.value)
        for name, file in progress(
            zip(system_names(predictions), predictions, strict=True), "report", len(predictions)
        )
    ]
    data = report_data(ours, systems)
    names = ", ".join(system.name for system in systems)
    page = report_page(data, title=title or f"{names} · {called}", language=lang.value)
    with replacing(output) as stream:
        stream.write(page.encode("utf-8", "replace"))


def _system(
    name: str,
    predictions: list[Document],
    gold: list[Document],
    called: str,
    by: list[str] | tuple[str, ...],
    policy: PolicyName,
) -> System:
    from qawl.errors import analyse  # noqa: PLC0415
    from qawl.scoring import score_documents  # noqa: PLC0415
    from qawl.views.html import System  # noqa: PLC0415

    result = score_documents(
        predictions, gold, name=called, measures=MEASURES, policy=policy, by=by
    )
    return System(
        name,
        {document.id: document for document in predictions},
        result.report(),
        analyse(predictions, gold, policy=policy),
    )
