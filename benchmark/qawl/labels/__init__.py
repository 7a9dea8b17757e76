"""Attributions as labels over words: for sequence taggers, seqeval and scikit-learn."""

from __future__ import annotations

from qawl.labels.conll import columns, conll
from qawl.labels.iob2 import repaired, to_spans, words_and_labels
from qawl.labels.pairs import checked, paired
from qawl.labels.report import label_report, type_report

__all__ = [
    "checked",
    "columns",
    "conll",
    "label_report",
    "paired",
    "repaired",
    "to_spans",
    "type_report",
    "words_and_labels",
]
