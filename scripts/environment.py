"""The project's own environment: made once in .venv, renewed when pyproject.toml changes.

Needs only Python and a package index, so that every script of this folder runs on a fresh clone.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
OLDEST = (3, 11)


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
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = FOLDER / f".qawl-{extra or 'core'}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if not Path(command("python")).exists():
        _say(f"making {FOLDER.name}")
        venv.create(FOLDER, with_pip=True)
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    _say(f"installing qawl{f'[{extra}]' if extra else ''} (once)")
    install = [command("python"), "-m", "pip", "install", "--quiet", "--editable", target]
    result = subprocess.run([*install, "--disable-pip-version-check"], check=False)
    if result.returncode:
        sys.exit("the installation failed; is a package index within reach?")
    stamp.write_text(wanted)


def run(*words: str) -> int:
    """Run a command of the environment in the repository and return its exit code."""
    return subprocess.run([command(words[0]), *words[1:]], cwd=ROOT, check=False).returncode


def _say(message: str) -> None:
    sys.stderr.write(f"… {message}\n")
