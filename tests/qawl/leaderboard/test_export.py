"""The export in the schema of Every Eval Ever 0.3.0, checked against types written from it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import msgspec
import pytest

from support.submitted import submit

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder


class Strict(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    pass


class Source(Strict):
    source_name: str
    source_type: Literal["documentation", "evaluation_run"]
    source_organization_name: str
    evaluator_relationship: Literal["first_party", "third_party", "collaborative", "other"]
    additional_details: dict[str, str]


class Library(Strict):
    name: str
    version: str


class Model(Strict):
    name: str
    id: str
    developer: str
    additional_details: dict[str, str]


class Data(Strict):
    dataset_name: str
    source_type: Literal["other"]
    additional_details: dict[str, str]


class Metric(Strict):
    evaluation_description: str
    metric_id: str
    metric_name: str
    metric_kind: str
    metric_unit: str
    lower_is_better: bool
    score_type: Literal["continuous"]
    min_score: float
    max_score: float


class Bounds(Strict):
    lower: float
    upper: float
    confidence_level: float
    method: str


class Uncertainty(Strict):
    confidence_interval: Bounds
    num_samples: int
    num_bootstrap_samples: int


class Details(Strict):
    score: float
    details: dict[str, str]
    uncertainty: Uncertainty


class Result(Strict):
    evaluation_result_id: str
    evaluation_name: str
    source_data: Data
    metric_config: Metric
    score_details: Details


class Log(Strict):
    schema_version: Literal["0.3.0"]
    evaluation_id: str
    evaluation_timestamp: str
    retrieved_timestamp: str
    source_metadata: Source
    eval_library: Library
    model_info: Model
    evaluation_results: list[Result]


@pytest.fixture
def exported(data: Folder, tmp_path: Path, qawl: Command) -> Path:
    assert data.gold().is_file()
    root = tmp_path / "submissions"
    submit(root, "tiny-1")
    folder = tmp_path / "export"
    words = ("--submissions", root, "--every-eval-ever", folder)
    assert qawl("leaderboard", "build", *words).code == 0
    return folder


def test_a_log_has_the_shape_of_the_schema(exported: Path) -> None:
    (path,) = exported.rglob("*.json")
    log = msgspec.json.decode(path.read_bytes(), type=Log)
    assert log.model_info.additional_details["deployment_type"] == "unknown"
    assert log.model_info.additional_details["model_availability"] == "unknown"
    assert log.evaluation_timestamp == "1767312000"  # the 2nd of January 2026, midnight UTC
    for result in log.evaluation_results:
        metric, details = result.metric_config, result.score_details
        assert metric.min_score <= details.score <= metric.max_score
        bounds = details.uncertainty.confidence_interval
        assert bounds.lower <= details.score <= bounds.upper
        assert metric.lower_is_better == (metric.metric_name == "alarms")
    names = {result.evaluation_name for result in log.evaluation_results}
    assert {"qawl.core.test", "qawl.core.test.type=indirect"} <= names
    ids = [result.evaluation_result_id for result in log.evaluation_results]
    assert len(ids) == len(set(ids))


def test_a_log_lies_where_the_collection_wants_it(exported: Path) -> None:
    (path,) = exported.rglob("*.json")
    place = path.relative_to(exported).as_posix()
    found = re.fullmatch(r"data/qawl/core/tiny-1/(?P<name>[0-9a-f-]{36})\.json", place)
    assert found
    name = UUID(found["name"])
    assert (name.version, str(name)) == (4, found["name"])


def test_exporting_again_gives_the_same_bytes(
    exported: Path, tmp_path: Path, qawl: Command
) -> None:
    (path,) = exported.rglob("*.json")
    before = path.read_bytes()
    words = ("--submissions", tmp_path / "submissions", "--every-eval-ever", tmp_path / "again")
    qawl("leaderboard", "build", *words)
    (again,) = (tmp_path / "again").rglob("*.json")
    assert again.read_bytes() == before
    assert json.loads(before)["eval_library"]["name"] == "qawl"
