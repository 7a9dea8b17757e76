"""The command itself: help, version, usage."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from support.newsroom import complains

if TYPE_CHECKING:
    from support.newsroom import Command


def test_help_lists_the_commands_and_the_exit_codes(qawl: Command) -> None:
    outcome = qawl("--help")
    assert outcome.code == 0
    for command in ("run", "score", "extract", "systems", "data"):
        assert re.search(rf"^  {command}\b", outcome.out, re.MULTILINE)
    assert "0 ok, 1" in outcome.out


@pytest.mark.parametrize("command", ["run", "score", "extract", "systems", "data"])
def test_every_command_has_help(qawl: Command, command: str) -> None:
    outcome = qawl(command, "-h")
    assert outcome.code == 0
    assert f"qawl {command}" in outcome.out


def test_the_version_is_that_of_the_distribution(qawl: Command) -> None:
    assert qawl("--version").out == f"qawl {version('qawl')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("score",),
        ("score", "a", "--no-such-option"),
        ("score", "a", "--policy", "loud"),
        ("score", "a", "--format", "pdf"),
        ("extract", "a", "--format", "pdf"),
        ("run",),
        ("data", "nonsense"),
        ("data", "validate"),
    ],
)
def test_a_wrong_command_line_ends_with_2(qawl: Command, arguments: tuple[str, ...]) -> None:
    complains(qawl(*arguments), 2, "Error: ")
