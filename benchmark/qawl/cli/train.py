"""``qawl train``: let a system learn from the gold, and save what it learned."""

from __future__ import annotations

import shlex
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qawl.cli.shared import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qawl.records import Document
    from qawl.training import Trained

_SHOWN = ("quote.relaxed", "entity", "triple.relaxed", "triple.exact")
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "python-crfsuite", "msgspec")


def train(
    system: Annotated[str, typer.Argument(help="A system that learns: linear, crf, hybrid, …")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The model, a .npz file; a .json goes beside it.")
    ],
    track: Annotated[
        list[str] | None,
        typer.Option(help="A track to learn from; may be repeated. [default: core and wire]"),
    ] = None,
    split: Annotated[str, typer.Option(help="The split to learn from.")] = "train",
    dev: Annotated[
        str, typer.Option(help="The split to look at the result on; empty for none.")
    ] = "dev",
    share: Annotated[
        float, typer.Option(help="Learn from this share of the articles only, above 0 up to 1.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(min=0, help="Of everything that is drawn.")] = 1,
) -> None:
    """Train a system on the gold, evaluate it on dev, and save the model.

    \b
    qawl train linear -o linear.npz
    qawl run linear -O model=linear.npz | qawl score -
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.tracks import load  # noqa: PLC0415
    from qawl.training import some_of, trainable  # noqa: PLC0415

    if output.suffix != ".npz":
        raise typer.BadParameter(f"{output}: a model is a .npz file")
    learner = trainable(system)
    chosen = tuple(dict.fromkeys(track or ("core", "wire")))
    if dev:
        _evaluated(None, [])  # a missing library is missed before the work, not after
    documents = [item for name in chosen for item in some_of(load(name, split), share, seed)]
    with _told(system) as report:
        model = learner.train(documents, seed, report)
        found = {name: _evaluated(model, load(name, dev)) for name in chosen} if dev else {}
    words = ["qawl", "train", system, *(w for name in chosen for w in ("--track", name))]
    words += ["--split", split, "--share", f"{share:g}", "--seed", str(seed), "-o", output.name]
    _save(model, output, _about(shlex.join(words), documents, chosen, split, seed, found))
    _show(found, dev)


@contextmanager
def _told(system: str) -> Iterator[Callable[[str], None]]:
    """What is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status(f"training {system}") as status:
        yield lambda what: status.update(f"training {system}: {what}")


def _evaluated(model: Trained | None, gold: list[Document]) -> dict[str, dict[str, float]]:
    """F1 of attributions by the scorer, and of labels by seqeval."""
    from qawl.api import run, score  # noqa: PLC0415
    from qawl.labels import label_report  # noqa: PLC0415

    predictions = run(model, gold) if model is not None else []
    result = score(predictions, gold, measures=_SHOWN)
    labels = label_report(gold, predictions)
    return {
        "scorer": {name: round(result[name].f1, 4) for name in _SHOWN},
        "seqeval": {name: round(float(labels[name]["f1-score"]), 4) for name in labels},
    }


def _about(
    command: str,
    documents: list[Document],
    tracks: tuple[str, ...],
    split: str,
    seed: int,
    found: dict[str, Any],
) -> dict[str, Any]:
    """How a model came about, so that it can be made again."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    from qawl.submissions.gold import digest  # noqa: PLC0415
    from qawl.version import VERSION  # noqa: PLC0415

    libraries = {}
    for name in _LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "command": command,
        "seed": seed,
        "documents": len(documents),
        "gold": {f"{name}/{split}": digest(name, split) for name in tracks},
        "dev": found,
        "qawl": VERSION,
        "python": ".".join(map(str, sys.version_info[:2])),
        "libraries": libraries,
    }


def _save(model: Trained, output: Path, about: dict[str, Any]) -> None:
    from qawl.writing import replacing  # noqa: PLC0415

    # The arrays first: beside an old card they are refused, never read for what they are not.
    for path, content in ((output, model.content()), (_beside(output), model.card(about))):
        with replacing(path) as stream:
            stream.write(content)


def _beside(output: Path) -> Path:
    return output.with_suffix(".json")


def _show(found: dict[str, dict[str, dict[str, float]]], dev: str) -> None:
    from qawl.views.table import percent, table  # noqa: PLC0415

    rows = [
        (f"{track}/{dev}", by, name, percent(value))
        for track, figures in found.items()
        for by, values in figures.items()
        for name, value in values.items()
    ]
    if rows:
        console().print(table(("gold", "by", "measure", "F1"), rows))
