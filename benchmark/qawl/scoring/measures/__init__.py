"""The measures by name. Each stands in the module of its role, a declaration and its definition."""

from importlib import import_module

from qawl.scoring.measures.measure import (
    COLUMNS,
    DEFAULT,
    MEASURES,
    AttributionMeasure,
    Measure,
    measure_named,
)

# Importing a module declares its measures; the order is the one that tables show.
for _module in (
    *("quote", "cue", "speaker", "entity", "triple"),
    *("relay", "distractor", "conditional", "document"),
):
    import_module(f"{__name__}.{_module}")

__all__ = [
    "COLUMNS",
    "DEFAULT",
    "MEASURES",
    "AttributionMeasure",
    "Measure",
    "measure_named",
]
