"""`qawl systems`: what is installed, and what of it works."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from support.newsroom import Tiny, complains

if TYPE_CHECKING:
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
        {"name": "tiny", "version": "1", "distribution": "", "summary": "finds one frame"}
    ]


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
