"""``qawl submit``: package predictions, verify a submission, register it."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import (
    FAILED,
    INVALID_INPUT,
    UNSCORED,
    Predictions,
    Split,
    Track,
    console,
    print_json,
    report_findings,
)

if TYPE_CHECKING:
    from qawl.submissions.register import Plan
    from qawl.submissions.verify import Verification

app = typer.Typer(help="Take part in the leaderboard.", no_args_is_help=True)


class KindOption(StrEnum):
    """Kinds of systems, as the command line spells them."""

    rules = "rules"
    classifier = "classifier"
    labeller = "labeller"
    encoder = "encoder"
    generative = "generative"
    hybrid = "hybrid"
    other = "other"


@app.command()
def package(
    predictions: Predictions,
    name: Annotated[str, typer.Option(help="Of the system, in any script.")],
    version: Annotated[str, typer.Option(help="Of the system.")],
    author: Annotated[list[str], typer.Option(help="Who made it; may be repeated.")],
    description: Annotated[str, typer.Option(help="How it works, in a few sentences.")],
    kind: Annotated[KindOption, typer.Option(help="What sort of system it is.")],
    licence: Annotated[str, typer.Option(help="Its SPDX licence, or `proprietary`.")],
    training_data: Annotated[str, typer.Option(help="All that it learned or was tuned on.")],
    contact: Annotated[str, typer.Option(help="An address that answers questions.")],
    link: Annotated[
        list[str] | None, typer.Option(help="https://… of paper, code, model; may be repeated.")
    ] = None,
    parameters: Annotated[int | None, typer.Option(min=0, help="How many it has.")] = None,
    supersedes: Annotated[
        list[str] | None, typer.Option(help="Id of an earlier submission of yours.")
    ] = None,
    id: Annotated[  # noqa: A002  the option's name
        str | None, typer.Option(help="Name of the folder; default: from name and version.")
    ] = None,
    track: Track = "core",
    split: Split = "test",
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder of the submissions.")
    ] = Path("submissions"),
    date: Annotated[str | None, typer.Option(help="YYYY-MM-DD; default: today.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show all, write nothing.")] = False,
) -> None:
    """Make a submission of predictions: score them, and write submissions/TRACK/ID.

    \b
    qawl run my-system -o mine.jsonl
    qawl submit package mine.jsonl --name "My system" --version 1.0 --author "A. Author" …
    """  # noqa: D301  \b keeps the lines of the examples
    from datetime import UTC, datetime  # noqa: PLC0415

    from qawl.submissions import package as packaging  # noqa: PLC0415
    from qawl.submissions.manifest import About, encode, identifier_of  # noqa: PLC0415

    identifier = id or identifier_of(name, version)
    if not identifier:
        message = "the name has no letters a to z to make one of; give --id"
        raise typer.BadParameter(message, param_hint="--id")
    planned = packaging.plan(
        predictions,
        About(
            name=name,
            version=version,
            authors=tuple(author),
            description=description,
            kind=kind.value,
            licence=licence,
            training_data=training_data,
            contact=contact,
            links=tuple(link or ()),
            parameters=parameters,
            supersedes=tuple(supersedes or ()),
        ),
        track=track,
        split=split,
        identifier=identifier,
        date=date or datetime.now(UTC).date().isoformat(),
        root=output,
    )
    if dry_run:
        sys.stdout.write(encode(planned.manifest).decode())
        typer.echo(f"nothing was written; {planned.folder} would be", err=True)
        return
    folder = packaging.write(planned)
    typer.echo(str(folder))
    typer.echo(f"next: qawl submit register {folder} --dry-run", err=True)


@app.command()
def verify(
    folders: Annotated[list[Path] | None, typer.Argument(help="Folders of submissions.")] = None,
    base: Annotated[
        str | None,
        typer.Option(help="A git revision: prove that submissions were only added since."),
    ] = None,
    head: Annotated[
        str | None,
        typer.Option(
            help="With --base: verify the new submissions of this revision, unchecked out."
        ),
    ] = None,
    alone: Annotated[
        bool,
        typer.Option("--alone", help="With --base: nothing but new submissions may be changed."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score submissions again from their raw predictions, and compare with what they claim.

    Ends with 0 if all are verified, 1 if one is refused, 4 if nothing is wrong but the gold or the
    texts are not here to score one.

    \b
    qawl submit verify submissions/core/*
    qawl submit verify --base origin/main --head pull-request --alone
    """  # noqa: D301  \b keeps the lines of the examples
    if not folders and not base:
        raise typer.BadParameter("name folders, or a --base", param_hint="FOLDERS")
    if (head or alone) and not base:
        raise typer.BadParameter("--head and --alone need a --base")
    from qawl.submissions.verify import verify as verify_one  # noqa: PLC0415

    found = [verify_one(folder) for folder in folders or ()]
    failed = False
    if base:
        failed, more = _examine(base, head, alone=alone)
        found += more
    if json:
        print_json([_plain(item) for item in found])
    else:
        _print(found)
    states = {item.state for item in found}
    if failed or "refused" in states:
        raise typer.Exit(FAILED)
    if "unscored" in states:
        raise typer.Exit(UNSCORED)


