"""From sources to gold files, the same bytes every time.

A track's sources are a folder of texts with annotations, or one ``qawl/1`` file of stand-off
annotations whose texts lie elsewhere. Corrections by reviewers come last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.authoring.corrections import corrected, read_corrections
from qawl.authoring.inline import parse_inline
from qawl.authoring.probes import SUFFIX, parse_probes
from qawl.authoring.substrings import parse_substrings
from qawl.findings import Finding, InputError, finding
from qawl.reading import read, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from qawl.records import Document

SPLITS = ("train", "dev", "test")
# Only in `wire`: the article that the project grew from, which stands in no public repository.
SEED = "seed"


def build_file(path: Path, texts: dict[str, str] | None = None) -> Document:
    """The record of one source file.

    Args:
        path: a ``.qawl`` or a ``.toml`` file.
        texts: for ``.toml``: the texts by document id; the file's name is the id.

    Raises:
        InputError: whatever is wrong with the source.
    """
    source = read_text(path)
    if path.suffix == ".qawl":
        return parse_inline(source, str(path))
    text = (texts or {}).get(path.stem)
    if text is None:
        raise InputError([finding("text-missing", file=str(path), document=path.stem)])
    return parse_substrings(source, text, str(path))


def build_files(path: Path, texts: dict[str, str] | None = None) -> list[Document]:
    """All records of one source file: a contrast set gives many, every other source one.

    Raises:
        InputError: whatever is wrong with the source.
    """
    if path.name.endswith(SUFFIX):
        return parse_probes(read_text(path), str(path), path.name.removesuffix(SUFFIX))
    return [build_file(path, texts)]


def texts_from(place: Path) -> dict[str, str]:
    """The texts that annotations quote, by document id.

    Args:
        place: a ``qawl/1`` file, or a folder of ``.qawl`` sources.
    """
    if place.is_dir():
        found = [build_file(path) for path in source_files(place) if path.suffix == ".qawl"]
    else:
        found = list(read(place))
    return {document.id: document.text for document in found if isinstance(document.text, str)}


def source_files(folder: Path) -> list[Path]:
    """The sources of a folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".qawl", ".toml"))


def build(
    sources: Path,
    texts: dict[str, str] | None = None,
    corrections: Path | None = None,
) -> dict[str, list[Document]]:
    """All records of a track by split, each split sorted by id.

    Args:
        sources: a folder of source files, or a ``qawl/1`` file of stand-off annotations.
        texts: by document id, for annotations by substrings.
        corrections: a file of corrections, applied to what the sources give.

    Raises:
        InputError: every finding of every source together.
    """
    findings: list[Finding] = []
    documents: dict[str, tuple[Document, Path]] = {}
    for path in source_files(sources) if sources.is_dir() else [sources]:
        try:
            found = build_files(path, texts) if sources.is_dir() else list(read(path))
        except InputError as error:
            findings += error.findings
            continue
        for document in found:
            if document.id in documents:
                findings.append(finding("id-duplicate", file=str(path), document=document.id))
            documents[document.id] = document, path
    findings += [_split_unknown(*item) for item in documents.values() if _split(item[0]) is None]
    if findings:
        raise InputError(findings)
    whole = [document for document, _ in documents.values()]
    if corrections is not None:
        whole = corrected(whole, read_corrections(corrections), str(corrections))
    splits: dict[str, list[Document]] = {name: [] for name in SPLITS}
    for document in sorted(whole, key=lambda d: d.id):
        splits.setdefault(str(document.meta["split"]), []).append(document)
    return splits


def _split(document: Document) -> str | None:
    name = document.meta.get("split")
    return str(name) if name in (*SPLITS, SEED) else None


def _split_unknown(document: Document, path: Path) -> Finding:
    message = f"`split` is {document.meta.get('split', '')!r}, not one of {', '.join(SPLITS)}"
    return finding("source-header", file=str(path), document=document.id, message=message)
