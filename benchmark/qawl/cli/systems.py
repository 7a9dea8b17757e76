"""``qawl systems``: which systems are installed, and what can be set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qawl.cli.shared import console, print_json

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


def systems(
    options: Annotated[
        bool, typer.Option("--options", help="List the options of every system too.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the installed systems."""
    from qawl.systems import available  # noqa: PLC0415

    rows = [_row(name, point) for name, point in available().items()]
    if json:
        print_json(rows)
        return
    columns = ("name", "version", "distribution", "summary")
    _print(("system", "version", "from", "what it does"), [[r[c] for c in columns] for r in rows])
    settings = [
        (f"{row['name']}  -O {item['name']}=", str(item["default"]), item["summary"])
        for row in rows
        for item in row["options"]
    ]
    if options and settings:
        _print(("option", "default", "what it sets"), settings)


def _row(name: str, point: EntryPoint) -> dict[str, Any]:
    from qawl.findings import InputError  # noqa: PLC0415
    from qawl.systems import load_system, options  # noqa: PLC0415

    row = {"name": name, "version": "", "distribution": point.dist.name if point.dist else ""}
    try:
        system = load_system(name)
    except InputError as error:
        return {**row, "summary": f"cannot be used: {error.findings[0].message}", "options": []}
    declared = [
        {"name": option.name, "default": option.default, "summary": option.summary}
        for option in options(system)
    ]
    return {**row, "version": system.version, "summary": system.summary, "options": declared}


def _print(head: tuple[str, ...], rows: list[Any]) -> None:
    from qawl.views.table import table  # noqa: PLC0415

    made = table(head, rows)
    for column in made.columns[1:]:
        column.justify = "left"
    made.columns[-1].no_wrap = False
    console().print(made)
