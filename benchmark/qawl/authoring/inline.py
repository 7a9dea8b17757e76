"""Inline markup: an article with tags in it, under a TOML header (docs/authoring.md)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from msgspec.structs import replace

from qawl.authoring.draft import (
    AttributionDraft,
    Draft,
    header_error,
    read_entities,
    read_head,
    read_meta,
    read_toml,
    refuse,
)
from qawl.findings import Finding, finding, printable
from qawl.records import DISTRACTOR_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qawl.records import DistractorKind, Document, Span

_FENCE = "+++"
_TOKEN = re.compile(r"\\(?P<escape>[<\\])|<(?P<close>/?)(?P<names>[^<>\n]*)>|(?P<stray>[<\\])")
_ROLE = re.compile(r"(?P<role>[qcs])(?P<number>[1-9][0-9]*)")
_OWN_FIELDS = {"id", "entities", "attributions"}
# The data card types them; a further key would break every reader of the typed columns.
_META_FIELDS = {"split": str, "genre": str, "style": str, "register": str, "slices": list[str]}
_PARTS = {"q": "quote", "c": "cue", "s": "speaker"}


class _Tagged(NamedTuple):
    """A stretch of the text and the tag that was around it."""

    name: str
    span: Span


def parse_inline(source: str, file: str = "") -> Document:
    """Turn one ``.qawl`` source into its record.

    Args:
        source: the content of the file.
        file: its path, for findings.

    Raises:
        InputError: ``source-header``, ``source-tag`` or ``source-attribution``, all at once where
            they do not hide each other.
    """
    header, body, first_line = _split(source, file)
    return inline_document(header, body, _META_FIELDS, file, first_line)


def inline_document(
    header: dict[str, Any], body: str, meta_fields: Mapping[str, Any], file: str, first_line: int
) -> Document:
    """The record of a body with tags under a header that was read already.

    Args:
        header: ``id``, ``entities``, ``attributions``, and metadata.
        body: the article with tags.
        meta_fields: the metadata that may stand in the header, with their types.
        file: the source's path, for findings.
        first_line: the line of the file in which the body begins.

    Raises:
        InputError: as :func:`parse_inline`.
    """
    text, tagged, findings = _take_tags_out(body, file, first_line)
    entities = read_entities(header.get("entities"), file)
    heads = header.get("attributions", {})
    if not isinstance(heads, dict):
        raise header_error(file, "[attributions] is no table", "attributions")
    drafts = {
        key: AttributionDraft(read_head(value, file, f"attributions.{key}"))
        for key, value in heads.items()
    }
    own = {key: value for key, value in header.items() if key not in _OWN_FIELDS}
    meta = read_meta(own, meta_fields, file)
    mentions: dict[str, list[Span]] = {}
    distractors: list[tuple[Span, DistractorKind]] = []
    for name, span in tagged:
        role = _ROLE.fullmatch(name)
        kind, _, value = name.partition(".")
        if role and role["number"] in drafts:
            getattr(drafts[role["number"]], _PARTS[role["role"]]).append(span)
        elif kind == "m" and value in entities:
            mentions.setdefault(value, []).append(span)
        elif kind == "d" and value in DISTRACTOR_KINDS:
            distractors.append((span, cast("DistractorKind", value)))
        else:
            line = first_line + text[: span[0]].count("\n")
            findings.append(
                finding("source-tag", file=file, line=line, text=name, message="not in the header")
            )
    findings += [
        finding("source-attribution", file=file, line=1, text=key, message="it has no quote tag")
        for key, draft in drafts.items()
        if not draft.quote
    ]
    refuse([replace(item, document=printable(header["id"])) for item in findings])
    return Draft(
        id=header["id"],
        text=text,
        entities=entities,
        attributions=list(drafts.values()),
        mentions=mentions,
        distractors=distractors,
        meta=meta,
    ).record()


def _split(source: str, file: str) -> tuple[dict[str, Any], str, int]:
    """The header, the body, and the number of the body's first line."""
    lines = source.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in lines[1:]:
        raise header_error(file, f"no header between two {_FENCE} lines")
    end = lines.index(_FENCE, 1)
    # An empty line for the fence, so that lines are counted as in the file.
    header = read_toml("\n".join(["", *lines[1:end]]), file)
    if not isinstance(header.get("id"), str):
        raise header_error(file, "`id` is missing or no string", "id")
    if unknown := set(header) - _OWN_FIELDS - set(_META_FIELDS):
        raise header_error(file, f"unknown field `{min(unknown)}`", min(unknown))
    body = "\n".join(lines[end + 1 :]).strip("\n") + "\n"
    if not body.strip():
        raise header_error(file, "no article stands behind it", line=end + 1)
    blank = end + 1
    while blank < len(lines) and not lines[blank]:
        blank += 1
    return header, body, blank + 1


def _take_tags_out(
    body: str, file: str, first_line: int
) -> tuple[str, list[_Tagged], list[Finding]]:
    """The text without tags, and the stretches they were around, in code points of that text."""
    pieces: list[str] = []
    length = 0
    opened: dict[str, tuple[int, re.Match[str]]] = {}
    tagged: list[_Tagged] = []
    findings: list[Finding] = []
    last = 0

    def complain(match: re.Match[str], message: str) -> None:
        line = first_line + body.count("\n", 0, match.start())
        findings.append(
            finding("source-tag", file=file, line=line, text=match.group(), message=message)
        )

    for match in _TOKEN.finditer(body):
        literal = body[last : match.start()] + (match["escape"] or "")
        last = match.end()
        pieces.append(literal)
        length += len(literal)
        if match["stray"]:
            complain(match, "a bare < or \\")
        names = (match["names"] or "").split()
        if match["names"] is not None and not names:
            complain(match, "a tag without a name")
        for name in names:
            if not match["close"]:
                if name in opened:
                    complain(match, f"{name} is open already")
                opened[name] = length, match
            elif name in opened:
                tagged.append(_Tagged(name, (opened.pop(name)[0], length)))
            else:
                complain(match, f"{name} was not opened")
    pieces.append(body[last:])
    for name, (_, match) in opened.items():
        complain(match, f"{name} is never closed")
    return "".join(pieces), tagged, findings
