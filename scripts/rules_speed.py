"""The speed of `rules` beside spaCy's blank Arabic tokeniser alone, on the texts of `core`.

python scripts/rules_speed.py

Each reads all texts twice in a process of its own: at first sight, and again with its caches warm.
spaCy is no dependency of qawl; without it only `rules` is measured.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import environment

_TEXTS = """
import time
from qawl import load
documents = [d for split in ("train", "dev", "test") for d in load("core", split)]
words = sum(len(d.text.split()) for d in documents)
"""
_RULES = """
from qawl.systems import load_system
system = load_system("rules")
read = lambda: list(system.predict(documents))
"""
_SPACY = """
import spacy
tokenise = spacy.blank("ar").tokenizer
read = lambda: [tokenise(d.text) for d in documents]
"""
_MEASURE = """
speeds = []
for _ in range(2):
    before = time.process_time()
    read()
    speeds.append(words / (time.process_time() - before))
print(*(f"{speed:>9,.0f}" for speed in speeds), "words a second")
"""


def main() -> int:
    """Print both speeds, at first sight and warm."""
    systems = {"rules": _RULES}
    if importlib.util.find_spec("spacy"):
        systems["spaCy, tokeniser alone"] = _SPACY
    else:
        print("spaCy is not installed: pip install spacy", file=sys.stderr)
    print(f"{'':<24}first sight   again")
    for name, code in systems.items():
        print(f"{name:<24}", end="", flush=True)
        program = [sys.executable, "-c", _TEXTS + code + _MEASURE]
        if done := subprocess.run(program, cwd=environment.ROOT, check=False).returncode:
            return done
    return 0


if __name__ == "__main__":
    sys.exit(main())
