"""Writing files whole or not at all: a temporary file beside the target, then a rename."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from qawl.findings import InputError, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qawl.records import Document

_encoder = msgspec.json.Encoder()


class OutputError(InputError):
    """The result cannot be written."""


@contextmanager
def replacing(target: str | Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become ``target`` when the block ends well, and vanish when not.

    ``-`` is standard output, where what was written stays written.

    Raises:
        OutputError: ``output-unwritable``: no such folder, no permission, a full disk.
    """
    if str(target) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    temporary: Path | None = None
    try:
        # A device or a pipe cannot be replaced by a rename; it is written as it stands.
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                yield stream
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            yield cast("BinaryIO", stream)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        message = error.strerror or str(error)
        raise OutputError(
            [finding("output-unwritable", file=str(target), message=message)]
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def encode(document: Document) -> bytes:
    """One line of ``qawl/1``, its newline included; equal documents give equal bytes."""
    return _encoder.encode(document) + b"\n"


def write(documents: Iterable[Document], target: str | Path) -> int:
    """Write documents as JSON Lines and return how many there were.

    Raises:
        OutputError: when the target cannot be written; it is then as it was before.
    """
    count = 0
    with replacing(target) as stream:
        for document in documents:
            stream.write(encode(document))
            count += 1
    return count
