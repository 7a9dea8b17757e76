"""The scorer: precision, recall and F1 of attributions, from additive counts a document."""

from qawl.scoring.measures import DEFAULT, MEASURES, AttributionMeasure, Measure
from qawl.scoring.result import Figure, Result
from qawl.scoring.score import score_documents

__all__ = [
    "DEFAULT",
    "MEASURES",
    "AttributionMeasure",
    "Figure",
    "Measure",
    "Result",
    "score_documents",
]
