"""Putting the commands together, and turning what can go wrong into one message and a code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from qawl.cli import data, extract, run, score, systems
from qawl.cli.shared import FAILED, INVALID_INPUT, USAGE

app = typer.Typer(
    name="qawl",
    help="The open benchmark for quote attribution in Arabic news.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 ok, 1 what was asked about failed, 2 usage, 3 invalid input.",
)
app.command("run")(run.run)
app.command("score")(score.score)
app.command("extract")(extract.extract)
app.command("systems")(systems.systems)
app.add_typer(data.app, name="data")


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
    from qawl.writing import OutputError  # noqa: PLC0415

    # Arabic must come out whatever the locale of the machine says.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except BrokenPipeError:
        # The reader (head, less) has gone; what is left in the buffer must not raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OutputError as error:
        _complain(error)
        sys.exit(FAILED)
    except InputError as error:
        _complain(error)
        sys.exit(INVALID_INPUT)
    except OSError as error:
        sys.stderr.write(f"qawl: {error}\n")
        sys.exit(FAILED)
    except (KeyError, ValueError) as error:
        if os.environ.get("QAWL_TRACEBACK"):
            raise
        sys.stderr.write(f"qawl: {error.args[0] if error.args else error}\n")
        sys.exit(USAGE)


def _complain(error: Exception) -> None:
    lines = str(error).split("\n")
    shown = lines[:20]
    sys.stderr.write("\n".join(shown) + "\n")
    if len(lines) > len(shown):
        sys.stderr.write(f"… and {len(lines) - len(shown)} more findings\n")
