"""``python -m qawl_baselines.encoder``: fine-tune an encoder, and what it could reach at best."""

from __future__ import annotations

import io
import sys
from pathlib import Path  # noqa: TC003  typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import FAILED, INVALID_INPUT, USAGE, progress

if TYPE_CHECKING:
    from qawl.records import Document

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _root() -> None:
    """The encoder baseline of qawl."""


@app.command()
def train(
    model: Annotated[str, typer.Option(help="A pretrained encoder: a folder or a hub name.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A new folder for the model.")],
    revision: Annotated[str, typer.Option(help="Branch, tag or commit on the hub.")] = "",
    track: Annotated[
        list[str] | None, typer.Option(help="Tracks to learn from; may be repeated. [core]")
    ] = None,
    train: Annotated[
        str | None, typer.Option(help="A gold file to learn from, instead of the tracks.")
    ] = None,
    dev: Annotated[str | None, typer.Option(help="A gold file to choose the epoch by.")] = None,
    epochs: Annotated[int, typer.Option(help="How often every document is seen.")] = 10,
    lr: Annotated[float, typer.Option(help="Learning rate of the encoder.")] = 3e-5,
    head_lr: Annotated[float, typer.Option(help="Learning rate of heads and linker.")] = 5e-4,
    batch: Annotated[int, typer.Option(help="Documents read at once.")] = 4,
    accumulate: Annotated[int, typer.Option(help="Batches that make one step.")] = 1,
    max_length: Annotated[int, typer.Option(help="Tokens of a window.")] = 512,
    seed: Annotated[int, typer.Option(help="Of order, dropout and fresh weights.")] = 20260101,
    device: Annotated[str, typer.Option(help="Such as cpu; a GPU if there is one.")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a run stopped.")] = False,
) -> None:
    """Fine-tune an encoder; the best epoch on dev, by triple.relaxed, is kept."""
    from qawl_baselines.encoder import training  # noqa: PLC0415

    settings = training.Settings(
        model=model, revision=revision, epochs=epochs, lr=lr, head_lr=head_lr, batch=batch,
        accumulate=accumulate, max_length=max_length, seed=seed,
    )  # fmt: skip
    history = training.train(
        settings,
        _gold(train, track, "train"),
        _gold(dev, track, "dev"),
        output,
        device=device,
        resume=resume,
        watch=progress,
        say=_say,
    )
    best = max(row[training.CHOSEN_BY] for row in history)
    sys.stdout.write(f"{output}: {training.CHOSEN_BY} {100 * best:.1f} on dev\n")


@app.command()
def ceiling(
    track: Annotated[str, typer.Option(help="A track of the gold.")] = "core",
    split: Annotated[str, typer.Option(help="A split of the track.")] = "dev",
) -> None:
    """Score what a model without mistakes would reach; it needs no model and no libraries."""
    from qawl.api import score  # noqa: PLC0415
    from qawl.tracks import load  # noqa: PLC0415
    from qawl_baselines.encoder.ceiling import perfect  # noqa: PLC0415

    gold = load(track, split)
    sys.stdout.write(f"{score(list(map(perfect, gold)), gold)}\n")


def _gold(path: str | None, tracks: list[str] | None, split: str) -> list[Document]:
    """The gold of a file, or of a split of every track, with texts."""
    from qawl.reading import read  # noqa: PLC0415
    from qawl.texts.store import attached  # noqa: PLC0415
    from qawl.tracks import load  # noqa: PLC0415

    if path is not None:
        return list(attached(read(path)))
    return [document for name in tracks or ["core"] for document in load(name, split)]


def _say(line: str) -> None:
    """A line of progress, for whoever watches."""
    if sys.stderr.isatty():
        sys.stderr.write(line + "\n")


def main() -> None:
    """Run the command, with the messages and exit codes of ``qawl``."""
    from qawl.findings import InputError  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Arabic must come out whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="python -m qawl_baselines.encoder")
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(INVALID_INPUT)
    except OSError as error:
        sys.stderr.write(f"qawl: {error}\n")
        sys.exit(FAILED)
    except ValueError as error:
        sys.stderr.write(f"qawl: {error}\n")
        sys.exit(USAGE)


if __name__ == "__main__":
    main()
