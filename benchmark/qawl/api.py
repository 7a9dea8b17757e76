"""The verbs: run a system, extract from plain text, score, compare, analyse."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qawl.records import Document, bare
from qawl.systems import System, load_system, predict
from qawl.tracks import track_file, with_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from qawl.errors import Analysis
    from qawl.inference import Comparison
    from qawl.scoring import Result
    from qawl.scoring.parts import Policy

    Source = str | Path | Iterable[Document]

DEFAULT_SYSTEM = "rules"


def run(system: str | System, documents: Iterable[Document]) -> list[Document]:
    """Let a system attribute documents; it sees their ids and texts, and no gold.

    Args:
        system: the name of an installed system, or a system.
        documents: documents with texts.

    Raises:
        InputError: if no such system is installed, or it fails or answers something else than it
            was asked.
    """
    chosen = load_system(system) if isinstance(system, str) else system
    return list(predict(chosen, map(bare, documents)))


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


def score(
    predictions: Source,
    gold: Source | None = None,
    *,
    track: str = "core",
    split: str = "test",
    measures: Sequence[str] | None = None,
    policy: Policy = "word",
    by: Sequence[str] = (),
    lenient: bool = False,
) -> Result:
    """Score predictions; ``print`` the result for a table, or index it by measure.

    Args:
        predictions: a path, ``-`` for standard input, or documents.
        gold: a path or documents; without it the gold of ``track`` and ``split``.
        track: name of the track.
        split: name of the split.
        measures: names of measures; without it the default ones; ``["all"]`` for all.
        policy: ``word`` widens boundaries to the word; ``exact`` compares code points.
        by: fields to slice by, such as ``type``, ``speaker``, ``genre``.
        lenient: count missing documents as empty instead of refusing.

    Contrast sets (the track ``probes``), with neither measures nor fields said, are scored by what
    they are for: the pass rate too, and every phenomenon by itself.

    Raises:
        InputError: with everything that is wrong in either input.
    """
    # Imported here because it needs numpy, which `qawl --help` does not.
    from qawl.scoring import DEFAULT, MEASURES, score_documents  # noqa: PLC0415

    source, name = _gold(gold, track, split)
    chosen = tuple(measures) if measures else DEFAULT
    if gold is None and track == "probes" and not measures and not by:
        chosen, by = (*DEFAULT, "passed"), ("phenomenon",)
    if chosen == ("all",):
        chosen = tuple(MEASURES)
    return score_documents(
        predictions, source, name=name, measures=chosen, policy=policy, by=by, lenient=lenient
    )


def compare(
    predictions: Sequence[Source],
    gold: Source | None = None,
    *,
    names: Sequence[str] | None = None,
    track: str = "core",
    split: str = "test",
    measures: Sequence[str] | None = None,
    policy: Policy = "word",
    resamples: int = 10000,
    seed: int = 20260101,
) -> list[Comparison]:
    """Compare every system with the first, by paired tests over documents.

    Args:
        predictions: of two systems or more, as for :func:`score`.
        gold: as for :func:`score`; documents must be a list, for they are read for each system.
        names: of the systems; by default their numbers.
        track: name of the track.
        split: name of the split.
        measures: names of measures.
        policy: the boundary policy.
        resamples: samples of the bootstrap and rounds of the test.
        seed: of both.

    Raises:
        InputError: with everything that is wrong in an input.
        ValueError: if the systems cannot be compared.
    """
    from qawl.inference import compare as compare_results  # noqa: PLC0415

    results = [
        score(item, gold, track=track, split=split, measures=measures, policy=policy)
        for item in predictions
    ]
    called = names or [str(number) for number in range(1, len(results) + 1)]
    return compare_results(results, called, resamples=resamples, seed=seed)


def analyse(
    predictions: Source,
    gold: Source | None = None,
    *,
    track: str = "core",
    split: str = "test",
    policy: Policy = "word",
) -> Analysis:
    """Sort every error of a system into a class, with its text.

    Args:
        predictions: as for :func:`score`.
        gold: as for :func:`score`.
        track: name of the track.
        split: name of the split.
        policy: the boundary policy.

    Raises:
        InputError: with everything that is wrong in either input.
    """
    from qawl.errors import analyse as analyse_documents  # noqa: PLC0415

    source, _ = _gold(gold, track, split)
    return analyse_documents(predictions, source, policy=policy)


def _gold(gold: Source | None, track: str, split: str) -> tuple[Source, str]:
    """The gold and its name."""
    if gold is None:
        return with_texts(track_file(track, split)), f"{track}/{split}"
    if isinstance(gold, str | os.PathLike):
        return with_texts(gold), os.fspath(gold)
    return gold, "custom"
