"""The tests in one command, set-up included: python3 scripts/test.py [pytest's options].

--lint adds what CI asks besides: ruff, mypy, that generated files are what generates them, that the
leaderboard is what the submissions give, that no offline baseline has become worse, and that the
shipped models can be trained again.
"""

from __future__ import annotations

import sys

import environment

TRACKS = ("core", "wire", "probes")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    *(("qawl", "data", "build", "--check", "--track", track) for track in TRACKS),
    ("python", "scripts/refresh.py", "--check"),
    ("python", "scripts/agreement.py", "--check"),
    ("qawl", "leaderboard", "check"),
    ("python", "scripts/submit_baselines.py", "--gate"),
    ("python", "scripts/side_by_side.py", "--check"),
    ("python", "scripts/train_baselines.py", "--check"),
    ("python", "scripts/baselines.py", "--check"),
    ("python", "scripts/ablation.py", "--check"),
)


def main(options: list[str]) -> int:
    """Prepare, check, test; the exit code of the first that fails."""
    lint = "--lint" in options
    environment.prepare("dev" if lint else "test")
    environment.use_texts()
    if lint:
        options = [option for option in options if option != "--lint"]
        for check in CHECKS:
            print("$", *check, flush=True)
            if code := environment.run(*check):
                return code
    return environment.run("python", "-m", "pytest", *options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
