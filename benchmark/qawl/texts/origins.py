"""Where the files of public repositories come from: over HTTPS, or from clones on this machine.

What comes back is untrusted bytes of a bounded size; what is made of it is checked by its digest.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Protocol

from qawl.findings import InputError, finding

if TYPE_CHECKING:
    from pathlib import Path

    from urllib3 import BaseHTTPResponse, PoolManager

RAW_FILES = "https://raw.githubusercontent.com"
LARGEST_FILE = 64 * 1024 * 1024
_CHUNK = 1 << 16
_TRIES = 4
_BACKOFF = 1.0  # seconds before the second try, doubled for each further one


class OriginError(Exception):
    """A file cannot be had; the message says why."""


class Origin(Protocol):
    """Gives the bytes of a file of a repository at a commit."""

    def get(self, repository: str, commit: str, path: str) -> bytes:
        """The file's bytes.

        Raises:
            OriginError: it cannot be had, or is larger than :data:`LARGEST_FILE`.
        """
        ...


class Https:
    """Raw files of GitHub, or of a mirror laid out alike, with retries and growing pauses."""

    def __init__(self, base: str = RAW_FILES, *, backoff: float = _BACKOFF) -> None:
        """Prepare connections; none is made yet.

        Args:
            base: address before ``/<owner>/<name>/<commit>/<path>``; no redirect leads elsewhere.
            backoff: seconds before the second try.

        Raises:
            InputError: ``extra-missing`` without urllib3.
        """
        try:
            import urllib3  # noqa: PLC0415
        except ImportError as error:
            message = "urllib3: pip install 'qawl[fetch]'"
            raise InputError([finding("extra-missing", message=message)]) from error
        self._base = base.rstrip("/")
        self._errors = urllib3.exceptions.HTTPError
        retry = urllib3.Retry(
            total=_TRIES - 1,
            backoff_factor=backoff,
            status_forcelist=(408, 429, 500, 502, 503, 504),
            redirect=False,
            raise_on_status=False,
        )
        timeout = urllib3.Timeout(connect=15, read=60)
        self._pool: PoolManager = urllib3.PoolManager(
            retries=retry, timeout=timeout, headers={"User-Agent": "qawl"}
        )

    def get(self, repository: str, commit: str, path: str) -> bytes:
        """See :class:`Origin`; a download that breaks off is begun again."""
        address = f"{self._base}/{repository}/{commit}/{path}"
        problem: Exception | None = None
        for _ in range(_TRIES):
            try:
                response = self._pool.request("GET", address, preload_content=False, redirect=False)
                try:
                    return _body(response, address)
                finally:
                    response.release_conn()
            except self._errors as error:
                problem = error
                if not _broke_off(error):
                    break  # connections and statuses were tried often enough by urllib3
        raise OriginError(f"{address}: {problem}") from problem


def _broke_off(error: Exception) -> bool:
    from urllib3.exceptions import ProtocolError, ReadTimeoutError  # noqa: PLC0415

    return isinstance(error, ProtocolError | ReadTimeoutError)


def _body(response: BaseHTTPResponse, address: str) -> bytes:
    if response.status != 200:
        raise OriginError(f"{address}: status {response.status}")
    pieces, size = [], 0
    for piece in response.stream(_CHUNK):
        size += len(piece)
        if size > LARGEST_FILE:
            raise OriginError(f"{address}: larger than {LARGEST_FILE} bytes")
        pieces.append(piece)
    return b"".join(pieces)


class Clones:
    """Clones in a folder, as ``<owner>/<name>``, ``<owner>+<name>`` or ``<name>``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, repository: str, commit: str, path: str) -> bytes:
        """See :class:`Origin`; asks git, and touches no work tree."""
        clone = self._clone(repository)
        name = f"{commit}:{path}"
        try:
            if int(_git(clone, "cat-file", "-s", name)) > LARGEST_FILE:
                raise OriginError(f"{clone}: {path} is larger than {LARGEST_FILE} bytes")
            return _git(clone, "cat-file", "blob", name)
        except (OSError, ValueError) as error:
            raise OriginError(f"{clone}: {error}") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
            raise OriginError(f"{clone}: {said}") from error

    def _clone(self, repository: str) -> Path:
        name = repository.rpartition("/")[2]
        for place in (repository, repository.replace("/", "+"), name, f"{name}.git"):
            for inner in ("", "repo"):
                folder = self._folder / place / inner
                if (folder / ".git").exists() or (folder / "HEAD").is_file():
                    return folder
        raise OriginError(f"no clone of {repository} is in {self._folder}")


def _git(clone: Path, *words: str) -> bytes:
    # The clone's owner may be somebody else; only objects are read, and no hook is run.
    command = ["git", "-c", "safe.directory=*", "-C", str(clone), *words]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603
