"""Who said what in a document: one block for each attribution, readable right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType
from rich.text import Text

from qawl.views.bidi import clean, isolate, isolate_name, wrap

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
