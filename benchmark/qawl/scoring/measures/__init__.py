"""The measures by name. Each stands in the module of its role, a declaration and its definition."""

from qawl.scoring.measures.measure import DEFAULT, MEASURES, Measure, measure_named, register

# Importing a module registers its measures.
from qawl.scoring.measures import quote, cue, speaker, triple  # noqa: F401  isort: skip

__all__ = ["DEFAULT", "MEASURES", "Measure", "measure_named", "register"]
