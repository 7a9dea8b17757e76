"""``qawl run``: let a system attribute documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import Settings, Split, Track, progress, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qawl.records import Document


def run(
    system: Annotated[str, typer.Argument(help="A system; see `qawl systems`.")],
    track: Track = "core",
    split: Split = "test",
    input: Annotated[  # noqa: A002  the option's name
        str | None,
        typer.Option(help="Documents with `id` and `text` instead of a split; - for stdin."),
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="Where to; - for stdout.")] = "-",
    option: Settings = None,
) -> None:
    """Run a system on a split or on documents, and write its predictions.

    \b
    qawl run rules | qawl score -
    qawl run rules --input articles.jsonl --output found.jsonl
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.systems import load_system, predict  # noqa: PLC0415
    from qawl.tracks import track_file, with_texts  # noqa: PLC0415
    from qawl.writing import write  # noqa: PLC0415

    chosen = load_system(system, settings(option))
    documents = _given(with_texts(input or track_file(track, split)))
    write(progress(predict(chosen, documents), system), output)


def _given(source: str | Path | list[Document]) -> Iterator[Document]:
    """The documents of a file, bare; ``text-missing`` at the first without a text."""
    from msgspec import UNSET  # noqa: PLC0415

    from qawl.findings import InputError, finding  # noqa: PLC0415
    from qawl.reading import scan  # noqa: PLC0415
    from qawl.records import bare  # noqa: PLC0415

    if isinstance(source, list):
        yield from map(bare, source)
        return
    for line in scan(source):
        if line.document is None:
            raise InputError(line.findings)
        if line.document.text is UNSET:
            missing = finding("text-missing", document=line.document.id, field="text")
            raise InputError([missing.at(file=str(source), line=line.number)])
        yield bare(line.document)
