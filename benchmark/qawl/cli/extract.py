"""``qawl extract``: plain text in, who said what out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import Language, LanguageOption, Settings, console, settings

if TYPE_CHECKING:
    from qawl.findings import Finding
    from qawl.records import Document


class Format(StrEnum):
    """How what was found is printed."""

    table = "table"
    jsonl = "jsonl"
    html = "html"


def extract(
    files: Annotated[list[str], typer.Argument(help="Text files in UTF-8; - for stdin.")],
    system: Annotated[str, typer.Option(help="A system; see `qawl systems`.")] = "rules",
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,  # noqa: A002
    lang: Language = LanguageOption.en,
    option: Settings = None,
) -> None:
    """Find who said what in articles given as plain text.

    \b
    qawl extract article.txt
    qawl extract *.txt --format jsonl > found.jsonl
    qawl extract *.txt --format html --lang ar > page.html
    """  # noqa: D301  \b keeps the lines of the examples
    from msgspec.structs import replace  # noqa: PLC0415

    from qawl.systems import load_system, predict  # noqa: PLC0415

    chosen = load_system(system, settings(option))
    documents, unreadable = _documents(files)
    found = [
        replace(result, text=document.text)
        for document, result in zip(documents, predict(chosen, documents), strict=True)
    ]
    if format is Format.jsonl:
        from qawl.writing import encode  # noqa: PLC0415

        for document in found:
            sys.stdout.buffer.write(encode(document))
        sys.stdout.flush()
    elif format is Format.html:
        from qawl.cli.show import write_page  # noqa: PLC0415

        write_page(found, "-", ", ".join(document.id for document in found), lang.value)
    else:
        from qawl.views.reading import print_document  # noqa: PLC0415

        screen = console()
        for document in found:
            print_document(document, screen)
    if unreadable:  # one bad file of a folder must not cost the others
        from qawl.findings import InputError  # noqa: PLC0415

        raise InputError(unreadable)


def _documents(files: list[str]) -> tuple[list[Document], list[Finding]]:
    """The files as documents, their ids the file names, and what is wrong with the others."""
    from qawl.findings import InputError, finding  # noqa: PLC0415
    from qawl.reading import read_text  # noqa: PLC0415
    from qawl.records import Document  # noqa: PLC0415

    found: dict[str, Document] = {}
    findings: list[Finding] = []
    for file, identifier in zip(files, _identifiers(files), strict=True):
        if identifier in found:
            findings.append(finding("file-duplicate", file=file, document=identifier))
            continue
        try:
            found[identifier] = Document(id=identifier, text=read_text(file))
        except InputError as error:
            findings += error.findings
    return list(found.values()), findings


def _identifiers(files: list[str]) -> list[str]:
    """The names of the files; their paths where two folders hold files of one name."""
    names = ["stdin" if file == "-" else _as_id(Path(file).stem) for file in files]
    return [
        _as_id(file) if names.count(name) > 1 else name
        for file, name in zip(files, names, strict=True)
    ]


def _as_id(name: str) -> str:
    """A name as an id may be: without blanks and controls, and not too long."""
    from unicodedata import category  # noqa: PLC0415

    from qawl.validation.document import LONGEST_ID  # noqa: PLC0415

    visible = (character if category(character)[0] not in "CZ" else " " for character in name)
    return "-".join("".join(visible).split())[-LONGEST_ID:]
