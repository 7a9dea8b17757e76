"""The main job in one command: run the baselines on the gold, score them, show the tables.

python3 scripts/quickstart.py
"""

from __future__ import annotations

import subprocess
import sys

import environment


def main() -> int:
    """Run each offline baseline on ``core``/``test`` and print its score."""
    environment.prepare()
    qawl = environment.command("qawl")
    for system in ("quoted", "rules"):
        print(f"\n{system} on core/test", flush=True)
        with subprocess.Popen(
            [qawl, "run", system], cwd=environment.ROOT, stdout=subprocess.PIPE
        ) as running:
            scored = subprocess.run(
                [qawl, "score", "-"], cwd=environment.ROOT, stdin=running.stdout, check=False
            )
        if running.returncode or scored.returncode:
            return 1
    print("\nNext: .venv/bin/qawl extract ARTICLE.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
