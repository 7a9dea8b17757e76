"""The examples of the documentation are right."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from qawl import Document, extract, validate

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


def test_no_page_links_to_a_file_that_is_not_there() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    broken = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not broken
