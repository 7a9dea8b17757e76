"""What is wrong with an input: findings, each with a stable id, a place and the way out.

The ids and their explanations stand in ``catalogue.toml``. The manner is that of the Universal
Dependencies validator: a finding has a level, a class, an id, a place and an explanation.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypedDict

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Level = Literal["error", "warning"]
_LONGEST_TEXT = 80
_LONGEST_MESSAGE = 400


class Where(TypedDict, total=False):
    """What several findings of one place share."""

    document: str
    field: str
    text: str


class Rule(msgspec.Struct, frozen=True, rename={"category": "class"}):
    """What an id means: an entry of the catalogue."""

    category: str
    level: Level
    why: str
    fix: str


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong, and where.

    Attributes:
        id: stable, an entry of the catalogue.
        level: ``error`` or ``warning``.
        message: what is wrong here, in particular.
        file: the path as it was given, ``-`` for standard input.
        line: from 1; 0 where there is none.
        document: id of the document.
        field: path of the field, such as ``attributions[2].quote[0]``.
        text: the offending piece of the input, shortened.
    """

    id: str
    level: Level
    message: str = ""
    file: str = ""
    line: int = 0
    document: str = ""
    field: str = ""
    text: str = ""

    @property
    def rule(self) -> Rule:
        """The catalogue's entry: why this is wrong, and the way out."""
        return catalogue()[self.id]

    def at(self, *, file: str, line: int = 0) -> Finding:
        """The same finding, placed in a file."""
        return msgspec.structs.replace(self, file=file, line=line)

    def __str__(self) -> str:
        file = printable(self.file, _LONGEST_MESSAGE)
        place = ":".join(str(part) for part in (file, self.line) if part)
        where = " ".join(part for part in (place, self.document, self.field) if part)
        piece = f" «{self.text}»" if self.text else ""
        detail = f" ({self.message})" if self.message else ""
        rule = self.rule
        return f"{where}: {self.level} [{self.id}]{piece} {rule.why}{detail} {rule.fix}".lstrip(
            ": "
        )


class InputError(Exception):
    """The input cannot be used. ``findings`` holds every reason, in the order of the input."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(item) for item in self.findings))


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its id."""
    raw = files("qawl").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), dict[str, Rule])


def finding(
    identifier: str,
    *,
    message: str = "",
    file: str = "",
    line: int = 0,
    document: str = "",
    field: str = "",
    text: str = "",
) -> Finding:
    """A finding of the catalogue, with its level; all but the file is made printable and short."""
    return Finding(
        id=identifier,
        level=catalogue()[identifier].level,
        message=printable(message, _LONGEST_MESSAGE),
        file=file,
        line=line,
        document=printable(document),
        field=printable(field, _LONGEST_MESSAGE),
        text=printable(text),
    )


def printable(text: str, longest: int = _LONGEST_TEXT) -> str:
    """Text that is safe on a terminal: one line, no control or direction characters, not long."""
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    if shown.isprintable():
        return shown
    return "".join(
        c if c.isprintable() else "⏎" if c == "\n" else f"\\u{ord(c):04x}" for c in shown
    )


def errors(findings: Sequence[Finding]) -> list[Finding]:
    """Those for which input is refused."""
    return [item for item in findings if item.level == "error"]
