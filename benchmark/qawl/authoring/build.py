"""From a folder of sources to gold files, the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.authoring.inline import parse_inline
from qawl.authoring.substrings import parse_substrings
from qawl.findings import Finding, InputError, finding
from qawl.reading import read, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from qawl.records import Document

SPLITS = ("train", "dev", "test")


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


def build(folder: Path, texts: dict[str, str] | None = None) -> dict[str, list[Document]]:
    """All records of a folder of sources, by split, each split sorted by id.

    Raises:
        InputError: every finding of every source together.
    """
    findings: list[Finding] = []
    splits: dict[str, list[Document]] = {name: [] for name in SPLITS}
    seen: dict[str, Path] = {}
    for path in source_files(folder):
        try:
            document = build_file(path, texts)
        except InputError as error:
            findings += error.findings
            continue
        split = str(document.meta.get("split", ""))
        if document.id in seen:
            findings.append(finding("id-duplicate", file=str(path), document=document.id))
        elif split not in splits:
            message = f"`split` is {split!r}, not one of {', '.join(SPLITS)}"
            findings.append(
                finding("source-header", file=str(path), document=document.id, message=message)
            )
        else:
            splits[split].append(document)
        seen[document.id] = path
    if findings:
        raise InputError(findings)
    return {name: sorted(items, key=lambda d: d.id) for name, items in splits.items()}
