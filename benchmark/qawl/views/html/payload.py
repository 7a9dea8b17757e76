"""What a page shows, as plain data: offsets stay code points of the text, as in the records."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET

from qawl.errors import CLASSES
from qawl.records import QUOTE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qawl.errors import Analysis, Error
    from qawl.records import Attribution, Document
    from qawl.report import Report, Row

Data = dict[str, Any]


class System(NamedTuple):
    """One system in a report: its name, what it answered, its score and its errors."""

    name: str
    predictions: Mapping[str, Document]
    report: Report
    analysis: Analysis


def reader_data(documents: Iterable[Document]) -> list[Data]:
    """Documents with one layer each, for reading."""
    return [
        {
            "id": document.id,
            "text": _text(document),
            "meta": _meta(document),
            "layers": [_layer("", document)],
            "errors": [],
        }
        for document in documents
    ]


def report_data(gold: Sequence[Document], systems: Sequence[System]) -> Data:
    """Everything a report shows: figures first, then an index of documents, then the documents.

    Args:
        gold: with texts; its order is that of the page.
        systems: at least one; every one has an answer to each gold document.
    """
    errors = [_by_document(system.analysis.errors) for system in systems]
    documents = [_document(document, systems, errors) for document in gold]
    return {
        "gold": systems[0].report.signature["gold"],
        "line": systems[0].report.line,
        "level": systems[0].report.level,
        "systems": [_system(system) for system in systems],
        "slices": _slices(systems),
        "index": [_indexed(data) for data in documents],
        "documents": documents,
    }


def _system(system: System) -> Data:
    counts = system.analysis.counts
    return {
        "name": system.name,
        "rows": [_row(row) for row in system.report.rows],
        "f1": system.analysis.f1,
        "classes": [
            {
                "kind": kind,
                "about": CLASSES[kind],
                "fp": count.false_positives,
                "fn": count.false_negatives,
                "gain": count.mended - system.analysis.f1,
            }
            for kind, count in counts.items()
            if count.false_positives or count.false_negatives
        ],
        "types": [
            [system.analysis.types.get((ours, theirs), 0) for theirs in (*QUOTE_TYPES, "")]
            for ours in QUOTE_TYPES
        ],
    }


def _row(row: Row) -> Data:
    return {
        "measure": row.measure,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "precision": row.precision,
        "recall": row.recall,
        "gold": row.gold,
    }


def _slices(systems: Sequence[System]) -> list[Data]:
    """For each slice one figure a system: the first measure of the report."""
    groups: dict[tuple[str, str], dict[int, Data]] = defaultdict(dict)
    for number, system in enumerate(systems):
        for group in system.report.slices:
            groups[group.field, group.label][number] = _row(group.rows[0])
    return [
        {"field": field, "label": label, "rows": [found.get(n) for n in range(len(systems))]}
        for (field, label), found in groups.items()
    ]


def _by_document(errors: Iterable[Error]) -> dict[str, list[Error]]:
    found: dict[str, list[Error]] = defaultdict(list)
    for error in errors:
        found[error.document].append(error)
    return found


def _document(
    document: Document, systems: Sequence[System], errors: Sequence[Mapping[str, Sequence[Error]]]
) -> Data:
    return {
        "id": document.id,
        "text": _text(document),
        "meta": _meta(document),
        "layers": [
            _layer("gold", document),
            *(_layer(system.name, system.predictions[document.id]) for system in systems),
        ],
        "errors": [
            {
                "system": number,
                "kind": error.kind,
                "faults": list(error.faults),
                "gold": error.gold_at,
                "predicted": error.predicted_at,
            }
            for number, some in enumerate(errors)
            for error in some.get(document.id, ())
        ],
    }


def _layer(name: str, document: Document) -> Data:
    entities = {entity.id: [entity.name, entity.kind] for entity in document.entities}
    return {
        "name": name,
        "items": [_item(item, entities) for item in document.attributions],
        "distractors": [[*item.span, item.kind] for item in document.distractors],
    }


def _item(item: Attribution, entities: Mapping[str, Sequence[str]]) -> Data:
    named = entities.get(item.entity) if isinstance(item.entity, str) else None
    return {
        "q": sorted(item.quote),
        "c": sorted(item.cue) if isinstance(item.cue, tuple) else [],
        "s": sorted(item.speaker) if isinstance(item.speaker, tuple) else [],
        "e": named[0] if named else item.name if isinstance(item.name, str) else "",
        "t": item.type if isinstance(item.type, str) else "",
    }


def _indexed(data: Data) -> Data:
    """What the list of documents and its filters need, so that a document is read when shown."""
    items = [item for layer in data["layers"] for item in layer["items"]]
    return {
        "id": data["id"],
        "title": data["text"].partition("\n")[0][:160],
        "meta": data["meta"],
        "types": sorted({item["t"] for item in items if item["t"]}),
        "kinds": sorted({f"{error['system']}:{error['kind']}" for error in data["errors"]}),
        "errors": len(data["errors"]),
        "speakers": sorted({item["e"] for item in items if item["e"]}),
    }


def _text(document: Document) -> str:
    return "" if document.text is UNSET else str(document.text)


def _meta(document: Document) -> dict[str, list[str]]:
    return {
        key: [str(part) for part in value] if isinstance(value, list) else [str(value)]
        for key, value in document.meta.items()
        if value is not None
    }
