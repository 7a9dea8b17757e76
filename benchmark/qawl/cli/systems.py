"""``qawl systems``: which systems are installed."""

from __future__ import annotations

from typing import Annotated

import typer

from qawl.cli.shared import console, print_json


def systems(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the installed systems."""
    from qawl.findings import InputError  # noqa: PLC0415
    from qawl.systems import available, load_system  # noqa: PLC0415

    rows: list[dict[str, str]] = []
    for name, point in available().items():
        distribution = point.dist.name if point.dist else ""
        try:
            system = load_system(name)
        except InputError as error:
            summary = f"cannot be used: {error.findings[0].message}"
            rows.append(
                {"name": name, "version": "", "distribution": distribution, "summary": summary}
            )
            continue
        rows.append(
            {
                "name": name,
                "version": system.version,
                "distribution": distribution,
                "summary": system.summary,
            }
        )
    if json:
        print_json(rows)
        return
    from qawl.views.table import table  # noqa: PLC0415

    made = table(("system", "version", "from", "what it does"), [tuple(r.values()) for r in rows])
    for column in made.columns[1:]:
        column.justify = "left"
    made.columns[-1].no_wrap = False
    console().print(made)
