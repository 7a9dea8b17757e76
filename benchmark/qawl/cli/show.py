"""``qawl show``: a document as people read it, with what is said in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import Language, LanguageOption, console

if TYPE_CHECKING:
    from qawl.records import Document


def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE|ID", help="A document of a track, a .qawl or qawl/1 file, or plain text."
        ),
    ],
    system: Annotated[str, typer.Option(help="For plain text: the system to run.")] = "rules",
    html: Annotated[Path | None, typer.Option(help="Write a page instead; - for stdout.")] = None,
    lang: Language = LanguageOption.en,
) -> None:
    """Show a document: its text with quotes, cues and speakers marked, then who said what.

    \b
    qawl show core-078
    qawl show article.txt
    qawl show predictions.jsonl --html page.html
    """  # noqa: D301  \b keeps the lines of the examples
    documents = _found(what, system)
    if html is None:
        from qawl.views.reading import print_document, print_text  # noqa: PLC0415

        screen = console()
        for document in documents:
            print_text(document, screen)
            print_document(document, screen)
        return
    write_page(documents, html, what, lang.value)


def write_page(documents: list[Document], target: Path | str, title: str, language: str) -> None:
    """Write the reading page of some documents."""
    from qawl.views.html import reader_data, reader_page  # noqa: PLC0415
    from qawl.writing import replacing  # noqa: PLC0415

    page = reader_page(reader_data(documents), title=title, language=language)
    with replacing(target) as stream:
        stream.write(page.encode("utf-8", "replace"))


def _found(what: str, system: str) -> list[Document]:
    """The documents that are meant: those of a file, or the one of a track with this id."""
    from qawl.findings import InputError, finding  # noqa: PLC0415

    path = Path(what)
    if what != "-" and not path.is_file():
        if found := _in_tracks(what):
            return [found]
        message = "no file, and no document of the gold, has this name"
        raise InputError([finding("file-unreadable", file=what, message=message)])
    if path.suffix == ".qawl":
        from qawl.authoring import build_file  # noqa: PLC0415

        return [build_file(path)]
    if path.suffix == ".jsonl":
        from qawl.reading import read  # noqa: PLC0415
        from qawl.tracks import with_texts  # noqa: PLC0415

        source = with_texts(path)
        documents = source if isinstance(source, list) else list(read(source))
        return [_with_text(document) for document in documents]
    from qawl.api import extract  # noqa: PLC0415
    from qawl.reading import read_text  # noqa: PLC0415

    return [extract(read_text(what), system, id="stdin" if what == "-" else path.name)]


def _in_tracks(identifier: str) -> Document | None:
    from qawl.reading import read  # noqa: PLC0415
    from qawl.texts import attached  # noqa: PLC0415
    from qawl.tracks import track_file, tracks  # noqa: PLC0415

    for track, splits in tracks().items():
        for split in splits:
            for document in read(track_file(track, split)):
                if document.id == identifier:
                    return attached([document])[0]
    return None


def _with_text(document: Document) -> Document:
    """Predictions that leave out the text get it from the gold of their id."""
    from msgspec import UNSET  # noqa: PLC0415
    from msgspec.structs import replace  # noqa: PLC0415

    from qawl.findings import InputError, finding  # noqa: PLC0415

    if document.text is not UNSET:
        return document
    gold = _in_tracks(document.id)
    if gold is None:
        raise InputError([finding("text-missing", document=document.id, field="text")])
    return replace(document, text=gold.text)
