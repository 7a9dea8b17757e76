"""The log of a run: a line of JSON for each article, and the sum on standard error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from qawl_baselines.llm.cache import unwritable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO
    from types import TracebackType

    from qawl_baselines.llm.cache import Outcome
    from qawl_baselines.llm.placing import Note
    from qawl_baselines.llm.settings import Settings

_MILLION = 1e6


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What the log says about one article.

    Attributes:
        id: of the article.
        status: answered, refused, cut, malformed, failed; or ``skipped``, beyond the limit.
        reason: why there is no answer.
        cached: whether the answer was there already; it cost what it says when it was asked for.
        attributions: how many were made of the answer.
        tokens_in: of the prompts, as the endpoint counts.
        tokens_out: of the answers.
        seconds: for all requests about the article.
        attempts: requests sent.
        form: how the shape of the answer was asked for.
        repaired: whether it was asked once more.
        cost: in the currency of the prices; null without prices.
        notes: strings that were dropped or found with effort, and why.
    """

    id: str
    status: str
    reason: str = ""
    cached: bool = False
    attributions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    attempts: int = 0
    form: str = ""
    repaired: bool = False
    cost: float | None = None
    notes: tuple[dict[str, str | int], ...] = ()


class Journal:
    """Writes lines as articles are done, and sums up at the end; a context manager."""

    def __init__(self, settings: Settings) -> None:
        """Open the log, if one is wanted; what stood in the file is replaced.

        Raises:
            OutputError: it cannot be written.
        """
        self._settings = settings
        self._stream: FileIO | None = None
        if settings.log:
            try:
                self._stream = Path(settings.log).open("wb", buffering=0)  # noqa: SIM115  closed by __exit__
            except OSError as error:
                raise unwritable(settings.log, error) from error
        self._skipped = 0
        self._empty: list[str] = []
        self._spent = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream is not None:
            self._stream.close()
        self._sum_up()

    def skipped(self, identifier: str) -> None:
        """An article beyond the limit."""
        self._skipped += 1
        self._write(Line(id=identifier, status="skipped", reason="beyond the limit"))

    def done(
        self, identifier: str, outcome: Outcome, attributions: int, notes: Sequence[Note], *,
        fresh: bool,
    ) -> None:  # fmt: skip
        """An article that was asked about, now or earlier.

        Raises:
            OutputError: the log cannot be written.
        """
        cost = self._cost(outcome)
        if outcome.status != "answered":
            self._empty.append(outcome.status)
        self._spent += cost if cost and fresh else 0.0
        line = Line(
            id=identifier,
            status=outcome.status,
            reason=outcome.reason,
            cached=not fresh and outcome.attempts > 0,
            attributions=attributions,
            tokens_in=outcome.tokens_in,
            tokens_out=outcome.tokens_out,
            seconds=outcome.seconds,
            attempts=outcome.attempts,
            form=outcome.form,
            repaired=outcome.repaired,
            cost=cost,
            notes=tuple(note._asdict() for note in notes),
        )
        self._write(line)

    def _cost(self, outcome: Outcome) -> float | None:
        prices = self._settings.price_in, self._settings.price_out
        if not any(prices):
            return None
        tokens = outcome.tokens_in * prices[0] + outcome.tokens_out * prices[1]
        return round(tokens / _MILLION, 8)

    def _write(self, line: Line) -> None:
        if self._stream is not None:
            try:
                self._stream.write(msgspec.json.encode(line) + b"\n")
            except OSError as error:
                raise unwritable(self._settings.log, error) from error

    def _sum_up(self) -> None:
        """Say on standard error what the predictions cannot show."""
        if self._skipped:
            _say(f"limit={self._settings.limit}: {self._skipped} articles were left empty, unasked")
        if self._empty:
            counts = ", ".join(
                f"{self._empty.count(status)} {status}" for status in sorted(set(self._empty))
            )
            _say(f"{len(self._empty)} articles are empty for want of an answer: {counts}")
        if self._spent:
            _say(f"this run cost {self._spent:.4f}")


def _say(message: str) -> None:
    sys.stderr.write(f"llm: {message}\n")
