"""``qawl extract``: plain text in, who said what out."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import console

if TYPE_CHECKING:
    from qawl.records import Document


class Format(StrEnum):
    """How what was found is printed."""

    table = "table"
    jsonl = "jsonl"


def extract(
    files: Annotated[list[str], typer.Argument(help="Text files in UTF-8; - for stdin.")],
    system: Annotated[str, typer.Option(help="A system; see `qawl systems`.")] = "rules",
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,  # noqa: A002
) -> None:
    r"""Find who said what in articles given as plain text.

    \b
    qawl extract article.txt
    qawl extract *.txt --format jsonl > found.jsonl
    """
    from msgspec.structs import replace  # noqa: PLC0415

    from qawl.systems import load_system  # noqa: PLC0415

    chosen = load_system(system)
    documents = _documents(files)
    found = [
        replace(result, text=document.text)
        for document, result in zip(documents, chosen.predict(documents), strict=True)
    ]
    if format is Format.jsonl:
        from qawl.writing import encode  # noqa: PLC0415

        for document in found:
            sys.stdout.buffer.write(encode(document))
        return
    from qawl.views.reading import print_document  # noqa: PLC0415

    screen = console()
    for document in found:
        print_document(document, screen)


def _documents(files: list[str]) -> list[Document]:
    """The files as documents, their ids the file names; all that is wrong is reported together."""
    from pathlib import Path  # noqa: PLC0415

    from qawl.findings import Finding, InputError, finding  # noqa: PLC0415
    from qawl.reading import read_text  # noqa: PLC0415
    from qawl.records import Document  # noqa: PLC0415

    found: list[Document] = []
    findings: list[Finding] = []
    names = {file: "stdin" if file == "-" else Path(file).stem for file in files}
    for number, file in enumerate(files):
        # Two folders may hold files of one name; their paths tell them apart.
        shared = list(names.values()).count(names[file]) > 1
        identifier = "-".join((file if shared else names[file]).split())
        try:
            found.append(Document(id=identifier, text=read_text(file)))
        except InputError as error:
            findings += error.findings
        if file in files[:number]:
            findings.append(finding("file-duplicate", file=file))
    if findings:
        raise InputError(findings)
    return found
