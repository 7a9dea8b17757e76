"""The examples of the documentation are right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.core import TyperGroup
from typer.main import get_command

from qawl import Document, extract, validate
from qawl.cli import app

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = [
    pytest.param(block, id=f"{path.name}-{number}")
    for path in sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    for number, block in enumerate(
        re.findall(r"```json\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    )
    if "qawl/1" in block
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_record_in_a_page_is_valid_gold(block: str) -> None:
    document = msgspec.json.decode(block.encode(), type=Document)
    assert list(validate([document])) == []


def test_the_example_of_the_format_is_what_the_rules_find() -> None:
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    block = re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0]
    document = msgspec.json.decode(block.encode(), type=Document)
    (gold,) = document.attributions
    (found,) = extract(str(document.text)).attributions
    assert (found.quote, found.cue, found.speaker) == (gold.quote, gold.cue, gold.speaker)


COMMANDS = [
    pytest.param(line.strip(), id=f"{path.name}-{number}")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for number, line in enumerate(
        line
        for block in re.findall(
            r"```(?:sh)?\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL
        )
        for line in block.replace("\\\n", " ").split("\n")
        if line.startswith("qawl ")
    )
]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_in_a_page_has_the_options_that_the_page_says(line: str) -> None:
    for piece in re.split(r"[|;]|&&", line.split("#", maxsplit=1)[0]):
        words = piece.split()
        if not words or words[0] != "qawl":
            continue
        command: Any = get_command(app)
        for word in words[1:]:
            if not isinstance(command, TyperGroup):
                break
            if word in command.commands:
                command = command.commands[word]
        known = {option for parameter in command.params for option in parameter.opts}
        used = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert used - {"--help", "-h"} <= known


def test_no_page_links_to_a_file_that_is_not_there() -> None:
    names = ("README.md", "CONTRIBUTING.md", "LEADERBOARD.md", "submissions/README.md")
    pages = [*(ROOT / name for name in names), *(ROOT / "docs").glob("*.md")]
    broken = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not broken
