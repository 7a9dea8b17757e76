"""Reading replies and answers, whatever they hold."""

from __future__ import annotations

import json

import pytest

from qawl import load
from qawl_baselines.llm import answer
from qawl_baselines.llm.answer import AnswerError, Item, json_schema, parse
from qawl_baselines.llm.completion import read_completion
from qawl_baselines.llm.prompt import gold_answer
from support.endpoint import completion

GOOD = '{"attributions": [{"quote": ["المطر"], "cue": ["قال"], "type": "indirect"}]}'


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```",
        f"Here you are:\n```json\n{GOOD}\n```\nAnything else?",
        f"The answer is {GOOD} as you wished.",
        f'<think>{{"attributions": []}} or what?</think>\n{GOOD}',
        f'Not {{this}} and not {{"that": 1}} but {GOOD}',
        GOOD.removeprefix('{"attributions": ')[:-1],
        '{"attributions": [{"quote": "المطر", "cue": "قال", "speaker": null, "type": "indirect"}]}',
        GOOD.replace('"type"', '"source": null, "more": 1, "speaker": "", "type"'),
    ],
)
def test_an_answer_is_found_wherever_it_stands(content: str) -> None:
    assert parse(content).attributions == (Item(("المطر",), ("قال",), (), "indirect"),)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "قال",
        "null",
        "[1, 2]",
        '{"attributions": null}',
        '{"attributions": {"quote": ["x"]}}',
        '{"attributions": [{"cue": ["x"]}]}',
        '{"attributions": [{"quote": [[0, 3]]}]}',
        '{"attributions": [{"quote": ["x"], "type": "said"}]}',
        '{"attributions": [{"quote": ["x"], "source": 7}]}',
        GOOD[:-3],
        "{" * 100_000,
        "[" * 100_000,
        '{"attributions": ' * 5_000,
        '{"attributions": [{"quote": [' + "9" * 10_000 + "]}]}",
    ],
    ids=lambda content: content[:20],
)
def test_what_is_no_answer_is_refused_in_short(content: str) -> None:
    with pytest.raises(AnswerError) as raised:
        parse(content)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) <= 200


def test_an_answer_has_bounds() -> None:
    with pytest.raises(AnswerError, match="too large"):
        parse(GOOD + " " * answer.LARGEST_ANSWER)
    many = parse(json.dumps([{"quote": ["x"] * 99}] * 999)).attributions
    assert len(many) == answer.MOST_ATTRIBUTIONS
    assert len(many[0].quote) == answer.MOST_PIECES


def test_the_schema_asks_for_every_field_that_is_read() -> None:
    item = json_schema()["properties"]["attributions"]["items"]
    assert item["required"] == list(item["properties"]) == list(Item.__struct_fields__)
    assert item["additionalProperties"] is False
    (first, *_) = load("core", "train")
    given = json.loads(gold_answer(first))["attributions"][0]
    assert list(given) == item["required"]


def status(body: bytes) -> str:
    return read_completion(body).status


def test_a_reply_is_read_with_its_tokens() -> None:
    found = read_completion(completion(GOOD).body)
    assert (found.status, found.content) == ("answered", GOOD)
    assert (found.tokens_in, found.tokens_out) == (100, 10)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (completion("", refusal="I cannot").body, "refused"),
        (completion(GOOD, finish="content_filter").body, "refused"),
        (completion("").body, "refused"),
        (completion(" \n").body, "refused"),
        (completion(None).body, "answered"),
        (b'{"choices": [{"message": {"content": null}}]}', "refused"),
        (completion(GOOD[:20], finish="length").body, "cut"),
        (completion("", finish="length").body, "cut"),
        (b"", "malformed"),
        (b"\xff\xfe", "malformed"),
        (b"[]", "malformed"),
        (b"{}", "malformed"),
        (b'{"choices": []}', "malformed"),
        (b'{"choices": [7]}', "malformed"),
        (b'{"choices": {"message": 1}}', "malformed"),
        (b'{"choices": [{"message": "x"}]}', "malformed"),
        (b"[" * 100_000, "malformed"),
        (b"9" * 10_000, "malformed"),
    ],
)
def test_a_reply_says_why_there_is_no_answer(body: bytes, expected: str) -> None:
    assert status(body) == expected


def test_content_in_parts_is_put_together() -> None:
    parts = [{"type": "text", "text": "a"}, 7, {"type": "image"}, {"type": "text", "text": "b"}]
    body = json.dumps({"choices": [{"message": {"content": parts}}]}).encode()
    assert read_completion(body).content == "ab"


def test_lone_surrogates_do_not_get_in() -> None:
    body = b'{"choices": [{"message": {"content": "a\\ud800b"}}]}'
    assert read_completion(body).content == "a?b"


@pytest.mark.parametrize("count", [-5, True, 1e300, "7", None, [], 10**30])
def test_tokens_are_numbers_or_none(count: object) -> None:
    body = json.dumps({"choices": [], "usage": {"prompt_tokens": count}}).encode()
    assert 0 <= read_completion(body).tokens_in <= 10**9
