"""Labelling tokens: logistic regression with constrained decoding, and a CRF."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from qawl.findings import InputError, finding
from qawl_baselines.trained.gold import INSIDE, OUTSIDE, chunks_of
from qawl_baselines.trained.weights import Weights, fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qawl.records import Span

Rows = list[list[str]]
_NEVER = -1e9
_NAMES = "OBI"


class Tagger(Protocol):
    """Finds the chunks of one layer."""

    def chunks(self, rows: Rows) -> list[Span]:
        """The chunks of a document, given the features of its tokens."""
        ...

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What is saved of it."""
        ...


class LinearTagger:
    """Every token judged by itself; Viterbi finds the best labelling without a bare ``INSIDE``.

    What a label weighs is the logarithm of its logistic probability; to that comes, by half, the
    logarithm of how often the gold has it after the label before.
    """

    def __init__(self, weights: Weights, transitions: NDArray[np.float32]) -> None:
        self._weights = weights
        self._transitions = transitions

    @classmethod
    def train(cls, rows: list[Rows], wanted: list[list[int]], seed: int) -> LinearTagger:
        """Learn from the features and labels of documents."""
        flat = [row for document in rows for row in document]
        labels = [label for document in wanted for label in document]
        counts = np.ones((3, 3))
        for document in wanted:
            np.add.at(counts, (document[:-1], document[1:]), 1)
        transitions = 0.5 * np.log(counts / counts.sum(axis=1, keepdims=True))
        transitions[OUTSIDE, INSIDE] = _NEVER
        return cls(fit(flat, labels, seed, classes=3), transitions.astype(np.float32))

    def chunks(self, rows: Rows) -> list[Span]:
        """The chunks of a document, given the features of its tokens."""
        margins = self._weights.scores(rows).astype(np.float64)
        return chunks_of(_viterbi(-np.logaddexp(0, -margins), self._transitions))

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What is saved of it."""
        return {**self._weights.arrays(name), f"{name}.transitions": self._transitions}

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]], name: str) -> LinearTagger:
        """The tagger that :meth:`arrays` gave."""
        return cls(Weights.of(arrays, name), arrays[f"{name}.transitions"])


def _viterbi(scores: NDArray[np.float64], transitions: NDArray[np.float32]) -> list[int]:
    """The labelling of the greatest sum, shape of ``scores`` being ``(tokens, 3)``."""
    if not len(scores):
        return []
    steps: list[list[float]] = transitions.tolist()
    best: list[float] = scores[0].tolist()
    best[INSIDE] = _NEVER
    back: list[list[int]] = []
    for row in scores[1:].tolist():
        come = [_from(best, steps, to) for to in range(3)]
        best = [best[come[to]] + steps[come[to]][to] + row[to] for to in range(3)]
        back.append(come)
    path = [max(range(3), key=best.__getitem__)]
    for come in reversed(back):
        path.append(come[path[-1]])
    return path[::-1]


def _from(best: list[float], steps: list[list[float]], to: int) -> int:
    """The label from which a label is best reached; of equals the first."""
    ways = [best[label] + steps[label][to] for label in range(3)]
    return ways.index(max(ways))


class CrfTagger:
    """A linear-chain conditional random field (Lafferty et al. 2001) by CRFsuite."""

    def __init__(self, model: bytes) -> None:
        self._model = model
        self._tagger = crfsuite().Tagger()
        self._tagger.open_inmemory(model)

    @classmethod
    def train(cls, rows: list[Rows], wanted: list[list[int]], seed: int) -> CrfTagger:
        """Learn from the features and labels of documents; L-BFGS draws nothing by chance."""
        del seed
        trainer = crfsuite().Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 60, "feature.minfreq": 3})
        for document, labels in zip(rows, wanted, strict=True):
            if document:
                trainer.append(document, [_NAMES[label] for label in labels])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model"
            trainer.train(str(path))
            return cls(path.read_bytes())

    def chunks(self, rows: Rows) -> list[Span]:
        """The chunks of a document, given the features of its tokens."""
        return chunks_of([_NAMES.index(label) for label in self._tagger.tag(rows)] if rows else [])

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What is saved of it: CRFsuite's own file, byte by byte."""
        return {f"{name}.crf": np.frombuffer(self._model, np.uint8)}

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]], name: str) -> CrfTagger:
        """The tagger that :meth:`arrays` gave."""
        return cls(arrays[f"{name}.crf"].tobytes())


def crfsuite() -> Any:
    """The library.

    Raises:
        InputError: ``extra-missing``.
    """
    try:
        import pycrfsuite  # noqa: PLC0415
    except ImportError as error:
        message = f"crf needs python-crfsuite: pip install 'qawl[baselines]' ({error})"
        missing = finding("extra-missing", text="pycrfsuite", message=message)
        raise InputError([missing]) from error
    return pycrfsuite
