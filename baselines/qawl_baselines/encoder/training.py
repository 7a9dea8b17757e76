"""Fine-tuning: epochs over gold documents, the best model by our own scorer kept.

Under one seed, on a CPU and with the same versions, two runs give the same weights, and so does a
run that was interrupted and resumed: whatever is drawn at random in an epoch depends on the seed
and the epoch's number alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from qawl.api import score
from qawl.records import bare
from qawl_baselines.encoder import checkpoint, resuming
from qawl_baselines.encoder.features import Example, make_example
from qawl_baselines.encoder.findings import require_libraries
from qawl_baselines.encoder.predicting import predict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from qawl.records import Document
    from qawl_baselines.encoder.checkpoint import Trained

    Watch = Callable[[Iterable[list[list[Example]]], str, int], Iterable[list[list[Example]]]]

MEASURES = ("quote.relaxed", "cue.relaxed", "speaker.relaxed", "triple.relaxed", "triple.exact")
CHOSEN_BY = "triple.relaxed"
_LONGEST_STEP = 1.0
"""Gradients longer than this are shortened to it."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a training run is determined by, besides its documents.

    Attributes:
        model: a pretrained encoder: a folder or a name on the hub.
        revision: branch, tag or commit on the hub; empty for the main branch.
        epochs: how often every training document is seen.
        lr: learning rate of the encoder, at its height.
        head_lr: learning rate of the heads and the linker, which begin from nothing.
        batch: documents that go through the network at once, with all their windows.
        accumulate: batches that make one step.
        max_length: tokens of a window, special ones counted.
        warmup: the share of all steps in which the learning rate rises; then it falls to zero.
        weight_decay: of AdamW.
        seed: of order, dropout and fresh weights.
    """

    model: str
    revision: str = ""
    epochs: int = 10
    lr: float = 3e-5
    head_lr: float = 5e-4
    batch: int = 4
    accumulate: int = 1
    max_length: int = 512
    warmup: float = 0.1
    weight_decay: float = 0.01
    seed: int = 20260101


def train(
    settings: Settings,
    documents: Sequence[Document],
    dev: Sequence[Document],
    output: Path,
    *,
    device: str = "",
    resume: bool = False,
    watch: Watch | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> list[dict[str, float]]:
    """Fine-tune an encoder; the best model stands in ``output``, the latest in ``output/last``.

    Args:
        settings: see :class:`Settings`.
        documents: gold to learn from, with texts.
        dev: gold that chooses the best epoch, with texts.
        output: a folder, new or empty unless ``resume`` is said.
        device: such as ``cpu``; empty for a GPU if there is one.
        resume: go on where a run with the same settings and documents stopped.
        watch: wraps an epoch's steps, for a progress bar.
        say: takes a line for every epoch.

    Returns:
        For every epoch its loss and its F1 on ``dev`` by measure.

    Raises:
        InputError: ``extra-missing``, or ``system-option`` for the model or the device.
        ValueError: for settings out of range, no documents, an output folder in use, or a run that
            does not match what is to be resumed.
    """
    _check(settings, documents, dev)
    require_libraries()
    resuming.check_folder(output, resume=resume)
    digest = resuming.digest(settings, documents, dev)
    trained, optimizer, history = _begin(settings, device, output if resume else None, digest)
    examples = [make_example(trained.tokenizer, trained.shape, item) for item in documents]
    for epoch in range(len(history), settings.epochs):
        loss = _epoch(trained, optimizer, examples, settings, epoch, watch)
        history.append({"loss": loss, **_evaluate(trained, dev, settings.batch)})
        best = max(range(len(history)), key=lambda at: history[at][CHOSEN_BY]) == epoch
        if best:  # of equally good ones the first
            checkpoint.save(trained, output, _told(settings, history))
        resuming.save_last(trained, optimizer, output, digest, history)
        say(_line(epoch, settings.epochs, history[-1], best=best))
    return history


def _begin(
    settings: Settings, device: str, resumed: Path | None, digest: str
) -> tuple[Trained, Any, list[dict[str, float]]]:
    """Model, optimizer and history: fresh ones, or those of a run to go on with."""
    import torch  # noqa: PLC0415

    torch.manual_seed(settings.seed)
    history: list[dict[str, float]] = []
    if resumed is None:
        trained = checkpoint.start(settings.model, settings.revision, settings.max_length)
    else:
        trained, history = resuming.load_last(resumed, digest)
    checkpoint.place(trained, device)
    optimizer = _optimizer(trained, settings)
    if resumed is not None:
        resuming.load_optimizer(resumed, optimizer)
    return trained, optimizer, history


def _check(settings: Settings, documents: Sequence[Document], dev: Sequence[Document]) -> None:
    """Raises ValueError for what cannot work, before anything is loaded."""
    for name in ("epochs", "batch", "accumulate", "lr", "head_lr"):
        if getattr(settings, name) <= 0:
            raise ValueError(f"{name} must be above zero")
    if not 0 <= settings.warmup <= 1:
        raise ValueError("warmup is a share, from 0 to 1")
    if not documents or not dev:
        raise ValueError("training needs documents to learn from and documents to choose by")


def _optimizer(trained: Trained, settings: Settings) -> Any:
    """AdamW; the encoder's weights slowly, what begins from nothing fast."""
    import torch  # noqa: PLC0415

    slow = list(trained.network.encoder.parameters())
    held = {id(weight) for weight in slow}
    fast = [weight for weight in trained.network.parameters() if id(weight) not in held]
    groups = [
        {"params": slow, "lr": settings.lr, "height": settings.lr},
        {"params": fast, "lr": settings.head_lr, "height": settings.head_lr},
    ]
    return torch.optim.AdamW(groups, weight_decay=settings.weight_decay)


