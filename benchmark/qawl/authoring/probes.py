"""Contrast sets: many sentences of one phenomenon in a file, each a document of its own.

See docs/authoring.md. The file's name is the phenomenon's; items that differ only in what matters
share a ``pair``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from qawl.authoring.draft import header_error, read_toml
from qawl.authoring.inline import inline_document
from qawl.findings import Finding, InputError
from qawl.records import QuoteType

if TYPE_CHECKING:
    from qawl.records import Document

SUFFIX = ".probes.toml"
_META_FIELDS = {"split": str, "phenomenon": str, "pair": str}


class _Item(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence or two.

    Attributes:
        text: with tags, as the body of a ``.qawl`` source.
        pair: what it shares with its counterpart; empty for one that stands alone.
        entities: for each id ``kind: name``.
        sources: the entity of attribution 1, 2, …
        types: of attributions whose type the marks do not tell, by number.
    """

    text: str
    pair: str = ""
    entities: dict[str, str] = {}
    sources: tuple[str, ...] = ()
    types: dict[str, QuoteType] = {}


class _Set(msgspec.Struct, forbid_unknown_fields=True):
    about: str
    items: tuple[_Item, ...]


def parse_probes(source: str, file: str, phenomenon: str) -> list[Document]:
    """The documents of one contrast set, in its order.

    Args:
        source: the content of the file, TOML.
        file: its path, for findings.
        phenomenon: what it is about; the documents are ``probe-<phenomenon>-<pair><letter>``.

    Raises:
        InputError: ``source-header`` where the file has not the form; whatever is wrong with
            items, of all of them together.
    """
    raw = read_toml(source, file)
    try:
        parsed = msgspec.convert(raw, _Set)
    except msgspec.ValidationError as error:
        raise header_error(file, str(error)) from error
    counts: Counter[str] = Counter()
    documents: list[Document] = []
    findings: list[Finding] = []
    lines = [number for number, line in enumerate(source.split("\n"), 1) if "[[items]]" in line]
    for number, item in enumerate(parsed.items):
        name = item.pair or f"s{number + 1:02}"
        letter = "abcdefghijklmnopqrstuvwxyz"[counts[name] % 26] if item.pair else ""
        counts[name] += 1
        header = {
            "id": f"probe-{phenomenon}-{name}{letter}",
            "entities": _entities(item, file),
            "attributions": _heads(item),
            "split": "test",
            "phenomenon": phenomenon,
            "pair": item.pair,
        }
        line = lines[number] if number < len(lines) else 1
        try:
            documents.append(
                inline_document(header, f"{item.text.strip()}\n", _META_FIELDS, file, line)
            )
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return documents


def _entities(item: _Item, file: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for identifier, said in item.entities.items():
        kind, colon, name = said.partition(":")
        if not colon:
            raise header_error(file, f"{said!r} is no `kind: name`", f"entities.{identifier}")
        found[identifier] = {"kind": kind.strip(), "name": name.strip()}
    return found


def _heads(item: _Item) -> dict[str, object]:
    return {
        str(number): {"entity": entity, "type": item.types[str(number)]}
        if str(number) in item.types
        else entity
        for number, entity in enumerate(item.sources, 1)
    }
