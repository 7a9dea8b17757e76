"""The board in the schema of Every Eval Ever, version 0.3.0, one file a submission.

The schema (https://github.com/evaleval/every_eval_ever) is an exchange format of evaluation
results; its layout is ``data/<benchmark>/<developer>/<model>/<uuid>.json``. What it calls a model
is a system here. All values of ``additional_details`` are strings, as it asks.
"""

from __future__ import annotations

from calendar import timegm
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from qawl.scoring.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.leaderboard.board import Board, Line, Section
    from qawl.report import Row

SCHEMA_VERSION = "0.3.0"
COLLECTION = "qawl"
ORGANISATION = "The qawl maintainers"


def export(board: Board) -> Iterator[tuple[str, dict[str, Any]]]:
    """The path and the content of every file; only what was scored is exported."""
    for section in board.sections:
        for line in section.having("current", "superseded", "earlier"):
            place = f"{section.track}/{line.id}"
            path = f"data/{COLLECTION}/{section.track}/{line.id}/{_uuid(place)}.json"
            yield path, _log(board, section, line)


def _uuid(place: str) -> UUID:
    """A name in the form of a random UUID, the same every time."""
    return UUID(bytes=sha256(f"{COLLECTION}/{place}".encode()).digest()[:16], version=4)


def _log(board: Board, section: Section, line: Line) -> dict[str, Any]:
    place = f"{section.track}/{line.id}"
    stamp = str(timegm(date.fromisoformat(line.date).timetuple()))
    verified = line.verified
    ours = line.self_reported.authors == (ORGANISATION,)
    rows = verified.rows if verified else ()
    slices = [
        (f"{g.field}={g.label}", row)
        for g in (verified.slices if verified else ())
        for row in g.rows
    ]
    return {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": f"{COLLECTION}.{section.track}/{line.id}/{stamp}",
        "evaluation_timestamp": stamp,
        "retrieved_timestamp": stamp,
        "source_metadata": {
            "source_name": "qawl leaderboard",
            "source_type": "evaluation_run",
            "source_organization_name": ORGANISATION,
            "evaluator_relationship": "first_party" if ours else "third_party",
            "additional_details": {
                "status": line.status,
                "signature": verified.signature if verified else "",
                "predictions_sha256": verified.predictions_sha256 if verified else "",
            },
        },
        "eval_library": {"name": "qawl", "version": verified.scorer if verified else "unknown"},
        "model_info": _model(line, place),
        "evaluation_results": [
            *(_result(board, section, line, row, "") for row in rows),
            *(_result(board, section, line, row, name) for name, row in slices),
        ],
    }


def _model(line: Line, place: str) -> dict[str, Any]:
    """What the authors say; nothing is known of how the system was run."""
    about = line.self_reported
    return {
        "name": about.name,
        "id": place,
        "developer": ", ".join(about.authors),
        "additional_details": {
            "deployment_type": "unknown",
            "model_availability": "unknown",
            "self_reported_version": about.version,
            "self_reported_kind": about.kind,
            "self_reported_licence": about.licence,
            "self_reported_training_data": about.training_data,
            "self_reported_description": about.description,
            "self_reported_parameters": "" if about.parameters is None else str(about.parameters),
            "self_reported_links": " ".join(about.links),
        },
    }


def _result(board: Board, section: Section, line: Line, row: Row, part: str) -> dict[str, Any]:
    measure = MEASURES[row.measure]
    name = f"{COLLECTION}.{section.track}.{section.split}" + (f".{part}" if part else "")
    return {
        "evaluation_result_id": f"{name}.{row.measure}",
        "evaluation_name": name,
        "source_data": {
            "dataset_name": f"{COLLECTION}-{section.track}",
            "source_type": "other",
            "additional_details": {"split": section.split, "part": part or "all"},
        },
        "metric_config": {
            "evaluation_description": measure.summary,
            "metric_id": f"{COLLECTION}.{row.measure}",
            "metric_name": row.measure,
            "metric_kind": "f1" if row.precision is not None else "rate",
            "metric_unit": "proportion",
            "lower_is_better": measure.better == "lower",
            "score_type": "continuous",
            "min_score": 0.0,
            "max_score": 1.0,
        },
        "score_details": {
            "score": row.value,
            "details": {
                "right": f"{row.right:g}",
                "predicted": str(row.predicted),
                "found": f"{row.found:g}",
                "gold": str(row.gold),
            },
            "uncertainty": {
                "confidence_interval": {
                    "lower": row.low,
                    "upper": row.high,
                    "confidence_level": 0.95,
                    "method": "percentile bootstrap over documents",
                },
                "num_samples": line.verified.documents if line.verified else 0,
                "num_bootstrap_samples": board.resamples,
            },
        },
    }
