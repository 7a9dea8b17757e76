"""Writing files whole or not at all: a temporary file beside the target, then a rename."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from qawl.findings import InputError, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typing_extensions import Buffer

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
    # Through a link, so that the link stays one and its file gets the content.
    path = Path(os.path.realpath(target))
    temporary: Path | None = None
    try:
        with _reported(target):
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
            # A device or a pipe cannot be replaced by a rename; it is written as it stands.
            if path.exists() and not path.is_file():
                raw = path.open("wb", buffering=0)
            else:
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
                temporary = Path(name)
                raw = os.fdopen(handle, "wb", buffering=0)
        with _Stream(raw, target) as stream:
            yield stream
        if temporary is not None:
            with _reported(target):
                temporary.chmod(0o666 & ~_umask())
                temporary.replace(path)
            temporary = None
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


class _Stream(io.BufferedWriter):
    """A stream whose own errors are told apart from all others that the block may raise."""

    def __init__(self, raw: io.FileIO, target: str | Path) -> None:
        super().__init__(raw)
        self._target = target

    def write(self, data: Buffer, /) -> int:
        with _reported(self._target):
            return super().write(data)

    def flush(self) -> None:
        with _reported(self._target):
            super().flush()


@contextmanager
def _reported(target: str | Path) -> Iterator[None]:
    """Turn the operating system's refusals into ``output-unwritable``."""
    try:
        yield
    except OSError as error:
        message = error.strerror or str(error)
        raise OutputError(
            [finding("output-unwritable", file=str(target), message=message)]
        ) from error


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
