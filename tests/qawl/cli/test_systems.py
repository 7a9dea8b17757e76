"""`qawl systems`: what is installed, and what of it works."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from qawl.systems import Option
from support.newsroom import Tiny, complains

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qawl import Document
    from support.newsroom import Command, Install


def test_systems_lists_what_is_installed(qawl: Command, install: Install) -> None:
    install(tiny=Tiny, broken=ImportError("no torch here"))
    outcome = qawl("systems")
    assert outcome.code == 0
    assert re.search(r"tiny +1 +finds one frame", outcome.out)
    assert "no torch here" in outcome.out


def test_systems_prints_json(qawl: Command, install: Install) -> None:
    install()
    assert json.loads(qawl("systems", "--json").out) == [
        {
            "name": "tiny",
            "version": "1",
            "distribution": "",
            "summary": "finds one frame",
            "options": [],
        }
    ]


class Patient(Tiny):
    """A system with a setting of each type."""

    options = (
        Option("rounds", 2, "how often it looks"),
        Option("share", 0.5, "how sure it must be"),
        Option("model", "none", "what it uses"),
        Option("proud", False, "whether it says so"),
    )

    def __init__(self, **said: object) -> None:
        self.summary = " ".join(f"{name}={value!r}" for name, value in said.items())

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        raise RuntimeError(f"{self.summary}, {len(list(documents))} documents")


def test_options_are_listed_and_reach_the_system_in_their_type(
    qawl: Command, install: Install, tmp_path: Path
) -> None:
    install(patient=Patient)
    assert re.search(
        r"patient +-O rounds= +2 +how often it looks", qawl("systems", "--options").out
    )
    said = ("-O", "rounds=3", "--option", "share=1", "-O", "model=a=b", "-O", "proud=yes")
    article = tmp_path / "a.txt"
    article.write_text("قال", encoding="utf-8")
    for command in (("run", "patient"), ("extract", article, "--system", "patient")):
        outcome = qawl(*command, *said)
        assert "rounds=3 share=1.0 model='a=b' proud=True" in outcome.err


@pytest.mark.parametrize(
    ("said", "code", "wanted"),
    [
        ("depth=1", 3, ("[system-option]", "rounds, share")),
        ("rounds=many", 3, ("[system-option]", "many")),
        ("proud=perhaps", 3, ("[system-option]", "neither true nor false")),
        ("rounds", 2, ("NAME=VALUE",)),
    ],
)
def test_options_that_there_are_not(
    qawl: Command, install: Install, said: str, code: int, wanted: tuple[str, ...]
) -> None:
    install(patient=Patient)
    complains(qawl("run", "patient", "-O", said), code, *wanted)


@pytest.mark.parametrize("error", [ImportError, SyntaxError, OSError, RuntimeError, KeyError])
def test_a_broken_system_hides_no_other(
    qawl: Command, install: Install, error: type[Exception]
) -> None:
    install(broken=error("cannot"), tiny=Tiny)
    names = [item["name"] for item in json.loads(qawl("systems", "--json").out)]
    assert names == ["broken", "tiny"]
    complains(qawl("run", "broken"), 3, "[system-broken]", "cannot")


def test_a_system_that_is_none_says_what_it_lacks(qawl: Command, install: Install) -> None:
    install(half=type("Half", (), {"name": "half", "predict": print}))
    complains(qawl("run", "half"), 3, "it has no version, summary")
