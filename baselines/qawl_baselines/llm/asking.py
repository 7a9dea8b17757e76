"""Asking about one article: the shape of the answer stepped down, one repair, one outcome."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from qawl_baselines.llm.answer import AnswerError, parse, written
from qawl_baselines.llm.cache import Outcome
from qawl_baselines.llm.completion import Completion, read_completion
from qawl_baselines.llm.prompt import FORMATS, body, messages, repair
from qawl_baselines.llm.transport import Reply, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl_baselines.llm.cache import Cache
    from qawl_baselines.llm.prompt import Examples, Message
    from qawl_baselines.llm.settings import Key, Settings
    from qawl_baselines.llm.transport import Endpoint

LONGEST_ARTICLE = 200_000
NOTHING = '{"attributions": []}'
# Statuses with which endpoints refuse a response_format that they do not know.
_UNSUPPORTED = frozenset({400, 422})


class Asker:
    """Asks the endpoint, or the cache; may be used by several threads."""

    def __init__(
        self, settings: Settings, key: Key, endpoint: Endpoint, examples: Examples, cache: Cache
    ) -> None:
        self._settings, self._key = settings, key
        self._examples, self._cache = examples, cache
        self._sender = _Sender(settings, endpoint)

    def ask(self, text: str) -> tuple[Outcome, bool]:
        """What asking about an article came to, and whether the endpoint was asked now.

        Raises:
            OutputError: the answer cannot be kept.
        """
        if not text.strip():
            return Outcome(status="answered", content=NOTHING), False
        if len(text) > LONGEST_ARTICLE:
            reason = f"the article is longer than {LONGEST_ARTICLE} code points; it was not sent"
            return Outcome(status="failed", reason=reason), False
        asked = messages(text, self._examples.beside(text))
        request = body(self._settings, asked, FORMATS[0])
        known = self._cache.get(request)
        if known is not None:
            return known, False
        outcome = self._converse(asked)
        if outcome.status != "failed":
            self._cache.put(request, outcome)
        return outcome, True

    def _converse(self, asked: Sequence[Message]) -> Outcome:
        """Ask, and once more if the answer is not of the schema."""
        began = time.monotonic()
        total = _Total()
        try:
            last = self._once(asked, total)
            if last.status == "malformed":
                total.repaired = True
                last = self._once(repair(asked, last.content, last.reason), total)
        except RequestError as error:
            total.attempts += error.attempts
            return total.outcome(
                Completion("failed", reason=str(error)), began, stops=not error.of_one_request
            )
        return total.outcome(last, began)

    def _once(self, asked: Sequence[Message], total: _Total) -> Completion:
        """One request's completion; ``malformed`` too if its content is not of the schema."""
        reply, total.form = self._sender.send(asked)
        found = read_completion(reply.body)
        total.attempts += reply.attempts
        total.tokens_in += found.tokens_in
        total.tokens_out += found.tokens_out
        # Should the endpoint repeat the key, it gets no farther than here.
        found = msgspec.structs.replace(
            found,
            content=self._key.removed_from(found.content),
            reason=self._key.removed_from(found.reason),
        )
        if found.status != "answered":
            return found
        try:
            plain = written(parse(found.content))
        except AnswerError as error:
            reason = self._key.removed_from(str(error))
            return msgspec.structs.replace(found, status="malformed", reason=reason)
        # A key that JSON's escapes hid is plain to see in the answer written anew.
        shown = self._key.removed_from(plain)
        return found if shown == plain else msgspec.structs.replace(found, content=shown)


@dataclass
class _Total:
    """What the requests about one article add up to."""

    attempts: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    form: str = ""
    repaired: bool = False

    def outcome(self, last: Completion, began: float, *, stops: bool = False) -> Outcome:
        """The article's outcome; content that is no answer is not kept."""
        return Outcome(
            status=last.status,
            content=last.content if last.status == "answered" else "",
            reason=last.reason,
            tokens_in=self.tokens_in,
            tokens_out=self.tokens_out,
            seconds=round(time.monotonic() - began, 3),
            attempts=self.attempts,
            form=self.form,
            repaired=self.repaired,
            stops=stops,
        )


class _Sender:
    """Sends requests in the first shape that the endpoint takes."""

    def __init__(self, settings: Settings, endpoint: Endpoint) -> None:
        self._settings, self._endpoint = settings, endpoint
        # An index of FORMATS. Threads may race for it: the loser sends a request that is refused,
        # and learns the same.
        self._first = 0

    def send(self, asked: Sequence[Message]) -> tuple[Reply, str]:
        """The reply, with all the requests that it took, and the shape that was asked for.

        Raises:
            RequestError: the endpoint refuses even the plain request, or there is no reply.
        """
        attempts = 0
        for form in range(self._first, len(FORMATS) - 1):
            try:
                reply = self._endpoint.post(body(self._settings, asked, FORMATS[form]))
            except RequestError as error:
                attempts += error.attempts
                if error.status not in _UNSUPPORTED:
                    error.attempts = attempts
                    raise
            else:
                return self._taken(form, reply, attempts)
        try:
            reply = self._endpoint.post(body(self._settings, asked, FORMATS[-1]))
        except RequestError as error:
            error.attempts += attempts
            raise
        return self._taken(len(FORMATS) - 1, reply, attempts)

    def _taken(self, form: int, reply: Reply, before: int) -> tuple[Reply, str]:
        # Only a reply shows that the shape was to blame for the refusals, and not the article.
        self._first = max(self._first, form)
        return Reply(reply.body, reply.attempts + before), FORMATS[form]
