"""Every frame of ``frames.toml``: the boundaries of quote, cue and speaker, to the code point."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from qawl.authoring import parse_inline
from qawl.records import bare
from qawl_baselines.rules import Rules

if TYPE_CHECKING:
    from qawl.records import Attribution, Document, Span

TABLES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "frames.toml").read_text(encoding="utf-8")
)
SILENT = TABLES.pop("silent")
CASES = [
    pytest.param(marked, id=f"{frame}-{number}")
    for frame, table in TABLES.items()
    for number, marked in enumerate(table)
]
_NUMBER = re.compile(r"<[^>/]*?[qcs](\d+)")


class Triple(NamedTuple):
    """The spans of an attribution, each part sorted."""

    quote: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: tuple[Span, ...]


def gold(marked: str) -> Document:
    """The document that a marked text stands for; all its attributions name one entity."""
    numbers = sorted(set(_NUMBER.findall(marked)), key=int)
    heads = "\n".join(f'{number} = "x"' for number in numbers)
    header = f"""+++
id = "core-000"
split = "train"
genre = "politics"
style = "agency"
register = "plain"
[entities]
x = {{ kind = "person", name = "س" }}
[attributions]
{heads}
+++
"""
    return parse_inline(header + marked + "\n", "case.qawl")


def triples(document: Document) -> list[Triple]:
    """The attributions as spans, in the order of their quotes and cues."""
    return sorted(map(_triple, document.attributions))


def _triple(item: Attribution) -> Triple:
    return Triple(
        tuple(sorted(item.quote)), tuple(sorted(item.cue or ())), tuple(sorted(item.speaker or ()))
    )


def readable(text: str, found: list[Triple]) -> list[str]:
    """Triples as words, so that a failing test can be read."""
    return [
        " | ".join(
            " / ".join(text[a:b] for a, b in part) for part in (item.cue, item.speaker, item.quote)
        )
        for item in found
    ]


@pytest.mark.parametrize("marked", CASES)
def test_frame(marked: str) -> None:
    document = gold(marked)
    found = next(Rules().predict([bare(document)]))
    text = str(document.text)
    assert readable(text, triples(found)) == readable(text, triples(document))
    assert triples(found) == triples(document)


@pytest.mark.parametrize("text", SILENT)
def test_no_attribution(text: str) -> None:
    document = gold(text)
    assert next(Rules().predict([bare(document)])).attributions == ()
