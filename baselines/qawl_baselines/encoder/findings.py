"""What is told to whoever cannot run the encoder: libraries and models that are not there."""

from __future__ import annotations

from importlib.util import find_spec

from qawl.findings import InputError, finding

NEEDED = ("torch", "transformers", "safetensors")
INSTALL = "pip install 'qawl[encoder]'"


def require_libraries() -> None:
    """Make sure that what the extra brings is here, without importing it.

    Raises:
        InputError: ``extra-missing``, naming the extra.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = f"encoders need {', '.join(NEEDED)}: {INSTALL}"
        raise InputError([finding("extra-missing", text=", ".join(missing), message=message)])


def bad_model(message: str) -> InputError:
    """The error for a model that is not given, not there, or not what it must be."""
    broken = finding("system-option", text="encoder", field="model", message=message)
    return InputError([broken])
