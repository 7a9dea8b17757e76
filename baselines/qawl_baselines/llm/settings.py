"""What can be set, and what cannot be right: the options of ``qawl run llm``."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from qawl.findings import Finding, InputError, finding
from qawl.systems import Option

KEY_VARIABLE = "QAWL_LLM_KEY"
_LONGEST_KEY = 4096
_LONGEST_NAME = 200

OPTIONS = (
    Option("base", "", "address before /chat/completions, such as http://localhost:8000/v1"),
    Option("model", "", "the model's name, as the endpoint calls it"),
    Option("shots", 3, "examples from core/train in the prompt, 0 to 20"),
    Option("seed", 0, "which examples are chosen"),
    Option("temperature", 0.0, "of the sampling; -1: not sent, for endpoints that refuse it"),
    Option("max_tokens", 0, "longest answer in tokens; 0: not sent, the endpoint decides"),
    Option("concurrency", 4, "articles asked about at once, 1 to 64"),
    Option("timeout", 120.0, "seconds for one answer"),
    Option("retries", 5, "further tries after 429, 5xx, a timeout or a lost connection, 0 to 20"),
    Option("cache", "", "folder of answers; a second run asks only what is not there"),
    Option("limit", 0, "ask about the first N articles only, the others come back empty; 0: all"),
    Option("log", "", "file for a line of JSON for each article: tokens, seconds, cost"),
    Option("price_in", 0.0, "price of a million tokens of the prompt, in any currency"),
    Option("price_out", 0.0, "price of a million tokens of the answer, in the same currency"),
)
_RANGES = {
    "shots": (0, 20),
    "temperature": (-1, 2),
    "max_tokens": (0, 1_000_000),
    "concurrency": (1, 64),
    "timeout": (0.001, 3600),
    "retries": (0, 20),
    "limit": (0, math.inf),
    "price_in": (0, 1e9),
    "price_out": (0, 1e9),
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The values of :data:`OPTIONS`; seconds, tokens and prices as these say.

    Raises:
        InputError: ``system-option`` for values out of range.
    """

    base: str = ""
    model: str = ""
    shots: int = 3
    seed: int = 0
    temperature: float = 0.0
    max_tokens: int = 0
    concurrency: int = 4
    timeout: float = 120.0
    retries: int = 5
    cache: str = ""
    limit: int = 0
    log: str = ""
    price_in: float = 0.0
    price_out: float = 0.0

    def __post_init__(self) -> None:
        problems = [
            refused(name, f"{getattr(self, name)} is not from {low} to {high}")
            for name, (low, high) in _RANGES.items()
            if not low <= getattr(self, name) <= high or math.isnan(getattr(self, name))
        ]
        if problems:
            raise InputError(problems)

    @property
    def address(self) -> str:
        """Where requests go."""
        return f"{self.base.rstrip('/')}/chat/completions"

    def check(self) -> None:
        """Whether anybody can be asked: called before the first request, not when made.

        Raises:
            InputError: ``system-option`` for a base or model that is missing or impossible.
        """
        problems = []
        if reason := _wrong_base(self.base):
            problems.append(refused("base", reason))
        if not self.model or len(self.model) > _LONGEST_NAME or not self.model.isprintable():
            problems.append(refused("model", "say which model: -O model=NAME"))
        if problems:
            raise InputError(problems)


@dataclass(frozen=True)
class Key:
    """The key of the endpoint, or none; it never shows itself."""

    value: str = field(repr=False)

    @classmethod
    def from_environment(cls) -> Key:
        """The key in ``QAWL_LLM_KEY``.

        Raises:
            InputError: ``llm-endpoint`` if no header can carry it; the message does not repeat it.
        """
        value = os.environ.get(KEY_VARIABLE, "").strip()
        if len(value) > _LONGEST_KEY or not all("!" <= character <= "~" for character in value):
            message = f"{KEY_VARIABLE} holds what no key can: blanks, or letters that are not ASCII"
            raise InputError([finding("llm-endpoint", message=message)])
        return cls(value)

    def removed_from(self, text: str) -> str:
        """The text without the key, should an endpoint repeat it."""
        return text.replace(self.value, "[key]") if self.value else text


def refused(name: str, message: str) -> Finding:
    """A finding about an option."""
    return finding("system-option", text="llm", field=name, message=message)


def _wrong_base(base: str) -> str:
    """Why an address cannot be asked, or nothing."""
    if not base:
        return "say which endpoint: -O base=http://localhost:8000/v1"
    try:
        parts = urlsplit(base)
        port_is_wrong = parts.port == 0
    except ValueError:
        return "it is no address"
    if parts.scheme not in ("http", "https") or not parts.hostname or port_is_wrong:
        return "it is no http or https address"
    if parts.username is not None or parts.password is not None:
        return f"it holds a password; give the key in {KEY_VARIABLE}"
    if parts.query or parts.fragment or not base.isascii() or not base.isprintable():
        return "an address here has neither query nor fragment, and is ASCII"
    return "" if " " not in base else "it holds a blank"
