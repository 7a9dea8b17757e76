"""``qawl run``: let a system attribute documents."""

from __future__ import annotations

from typing import Annotated

import typer

from qawl.cli.shared import Split, Track, progress


def run(
    system: Annotated[str, typer.Argument(help="A system; see `qawl systems`.")],
    track: Track = "core",
    split: Split = "test",
    input: Annotated[  # noqa: A002  the option's name
        str | None,
        typer.Option(help="Documents with `id` and `text` instead of a split; - for stdin."),
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="Where to; - for stdout.")] = "-",
) -> None:
    r"""Run a system on a split or on documents, and write its predictions.

    \b
    qawl run rules | qawl score -
    qawl run rules --input articles.jsonl --output found.jsonl
    """
    from qawl.reading import read  # noqa: PLC0415
    from qawl.records import bare  # noqa: PLC0415
    from qawl.systems import load_system  # noqa: PLC0415
    from qawl.tracks import track_file  # noqa: PLC0415
    from qawl.writing import write  # noqa: PLC0415

    chosen = load_system(system)
    documents = map(bare, read(input or track_file(track, split)))
    write(progress(chosen.predict(documents), system), output)
