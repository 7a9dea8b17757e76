"""A model on disk: arrays in one ``.npz`` file, and a ``.json`` beside it that says what they are.

No pickle anywhere. The JSON states the SHA-256 of the arrays, and a file that has another one is
not opened: CRFsuite reads its models in C and trusts them.
"""

from __future__ import annotations

import io
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from qawl.findings import InputError, finding

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

FORMAT = 1


class Stated(msgspec.Struct, forbid_unknown_fields=True):
    """What must be known of a model before it is opened; the rest of the JSON is for people."""

    system: str
    format: int
    sha256: str
    about: dict[str, Any]


def packed(arrays: dict[str, NDArray[Any]]) -> bytes:
    """The arrays as the bytes of an ``.npz`` file; equal arrays give equal bytes."""
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def card(system: str, content: bytes, about: dict[str, Any]) -> bytes:
    """The JSON that goes beside the arrays of a model."""
    stated = Stated(system, FORMAT, sha256(content).hexdigest(), about)
    return msgspec.json.format(msgspec.json.encode(stated), indent=2) + b"\n"


def opened(system: str, path: str = "") -> dict[str, NDArray[Any]]:
    """The arrays of a model.

    Args:
        system: which system the model must be of.
        path: of the ``.npz`` file; without one the model that comes with the package.

    Raises:
        InputError: ``model-unusable`` if there is none, or it is another system's, of another
            format, or not the one that its JSON states.
    """
    place: Path | Traversable = (
        Path(path) if path else files("qawl_baselines") / "models" / f"{system}.npz"
    )
    try:
        content = place.read_bytes()
        beside = (
            Path(path).with_suffix(".json")
            if path
            else files("qawl_baselines") / "models" / f"{system}.json"
        )
        stated = msgspec.json.decode(beside.read_bytes(), type=Stated)
    except OSError as error:
        raise _unusable(place, error.strerror or str(error)) from error
    except msgspec.DecodeError as error:
        raise _unusable(place, f"its JSON: {error}") from error
    if stated.system != system:
        raise _unusable(place, f"it is a model of {stated.system}")
    if stated.format != FORMAT:
        raise _unusable(place, f"its format is {stated.format}, not {FORMAT}; train it again")
    if sha256(content).hexdigest() != stated.sha256:
        raise _unusable(place, "its SHA-256 is not the one that its JSON states")
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _unusable(place: object, message: str) -> InputError:
    return InputError([finding("model-unusable", file=str(place), message=message)])
