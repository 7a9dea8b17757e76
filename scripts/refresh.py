"""Write the files that are made from the code: the JSON Schema, the page of findings.

python scripts/refresh.py [--check]
"""

from __future__ import annotations

import json
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

from pages import filled
from qawl import load, report, run, score
from qawl.findings import catalogue
from qawl.reading import read
from qawl.records import json_schema
from qawl.statistics import corpus_statistics
from qawl.tracks import track_file, tracks
from qawl.words import word_spans

SCRIPT = Path(__file__).name
BASELINES = ("quoted", "rules")
SPLITS = ("train", "dev", "test", "seed")
SHOWN = (
    *("quote.relaxed", "quote.exact", "speaker.relaxed", "entity"),
    *("triple.relaxed", "triple.exact", "alarms"),
)
ROOT = Path(__file__).resolve().parent.parent


def schema_file() -> str:
    """The JSON Schema of a line."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def score_schema_file() -> str:
    """The JSON Schema of a score report."""
    return json.dumps(report.json_schema(), ensure_ascii=False, indent=2) + "\n"


def findings_page() -> str:
    """The catalogue of findings as a page."""
    lines = [
        "# Findings",
        "",
        "Every finding that qawl reports, by class. An id never changes its meaning. Errors refuse",
        "the input; warnings ask a person to look. This page is made from",
        "[`catalogue.toml`](../benchmark/qawl/catalogue.toml) by `scripts/refresh.py`.",
    ]
    category = ""
    for identifier, rule in catalogue().items():
        if rule.category != category:
            category = rule.category
            lines += ["", f"## {category}", "", "| id | level | what it means | the way out |"]
            lines += ["|---|---|---|---|"]
        why, fix = (
            text.replace("|", "\\|").replace("\\<", "`\\<`") for text in (rule.why, rule.fix)
        )
        lines.append(f"| `{identifier}` | {rule.level} | {why} | {fix} |")
    return "\n".join(lines) + "\n"


def readme() -> str:
    """The README with the baselines' figures on core/test."""
    content = (ROOT / "README.md").read_text(encoding="utf-8")
    return filled(content, "baselines", SCRIPT, _baselines())


def _baselines() -> str:
    """F1 with intervals of each offline baseline."""
    gold = load("core", "test")
    words = sum(len(word_spans(str(document.text))) for document in gold)
    count = sum(len(document.attributions) for document in gold)
    lines = [
        f"F1 in per cent on `core` test ({len(gold)} articles, {words:,} words, {count}",
        "attributions), with 95 % bootstrap intervals over articles:",
        "",
        "| | " + " | ".join(SHOWN) + " |",
        "|---|" + ":-:|" * len(SHOWN),
    ]
    for name in BASELINES:
        report = score(run(name, gold), gold, measures=SHOWN).report()
        cells = [
            f"{100 * r.value:.1f} [{100 * r.low:.1f}, {100 * r.high:.1f}]" for r in report.rows
        ]
        lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def data_card() -> str:
    """The data card with the counts of each track, and the digest of each file."""
    content = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for track in ("core", "wire", "probes"):
        content = filled(content, f"figures of {track}", SCRIPT, _counts(track))
    return filled(content, "checksums", SCRIPT, _checksums())


def probes_page() -> str:
    """What each contrast set asks, and how many items it has."""
    lines = [
        "# What the probes ask",
        "",
        "Contrast sets of the track `probes`, by phenomenon; made by `python scripts/refresh.py`",
        "from `data/sources/probes`. `qawl score --track probes` gives the pass rate of each.",
        "",
        "| phenomenon | what it asks | items |",
        "|---|---|--:|",
    ]
    for path in sorted((ROOT / "data" / "sources" / "probes").glob("*.probes.toml")):
        made = tomllib.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".probes.toml")
        lines.append(f"| `{name}` | {made['about']} | {len(made['items'])} |")
    return "\n".join(lines) + "\n"


def _counts(track: str) -> str:
    """Counts of each split; of stand-off gold none that needs its texts."""
    splits = [split for split in SPLITS if split in tracks()[track]]
    found = {s: corpus_statistics(list(read(track_file(track, s)))) for s in splits}
    unknown = {"words", "per 1,000 words"} if track == "wire" else set()
    lines = ["| | " + " | ".join(splits) + " |", "|---|" + "--:|" * len(splits)]
    lines += [
        f"| {field} | " + " | ".join(str(counts[field]) for counts in found.values()) + " |"
        for field in found[splits[0]]
        if field not in unknown
    ]
    return "\n".join(lines) + "\n"


def _checksums() -> str:
    lines = ["| file | sha256 |", "|---|---|"]
    for track, splits in tracks().items():
        for split in splits:
            digest = sha256(track_file(track, split).read_bytes()).hexdigest()
            lines.append(f"| `{track}/{split}.jsonl` | `{digest}` |")
    return "\n".join(lines) + "\n"


MADE = {
    "data/README.md": data_card,
    "README.md": readme,
    "benchmark/qawl/qawl-1.schema.json": schema_file,
    "benchmark/qawl/qawl-score-1.schema.json": score_schema_file,
    "docs/findings.md": findings_page,
    "docs/probes.md": probes_page,
}


def main(options: list[str]) -> int:
    """Write what is stale, or with --check only say so."""
    stale = 0
    for name, make in MADE.items():
        path, content = ROOT / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == content:
            continue
        stale += 1
        if "--check" in options:
            print(f"{name} is stale; run scripts/refresh.py")
        else:
            path.write_text(content, encoding="utf-8", newline="\n")
            print(f"wrote {name}")
    return 1 if stale and "--check" in options else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
