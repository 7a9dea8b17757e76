"""What an endpoint's reply says: the answer, or why there is none, and what it cost."""

from __future__ import annotations

import json
from typing import Any, Literal

import msgspec

from qawl.findings import printable

Status = Literal["answered", "refused", "cut", "malformed", "failed"]
_MOST_TOKENS = 10**9


class Completion(msgspec.Struct, frozen=True):
    """The reply to one request.

    Attributes:
        status: ``answered`` if there is content to parse, ``malformed`` if the reply is none of
            the protocol; refused or cut as the endpoint says.
        content: what the model wrote; holds no lone surrogates.
        reason: why there is no answer, printable and short.
        tokens_in: of the prompt, as the endpoint counts.
        tokens_out: of the answer.
    """

    status: Status
    content: str = ""
    reason: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


def read_completion(body: bytes) -> Completion:
    """Read a reply of the chat-completions protocol, whatever it holds."""
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError):
        return Completion("malformed", reason="the reply is no JSON")
    usage = _field(reply, "usage", dict, {})
    tokens = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    choices = _field(reply, "choices", list, [])
    message = _field(choices[0], "message", dict, {}) if choices else {}
    if not message:
        return Completion("malformed", "", "the reply holds no message", *tokens)
    content = _content(message)
    reason = _field(choices[0], "finish_reason", str, "")
    refusal = _field(message, "refusal", str, "")
    if refusal or reason == "content_filter":
        return Completion("refused", "", printable(refusal or "content filter", 200), *tokens)
    if reason == "length":
        return Completion("cut", "", "the answer was cut off at its longest", *tokens)
    if not content.strip():
        return Completion("refused", "", "the answer is empty", *tokens)
    return Completion("answered", content, "", *tokens)


def _content(message: dict[str, Any]) -> str:
    """The message's text, which some endpoints give in parts; lone surrogates become «?»."""
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(_field(part, "text", str, "") for part in content)
    return content.encode("utf-8", "replace").decode() if isinstance(content, str) else ""


def _field(value: Any, name: str, kind: type, default: Any) -> Any:
    """A field of the right kind, or the default."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, kind) else default


def _count(usage: dict[str, Any], name: str) -> int:
    """A number of tokens, or 0 for what is none."""
    found = usage.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        return 0
    return min(max(0, found), _MOST_TOKENS)
