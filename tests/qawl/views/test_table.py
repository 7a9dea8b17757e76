"""Tables of what came from files: text, whatever it looks like."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from rich.console import Console

from qawl import score
from qawl.views.latex import score_latex
from qawl.views.markdown import score_markdown
from qawl.views.table import score_text, table
from support.newsroom import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from qawl.report import Report

HOSTILE = "\x1b[31m\u202e\x07"


def shown(head: list[str], rows: list[list[str]]) -> str:
    stream = StringIO()
    Console(file=stream, width=60).print(table(head, rows))
    return stream.getvalue()


def test_cells_stand_below_their_heads_the_first_left_and_the_others_right() -> None:
    lines = shown(["name", "count"], [["a", "1"], ["longer", "1000"]]).splitlines()
    assert [line.strip() for line in lines if "─" not in line and line.strip()] == [
        "name    count", "a           1", "longer   1000",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["[red]x[/]", "[bold]", ":smile:", "[/]", "a[1]"])
def test_what_looks_like_markup_is_text(cell: str) -> None:
    assert cell in shown([cell, "b"], [["a", cell]])
    assert shown([cell, "b"], [["a", cell]]).count(cell) == 2


def test_controls_of_a_terminal_are_taken_out() -> None:
    printed = shown([f"a{HOSTILE}", "b"], [[f"c{HOSTILE}", f"d{HOSTILE}"]])
    assert not set(HOSTILE) - set("[31m") & set(printed)


@pytest.mark.parametrize("view", [score_text, score_markdown, score_latex])
def test_a_printed_score_shows_labels_of_the_gold_as_text(view: Callable[[Report], str]) -> None:
    gold = replace(article(), meta={"genre": f"[x] wea{HOSTILE}\nther"})
    printed = view(score([article()], [gold], by=["genre"]).report(resamples=10))
    assert "wea" in printed
    assert "ther" in printed[printed.index("wea") :].splitlines()[0]
    assert not {"\x1b", "\u202e", "\x07"} & set(printed)
