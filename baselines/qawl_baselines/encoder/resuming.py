"""Stopping and going on: the latest weights, the optimizer's memory and the history of a run.

They stand in ``last`` inside the output folder, as safetensors and JSON.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from qawl_baselines.encoder import checkpoint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qawl.records import Document
    from qawl_baselines.encoder.checkpoint import Trained

LAST, MEMORY, STATE = "last", "optimizer.safetensors", "state.json"


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run has come.

    Attributes:
        digest: of its settings and documents; another run cannot go on from here.
        history: for every epoch its figures.
    """

    digest: str
    history: list[dict[str, float]]


def digest(settings: Any, *documents: Sequence[Document]) -> str:
    """What tells one run from another: a hexadecimal digest of all that determines it."""
    return sha256(msgspec.json.encode([settings, *map(list, documents)])).hexdigest()


def check_folder(output: Path, *, resume: bool) -> None:
    """Refuse to write over something, or to go on from nothing.

    Raises:
        ValueError: if the folder holds something and ``resume`` is not said, or the reverse.
    """
    if resume:
        _finish_saving(output)
    if resume and not (output / LAST / STATE).is_file():
        raise ValueError(f"nothing to resume in {output}")
    if not resume and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise ValueError(f"{output} is in use; say --resume, or name another folder")


def _finish_saving(output: Path) -> None:
    """Where a run was stopped between two renamings, what it had written is put in its place."""
    made = output / f"{LAST}.new"
    if not (output / LAST).exists() and (made / STATE).is_file():  # the state is written last
        made.rename(output / LAST)


def save_last(
    trained: Trained, optimizer: Any, output: Path, digest: str, history: list[dict[str, float]]
) -> None:
    """Write what is needed to go on; whoever interrupts this loses an epoch and no more."""
    from safetensors.torch import save_file  # noqa: PLC0415

    made = output / f"{LAST}.new"
    shutil.rmtree(made, ignore_errors=True)
    checkpoint.save(trained, made, {})
    memory = {
        f"{number}.{name}": value.contiguous()
        for number, state in optimizer.state_dict()["state"].items()
        for name, value in state.items()
    }
    save_file(memory, str(made / MEMORY))
    (made / STATE).write_bytes(msgspec.json.encode(State(digest=digest, history=history)))
    shutil.rmtree(output / LAST, ignore_errors=True)
    made.rename(output / LAST)


def load_last(output: Path, digest: str) -> tuple[Trained, list[dict[str, float]]]:
    """The latest model of a run, and the figures of its epochs.

    Raises:
        InputError: ``system-option`` if the model cannot be read.
        ValueError: if it was trained with other settings or on other documents.
    """
    state = msgspec.json.decode((output / LAST / STATE).read_bytes(), type=State)
    if state.digest != digest:
        raise ValueError(f"{output} was trained with other settings or on other documents")
    return checkpoint.load(str(output / LAST)), state.history


def load_optimizer(output: Path, optimizer: Any) -> None:
    """Give an optimizer the memory that it had."""
    from safetensors.torch import load_file  # noqa: PLC0415

    memory: dict[int, dict[str, Any]] = {}
    for key, value in load_file(str(output / LAST / MEMORY)).items():
        number, _, name = key.partition(".")
        memory.setdefault(int(number), {})[name] = value
    optimizer.load_state_dict({**optimizer.state_dict(), "state": memory})
