"""What ``import qawl`` offers."""

from __future__ import annotations

import subprocess
import sys

import pytest

import qawl


@pytest.mark.parametrize("name", qawl.__all__)
def test_everything_that_is_offered_is_there(name: str) -> None:
    assert getattr(qawl, name) is not None
    assert name in dir(qawl)


def test_anything_else_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        qawl.nonsense  # noqa: B018


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys, qawl; print(sorted({'numpy', 'rich', 'typer', 'msgspec'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60
    )
    assert found.stdout == b"[]\n"
