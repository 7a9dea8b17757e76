"""The verbs: run a system, score predictions, extract from plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.records import Document, bare
from qawl.systems import System, load_system
from qawl.tracks import track_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from qawl.scoring import Result
    from qawl.scoring.parts import Policy

DEFAULT_SYSTEM = "rules"


def run(system: str | System, documents: Iterable[Document]) -> list[Document]:
    """Let a system attribute documents; it sees their ids and texts, and no gold.

    Args:
        system: the name of an installed system, or a system.
        documents: documents with texts.

    Raises:
        InputError: if no such system is installed.
    """
    chosen = load_system(system) if isinstance(system, str) else system
    return list(chosen.predict(bare(document) for document in documents))


def score(
    predictions: str | Path | Iterable[Document],
    gold: str | Path | Iterable[Document] | None = None,
    *,
    track: str = "core",
    split: str = "test",
    measures: Sequence[str] | None = None,
    policy: Policy = "word",
) -> Result:
    """Score predictions; ``print`` the result for a table, or index it by measure.

    Args:
        predictions: a path, ``-`` for standard input, or documents.
        gold: a path or documents; without it the gold of ``track`` and ``split``.
        track: name of the track.
        split: name of the split.
        measures: names of measures; without it the default ones.
        policy: ``word`` widens boundaries to the word; ``exact`` compares code points.

    Raises:
        InputError: with everything that is wrong in either input.
    """
    # Imported here because it needs numpy, which `qawl --help` does not.
    from qawl.scoring import DEFAULT, score_documents  # noqa: PLC0415

    name = f"{track}/{split}"
    if gold is None:
        gold = track_file(track, split)
    else:
        name = str(gold) if isinstance(gold, str) or hasattr(gold, "__fspath__") else "custom"
    chosen = DEFAULT if measures is None else measures
    return score_documents(predictions, gold, name=name, measures=chosen, policy=policy)


def extract(text: str, system: str | System = DEFAULT_SYSTEM, *, id: str = "text") -> Document:  # noqa: A002
    """Find who said what in a text.

    Args:
        text: an article.
        system: the name of an installed system, or a system.
        id: the id of the resulting document.

    Returns:
        The document with its text and its attributions.

    Raises:
        InputError: if no such system is installed.
    """
    from msgspec.structs import replace  # noqa: PLC0415

    (found,) = run(system, [Document(id=id, text=text)])
    return replace(found, text=text)
