"""What only a process of its own can show: pipes, closed streams, a full disk, the locale."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from qawl.writing import encode, write
from support.newsroom import PLAIN, article

if TYPE_CHECKING:
    from support.newsroom import Folder

MAIN = "import sys; sys.argv[0] = 'qawl'; from qawl.cli import main; main()"
FINDINGS = Path(__file__).parents[2] / "fixtures" / "findings"
FULL = Path("/dev/full")

Completed = subprocess.CompletedProcess[bytes]
Stream = IO[bytes] | int | None


def qawl(*arguments: object, stdout: Stream = subprocess.PIPE, **more: str) -> Completed:
    return subprocess.run(
        [sys.executable, "-c", MAIN, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **more},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("data", "nonsense"), 2),
        (("score", FINDINGS / "file-empty.jsonl", "--gold", FINDINGS / "line-json.jsonl"), 3),
    ],
)
def test_a_process_refuses_with_the_documented_code(
    arguments: tuple[object, ...], code: int
) -> None:
    outcome = qawl(*arguments)
    assert outcome.returncode == code
    assert b"Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    "arguments",
    [("data", "stats"), ("data", "validate", FINDINGS / "span-empty.qawl")],
)
def test_a_closed_pipe_is_quiet(data: Folder, arguments: tuple[object, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    outcome = qawl(*arguments, stdout=writer, QAWL_DATA=str(data.path))
    os.close(writer)
    assert outcome.stderr in (b"", b"1 errors, 0 warnings\n")
    assert outcome.returncode == 0


def test_a_reader_that_leaves_in_the_middle_is_quiet_too(tmp_path: Path) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_bytes(b"{\n" * 20_000)
    command = [sys.executable, "-c", MAIN, "data", "validate", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"[line-json]" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_a_full_disk_behind_standard_output_ends_with_1_and_a_message() -> None:
    with FULL.open("wb") as stream:
        outcome = qawl("data", "schema", stdout=stream)
    assert outcome.returncode == 1
    assert outcome.stderr == b"qawl: [Errno 28] No space left on device\n"


def test_streams_that_were_closed_are_no_crash(tmp_path: Path) -> None:
    write([article()], tmp_path / "gold.jsonl")
    for closed, code in (("<&-", 1), (">&- 2>&-", 0)):
        command = f'exec "$0" -c "$1" data validate "$2" {closed}'
        path = "-" if "<" in closed else str(tmp_path / "gold.jsonl")
        outcome = subprocess.run(
            ["sh", "-c", command, sys.executable, MAIN, path],  # noqa: S607
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert outcome.returncode == code
        assert b"Traceback" not in outcome.stderr


def test_arabic_comes_out_in_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_bytes(encode(article())[:80])
    outcome = qawl("data", "validate", tmp_path / "bad.jsonl", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert outcome.returncode == 1
    assert PLAIN[:10].encode() in outcome.stdout


def test_help_does_not_wait_for_numpy() -> None:
    start = time.perf_counter()
    outcome = qawl("--help", PYTHONPROFILEIMPORTTIME="1")
    assert time.perf_counter() - start < 3
    assert b"import time" in outcome.stderr
    assert b"numpy" not in outcome.stderr
    assert b"rich.console" not in outcome.stderr
