"""``qawl measures``: what can be measured."""

from __future__ import annotations

from typing import Annotated

import typer

from qawl.cli.shared import console, print_json


def measures(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the measures and their definitions; those with a star are printed by default."""
    from qawl.scoring import DEFAULT, MEASURES  # noqa: PLC0415

    if json:
        print_json(
            [
                {
                    "name": item.name,
                    "summary": item.summary,
                    "kind": item.kind,
                    "better": item.better,
                    "default": item.name in DEFAULT,
                }
                for item in MEASURES.values()
            ]
        )
        return
    from qawl.views.table import table  # noqa: PLC0415

    made = table(
        ("measure", "", "what it says"),
        [
            (item.name, "*" if item.name in DEFAULT else "", item.summary)
            for item in MEASURES.values()
        ],
    )
    made.columns[2].justify = "left"
    made.columns[2].no_wrap = False
    console().print(made)
