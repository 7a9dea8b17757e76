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
    return _bad("model", message)


def bad_device(message: str) -> InputError:
    """The error for a device that is not there."""
    return _bad("device", message)


def _bad(option: str, message: str) -> InputError:
    broken = finding("system-option", text="encoder", field=option, message=message)
    return InputError([broken])
