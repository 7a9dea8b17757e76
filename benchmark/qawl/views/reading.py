"""Who said what in a document: one block for each attribution, readable right to left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType
from rich.text import Text

from qawl.views.bidi import (
    POP_ISOLATE,
    RIGHT_TO_LEFT_ISOLATE,
    clean,
    columns,
    isolate,
    isolate_name,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from qawl.records import Attribution, Document, Spans

_LABEL = 8
_GAP = " … "
_NARROWEST, _WIDEST = 30, 100


def print_document(document: Document, console: Console) -> None:
    """Print the attributions of a document in the order of the text."""
    text = "" if document.text is UNSET else str(document.text)
    names = {entity.id: clean(entity.name) for entity in document.entities}
    name = clean(document.id)
    name = isolate_name(name) if console.is_terminal else name
    console.print(Text(f"{name}: {_counted(document)}", style="bold"), soft_wrap=True)
    order = sorted(document.attributions, key=lambda item: min(item.quote, default=(0, 0)))
    for number, item in enumerate(order, 1):
        console.print()
        kind = "" if item.type is UNSET else str(item.type)
        console.print(Text.assemble((f"{number:3}  ", "bold"), (kind, "dim")))
        for label, content, style in _lines(item, text, names):
            print_labelled(label, content, style, console)
    console.print()


_STYLES = (("quote", "on grey19"), ("cue", "bold green"), ("speaker", "bold cyan"))


def print_text(document: Document, console: Console) -> None:
    """Print the text of a document, quotes, cues and speakers in colour, line by line isolated."""
    text = "" if document.text is UNSET else str(document.text)
    styles: list[list[str]] = [[] for _ in text]
    for item in document.attributions:
        for part, style in _STYLES:
            spans = getattr(item, part)
            for start, end in () if spans is UNSET else spans:
                for place in range(max(start, 0), min(end, len(text))):
                    styles[place].append(style)
    width = max(_NARROWEST, min(console.width, _WIDEST))
    start = 0
    for paragraph in text.split("\n"):
        for line in _lines_of(paragraph, start, width if console.is_terminal else None):
            console.print(_styled(line, styles, isolated=console.is_terminal), soft_wrap=True)
        start += len(paragraph) + 1


def _lines_of(paragraph: str, start: int, width: int | None) -> Iterator[list[tuple[int, str]]]:
    """The letters of a paragraph with their places, broken into lines at spaces."""
    line: list[tuple[int, str]] = []
    used = 0
    for match in re.finditer(r"\S+\s*", paragraph):
        word = [(start + match.start() + i, letter) for i, letter in enumerate(match.group())]
        size = columns(match.group())
        if line and width is not None and used + size > width:
            yield line
            line, used = [], 0
        line += word
        used += size
    if line:
        yield line


def _styled(line: list[tuple[int, str]], styles: list[list[str]], *, isolated: bool) -> Text:
    found = Text(RIGHT_TO_LEFT_ISOLATE if isolated else "")
    for place, letter in line:
        found.append(clean(letter), " ".join(dict.fromkeys(styles[place])))
    return found.append(POP_ISOLATE if isolated else "")


def _counted(document: Document) -> str:
    count = len(document.attributions)
    counted = f"{count} attribution{'' if count == 1 else 's'}"
    if document.distractors:
        counted += f", {len(document.distractors)} quoted strings that are no speech"
    return counted


def _lines(item: Attribution, text: str, names: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    speaker = _piece(text, item.speaker)
    entity = "" if isinstance(item.entity, UnsetType) else names.get(item.entity, "")
    if speaker:
        yield "who", speaker, "cyan"
        if entity and entity not in speaker:
            yield "  =", entity, "cyan"
    else:
        yield "who", f"({entity or '?'})", "cyan"
    yield "cue", _piece(text, item.cue) or "—", "green"
    yield "quote", _piece(text, item.quote), ""


def _piece(text: str, spans: Spans | UnsetType) -> str:
    if isinstance(spans, UnsetType):
        return ""
    return _GAP.join(clean(text[start:end]) for start, end in sorted(spans))


def print_labelled(label: str, content: str, style: str, console: Console) -> None:
    """Print a label and, beside it, right-to-left text, wrapped and isolated on a terminal."""
    place = max(_LABEL, len(label) + 1)
    if not console.is_terminal:
        console.print(Text(f"     {label:<{place}}{content}"), soft_wrap=True)
        return
    width = max(_NARROWEST, min(console.width, _WIDEST) - place - 6)
    for number, line in enumerate(wrap(content, width)):
        head = label if number == 0 else ""
        console.print(
            Text.assemble((f"     {head:<{place}}", "dim"), (isolate(line), style)),
            soft_wrap=True,
        )
