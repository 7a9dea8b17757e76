"""Putting the commands together, and turning what can go wrong into one message and a code."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from qawl.cli import (
    compare,
    data,
    errors,
    extract,
    gate,
    labels,
    leaderboard,
    measures,
    peers,
    plot,
    report,
    reproduce,
    run,
    score,
    show,
    submit,
    systems,
    train,
)
from qawl.cli.shared import FAILED, INVALID_INPUT, OK, USAGE, abandon_output


class _Group(TyperGroup):
    """Ends well when the reader (head, less) has gone, where Typer would end with 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            abandon_output()
            raise typer.Exit(OK) from None


app = typer.Typer(
    name="qawl",
    cls=_Group,
    help="The open benchmark for quote attribution in Arabic news.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 ok, 1 what was asked about failed, 2 usage, 3 invalid input.",
)
for _name, _command, _help in (
    ("run", run.run, "Run a system and write its predictions."),
    ("train", train.train, "Train a system on the gold."),
    ("score", score.score, "Score predictions against gold."),
    ("compare", compare.compare, "Test whether systems differ from the first."),
    ("gate", gate.gate, "Stop a change that makes a system worse."),
    ("errors", errors.errors, "Sort errors into classes and list them."),
    ("extract", extract.extract, "Find who said what in plain text."),
    ("report", report.report, "Write a page of figures, errors and documents."),
    ("show", show.show, "Show a document with what is said in it."),
    ("plot", plot.plot, "Draw figures for papers."),
    ("labels", labels.labels, "Score as labels over words, by seqeval."),
    ("measures", measures.measures, "List the measures and their definitions."),
    ("peers", peers.peers, "Score as other people's scorers would."),
    ("reproduce", reproduce.reproduce, "Check that a claimed score comes out again."),
    ("systems", systems.systems, "List the installed systems."),
):
    app.command(_name, short_help=_help)(_command)
app.add_typer(data.app, name="data")
app.add_typer(submit.app, name="submit")
app.add_typer(leaderboard.app, name="leaderboard")


def _print_version(asked: bool) -> None:
    if asked:
        from qawl.version import VERSION  # noqa: PLC0415

        typer.echo(f"qawl {VERSION}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    from qawl.findings import InputError  # noqa: PLC0415
    from qawl.systems import TRACEBACK_VARIABLE  # noqa: PLC0415
    from qawl.writing import OutputError  # noqa: PLC0415

    _prepare_streams()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here, where an error still has a message and a code
    except BrokenPipeError:
        abandon_output()
        sys.exit(OK)
    except OutputError as error:
        _complain(error)
        sys.exit(FAILED)
    except InputError as error:
        _complain(error)
        sys.exit(INVALID_INPUT)
    except OSError as error:
        sys.stderr.write(f"qawl: {error}\n")
        abandon_output()
        sys.exit(FAILED)
    except (KeyError, ValueError) as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        plain = not error.args or isinstance(error, UnicodeError)
        sys.stderr.write(f"qawl: {error if plain else error.args[0]}\n")
        sys.exit(USAGE)


def _prepare_streams() -> None:
    """Arabic must come out whatever the locale says; a closed stream swallows what it gets."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(error: Exception) -> None:
    lines = str(error).split("\n")
    shown = lines[:20]
    sys.stderr.write("\n".join(shown) + "\n")
    if len(lines) > len(shown):
        sys.stderr.write(f"… and {len(lines) - len(shown)} more findings\n")
