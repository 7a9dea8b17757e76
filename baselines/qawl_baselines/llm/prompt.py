"""What is sent: the instructions, examples with their answers, and the article between codes."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from qawl_baselines.llm.answer import json_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Document, Spans
    from qawl_baselines.llm.settings import Settings

Message = dict[str, str]
FORMATS = ("json_schema", "json_object", "plain")
# An example costs tokens in every request; most articles of the track are shorter than this.
_LONGEST_EXAMPLE = 3000
_LONGEST_ECHO = 20_000


class Examples:
    """Articles of ``core/train`` with their gold, in an order that the seed decides."""

    def __init__(self, settings: Settings) -> None:
        """Choose them.

        Raises:
            InputError: ``track-unknown`` if examples are wanted and the track is not here.
        """
        self._wanted = settings.shots
        self._ordered = _train(settings.seed) if settings.shots else ()

    def beside(self, text: str) -> list[Document]:
        """The examples for an article, which is never its own example."""
        others = (document for document in self._ordered if document.text != text)
        return [document for document, _ in zip(others, range(self._wanted), strict=False)]


def _train(seed: int) -> tuple[Document, ...]:
    from qawl.tracks import load  # noqa: PLC0415

    fitting = (
        document
        for document in load("core", "train")
        if document.attributions and len(str(document.text)) <= _LONGEST_EXAMPLE
    )
    # By digest and not by a generator: the same choice in every version of Python, and adding an
    # article to the track moves no other one.
    return tuple(
        sorted(fitting, key=lambda document: sha256(f"{seed}:{document.id}".encode()).digest())
    )


@cache
def instructions() -> str:
    """The annotation scheme in short, as the system message."""
    return files(__package__).joinpath("instructions.txt").read_text(encoding="utf-8").strip()


def messages(text: str, examples: Sequence[Document]) -> list[Message]:
    """The conversation that asks about an article."""
    made = [{"role": "system", "content": instructions()}]
    for document in examples:
        made += [
            {"role": "user", "content": _delimited(str(document.text))},
            {"role": "assistant", "content": gold_answer(document)},
        ]
    return [*made, {"role": "user", "content": _delimited(text)}]


def _delimited(text: str) -> str:
    """The article between lines that it cannot contain: they are its own digest."""
    code = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"ARTICLE {code}\n{text}\nEND {code}"


def gold_answer(document: Document) -> str:
    """The answer that the gold of a document amounts to, as JSON."""
    text = str(document.text)
    entities = {entity.id: entity for entity in document.entities}

    def strings(spans: Spans) -> list[str]:
        return [text[start:end] for start, end in spans]

    items = [
        {
            "quote": strings(item.quote),
            "cue": strings(() if item.cue is UNSET else item.cue),
            "speaker": strings(() if item.speaker is UNSET else item.speaker),
            "type": item.type,
            "source": entities[str(item.entity)].name,
            "kind": entities[str(item.entity)].kind,
        }
        for item in sorted(document.attributions, key=lambda item: item.quote)
    ]
    return json.dumps({"attributions": items}, ensure_ascii=False)


def repair(asked: Sequence[Message], content: str, problem: str) -> list[Message]:
    """The conversation that asks once more, after an answer that is not of the schema."""
    again = (
        f"Your answer cannot be used: {problem}. "
        'Answer again, with the JSON object {"attributions": [...]} and nothing else.'
    )
    # An endpoint may refuse an empty message of the assistant.
    said = [{"role": "assistant", "content": content[:_LONGEST_ECHO]}] if content else []
    return [*asked, *said, {"role": "user", "content": again}]


def body(settings: Settings, asked: Sequence[Message], form: str) -> bytes:
    """The request, as JSON in ASCII; equal requests are equal bytes.

    Args:
        settings: model, temperature and the longest answer.
        asked: the conversation.
        form: one of :data:`FORMATS`: how the shape of the answer is asked for.
    """
    request: dict[str, Any] = {"model": settings.model, "messages": list(asked)}
    if settings.temperature >= 0:
        request["temperature"] = settings.temperature
    if settings.max_tokens:
        request["max_tokens"] = settings.max_tokens
    if form == "json_schema":
        schema = {"name": "attributions", "strict": True, "schema": json_schema()}
        request["response_format"] = {"type": form, "json_schema": schema}
    elif form == "json_object":
        request["response_format"] = {"type": form}
    return json.dumps(request).encode("ascii")
