"""The system behind the name ``llm``: articles asked about in threads, answered in order.

Each article is asked about alone, without tools, and its answer becomes offsets into that article:
whatever a hostile article makes a model say can spoil that article's attributions and no more.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from qawl.findings import InputError, finding
from qawl.records import Document
from qawl_baselines.llm.settings import OPTIONS, Key, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qawl_baselines.llm.asking import Asker
    from qawl_baselines.llm.cache import Outcome
    from qawl_baselines.llm.journal import Journal

Asked = tuple["Outcome", bool]


class Llm:
    """A language model, given the annotation scheme and examples, quotes the parts."""

    name = "llm"
    version = "1"
    summary = "a language model behind any OpenAI-compatible endpoint; needs -O base and -O model"
    options = OPTIONS

    def __init__(self, *, sleep: Callable[[float], object] | None = None, **settings: Any) -> None:
        """Take settings; nothing is asked, read or written yet.

        Args:
            sleep: waits for seconds between tries; for tests.
            settings: see :data:`qawl_baselines.llm.settings.OPTIONS`.

        Raises:
            InputError: ``system-option`` for a value out of range.
        """
        self.settings = Settings(**settings)
        self._sleep = sleep

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield each document with its attributions; empty where there was no answer.

        Raises:
            InputError: ``system-option`` without base or model; ``extra-missing`` without
                urllib3; ``llm-endpoint`` if the endpoint does not answer the first request at all.
            OutputError: cache or log cannot be written.
        """
        from qawl_baselines.llm.journal import Journal  # noqa: PLC0415

        stopped = Event()
        asker = self._asker(stopped)
        with Journal(self.settings) as journal:
            try:
                for document, asked in self._asked(documents, asker):
                    yield _answered(document, asked, journal)
            finally:
                stopped.set()  # wakes whoever pauses before another try

    def _asker(self, stopped: Event) -> Asker:
        from qawl_baselines.llm.asking import Asker  # noqa: PLC0415
        from qawl_baselines.llm.cache import Cache  # noqa: PLC0415
        from qawl_baselines.llm.prompt import Examples  # noqa: PLC0415
        from qawl_baselines.llm.transport import Endpoint  # noqa: PLC0415

        self.settings.check()
        key = Key.from_environment()
        endpoint = Endpoint(self.settings, key, self._sleep or stopped.wait)
        return Asker(self.settings, key, endpoint, Examples(self.settings), Cache(self.settings))

    def _asked(
        self, documents: Iterable[Document], asker: Asker
    ) -> Iterator[tuple[Document, Asked | None]]:
        """Each document with what asking about it came to; None beyond the limit."""
        numbered = enumerate(documents, 1)
        limit = self.settings.limit
        reached = False
        # Alone until the endpoint has answered once: if it cannot, nothing else is tried.
        for number, document in numbered:
            if limit and number > limit:
                yield document, None
                continue
            outcome, fresh = asker.ask(_text(document))
            if outcome.stops:
                raise InputError([finding("llm-endpoint", message=outcome.reason)])
            yield document, (outcome, fresh)
            reached = fresh and outcome.status != "failed"
            if reached:
                break
        if reached:
            yield from self._in_threads(numbered, asker)

    def _in_threads(
        self, numbered: Iterable[tuple[int, Document]], asker: Asker
    ) -> Iterator[tuple[Document, Asked | None]]:
        limit, width = self.settings.limit, self.settings.concurrency
        waiting: deque[tuple[Document, Future[Asked] | None]] = deque()
        pool = ThreadPoolExecutor(width, thread_name_prefix="qawl-llm")
        try:
            for number, document in numbered:
                beyond = limit and number > limit
                asked = None if beyond else pool.submit(asker.ask, _text(document))
                waiting.append((document, asked))
                # Twice the threads' number: one slow article does not keep the others waiting.
                if len(waiting) > 2 * width:
                    yield _waited_for(*waiting.popleft())
            while waiting:
                yield _waited_for(*waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _waited_for(document: Document, asked: Future[Asked] | None) -> tuple[Document, Asked | None]:
    return document, None if asked is None else asked.result()


def _text(document: Document) -> str:
    return "" if document.text is UNSET else document.text


def _answered(document: Document, asked: Asked | None, journal: Journal) -> Document:
    """The document with its attributions, noted in the log."""
    from qawl_baselines.llm.answer import Answer, parse  # noqa: PLC0415
    from qawl_baselines.llm.records import to_document  # noqa: PLC0415

    if asked is None:
        journal.skipped(document.id)
        return Document(id=document.id)
    outcome, fresh = asked
    answer = parse(outcome.content) if outcome.status == "answered" else Answer(())
    found, notes = to_document(document.id, _text(document), answer)
    journal.done(document.id, outcome, len(found.attributions), notes, fresh=fresh)
    return found