def _examine(base: str, head: str | None, *, alone: bool) -> tuple[bool, list[Verification]]:
    """Check that submissions were only added, and verify the new ones."""
    from qawl import git  # noqa: PLC0415
    from qawl.submissions.history import FOLDER, examine, extracted  # noqa: PLC0415
    from qawl.submissions.verify import verify as verify_one  # noqa: PLC0415

    root = git.root(Path.cwd())
    history = examine(root, base, head, alone=alone)
    failed = report_findings(history.findings)
    if head is None:
        folders = [root / FOLDER / place for place in sorted(history.added)]
        found = [verify_one(folder) for folder in folders]
    else:
        with extracted(root, history) as made:
            found = [_below(folder.parents[2], verify_one(folder)) for folder in made]
    # What is new must be about the gold that is here; only what was accepted may be older.
    absent = {f.id for item in found for f in item.findings} & {"submission-gold", "track-unknown"}
    return failed or bool(absent), found


def _below(root: Path, item: Verification) -> Verification:
    """The same, its files named as in the repository and not as in the temporary folder."""
    from qawl.submissions.folder import renamed  # noqa: PLC0415

    return item._replace(findings=tuple(renamed(item.findings, f"{root}{os.sep}", "")))


def _plain(item: Verification) -> dict[str, object]:
    import msgspec  # noqa: PLC0415

    manifest = item.submission.manifest if item.submission else None
    return {
        "place": manifest.place if manifest else item.folder.name,
        "state": item.state,
        "findings": msgspec.to_builtins(item.findings),
        "scores": {name: found.value for name, found in item.result} if item.result else None,
        "signature": str(item.result.signature) if item.result else None,
    }


def _print(found: list[Verification]) -> None:
    from qawl.submissions.counts import MAIN  # noqa: PLC0415
    from qawl.views.table import percent, table  # noqa: PLC0415

    report_findings([finding for item in found for finding in item.findings])
    rows = []
    for item in found:
        manifest = item.submission.manifest if item.submission else None
        figure = percent(item.result[MAIN].value) if item.result else "–"
        about = f"{manifest.about.name} {manifest.about.version}" if manifest else "–"
        rows.append((manifest.place if manifest else item.folder.name, item.state, figure, about))
    if rows:
        made = table(("submission", "state", MAIN, "system"), rows)
        for number in (1, 3):
            made.columns[number].justify = "left"
        console().print(made)
    if any(item.state == "unscored" for item in found):
        typer.echo("unscored: files and hashes were checked, figures were not", err=True)


@app.command()
def register(
    folder: Annotated[Path, typer.Argument(help="The folder of a submission.")],
    repository: Annotated[
        Path, typer.Option(help="A clone of the benchmark; default: the one you are in.")
    ] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the pull request, touch nothing.")
    ] = False,
    push: Annotated[
        str | None,
        typer.Option(help="A remote of yours: push there, and open the pull request with gh."),
    ] = None,
) -> None:
    """Verify a submission and commit it on a branch of its own, ready for a pull request.

    \b
    qawl submit register submissions/core/my-system-1.0 --dry-run
    qawl submit register submissions/core/my-system-1.0 --push origin
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.findings import InputError  # noqa: PLC0415
    from qawl.submissions import register as registering  # noqa: PLC0415
    from qawl.submissions.verify import verify as verify_one  # noqa: PLC0415

    verified = verify_one(folder)
    if verified.state == "unscored":
        report_findings(list(verified.findings))
        raise typer.Exit(UNSCORED)
    try:
        planned = registering.plan(verified, repository)
    except InputError as error:
        report_findings(list(error.findings))
        raise typer.Exit(INVALID_INPUT) from None
    _show(planned)
    if dry_run:
        typer.echo("nothing was done; leave --dry-run out to commit", err=True)
        return
    name = registering.write(planned)
    typer.echo(
        f"committed {name[:12]} on {planned.branch}, where this clone is now; it began where the "
        "clone was before, so go back to main before you register another",
        err=True,
    )
    if push:
        typer.echo(registering.publish(planned, push))
    else:
        typer.echo(f"next: git push --set-upstream YOUR-FORK {planned.branch}", err=True)


def _show(planned: Plan) -> None:
    typer.echo(f"branch: {planned.branch}")
    for path in planned.files:
        typer.echo(f"adds:   {path}")
    typer.echo(f"title:  {planned.title}\n\n{planned.body}")
