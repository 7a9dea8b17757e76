"""Precision, recall and F1 from counts, and what they are where nothing is counted."""

from __future__ import annotations


def ratio(part: float, whole: float, other: float) -> float:
    """``part / whole``; of nothing it is 1 if the ``other`` side is empty too, else 0."""
    if whole:
        return part / whole
    return 0.0 if other else 1.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are 0."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def named(name: str, precision: float, recall: float) -> dict[str, float]:
    """Three figures under ``<name>.precision``, ``.recall`` and ``.f1``."""
    return {
        f"{name}.precision": precision,
        f"{name}.recall": recall,
        f"{name}.f1": f1(precision, recall),
    }


def counted(
    name: str, right: float, predicted: float, found: float, gold: float
) -> dict[str, float]:
    """The three figures of counts; both sides empty: 1, one of them: 0."""
    return named(name, ratio(right, predicted, gold), ratio(found, gold, predicted))
