"""``qawl leaderboard``: build the board from the submissions, or check that it is current."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import FAILED, progress, report_findings

if TYPE_CHECKING:
    from qawl.leaderboard.board import Board
    from qawl.leaderboard.collect import Collection, Entry

app = typer.Typer(help="Build the leaderboard, check it.", no_args_is_help=True)
PAGE, DATA = "LEADERBOARD.md", "leaderboard.json"

Root = Annotated[Path, typer.Option("--submissions", help="The folder of the submissions.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Folder; default: the one that holds the submissions."),
]


@app.command()
def build(
    submissions: Root = Path("submissions"),
    output: Output = None,
    every_eval_ever: Annotated[
        Path | None,
        typer.Option(help="Also write the board in the schema of Every Eval Ever, to this folder."),
    ] = None,
) -> None:
    """Score every submission, keep the counts beside it, write LEADERBOARD.md, leaderboard.json.

    Ends with 1 if a submission is refused; the board is then built from the others.

    \b
    qawl leaderboard build
    qawl leaderboard build --every-eval-ever export
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.leaderboard.board import make_board  # noqa: PLC0415
    from qawl.leaderboard.collect import keep  # noqa: PLC0415
    from qawl.leaderboard.export import export  # noqa: PLC0415

    found = _collect(submissions)
    for path in keep(found.entries):
        typer.echo(f"{path}: written", err=True)
    board = make_board(found.entries)
    target = output or submissions.parent
    for name, content in _files(board).items():
        if not _is(target / name, content):
            _write(target / name, content)
    if every_eval_ever:
        for name, log in export(board):
            _write(every_eval_ever / name, _json(log))
    if report_findings(found.findings):
        raise typer.Exit(FAILED)


@app.command()
def check(submissions: Root = Path("submissions"), output: Output = None) -> None:
    """Prove that counts and board are what the submissions give; write nothing.

    Submissions that no maintainer has accepted yet (without counts.json) are named and left out.
    Ends with 1 if anything differs.
    """
    from qawl.findings import finding  # noqa: PLC0415
    from qawl.leaderboard.board import make_board  # noqa: PLC0415
    from qawl.submissions.folder import COUNTS  # noqa: PLC0415

    found = _collect(submissions)
    accepted: list[Entry] = []
    for entry in found.entries:
        if entry.kept is None and entry.scored:
            typer.echo(f"{entry.folder}: waits for `qawl leaderboard build`", err=True)
            continue
        accepted.append(entry)
        if entry.stale:
            found.findings.append(finding("submission-counts", file=str(entry.folder / COUNTS)))
    failed = report_findings(found.findings)
    target = output or submissions.parent
    for name, content in _files(make_board(accepted)).items():
        if not _is(target / name, content):
            failed = True
            typer.echo(f"{target / name} is stale; run `qawl leaderboard build`", err=True)
    if failed:
        raise typer.Exit(FAILED)


def _collect(submissions: Path) -> Collection:
    from qawl.leaderboard.collect import collect, folders  # noqa: PLC0415

    if not submissions.is_dir():
        raise ValueError(f"there is no folder {submissions}; name it with --submissions")
    some = folders(submissions)
    return collect(progress(some, "scoring", len(some)))


def _files(board: Board) -> dict[str, bytes]:
    from qawl.leaderboard.page import page  # noqa: PLC0415

    return {PAGE: page(board).encode(), DATA: _json(board.to_dict())}


def _json(value: object) -> bytes:
    import msgspec  # noqa: PLC0415

    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(path: Path, content: bytes) -> None:
    from qawl.writing import replacing  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:
        stream.write(content)
    typer.echo(f"{path}: written", err=True)
