"""The pictures of the documentation, from real runs: docs/images/*.png.

python scripts/screenshots.py

Needs Chromium and `pip install -e '.[dev]'`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment

IMAGES = environment.ROOT / "docs" / "images"
ARTICLE = "core-078"
SIZE = {"width": 1280, "height": 860}


def main() -> int:
    """Run the baselines, write the pages, and take a picture of each."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium is installed")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as running:
        folder = Path(name)
        shots = pages(folder)
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for target, address in shots.items():
            page = browser.new_page(viewport=SIZE)
            page.goto(address)
            page.wait_for_timeout(1200)  # smooth scrolling
            page.screenshot(path=IMAGES / target)
        browser.close()
    figure = IMAGES / "baselines.svg"
    print(*sorted(path.name for path in [*IMAGES.glob("*.png"), figure]), sep="\n")
    return 0


def pages(folder: Path) -> dict[str, str]:
    """Write the pages; the picture's name to the address of what it shows."""
    answers = []
    for system in ("quoted", "rules"):
        answers.append(str(folder / f"{system}.jsonl"))
        qawl("run", system, "-o", answers[-1])
    qawl("report", answers[-1], "-o", str(folder / "report.html"))
    qawl("show", ARTICLE, "--html", str(folder / "show.html"))
    qawl("plot", *answers, "-o", str(IMAGES / "baselines.svg"))
    report, show = ((folder / f"{name}.html").as_uri() for name in ("report", "show"))
    return {
        "report.png": report,
        "report-document.png": f"{report}#doc={ARTICLE}",
        "show.png": show,
    }


def qawl(*words: str) -> None:
    """Run the command of the environment."""
    subprocess.run([environment.command("qawl"), *words], check=True)


if __name__ == "__main__":
    sys.exit(main())
