"""Requests to the endpoint: bounded, retried with growing pauses, and silent about the key."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from secrets import SystemRandom
from typing import TYPE_CHECKING

from qawl.findings import InputError, finding, printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from urllib3 import BaseHTTPResponse

    from qawl_baselines.llm.settings import Key, Settings

LARGEST_REPLY = 8 * 1024 * 1024
LONGEST_PAUSE = 120.0  # seconds, whatever Retry-After asks for
_FIRST_PAUSE, _LONGEST_GROWN = 1.0, 60.0
_CHUNK = 1 << 16
_CONNECT = 15.0
_JITTER = SystemRandom()
_AGAIN = frozenset({408, 409, 425, 429, *range(500, 600)})
# What only the article may be to blame for; every other refusal would meet all of them.
_OF_ONE_REQUEST = frozenset({400, 413, 422})


@dataclass(frozen=True)
class Reply:
    """What the endpoint said with status 200, and what it took.

    Attributes:
        body: as it came, at most :data:`LARGEST_REPLY` bytes.
        attempts: requests sent, this one included.
    """

    body: bytes
    attempts: int


class RequestError(Exception):
    """There is no reply; the message says why and never holds the key.

    Attributes:
        status: of the last reply; 0 if there was none.
        attempts: requests sent.
    """

    def __init__(self, message: str, status: int = 0, attempts: int = 1) -> None:
        super().__init__(message)
        self.status = status
        self.attempts = attempts

    @property
    def of_one_request(self) -> bool:
        """Whether another request may fare better."""
        return self.status in _OF_ONE_REQUEST


class _PassingError(Exception):
    """Worth another try, after ``pause`` seconds if the endpoint names any."""

    def __init__(self, message: str, status: int = 0, pause: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.pause = pause


class Endpoint:
    """One address to post to; may be used by several threads."""

    def __init__(
        self,
        settings: Settings,
        key: Key,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = _JITTER.random,
    ) -> None:
        """Prepare connections; none is made yet.

        Args:
            settings: address, timeout and retries.
            key: sent as a bearer token if there is one.
            sleep: waits for seconds; true if the run ended meanwhile and nobody waits any more.
            jitter: a number from 0 to 1 that shortens a pause by up to a half.

        Raises:
            InputError: ``extra-missing`` without urllib3.
        """
        try:
            import urllib3  # noqa: PLC0415
        except ImportError as error:
            message = "urllib3: pip install 'qawl[llm]'"
            raise InputError([finding("extra-missing", message=message)]) from error
        self._settings, self._key = settings, key
        self._sleep, self._jitter = sleep, jitter
        self._errors = (urllib3.exceptions.HTTPError, OSError)
        self._nobody = urllib3.exceptions.NewConnectionError
        self._reached = False  # whether anybody was ever there
        headers = {"User-Agent": "qawl", "Content-Type": "application/json"}
        if key.value:
            headers["Authorization"] = f"Bearer {key.value}"
        timeout = urllib3.Timeout(connect=min(_CONNECT, settings.timeout), read=settings.timeout)
        # No redirect is followed: the key goes where it was meant to go, or nowhere.
        self._pool = urllib3.PoolManager(
            maxsize=settings.concurrency, retries=False, timeout=timeout, headers=headers
        )

    def post(self, body: bytes) -> Reply:
        """Send a request, again and again where that may help.

        Raises:
            RequestError: every try failed, or the endpoint refused.
        """
        for attempt in range(1, self._settings.retries + 2):
            try:
                return Reply(self._once(body), attempt)
            except _PassingError as error:
                problem = error
                last = attempt > self._settings.retries
                if last or self._sleep(self._pause(attempt, error.pause)):
                    break
            except RequestError as error:
                error.attempts = attempt
                raise
        raise RequestError(str(problem), problem.status, attempt)

    def _pause(self, attempt: int, asked: float | None) -> float:
        """Seconds before the next try."""
        if asked is not None:
            return min(asked, LONGEST_PAUSE)
        grown = min(_FIRST_PAUSE * 2.0 ** (attempt - 1), _LONGEST_GROWN)
        return grown * (1 - self._jitter() / 2)

    def _once(self, body: bytes) -> bytes:
        deadline = time.monotonic() + self._settings.timeout
        try:
            response = self._pool.request(
                "POST",
                self._settings.address,
                body=body,
                preload_content=False,
                redirect=False,
            )
            try:
                read = _read(response, deadline)
            except BaseException:
                response.close()  # what is left of it must not meet the next request
                raise
            response.release_conn()
        except self._errors as error:
            message = self._shown(f"{type(error).__name__}: {error}")
            if isinstance(error, self._nobody) and not self._reached:
                raise RequestError(message) from None  # a wrong address gets no better by waiting
            raise _PassingError(message) from None
        self._reached = True
        if response.status == 200:
            return read
        # All of it, for half a key at the end of a piece would not be known for one.
        message = self._shown(f"status {response.status}: {read.decode('utf-8', 'replace')}")
        if response.status in _AGAIN:
            pause = _asked_pause(response.headers.get("Retry-After"))
            raise _PassingError(message, response.status, pause)
        raise RequestError(message, response.status)

    def _shown(self, message: str) -> str:
        """A message from outside, short, on one line, without the key."""
        return printable(self._key.removed_from(message), 300)


def _read(response: BaseHTTPResponse, deadline: float) -> bytes:
    """The body, as long as it stays within bounds of size and time.

    Raises:
        RequestError: it is too large.
        _PassingError: it takes too long.
    """
    pieces, size = [], 0
    # read1 returns what has come, so that a trickle cannot outlast the deadline.
    while piece := response.read1(_CHUNK, decode_content=False):
        size += len(piece)
        if size > LARGEST_REPLY:
            raise RequestError(f"the reply is larger than {LARGEST_REPLY} bytes", 413)
        if time.monotonic() > deadline:
            raise _PassingError("the reply took longer than the timeout")
        pieces.append(piece)
    return b"".join(pieces)


def _asked_pause(said: str | None) -> float | None:
    """Seconds that a Retry-After header asks for, in either of its forms; None if in neither."""
    if not said or len(said) > 100:
        return None
    try:
        seconds = float(said)
    except ValueError:
        try:
            when = parsedate_to_datetime(said)
        except (ValueError, TypeError, OverflowError):
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        seconds = (when - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None
