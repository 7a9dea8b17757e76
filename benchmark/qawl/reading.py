"""Reading ``qawl/1`` files: fast when they are right, exact about where they are wrong."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from qawl.findings import Finding, InputError, finding
from qawl.records import FORMAT, Document

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 64 * 1024 * 1024
# The path that msgspec puts behind its messages. What stands before it may quote the input.
_PATH = re.compile(r" - at `(?:key in )?\$\.?(?P<field>[^`]*)`\Z")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`\Z", re.DOTALL)
# As many lines as stay in a processor's cache, with the records made of them.
_BLOCK_LINES, _BLOCK_BYTES = 64, 1 << 20
_BUFFER = 1 << 20
_DECODING = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_BOM = b"\xef\xbb\xbf"
_SIGNATURES = {
    b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd", b"PAR1": "parquet",
}  # fmt: skip
_decoder = msgspec.json.Decoder(Document)


class _Named(msgspec.Struct):
    """As much of a wrong line as it takes to say whose it is."""

    id: str = ""


_names = msgspec.json.Decoder(_Named)


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line of a file: its number from 1, and the document or what is wrong with it.

    ``raw`` is the line as it stands in the file, empty for documents from memory.
    """

    number: int
    document: Document | None
    findings: tuple[Finding, ...]
    raw: bytes = b""


def read(source: str | Path) -> Iterator[Document]:
    """Yield the documents of a file, one at a time, in its order.

    Args:
        source: a path, or ``-`` for standard input.

    Raises:
        InputError: at the first line that is no document, or when the file cannot be read or
            holds no line.
    """
    for line in scan(source):
        if line.document is None:
            raise InputError(line.findings)
        yield line.document


def scan(source: str | Path) -> Iterator[Line]:
    """Yield every line with its document or with its findings, and go on past a bad line.

    Raises:
        InputError: when the file cannot be read at all.
    """
    name = str(source)
    empty = True
    with open_bytes(source) as stream:
        for block in _blocks(_raw_lines(stream, name)):
            empty = False
            yield from _decoded(block, name)
    if empty:
        raise InputError([finding("file-empty", file=name)])


def _blocks(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    """Some lines at a time: decoding them in one go is faster. What fails, fails after them."""
    block: list[tuple[int, bytes]] = []
    size = 0
    try:
        for line in lines:
            block.append(line)
            size += len(line[1])
            if len(block) == _BLOCK_LINES or size > _BLOCK_BYTES:
                yield block
                block, size = [], 0
    except (InputError, OSError):
        if block:
            yield block
        raise
    if block:
        yield block


def _decoded(block: list[tuple[int, bytes]], name: str) -> Iterator[Line]:
    try:
        documents = list(map(_decoder.decode, [raw for _, raw in block]))
    except _DECODING:
        for number, raw in block:
            yield _line(number, raw, name)
        return
    for (number, raw), document in zip(block, documents, strict=True):
        yield Line(number, document, (), raw)


def decode(raw: bytes) -> Document:
    """The document of a line that is known to hold one."""
    return _decoder.decode(raw)


def _line(number: int, raw: bytes, name: str) -> Line:
    try:
        return Line(number, _decoder.decode(raw), (), raw)
    except _DECODING as error:
        return Line(number, None, (_diagnose(raw, error).at(file=name, line=number),))


@contextmanager
def open_bytes(source: str | Path) -> Iterator[BinaryIO]:
    """The bytes of a path, or of standard input for ``-``.

    Raises:
        InputError: ``file-unreadable``.
    """
    name = str(source)
    if name == "-" and sys.stdin is None:  # closed by whoever started the process
        raise InputError([finding("file-unreadable", file=name, message="it is closed")])
    try:
        with (
            nullcontext(sys.stdin.buffer)
            if name == "-"
            else Path(source).open("rb", _BUFFER) as stream
        ):
            yield stream
    except OSError as error:
        message = error.strerror or str(error)
        raise InputError([finding("file-unreadable", file=name, message=message)]) from error


def read_text(source: str | Path) -> str:
    """A whole text file in UTF-8, a byte order mark taken off, line ends untouched.

    Raises:
        InputError: ``file-unreadable``, ``file-binary``, ``file-encoding`` or ``file-empty``.
    """
    name = str(source)
    with open_bytes(source) as stream:
        raw = stream.read()
    refuse_binary(raw[:4096], name)
    try:
        text = raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError([_encoding(raw, error).at(file=name)]) from error
    if not text.strip():
        raise InputError([finding("file-empty", file=name)])
    return text


def refuse_binary(head: bytes, name: str) -> None:
    """Raise ``file-binary`` or ``file-encoding`` if the first bytes of a file are no UTF-8 text."""
    for signature, what in _SIGNATURES.items():
        if head.startswith(signature):
            raise InputError([finding("file-binary", file=name, message=f"it is {what}")])
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError([finding("file-encoding", file=name, message="it is UTF-16")])
    if b"\x00" in head:
        raise InputError([finding("file-binary", file=name, message="it holds null bytes")])


def _raw_lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            refuse_binary(raw[:4096], name)
            raw = raw.removeprefix(_BOM)
        if len(raw) > LONGEST_LINE:
            raise InputError([finding("line-too-long", file=name, line=number)])
        if raw and not raw.isspace():
            yield number, raw


def _diagnose(raw: bytes, error: Exception) -> Finding:
    """Say what is wrong with a line that could not be decoded."""
    if isinstance(error, RecursionError):
        return finding("line-json", message="it is nested too deeply")
    if not isinstance(error, msgspec.ValidationError):
        return _no_json(raw, error)
    document = ""
    with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        document = _names.decode(raw).id
    what, field = str(error), ""
    if path := _PATH.search(what):
        what, field = what[: path.start()], path["field"]
    if unknown := _UNKNOWN.match(what):
        return finding("field-unknown", document=document, field=field, text=unknown["name"])
    if field == "format":
        message = f"{what}; this reads {FORMAT}"
        return finding("format-version", document=document, field=field, message=message)
    return finding("record-shape", document=document, field=field, message=what)


def _no_json(raw: bytes, error: Exception) -> Finding:
    """Say why a line is no JSON: its bytes, its end, or its syntax."""
    message, whole = str(error), raw.endswith(b"\n")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        # A file that was cut off in the middle of a letter is no matter of encodings.
        if whole or wrong.reason != "unexpected end of data":
            return _encoding(raw, wrong)
        message = "Input data was truncated"
    if "truncated" in message and not whole:
        message += "; the file ends inside this line"
    start = raw[:240].decode("utf-8", "ignore").strip()[:60]
    return finding("line-json", message=message, text=start)


def _encoding(raw: bytes, error: UnicodeDecodeError) -> Finding:
    around = raw[max(0, error.start - 20) : error.start + 20].decode("utf-8", "replace")
    return finding("file-encoding", message=f"byte {error.start} of the line", text=around)
