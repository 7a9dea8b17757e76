"""``qawl gate``: stop a change that makes a system worse, and let noise pass."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import (
    FAILED,
    Gold,
    Policy,
    PolicyOption,
    Predictions,
    Split,
    Track,
    abandon_output,
    console,
    refuse_two_stdins,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.errors import Analysis
    from qawl.gate import Decision
    from qawl.records import Document
    from qawl.scoring import Result

SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
_SAVED = (".json", ".md", ".xml")


class Format(StrEnum):
    """How a decision is printed."""

    table = "table"
    json = "json"
    markdown = "markdown"
    junit = "junit"


def gate(
    predictions: Predictions,
    baseline: Annotated[
        str,
        typer.Option(help="Predictions (a file or .gz), a submission's folder, or REVISION:PATH."),
    ],
    max_drop: Annotated[float, typer.Option(min=0, max=1, help="What a drop may be.")] = 0.01,
    alpha: Annotated[float, typer.Option(min=0, max=1, help="Level of the tests.")] = 0.05,
    measure: Annotated[
        list[str] | None,
        typer.Option(help="A measure; may be repeated. Default: triple.exact."),
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Check slices too; as for `qawl score --by`.")
    ] = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(help="MEASURE=VALUE that the predictions must reach; may be repeated."),
    ] = None,
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    policy: Policy = PolicyOption.word,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each test.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the tests.")] = 20260101,
    documents: Annotated[int, typer.Option(min=0, help="Show so many changed ones.")] = 5,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,  # noqa: A002
    save: Annotated[
        list[Path] | None,
        typer.Option(help="Also write .json, .md or .xml (JUnit); may be repeated."),
    ] = None,
    github: Annotated[
        bool,
        typer.Option("--github", help="Annotate, and add to the step summary (GitHub Actions)."),
    ] = False,
) -> None:
    """Compare predictions with a baseline; end with 1 on a regression or a broken floor.

    A drop stops the gate only if it is larger than allowed and statistically shown.

    \b
    qawl gate mine.jsonl --baseline reference.jsonl
    qawl gate mine.jsonl --baseline origin/main:reference.jsonl --by type --floor triple.exact=0.7
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.gate.decision import DEFAULT  # noqa: PLC0415
    from qawl.tracks import track_file, with_texts  # noqa: PLC0415

    refuse_two_stdins(predictions, baseline, gold)
    if wrong := [path for path in save or () if path.suffix not in _SAVED]:
        raise typer.BadParameter(f"{wrong[0]} ends in none of {', '.join(_SAVED)}")
    floors = dict(map(_floor, floor or ()))
    decision = _decide(
        (predictions, baseline),
        with_texts(gold or track_file(track, split)),
        f"{track}/{split}" if gold is None else gold,
        measures=measure or DEFAULT,
        by=by or (),
        policy=policy,
        floors=floors,
        limits=(max_drop, alpha),
        chance=(rounds, seed),
    )
    for path in save or ():
        _save(decision, path, documents)
    try:
        with _inert(github):
            _print(decision, format, documents)
        if github:
            _tell_github(decision, documents)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever stopped reading must not make a regression pass
        abandon_output()
    if not decision.passed:
        raise typer.Exit(FAILED)


@contextmanager
def _inert(github: bool) -> Iterator[None]:
    """On GitHub, let nothing that is printed meanwhile be a command: ids and texts are not ours."""
    token = secrets.token_hex(16)
    if github:
        typer.echo(f"::stop-commands::{token}")
    yield
    if github:
        typer.echo(f"::{token}::")


def _floor(text: str) -> tuple[str, float]:
    from qawl.scoring.measures import measure_named  # noqa: PLC0415

    name, _, value = text.partition("=")
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise typer.BadParameter(f"{text}: write MEASURE=VALUE, a value from 0 to 1")
    return measure_named(name).name, number


def _decide(
    files: tuple[str, str],
    gold: str | Path | list[Document],
    name: str,
    *,
    measures: Sequence[str],
    by: Sequence[str],
    policy: PolicyOption,
    floors: dict[str, float],
    limits: tuple[float, float],
    chance: tuple[int, int],
) -> Decision:
    from qawl.errors import analyse  # noqa: PLC0415
    from qawl.gate import decide  # noqa: PLC0415
    from qawl.gate.reference import reference  # noqa: PLC0415
    from qawl.reading import read  # noqa: PLC0415
    from qawl.scoring import score_documents  # noqa: PLC0415

    predictions, baseline = files
    known = list(read(gold)) if gold == "-" else gold

    def looked_at(source: str | Path | list[Document]) -> tuple[Result, Analysis]:
        chosen = tuple(dict.fromkeys([*measures, *floors]))
        result = score_documents(
            source, known, name=name, measures=chosen, policy=policy.value, by=by
        )
        return result, analyse(source, known, policy=policy.value)

    candidate = list(read("-")) if predictions == "-" else predictions
    with reference(baseline) as path:
        before = looked_at(path)
    after = looked_at(candidate)
    return decide(
        before[0],
        after[0],
        checked=measures,
        names=(baseline, predictions),
        max_drop=limits[0],
        alpha=limits[1],
        floors=floors,
        analyses=(before[1], after[1]),
        rounds=chance[0],
        seed=chance[1],
    )


def _rendered(decision: Decision, how: str, most: int) -> str:
    if how == "json":
        import msgspec  # noqa: PLC0415

        return msgspec.json.format(msgspec.json.encode(decision), indent=2).decode() + "\n"
    if how == "junit":
        from qawl.views.junit import gate_junit  # noqa: PLC0415

        return gate_junit(decision, most)
    from qawl.views.gate import gate_markdown  # noqa: PLC0415

    return gate_markdown(decision, most)


def _print(decision: Decision, how: Format, most: int) -> None:
    if how is Format.table:
        from qawl.views.gate import print_gate  # noqa: PLC0415

        print_gate(decision, console(), most)
    else:
        sys.stdout.write(_rendered(decision, how.value, most))


def _save(decision: Decision, path: Path, most: int) -> None:
    from qawl.writing import replacing  # noqa: PLC0415

    how = {".json": "json", ".xml": "junit", ".md": "markdown"}[path.suffix]
    with replacing(path) as stream:
        stream.write(_rendered(decision, how, most).encode())


def _tell_github(decision: Decision, most: int) -> None:
    from qawl.views.gate import commands  # noqa: PLC0415

    for line in commands(decision):
        typer.echo(line)
    if place := os.environ.get(SUMMARY_VARIABLE):
        with Path(place).open("a", encoding="utf-8") as stream:
            stream.write(_rendered(decision, "markdown", most))
