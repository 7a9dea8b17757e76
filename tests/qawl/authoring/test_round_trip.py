"""Whatever a record says can be written as inline markup, and comes back the same."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from qawl import Attribution, Distractor, Document, Entity
from qawl.authoring import parse_inline
from qawl.records import DISTRACTOR_KINDS, ENTITY_KINDS, QUOTE_TYPES, MetaValue, Span, Spans

if TYPE_CHECKING:
    from typing import Any

PIECES = [
    *("قال", "وبالماء", "جميـــل", "قَالَ", "٢٠١٩", "👍", "\u200f", "ﷲ"),
    *(
        " ",
        " ",
        "\n",
        "«",
        "»",
        '"',
        "،",
        ":",
        "<",
        ">",
        "\\",
        "</",
        "<q1>",
        "\\<",
        "+++",
        "[[",
        "x",
    ),
]


# ------------------------------------------------------------------------------- the renderer
def render(document: Document, *, together: bool = True) -> str:
    """A record as a ``.qawl`` source."""
    header = {"id": document.id, **document.meta}
    lines = ["+++", *(f"{key} = {toml(value)}" for key, value in header.items())]
    lines.append("[entities]")
    lines += [
        f"{entity.id} = {{ kind = {toml(entity.kind)}, name = {toml(entity.name)} }}"
        for entity in document.entities
    ]
    lines.append("[attributions]")
    lines += [
        f"{number} = {{ entity = {toml(item.entity)}, type = {toml(item.type)} }}"
        for number, item in enumerate(document.attributions, 1)
    ]
    return "\n".join([*lines, "+++", body(str(document.text), tags(document), together)])


def toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def tags(document: Document) -> list[tuple[str, Span]]:
    """Every tag that the record needs, with the stretch that it goes around."""
    found: list[tuple[str, Span]] = []
    spoken: dict[object, set[Span]] = {}
    for number, item in enumerate(document.attributions, 1):
        for letter, spans in (("q", item.quote), ("c", item.cue), ("s", item.speaker)):
            assert isinstance(spans, tuple)
            found += [(f"{letter}{number}", span) for span in spans]
        assert isinstance(item.speaker, tuple)
        spoken.setdefault(item.entity, set()).update(item.speaker)
    for entity in document.entities:
        rest = set(entity.mentions) - spoken.get(entity.id, set())
        found += [(f"m.{entity.id}", span) for span in sorted(rest)]
    return found + [(f"d.{item.kind}", item.span) for item in document.distractors]


def body(text: str, found: list[tuple[str, Span]], together: bool) -> str:
    """The text with its tags: at each place what ends there is closed before anything opens."""
    pieces: list[str] = []
    for place in range(len(text) + 1):
        closing = [name for name, (_, end) in found if end == place]
        opening = [name for name, (start, _) in found if start == place]
        pieces += brackets("</", closing, together) + brackets("<", opening, together)
        pieces.append(text[place : place + 1].replace("\\", "\\\\").replace("<", "\\<"))
    return "".join(pieces)


def brackets(opening: str, names: list[str], together: bool) -> list[str]:
    groups = [" ".join(names)] if together and names else names
    return [f"{opening}{group}>" for group in groups]


# ------------------------------------------------------------------------------ the documents
@st.composite
def apart(draw: st.DrawFn, length: int, least: int = 0, most: int = 2) -> Spans:
    """Sorted stretches that do not overlap; they may touch."""
    edges = draw(st.lists(st.integers(0, length), max_size=2 * most, unique=True).map(sorted))
    found = [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]
    return tuple(found) if len(found) >= least else ((0, length),)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    words = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
    text = "ق" + "".join(words).strip("\n") + "\n"
    length = len(text) - 1  # nothing that anybody says holds the end of the article
    names = draw(st.lists(st.sampled_from(["rawi", "wadi", "x-1", "y_2"]), min_size=1, unique=True))
    items = [
        Attribution(
            quote=draw(apart(length, least=1)),
            cue=draw(apart(length)),
            speaker=draw(apart(length)),
            entity=draw(st.sampled_from(names)),
            type=draw(chosen(QUOTE_TYPES)),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    items.sort(key=lambda item: (item.quote, item.cue or (), item.speaker or ()))
    return Document(
        id=draw(st.sampled_from(["core-000", "مقال-١", "a.b_c:d/e"])),
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        attributions=tuple(items),
        entities=tuple(draw(entity(name, items, length)) for name in sorted(names)),
        distractors=tuple(sorted(draw(distractors(length)), key=lambda item: item.span)),
        meta=draw(metas),
    )


def chosen(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """One of the names; their types are narrower than ``str``."""
    return st.sampled_from(names)


@st.composite
def entity(draw: st.DrawFn, name: str, items: list[Attribution], length: int) -> Entity:
    spoken = {span for item in items if item.entity == name for span in item.speaker or ()}
    return Entity(
        id=name,
        name=draw(st.text(alphabet='سالم الراوي"\\«»', max_size=8)),
        kind=draw(chosen(ENTITY_KINDS)),
        mentions=tuple(sorted(spoken | set(draw(apart(length))))),
    )


@st.composite
def distractors(draw: st.DrawFn, length: int) -> list[Distractor]:
    return [
        Distractor(span=span, kind=draw(chosen(DISTRACTOR_KINDS))) for span in draw(apart(length))
    ]


words = st.sampled_from(["سياسة", "", 'a"\\'])
metas: st.SearchStrategy[dict[str, MetaValue]] = st.fixed_dictionaries(
    {}, optional={"split": words, "genre": words, "slices": st.lists(words, max_size=2)}
)


@given(documents())
def test_a_record_written_as_inline_markup_parses_to_the_same_record(document: Document) -> None:
    assert parse_inline(render(document)) == document


@given(documents())
def test_line_ends_of_another_system_change_nothing(document: Document) -> None:
    assert parse_inline(render(document).replace("\n", "\r\n")) == document


@given(documents())
def test_tags_may_share_their_brackets_or_have_their_own(document: Document) -> None:
    assert parse_inline(render(document, together=False)) == document
