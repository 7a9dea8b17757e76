"""The offline baselines as submissions like any other, and as the reference of their own gate.

python scripts/submit_baselines.py [--check | --gate | --fresh]

Runs every baseline on the test split of every track whose texts are here. What no submission holds
yet becomes one, which supersedes the baseline's earlier ones; then the board is built. --check only
says what would be written. --gate compares what each baseline does now with its submission through
`qawl gate`, and ends with 1 if one has become worse. --fresh removes the baselines' submissions and
makes them anew: for the time before the first release only, for later it is refused in review
(`submission-changed`).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

import environment
from qawl import load, run, write
from qawl.cli.leaderboard import build
from qawl.findings import InputError
from qawl.leaderboard.export import ORGANISATION
from qawl.submissions import package
from qawl.submissions.folder import read_folder
from qawl.submissions.gold import digest, is_standoff
from qawl.submissions.manifest import About, Manifest
from qawl.systems import load_system
from qawl.tracks import tracks

if TYPE_CHECKING:
    from qawl.records import Document
    from qawl.submissions.manifest import Kind

ROOT = Path(__file__).resolve().parent.parent
SUBMISSIONS = ROOT / "submissions"
SPLIT = "test"
AUTHORS = (ORGANISATION,)


def _about(name: str, description: str, training_data: str, kind: Kind = "rules") -> About:
    return About(
        name=name,
        version=load_system(name).version,
        authors=AUTHORS,
        description=description,
        kind=kind,
        licence="Apache-2.0",
        training_data=training_data,
        contact="the issue tracker of this repository",
    )


BASELINES = {
    "quoted": _about(
        "quoted",
        "The floor: every string in quotation marks is speech of the nearest likely source. "
        "Offline, no training.",
        "none",
    ),
    "rules": _about(
        "rules",
        "Cues, reporting frames and noun phrases by rules and lexicons. Offline.",
        "none; developed on the train and dev splits of core and wire",
    ),
    "linear": _about(
        "linear",
        "Linear classifiers label words as quote, cue and speaker, a ranker ties them. Offline.",
        "the train splits of core and wire",
        "labeller",
    ),
    "crf": _about(
        "crf",
        "As linear, with conditional random fields for the labels. Offline.",
        "the train splits of core and wire",
        "labeller",
    ),
    "hybrid": _about(
        "hybrid",
        "Rules and linear propose attributions, linear judges choose among them. Offline.",
        "the train splits of core and wire; rules, which is in it, saw their dev splits too",
        "hybrid",
    ),
}
# What must not become worse; docs/gate.md says how.
GATE = ("triple.exact", "quote.exact", "speaker.exact", "alarms")


def places() -> list[tuple[str, list[Document]]]:
    """The tracks that have the split, with its documents; those without texts are passed over."""
    found = []
    for track, splits in tracks().items():
        if SPLIT in splits:
            try:
                found.append((track, load(track, SPLIT)))
            except InputError as error:
                print(f"{track}: passed over, {error.findings[0].message}")
    return found


def known_submissions(track: str, name: str) -> list[Manifest]:
    """Our submissions of a baseline on the present gold, those that nothing supersedes last."""
    manifests = []
    for folder in sorted((SUBMISSIONS / track).glob(f"{name}-*/")):
        with suppress(InputError):  # somebody else's, and wrong
            manifests.append(read_folder(folder).manifest)
    present = digest(track, SPLIT)
    ours = [
        manifest
        for manifest in manifests
        if (manifest.about.name, manifest.about.authors) == (name, AUTHORS)
        and manifest.scored.gold_sha256 == present
    ]
    old = {identifier for manifest in ours for identifier in manifest.about.supersedes}
    return sorted(ours, key=lambda manifest: (manifest.id not in old, manifest.date, manifest.id))


def predicted(track: str, name: str, documents: list[Document]) -> list[Document]:
    """What a baseline says; of texts that may not be passed on not even the names.

    Scoring asks for the name of a source only where there is no mention of it.
    """
    found = run(name, documents)
    if not is_standoff(track, SPLIT):
        return found
    return [
        replace(
            document,
            entities=tuple(replace(e, name="") if e.mentions else e for e in document.entities),
        )
        for document in found
    ]


def plan(track: str, name: str, documents: list[Document], file: Path) -> package.Plan | None:
    """What would be submitted of a baseline, if it is not submitted already."""
    write(predicted(track, name, documents), file)
    known = known_submissions(track, name)
    made = sha256(file.read_bytes()).hexdigest()
    if any(manifest.scored.predictions_sha256 == made for manifest in known):
        return None
    # Named after what it holds, so that another gold or another output is another submission.
    mixed = sha256(f"{digest(track, SPLIT)} {made}".encode()).hexdigest()[:8]
    about = replace(BASELINES[name], supersedes=tuple(manifest.id for manifest in known))
    return package.plan(
        str(file),
        about,
        track=track,
        split=SPLIT,
        identifier=f"{name}-{about.version}-{mixed}",
        date=datetime.now(UTC).date().isoformat(),
        root=SUBMISSIONS,
    )


def forget() -> None:
    """Remove every submission of a baseline of ours."""
    for folder in sorted(SUBMISSIONS.glob("*/*/")):
        with suppress(InputError):
            about = read_folder(folder).manifest.about
            if about.name in BASELINES and about.authors == AUTHORS:
                shutil.rmtree(folder)
                print(f"removed {folder.relative_to(ROOT)}")


def submit(check: bool) -> int:
    """Write what is not submitted yet and build the board, or only say so."""
    missing = 0
    with tempfile.TemporaryDirectory() as folder:
        for track, documents in places():
            for name in BASELINES:
                planned = plan(track, name, documents, Path(folder) / f"{name}.jsonl")
                if planned is None:
                    continue
                missing += 1
                shown = planned.folder.relative_to(ROOT)
                if check:
                    print(f"{shown} is missing; run scripts/submit_baselines.py")
                else:
                    package.write(planned)
                    print(f"wrote {shown}")
    if check:
        return 1 if missing else 0
    build(SUBMISSIONS, None, None)
    return 0


def gate() -> int:
    """Every baseline against its submission; the worst exit code."""
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for track, documents in places():
            for name in BASELINES:
                known = known_submissions(track, name)
                if not known:
                    print(f"{track}: {name} has no submission on the present gold to compare with;")
                    print("run scripts/submit_baselines.py")
                    worst = max(worst, 1)
                    continue
                file = Path(folder) / f"{name}.jsonl"
                write(predicted(track, name, documents), file)
                words = [word for measure in GATE for word in ("--measure", measure)]
                reference = SUBMISSIONS / track / known[-1].id
                print(f"{name} on {track}/{SPLIT}:", flush=True)
                words += ["--track", track, "--baseline", str(reference)]
                if is_standoff(track, SPLIT):
                    words += ["--documents", "0"]  # texts of others stay out of logs
                worst = max(worst, environment.run("qawl", "gate", str(file), *words))
    return worst


def main(options: list[str]) -> int:
    """Submit, check, or gate."""
    if "--fresh" in options:
        forget()
    return gate() if "--gate" in options else submit("--check" in options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
