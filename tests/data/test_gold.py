"""The gold as it is committed: valid, in three splits, and with every phenomenon in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qawl.authoring import build
from qawl.marks import find
from qawl.records import ENTITY_KINDS, QUOTE_TYPES
from qawl.tracks import load, track_file
from qawl.validation import check_documents
from qawl.writing import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from qawl.records import Attribution, Document

SOURCES = Path(__file__).parents[2] / "data" / "sources"
SPLITS = ("train", "dev", "test")
GOLD = [document for split in SPLITS for document in load("core", split)]


def text(document: Document) -> str:
    assert isinstance(document.text, str)
    return document.text


def items(document: Document) -> list[tuple[str, Attribution]]:
    return [(text(document), item) for item in document.attributions]


def inside(inner: Attribution, outer: Attribution) -> bool:
    """Whether one quote lies in the other, and is smaller."""
    held = all(any(a <= s and e <= b for a, b in outer.quote) for s, e in inner.quote)
    return held and inner.quote != outer.quote


def nested(document: Document, depth: int = 1) -> bool:
    """Whether some quote lies in ``depth`` others, each within the next."""
    found = document.attributions
    return any(sum(inside(item, other) for other in found) >= depth for item in found)


def relay(document: Document) -> bool:
    """Whether a quote holds another attribution, its cue and all."""
    return any(
        inside(inner, outer)
        and inner.cue
        and all(any(a <= s and e <= b for a, b in outer.quote) for s, e in inner.cue)
        for inner in document.attributions
        for outer in document.attributions
    )


def headline(document: Document) -> int:
    return text(document).index("\n")


def pairs(document: Document) -> set[str]:
    """The two marks of every pair."""
    whole = text(document)
    return {whole[p.start] + whole[p.end - 1] for p in find(whole).pairs}


def any_item(test: Callable[[str, Attribution], bool]) -> Callable[[Document], bool]:
    return lambda document: any(test(whole, item) for whole, item in items(document))


PHENOMENA: dict[str, Callable[[Document], bool]] = {
    "implicit speaker": any_item(lambda _, a: a.speaker == ()),
    "discontinuous quote": any_item(lambda _, a: len(a.quote) > 1),
    "cue of two spans": any_item(lambda _, a: isinstance(a.cue, tuple) and len(a.cue) > 1),
    "nested quote": nested,
    "quote nested twice": lambda d: nested(d, 2),
    "relay": relay,
    "quote over paragraphs": any_item(lambda t, a: any("\n" in t[s:e] for s, e in a.quote)),
    "bare quoted headline": lambda d: any(
        a.cue == () and a.speaker == () and a.quote[0][1] <= headline(d) for a in d.attributions
    ),
    "headline with a colon": lambda d: any(
        a.cue == () and a.speaker and a.quote[0][1] <= headline(d) for a in d.attributions
    ),
    "direct speech without marks": any_item(
        lambda t, a: (
            a.type == "direct" and not any(re.search('[«»"“”]', t[s:e]) for s, e in a.quote)
        )
    ),
    "speaker of two attributions": lambda d: (
        len({a.speaker for a in d.attributions if a.speaker})
        < sum(bool(a.speaker) for a in d.attributions)
    ),
    "no attributions": lambda d: not d.attributions,
    "no quotation marks": lambda d: not pairs(d) and bool(d.attributions),
    "distractor inside a quote": lambda d: any(
        s <= x.span[0] and x.span[1] <= e
        for x in d.distractors
        for a in d.attributions
        for s, e in a.quote
    ),
    "lost mark": lambda d: bool(find(text(d)).loose),
    **{f"type {name}": any_item(lambda _, a, name=name: a.type == name) for name in QUOTE_TYPES},  # type: ignore[misc]
    **{
        f"entity {name}": lambda d, name=name: any(e.kind == name for e in d.entities)  # type: ignore[misc]
        for name in ENTITY_KINDS
    },
    # The kinds `scare` and `other` do not occur yet; the card says so.
    **{
        f"distractor {name}": lambda d, name=name: any(x.kind == name for x in d.distractors)  # type: ignore[misc]
        for name in ("name", "title", "term")
    },
    **{
        f"marks {marks}": lambda d, marks=marks: marks in pairs(d)  # type: ignore[misc]
        for marks in ('""', "«»", "“”", "””")
    },
}


@pytest.mark.parametrize("name", PHENOMENA)
def test_phenomenon_occurs(name: str) -> None:
    assert any(PHENOMENA[name](document) for document in GOLD)


@pytest.mark.parametrize("split", SPLITS)
def test_split_is_valid(split: str) -> None:
    documents = load("core", split)
    assert documents
    assert [f for f in check_documents(documents) if f.level == "error"] == []
    assert {document.meta["split"] for document in documents} == {split}


def test_no_article_stands_in_two_splits() -> None:
    assert len({document.id for document in GOLD}) == len(GOLD)
    assert len({document.sha256 for document in GOLD}) == len(GOLD)


def test_gold_is_what_its_sources_give() -> None:
    for split, documents in build(SOURCES / "core").items():
        assert track_file("core", split).read_bytes() == b"".join(map(encode, documents))


def test_layers_are_about_the_texts_of_the_gold() -> None:
    author = {d.id: d.text for split in build(SOURCES / "core.author").values() for d in split}
    assert author == {document.id: document.text for document in GOLD}


def test_distractor_kinds_are_those_of_the_card() -> None:
    assert {x.kind for d in GOLD for x in d.distractors} >= {"name", "title", "term", "scare"}


def test_canonical_names_hold_no_marks() -> None:
    names = [entity.name for document in GOLD for entity in document.entities]
    assert [name for name in names if re.search('[«»"“”]', name)] == []
