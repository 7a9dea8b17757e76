"""What seqeval and scikit-learn say about predictions, as plain data.

Both come with the extra ``qawl[seqeval]`` and are imported when a report is asked for. Figures
carry the names that these libraries give them (``f1-score``, ``support``, ``micro avg``), so that
they can be laid beside those of other work. Where there is nothing to find and nothing was
predicted, figures are 1, as everywhere in qawl; the libraries say 0, or fail.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from qawl.findings import InputError, finding
from qawl.labels.iob2 import LAYERS, Layout, parts_of, text_of
from qawl.labels.pairs import paired
from qawl.records import QUOTE_TYPES
from qawl.scoring.chunk import Chunk
from qawl.scoring.measures.quote import relaxed
from qawl.scoring.score import CHUNK
from qawl.scoring.side import NO_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Document
    from qawl.scoring.pairing import Source
    from qawl.scoring.side import Role

NONE = "none"
"""The row of predicted quotes that match no gold quote, the column of gold quotes not found."""

INSTALL = "pip install 'qawl[seqeval]'"
_MICRO = "micro avg"
_UNTYPED = ""
_SILENCE = {"precision": 1.0, "recall": 1.0, "f1-score": 1.0, "support": 0}


class _Side:
    """The labels of one side: a sequence for each layer and document, and what was lost."""

    def __init__(self, layouts: Sequence[Layout], documents: Sequence[Document]) -> None:
        self.sequences: list[list[str]] = []
        self.chunks: dict[Role, int] = dict.fromkeys(LAYERS, 0)
        self.shared: dict[Role, int] = dict.fromkeys(LAYERS, 0)
        self.lost: dict[Role, int] = dict.fromkeys(LAYERS, 0)
        for layer in LAYERS:
            for layout, document in zip(layouts, documents, strict=True):
                flat = layout.flatten(parts_of(document, layer))
                self.sequences.append(layout.labels(flat, layer))
                self.chunks[layer] += len(flat.chunks)
                self.shared[layer] += flat.shared
                self.lost[layer] += flat.lost


def label_report(gold: Source, predicted: Source) -> dict[str, dict[str, Any]]:
    """Precision, recall and F1 of chunks, by seqeval in strict mode with the scheme IOB2.

    A chunk is right if a gold chunk of the same layer has the same words. An answer that a
    prediction leaves out is an empty one here: labels have no "not asked".

    Args:
        gold: a path, or documents, with their texts.
        predicted: a path, ``-``, or documents.

    Returns:
        For ``quote``, ``cue``, ``speaker`` and ``micro avg`` (all chunks of all layers):
        ``precision``, ``recall`` and ``f1-score`` as floats, ``support`` (gold chunks) and
        ``predicted`` (chunks) as ints; for the layers besides ``shared`` and ``lost``, each
        counting the stretches of words of the ``gold`` and of the ``predicted`` side that the
        flattening merged and left out (see :mod:`qawl.labels.iob2`).

    Raises:
        InputError: ``extra-missing`` without the extra; else what is wrong in either input.
    """
    _module("seqeval.metrics")  # or say so before anything is read
    documents = paired(gold, predicted)
    layouts = [Layout(text_of(document)) for document in documents[0]]
    ours, theirs = (_Side(layouts, side) for side in documents)
    raw = _seqeval(ours, theirs)
    report: dict[str, dict[str, Any]] = {
        layer: _layer(raw, layer, ours, theirs) for layer in LAYERS
    }
    total = sum(theirs.chunks.values())
    report[_MICRO] = {**_plain(raw.get(_MICRO, _SILENCE)), "predicted": total}
    return report


def _seqeval(ours: _Side, theirs: _Side) -> dict[str, dict[str, Any]]:
    """What seqeval reports; nothing where neither side has a chunk: there it raises."""
    if not any(ours.chunks.values()) and not any(theirs.chunks.values()):
        return {}
    found: dict[str, dict[str, Any]] = _module("seqeval.metrics").classification_report(
        ours.sequences,
        theirs.sequences,
        mode="strict",
        scheme=_module("seqeval.scheme").IOB2,
        output_dict=True,
        zero_division=0,
    )
    return found


def _layer(
    raw: dict[str, dict[str, Any]], layer: Role, ours: _Side, theirs: _Side
) -> dict[str, Any]:
    """One layer's figures and counts; seqeval says nothing of a layer without chunks."""
    return {
        **_plain(raw.get(layer, _SILENCE)),
        "predicted": theirs.chunks[layer],
        "shared": {"gold": ours.shared[layer], "predicted": theirs.shared[layer]},
        "lost": {"gold": ours.lost[layer], "predicted": theirs.lost[layer]},
    }


