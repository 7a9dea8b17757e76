"""qawl: the open benchmark for quote attribution in Arabic news.

The verbs of the command line are functions here::

    import qawl

    gold = qawl.load("core", "test")
    predictions = qawl.run("rules", gold)
    print(qawl.score(predictions, gold))
    qawl.extract("قال مدير المرصد نديم الشروقي إن الأمطار ستتواصل.")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qawl.api import analyse, compare, extract, run, score
    from qawl.findings import Finding, InputError
    from qawl.reading import read
    from qawl.records import Attribution, Distractor, Document, Entity
    from qawl.tracks import load
    from qawl.validation import check_documents as validate
    from qawl.version import VERSION as __version__  # noqa: N811
    from qawl.writing import write

__all__ = [
    "Attribution",
    "Distractor",
    "Document",
    "Entity",
    "Finding",
    "InputError",
    "__version__",
    "analyse",
    "compare",
    "extract",
    "load",
    "read",
    "run",
    "score",
    "validate",
    "write",
]

# Resolved when first asked for: `qawl --help` must not wait for numpy.
_HOMES = {
    "analyse": "qawl.api",
    "compare": "qawl.api",
    "extract": "qawl.api",
    "run": "qawl.api",
    "score": "qawl.api",
    "Finding": "qawl.findings",
    "InputError": "qawl.findings",
    "read": "qawl.reading",
    "Attribution": "qawl.records",
    "Distractor": "qawl.records",
    "Document": "qawl.records",
    "Entity": "qawl.records",
    "load": "qawl.tracks",
    "write": "qawl.writing",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("qawl.version").VERSION
    if name == "validate":
        return import_module("qawl.validation").check_documents
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'qawl' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
