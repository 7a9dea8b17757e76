"""How sure a number is: intervals, paired tests, corrections, all functions of rows of counts.

Rows are what :class:`qawl.scoring.Result` holds: a document's additive counts. One set of
resampling weights serves all systems, measures and slices, so that their intervals and
differences move together; it depends on the seed and on how many documents there are, and on
nothing else.
"""

from qawl.inference.comparison import Comparison, compare
from qawl.inference.intervals import Interval, intervals

__all__ = ["Comparison", "Interval", "compare", "intervals"]
