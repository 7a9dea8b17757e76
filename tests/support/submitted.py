"""Submissions of the system ``tiny``, and every way to tamper with one."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from msgspec.structs import replace

from qawl.reading import read
from qawl.submissions import package
from qawl.submissions.folder import PREDICTIONS, compress
from qawl.submissions.manifest import MANIFEST, About
from qawl.submissions.verify import verify
from qawl.tracks import load
from qawl.writing import encode, write
from support.newsroom import Tiny

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ABOUT = About(
    name="Tiny",
    version="1.0",
    authors=("A. Author",),
    description="Finds one frame.",
    kind="rules",
    licence="Apache-2.0",
    training_data="none",
    contact="author@example.org",
    links=("https://example.org/paper",),
)


def submit(root: Path, identifier: str = "tiny-1", *, raw: bytes = b"", **about: Any) -> Path:
    """Package what ``tiny`` finds in core/test, or other predictions, below a folder."""
    root.mkdir(parents=True, exist_ok=True)
    file = root / "predictions.jsonl"
    if raw:
        file.write_bytes(raw)
    else:
        write(Tiny().predict(load("core", "test")), file)
    planned = package.plan(
        str(file),
        replace(ABOUT, **about),
        track="core",
        split="test",
        identifier=identifier,
        date="2026-01-02",
        root=root,
    )
    file.unlink()
    return package.write(planned)


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Edit the manifest as somebody with an editor would."""
    path = folder / MANIFEST
    manifest = json.loads(path.read_bytes())
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def swap(folder: Path, raw: bytes) -> None:
    """Put other predictions in, and state their true size and digest."""
    (folder / PREDICTIONS).write_bytes(compress(raw))

    def state(manifest: dict[str, Any]) -> None:
        manifest["scored"]["predictions_sha256"] = sha256(raw).hexdigest()
        manifest["scored"]["predictions_bytes"] = len(raw)

    edit(folder, state)


def _say(field: str, value: object) -> Callable[[Path], object]:
    return lambda folder: edit(folder, lambda manifest: manifest["about"].update({field: value}))


def _claim(field: str, value: object) -> Callable[[Path], object]:
    return lambda folder: edit(folder, lambda manifest: manifest["scored"].update({field: value}))


def _raise_a_score(folder: Path) -> None:
    edit(folder, lambda m: m["scored"]["scores"].update({"triple.exact": 0.987}))


def _change_a_prediction(folder: Path) -> None:
    raw = gzip.decompress((folder / PREDICTIONS).read_bytes())
    (folder / PREDICTIONS).write_bytes(compress(raw.replace(b"[0,3]", b"[0,2]", 1)))


def _bomb(folder: Path) -> None:
    (folder / PREDICTIONS).write_bytes(compress(b"\n" * 40_000_000))


def _rename(folder: Path) -> None:
    edit(folder, lambda manifest: manifest.update({"id": "somebody-else"}))


def _carry_texts(folder: Path) -> None:
    swap(folder, b"".join(encode(d) for d in load("core", "test")))


# id: what to do to a good submission so that verifying finds exactly that.
TAMPERED: dict[str, Callable[[Path], object]] = {
    "submission-files": lambda folder: (folder / "run.sh").write_text("rm -rf /"),
    "submission-too-large": _bomb,
    "submission-manifest": lambda folder: (folder / MANIFEST).write_text("{}"),
    "submission-text": _say("name", "Tiny\u202egnp.exe"),
    "submission-link": _say("links", ["javascript:alert(1)"]),
    "submission-place": _rename,
    "submission-article": _carry_texts,
    "submission-predictions": lambda folder: (folder / PREDICTIONS).write_bytes(b"\x1f\x8b no"),
    "submission-hash": _change_a_prediction,
    "submission-score": _raise_a_score,
    "submission-scorer": _claim("scorer", "0.0.1"),
    "submission-gold": _claim("gold_sha256", "0" * 64),
}


def found_in(folder: Path) -> list[str]:
    """The ids of what verifying finds."""
    return [item.id for item in verify(folder).findings]


def strip_texts(path: Path, folder: Path) -> None:
    """Make a gold file stand-off: its texts go to a folder, as ``qawl data fetch`` puts them."""
    (folder / "paper").mkdir(parents=True)
    bare = []
    for document in read(path):
        text = str(document.text).encode()
        file = f"paper/{document.id}.txt"
        (folder / file).write_bytes(text)
        meta = {**document.meta, "file": file}
        digest = sha256(text).hexdigest()
        bare.append(replace(document, text=UNSET, sha256=digest, meta=meta))
    write(bare, path)