def type_report(gold: Source, predicted: Source) -> dict[str, Any]:
    """How types were told apart, by scikit-learn, over quotes aligned as ``quote.relaxed``.

    Args:
        gold: a path, or documents, with their texts.
        predicted: a path, ``-``, or documents.

    Returns:
        ``report``: scikit-learn's classification_report as a dict, over aligned quotes that have
        a type on both sides; a type that occurs on neither counts in no average.
        ``confusion``: ``labels`` and a ``matrix`` of counts, gold in rows, predicted in columns,
        where ``none`` is the row of quotes that match no gold quote and the column of gold quotes
        that were not found. ``untyped``: attributions without a type, of ``gold`` and of
        ``predicted``; neither they nor what they are aligned with stand in the rest.

    Raises:
        InputError: ``extra-missing`` without the extra; else what is wrong in either input.
    """
    metrics = _module("sklearn.metrics")
    ours, theirs = paired(gold, predicted)
    true: list[str] = []
    answered: list[str] = []
    untyped = [0, 0]
    for start in range(0, len(ours), CHUNK):
        chunk = Chunk.of(ours[start : start + CHUNK], theirs[start : start + CHUNK], "word")
        pairs = _type_pairs(chunk)
        true += [first for first, _ in pairs]
        answered += [second for _, second in pairs]
        for place, side in enumerate((chunk.gold, chunk.predicted)):
            untyped[place] += int((side.type == NO_TYPE).sum())
    labels = [*QUOTE_TYPES, NONE]
    matrix = np.zeros((len(labels), len(labels)), np.int64)
    if true:  # confusion_matrix() raises on nothing
        matrix = metrics.confusion_matrix(true, answered, labels=labels)
    return {
        "report": _classification(metrics, true, answered),
        "confusion": {"labels": labels, "matrix": matrix.tolist()},
        "untyped": {"gold": untyped[0], "predicted": untyped[1]},
    }


def _type_pairs(chunk: Chunk) -> list[tuple[str, str]]:
    """Gold and predicted type of every pair and of every quote that is left alone."""
    pairs = np.flatnonzero(chunk.aligned(relaxed(chunk)).credit)
    first, second = chunk.first[pairs].tolist(), chunk.second[pairs].tolist()
    gold, predicted = _types(chunk.gold.type), _types(chunk.predicted.type)
    found = [(gold[i], predicted[j]) for i, j in zip(first, second, strict=True)]
    found += [(gold[i], NONE) for i in sorted(set(range(len(gold))) - set(first))]
    found += [(NONE, predicted[j]) for j in sorted(set(range(len(predicted))) - set(second))]
    return [pair for pair in found if _UNTYPED not in pair]


def _types(codes: NDArray[np.int64]) -> list[str]:
    return [_UNTYPED if code == NO_TYPE else QUOTE_TYPES[code] for code in codes.tolist()]


def _classification(metrics: Any, true: list[str], answered: list[str]) -> dict[str, Any]:
    """classification_report over pairs with two types, as plain data."""
    pairs = [pair for pair in zip(true, answered, strict=True) if NONE not in pair]
    seen = [name for name in QUOTE_TYPES if any(name in pair for pair in pairs)]
    raw: dict[str, Any] = {"accuracy": 1.0, "macro avg": _SILENCE, "weighted avg": _SILENCE}
    if pairs:  # it raises on nothing
        raw = metrics.classification_report(
            [pair[0] for pair in pairs],
            [pair[1] for pair in pairs],
            labels=seen,
            output_dict=True,
            zero_division=0,
        )
    averages = {name: _plain(raw[name]) for name in ("macro avg", "weighted avg")}
    types = {name: _plain(raw.get(name, _SILENCE)) for name in QUOTE_TYPES}
    return {**types, "accuracy": float(raw["accuracy"]), **averages}


def _plain(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures without numpy's types, which JSON does not take."""
    return {
        name: int(value) if name == "support" else float(value) for name, value in figures.items()
    }


def _module(name: str) -> Any:
    """Import a module of the extra.

    Raises:
        InputError: ``extra-missing``, saying what to install.
    """
    try:
        return import_module(name)
    except ImportError as error:
        message = f"labels are scored by seqeval and scikit-learn: {INSTALL} ({error})"
        broken = finding("extra-missing", text=name.partition(".")[0], message=message)
        raise InputError([broken]) from error
