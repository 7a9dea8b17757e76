"""A trained model as a folder: safetensors and JSON, nothing that can run code.

``model.safetensors`` holds all weights, ``config.json`` describes the encoder, the tokenizer's
files lie beside it, and ``qawl_encoder.json`` says how documents are cut and how the model was
trained.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from qawl_baselines.encoder.features import Shape
from qawl_baselines.encoder.findings import bad_device, bad_model, require_libraries
from qawl_baselines.encoder.layers import LAYERS
from qawl_baselines.encoder.windows import frame

if TYPE_CHECKING:
    from qawl_baselines.encoder.model import Network

CARD, WEIGHTS = "qawl_encoder.json", "model.safetensors"
LAYOUT = 1


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What must be known of a trained model besides its weights.

    Attributes:
        layout: raised whenever older folders can no longer be read.
        layers: the tagging layers, in order.
        size: tokens of a window, special ones not counted.
        stride: from one window's beginning to the next one's, in tokens.
        training: settings, epochs and scores, for whoever wants to know.
    """

    layout: int = LAYOUT
    layers: tuple[str, ...] = LAYERS
    size: int
    stride: int
    training: dict[str, Any] = {}


class Trained(NamedTuple):
    """A model ready for use."""

    network: Network
    tokenizer: Any
    shape: Shape


def place(trained: Trained, device: str) -> None:
    """Move a model to a device: that of the name, or for an empty one a GPU if there is one.

    Raises:
        InputError: ``system-option`` if there is no such device.
    """
    import torch  # noqa: PLC0415

    try:
        trained.network.to(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    except (RuntimeError, AssertionError) as error:  # the latter without CUDA
        raise bad_device(f"{device}: {error}") from error


def start(model: str, revision: str, size: int) -> Trained:
    """A pretrained encoder with fresh heads.

    Args:
        model: a folder or a name on the hub, with weights in safetensors.
        revision: branch, tag or commit on the hub; empty for the main branch.
        size: tokens of a window at most, special ones counted; less where the model takes less.

    Raises:
        InputError: ``extra-missing``; ``system-option`` if the model is not there, has no
            safetensors, wants code of its own, or has no fast tokenizer.
    """
    require_libraries()
    import torch  # noqa: PLC0415
    from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

    _quiet()
    known: dict[str, Any] = {"trust_remote_code": False}
    if revision:
        known["revision"] = revision
    try:
        tokenizer = AutoTokenizer.from_pretrained(model, **known)
        encoder = AutoModel.from_pretrained(
            model, use_safetensors=True, dtype=torch.float32, **known
        )
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise bad_model(f"{model}: {error}") from error
    _refuse_slow(tokenizer, model)
    limits = [size, tokenizer.model_max_length, _positions(encoder.config)]
    around = frame(tokenizer)
    room = min(limits) - len(around.before) - len(around.after)
    if room < 2:
        raise bad_model(f"{model}: windows of {min(limits)} tokens hold no text")
    return _trained(encoder, tokenizer, Shape(room, max(1, room // 2), around))


def save(trained: Trained, folder: Path, training: dict[str, Any]) -> None:
    """Write a model to a folder, which is made if it is not there."""
    from safetensors.torch import save_model  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    trained.network.encoder.config.save_pretrained(folder)
    trained.tokenizer.save_pretrained(folder)
    save_model(trained.network, str(folder / WEIGHTS))
    card = Card(size=trained.shape.size, stride=trained.shape.stride, training=training)
    raw = msgspec.json.format(msgspec.json.encode(card), indent=2)
    (folder / CARD).write_bytes(raw + b"\n")


def load(model: str) -> Trained:
    """A trained model.

    Args:
        model: a folder that :func:`save` wrote, or the name of a copy of one on the hub.

    Raises:
        InputError: ``extra-missing``; ``system-option`` if there is no such model, or it is none
            that was trained here.
    """
    require_libraries()
    import torch  # noqa: PLC0415
    from safetensors import SafetensorError  # noqa: PLC0415
    from safetensors.torch import load_model  # noqa: PLC0415
    from transformers import AutoConfig, AutoModel, AutoTokenizer  # noqa: PLC0415
    from transformers.utils import cached_file  # noqa: PLC0415

    _quiet()
    try:
        card = msgspec.json.decode(Path(str(cached_file(model, CARD))).read_bytes(), type=Card)
        if card.layout != LAYOUT or card.layers != LAYERS:
            raise bad_model(f"{model}: made by another version of this system; train it anew")
        tokenizer = AutoTokenizer.from_pretrained(model, trust_remote_code=False)
        config = AutoConfig.from_pretrained(model, trust_remote_code=False)
        with torch.random.fork_rng(devices=[]):  # weights are drawn, then overwritten
            encoder = AutoModel.from_config(config, dtype=torch.float32, trust_remote_code=False)
            trained = _trained(encoder, tokenizer, Shape(card.size, card.stride, frame(tokenizer)))
        load_model(trained.network, str(cached_file(model, WEIGHTS)))
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise bad_model(f"{model}: {error}") from error
    return trained


def _trained(encoder: Any, tokenizer: Any, shape: Shape) -> Trained:
    from qawl_baselines.encoder.model import Network  # noqa: PLC0415

    return Trained(Network(encoder, shape.frame, tokenizer.pad_token_id or 0), tokenizer, shape)


def _refuse_slow(tokenizer: Any, model: str) -> None:
    if not tokenizer.is_fast:
        raise bad_model(f"{model}: its tokenizer tells no offsets (it is not a fast one)")


def _positions(config: Any) -> int:
    """How many tokens the encoder takes; RoBERTa's positions begin behind its padding's id."""
    positions = int(getattr(config, "max_position_embeddings", 512) or 512)
    return positions - 2 if "roberta" in str(config.model_type) else positions


def _quiet() -> None:
    """No progress bars and notices: output belongs to the predictions, a terminal to the reader."""
    from transformers.utils import logging  # noqa: PLC0415

    logging.set_verbosity_error()
    logging.disable_progress_bar()
