"""From an answer to a document: attributions with their spans, and the sources they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from qawl.names import normalised
from qawl.records import Attribution, Document, Entity
from qawl.spans import canonical
from qawl_baselines.llm.finding_places import Finder
from qawl_baselines.llm.placing import Note, Placer

if TYPE_CHECKING:
    from qawl.records import EntityKind, Span
    from qawl_baselines.llm.answer import Answer, Item
    from qawl_baselines.llm.placing import Placed

_UNNAMED = "مصدر غير مسمى"
_LONGEST_NAME = 200
# A name of eight words could be a piece of an article whose text may not be passed on.
_MOST_WORDS = 7


class _Source:
    """One source of the document, under the first of its names."""

    def __init__(self, number: int, name: str, kind: EntityKind) -> None:
        self.id = f"e{number}"
        self.name = name
        self.kind = kind
        self.mentions: list[Span] = []


def to_document(identifier: str, text: str, answer: Answer) -> tuple[Document, list[Note]]:
    """The document that an answer amounts to, and notes on what was lost or found with effort.

    A part whose strings are not in the text is left out, which claims nothing; a part that the
    answer says is empty is empty. The result leaves the text out.
    """
    placer = Placer(text)
    sources: dict[str, _Source] = {}
    found: dict[Attribution, None] = {}
    for number, item in enumerate(answer.attributions):
        placed = placer.place(number, item)
        if placed is None:
            continue
        source = _source(sources, text, item, placed)
        source.mentions += placed.speaker or ()
        record = _record(item, placed, source)
        if record in found:
            placer.notes.append(Note(number, "", "", "dropped: it is there already"))
        found[record] = None
    finder = Finder(text)
    entities = tuple(_entity(source, finder) for source in sources.values())
    return Document(id=identifier, attributions=tuple(found), entities=entities), placer.notes


def _record(item: Item, placed: Placed, source: _Source) -> Attribution:
    return Attribution(
        quote=placed.quote,
        cue=UNSET if placed.cue is None else placed.cue,
        speaker=UNSET if placed.speaker is None else placed.speaker,
        entity=source.id,
        type=item.type or UNSET,
    )


def _source(sources: dict[str, _Source], text: str, item: Item, placed: Placed) -> _Source:
    """The source of an attribution: the one known by its name, or a new one."""
    said = item.source
    if not normalised(said[:_LONGEST_NAME]) and placed.speaker:
        said = text[slice(*placed.speaker[0])]
    name = _clean(said)
    key = normalised(name)
    if key not in sources:
        kind: EntityKind = item.kind or "person"
        made = (name, kind) if key else (_UNNAMED, "unnamed")
        sources[key] = _Source(len(sources) + 1, *made)
    return sources[key]


def _entity(source: _Source, finder: Finder) -> Entity:
    """The record of a source; one that no sentence names is looked for by its name."""
    mentions = source.mentions
    if not mentions and source.name != _UNNAMED:
        places = finder.find(source.name)
        mentions = [] if places.how == "inside a word" else list(places.spans)
    return Entity(id=source.id, name=source.name, kind=source.kind, mentions=canonical(mentions))


def _clean(name: str) -> str:
    """A name from outside as a record may hold it: one line, printable, of seven words at most."""
    visible = "".join(c if c.isprintable() else " " for c in name[:_LONGEST_NAME])
    return " ".join(visible.split()[:_MOST_WORDS])
