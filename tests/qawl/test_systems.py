"""Systems: found by name, made when asked for, held to what they were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qawl import Document, InputError
from qawl.systems import System, available, load_system, predict
from support.newsroom import PLAIN, Tiny

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from support.newsroom import Install

ASKED = [Document(id="a", text=PLAIN), Document(id="b", text=PLAIN)]


class Made:
    """A system out of a function."""

    name, version, summary = "made", "1", ""

    def __init__(self, answers: object) -> None:
        self.answers = answers

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        answers = self.answers(documents) if callable(self.answers) else self.answers
        yield from answers  # type: ignore[misc]


def refused(answers: object) -> str:
    with pytest.raises(InputError) as raised:
        list(predict(Made(answers), ASKED))
    (item,) = raised.value.findings
    assert (item.id, item.text) == ("system-failed", "made")
    return f"{item.document}: {item.message}"


def test_systems_are_listed_by_name_and_not_loaded(install: Install) -> None:
    install(b=ImportError("never loaded"), a=Tiny)
    assert list(available()) == ["a", "b"]


def test_a_system_is_made_anew_each_time(install: Install) -> None:
    install()
    assert isinstance(load_system("tiny"), System)
    assert load_system("tiny") is not load_system("tiny")


@pytest.mark.parametrize("name", ["", "nobody", "Tiny", "tiny ", "\x1b[31m"])
def test_a_name_that_nobody_has(install: Install, name: str) -> None:
    install()
    with pytest.raises(InputError) as raised:
        load_system(name)
    assert str(raised.value).isprintable()
    assert "installed: tiny" in str(raised.value)


def test_answers_come_as_they_are_given() -> None:
    asked: list[str] = []

    def documents() -> Iterator[Document]:
        for document in ASKED:
            asked.append(document.id)
            yield document

    answers = predict(Tiny(), documents())
    assert asked == []
    assert next(answers).id == "a"
    assert asked == ["a"]
    assert [document.id for document in answers] == ["b"]


def test_a_system_may_read_ahead_and_may_answer_with_a_list() -> None:
    assert [d.id for d in predict(Made(list), ASKED)] == ["a", "b"]
    assert list(predict(Tiny(), [])) == []


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([], "a: asked about a, it gave no document"),
        (lambda documents: list(documents)[:1], "b: asked about b, it gave no document"),
        (lambda documents: list(documents)[::-1], "a: asked about a, it gave an answer to b"),
        (lambda documents: [next(documents), next(documents)] * 2, "gave an answer to a"),
        (lambda documents: [{"id": next(documents).id}], "a: asked about a, it gave no document"),
        ([Document(id="a")], "asked about nothing, it gave an answer to a"),
        (None, "TypeError"),
    ],
)
def test_an_answer_to_another_question_is_refused(answers: object, message: str) -> None:
    assert message in refused(answers)


def test_an_error_of_a_system_names_the_document_it_was_at() -> None:
    def crashing(documents: Iterator[Document]) -> Iterator[Document]:
        yield next(documents)
        raise ZeroDivisionError(f"at {next(documents).id}\n\x1b[31m")

    said = refused(crashing)
    assert said.startswith("b: ZeroDivisionError: at b⏎\\u001b[31m, at ")
    assert "test_systems.py:" in said


def test_what_is_wrong_with_the_documents_is_not_blamed_on_the_system() -> None:
    def documents() -> Iterator[Document]:
        yield ASKED[0]
        raise InputError([])

    with pytest.raises(InputError) as raised:
        list(predict(Tiny(), documents()))
    assert raised.value.findings == ()
