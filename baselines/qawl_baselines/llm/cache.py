"""Answers on disk, a file for each, so that a second run asks only what is missing."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from qawl.findings import finding
from qawl.writing import OutputError, replacing
from qawl_baselines.llm.answer import AnswerError, parse
from qawl_baselines.llm.completion import Status  # noqa: TC001  msgspec reads it

if TYPE_CHECKING:
    from qawl_baselines.llm.settings import Settings

_LARGEST = 32 * 1024 * 1024


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What asking about one article came to.

    Attributes:
        status: ``answered`` if there is content of the schema; ``failed`` if there is no reply.
        content: what the model wrote.
        reason: why there is no answer.
        tokens_in: of all requests' prompts.
        tokens_out: of all answers.
        seconds: from the first request to the last reply, pauses included.
        attempts: requests sent.
        form: how the shape of the answer was asked for.
        repaired: whether it was asked once more.
        stops: whether every other article would fare the same.
    """

    status: Status
    content: str = ""
    reason: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    attempts: int = 0
    form: str = ""
    repaired: bool = False
    stops: bool = False


class Cache:
    """A folder of outcomes; with no folder, nothing is kept.

    A file's name is the digest of the endpoint's address and the request, in which model, prompt
    and examples stand; nothing from outside is part of a path.
    """

    def __init__(self, settings: Settings) -> None:
        """Make the folder if it is not there.

        Raises:
            OutputError: it cannot be made.
        """
        self._address = settings.address
        self._folder = Path(settings.cache) if settings.cache else None
        if self._folder is not None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise unwritable(settings.cache, error) from error

    def get(self, request: bytes) -> Outcome | None:
        """The outcome of a request, if it is there and whole."""
        path = self._path(request)
        if path is None:
            return None
        try:
            if path.stat().st_size > _LARGEST:
                return None
            outcome = msgspec.json.decode(path.read_bytes(), type=Outcome)
            if outcome.status == "answered":
                parse(outcome.content)
        except (OSError, msgspec.DecodeError, AnswerError):
            return None
        return outcome

    def put(self, request: bytes, outcome: Outcome) -> None:
        """Keep an outcome, whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        path = self._path(request)
        if path is not None:
            with replacing(path) as stream:
                stream.write(msgspec.json.encode(outcome))

    def _path(self, request: bytes) -> Path | None:
        if self._folder is None:
            return None
        digest = sha256(self._address.encode() + b"\n" + request).hexdigest()
        return self._folder / f"{digest}.json"


def unwritable(file: str, error: OSError) -> OutputError:
    """What is raised where a file or a folder cannot be made."""
    message = error.strerror or str(error)
    return OutputError([finding("output-unwritable", file=file, message=message)])
