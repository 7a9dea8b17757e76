"""The project's own environment: made once in .venv, renewed when pyproject.toml changes.

Needs only Python and a package index, so that every script of this folder runs on a fresh clone.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import venv
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
OLDEST = (3, 11)
# A lock older than this was left behind by a script that was killed.
_STALE = 900


def command(name: str) -> str:
    """The path of a command of the environment."""
    folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return str(FOLDER / folder / f"{name}{suffix}")


def prepare(extra: str = "") -> None:
    """Make the environment if it is not there, and install qawl with an extra if it is stale.

    Args:
        extra: an extra of pyproject.toml, or nothing for the light core.
    """
    if sys.version_info < OLDEST:
        sys.exit(f"qawl needs Python {OLDEST[0]}.{OLDEST[1]} or later; this is {sys.version}")
    try:
        with _alone():
            _renew(extra)
    except PermissionError as error:
        sys.exit(f"cannot write {error.filename}: clone to a folder that you may write to")


def _renew(extra: str) -> None:
    # An environment knows the path it was made at; in a moved clone it would run the old code.
    stated = f"{ROOT}\n".encode() + (ROOT / "pyproject.toml").read_bytes()
    wanted = hashlib.sha256(stated).hexdigest()
    stamp = FOLDER / f".qawl-{extra or 'core'}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    home = FOLDER / ".qawl-home"
    if not home.is_file() or home.read_text(encoding="utf-8") != str(ROOT):
        _say(f"making {FOLDER.name}")
        venv.create(FOLDER, with_pip=True, clear=FOLDER.is_dir())
        home.write_text(str(ROOT), encoding="utf-8")
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    _say(f"installing qawl{f'[{extra}]' if extra else ''} (once)")
    install = [command("python"), "-m", "pip", "install", "--quiet", "--editable", target]
    result = subprocess.run([*install, "--disable-pip-version-check"], check=False)
    if result.returncode:
        sys.exit("the installation failed; is a package index within reach?")
    stamp.write_text(wanted)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait while another script makes the environment; two at once would spoil it."""
    lock = ROOT / ".venv.lock"
    for _ in range(600):
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if time.time() - lock.stat().st_mtime > _STALE:
                break
            time.sleep(1)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.rmdir()


def use_texts() -> None:
    """Let ``wire`` find texts that lie beside the repository, unless QAWL_TEXTS says where."""
    beside = ROOT.parent / "shared" / "texts"
    if beside.is_dir():
        os.environ.setdefault("QAWL_TEXTS", str(beside))


def run(*words: str) -> int:
    """Run a command of the environment in the repository and return its exit code."""
    return subprocess.run([command(words[0]), *words[1:]], cwd=ROOT, check=False).returncode


def _say(message: str) -> None:
    sys.stderr.write(f"… {message}\n")
