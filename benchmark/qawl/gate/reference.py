"""What a gate compares with: a file, a submission, or a file of another revision."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qawl import git
from qawl.findings import InputError, finding
from qawl.submissions.folder import decompress, read_folder, unpacked
from qawl.submissions.manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 64 * 1024 * 1024
_ZIPPED = ".gz"


@contextmanager
def reference(name: str) -> Iterator[Path]:
    """The predictions that a reference names, as a file, while the block lasts.

    Args:
        name: the path of predictions, plain or ending in ``.gz``; the folder of a submission; or
            ``REVISION:PATH``, a file as it stands in that revision of the repository.

    Raises:
        InputError: ``gate-baseline`` if it names nothing, or what is wrong with what it names.
    """
    path = Path(name)
    if (path / MANIFEST).is_file():
        content = read_folder(path, placed=False).predictions
    elif path.is_file() and path.suffix != _ZIPPED:
        yield path
        return
    elif path.is_file():
        content = decompress(path.read_bytes(), name)
    elif ":" in name and not path.exists():
        content = _from_git(name)
    else:
        raise InputError([finding("gate-baseline", file=name)])
    with unpacked(content) as file:
        yield file


def _from_git(name: str) -> bytes:
    try:
        content = git.blob(Path.cwd(), name, MOST_BYTES)
    except InputError as error:
        message = error.findings[0].message
        raise InputError([finding("gate-baseline", file=name, message=message)]) from error
    return decompress(content, name) if name.endswith(_ZIPPED) else content