def _epoch(
    trained: Trained,
    optimizer: Any,
    examples: Sequence[Example],
    settings: Settings,
    epoch: int,
    watch: Watch | None,
) -> float:
    """One pass over the documents; the mean loss of its batches."""
    import torch  # noqa: PLC0415

    torch.manual_seed(settings.seed + 1 + epoch)
    trained.network.train()
    steps = _steps(examples, settings, epoch)
    losses: list[float] = []
    for number, batches in enumerate(
        watch(steps, f"epoch {epoch + 1}", len(steps)) if watch else steps
    ):
        share = _share(epoch * len(steps) + number, settings.epochs * len(steps), settings.warmup)
        for group in optimizer.param_groups:
            group["lr"] = share * group["height"]
        for batch in batches:
            loss = trained.network.loss(batch)
            (loss / len(batches)).backward()
            losses.append(float(loss.detach()))
        torch.nn.utils.clip_grad_norm_(trained.network.parameters(), _LONGEST_STEP)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return sum(losses) / len(losses)


def _steps(
    examples: Sequence[Example], settings: Settings, epoch: int
) -> list[list[list[Example]]]:
    """The epoch's steps, each a list of batches, each a list of documents."""
    order = np.random.default_rng([settings.seed, epoch]).permutation(len(examples)).tolist()
    batches = list(_groups([examples[at] for at in order], settings.batch))
    return list(_groups(batches, settings.accumulate))


def _groups(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of a size; the last may be shorter."""
    for first in range(0, len(items), size):
        yield list(items[first : first + size])


def _share(step: int, total: int, warmup: float) -> float:
    """How much of its height the learning rate has: up in a line, then down in a line."""
    rising = warmup * total
    if step < rising:
        return (step + 1) / (rising + 1)
    return (total - step) / max(1.0, total - rising)


def _evaluate(trained: Trained, dev: Sequence[Document], batch: int) -> dict[str, float]:
    """F1 on dev by measure."""
    found = list(predict(trained, map(bare, dev), 2 * batch))
    result = score(found, dev, measures=MEASURES)
    return {name: result[name].f1 for name in MEASURES}


def _told(settings: Settings, history: Sequence[dict[str, float]]) -> dict[str, Any]:
    """What a model tells of its training; the last epoch of the history is its own."""
    from importlib.metadata import version  # noqa: PLC0415

    versions = {name: version(name) for name in ("qawl", "torch", "transformers")}
    told = msgspec.to_builtins(settings)
    return {"settings": told, "epochs": list(history), "versions": versions}


def _line(epoch: int, epochs: int, row: dict[str, float], *, best: bool) -> str:
    figures = "  ".join(f"{name} {100 * row[name]:.1f}" for name in MEASURES)
    kept = "  (best so far)" if best else ""
    return f"epoch {epoch + 1}/{epochs}  loss {row['loss']:.3f}  dev: {figures}{kept}"
