"""What the commands share: exit codes, options, progress."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from qawl.findings import Finding

OK, FAILED, USAGE, INVALID_INPUT = 0, 1, 2, 3
# Nothing is wrong with a submission, but gold or texts are not here to score it.
UNSCORED = 4
_WIDEST = 10_000

Track = Annotated[str, typer.Option(help="A track of the gold.")]
Split = Annotated[str, typer.Option(help="A split of the track.")]

Gold = Annotated[str | None, typer.Option(help="A gold file instead of a split of a track.")]
Predictions = Annotated[str, typer.Argument(help="Predictions (qawl/1); - for stdin.")]

Item = TypeVar("Item")


class PolicyOption(StrEnum):
    """Boundary policies, as the command line spells them."""

    word = "word"
    exact = "exact"


Policy = Annotated[
    PolicyOption, typer.Option(help="Compare boundaries by word, or by exact code point.")
]


class LanguageOption(StrEnum):
    """Languages of the pages, as the command line spells them."""

    en = "en"
    ar = "ar"


Language = Annotated[LanguageOption, typer.Option(help="Language of the page's interface.")]


Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        "-O",
        metavar="NAME=VALUE",
        help="A setting of the system, see `qawl systems --options`; may be repeated.",
    ),
]


def settings(said: list[str] | None) -> dict[str, str]:
    """Settings of a system from ``NAME=VALUE``; of a name said twice the last counts.

    Raises:
        ValueError: for one without ``=``.
    """
    found = {}
    for item in said or ():
        name, equals, value = item.partition("=")
        if not equals:
            raise ValueError(f"an option is written NAME=VALUE, not {item!r}")
        found[name.strip()] = value
    return found


def system_names(files: list[str]) -> list[str]:
    """What systems are called after their files: the stems, or the paths where these are alike."""
    stems = [Path(file).stem for file in files]
    return [
        stem if stems.count(stem) == 1 else file for stem, file in zip(stems, files, strict=True)
    ]


def console() -> Console:
    """Standard output for views: colours on a terminal, plain text of any width in a pipe."""
    from rich.console import Console  # noqa: PLC0415

    class Screen(Console):
        """Leaves a closed pipe to main(), where rich would end with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    screen = Screen(highlight=False, markup=False, emoji=False)
    if not screen.is_terminal:
        screen.width = _WIDEST  # nothing is cut off because a pipe has no width
    return screen


def refuse_two_stdins(*sources: str | None) -> None:
    """Standard input can be read once.

    Raises:
        ValueError: if two sources are ``-``.
    """
    if sources.count("-") > 1:
        raise ValueError("only one input can come from standard input")


def progress(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """The items, with a progress bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    yield from track(
        items, description=what, total=total, console=Console(stderr=True), transient=True
    )


def report_findings(findings: Sequence[Finding], most: int = 20) -> bool:
    """Print findings on standard error, a line each, and say whether there is an error."""
    for item in findings[:most]:
        sys.stderr.write(f"{item}\n")
    if len(findings) > most:
        sys.stderr.write(f"… and {len(findings) - most} more findings\n")
    return any(item.level == "error" for item in findings)


def abandon_output() -> None:
    """What is left in the buffer must not raise again when the interpreter ends."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(value: object) -> None:
    """Print plain data as JSON, Arabic as Arabic."""
    import msgspec  # noqa: PLC0415

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
