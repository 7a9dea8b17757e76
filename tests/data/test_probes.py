"""The contrast sets: enough of them, each big enough, all valid, and pairs that contrast."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import qawl
from qawl.authoring import build
from qawl.tracks import data_folder, load, track_file
from qawl.validation import check_documents
from qawl.views.table import score_text
from qawl.writing import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from qawl import Document

PROBES = load("probes", "test")
SETS = Counter(str(document.meta["phenomenon"]) for document in PROBES)


def test_there_are_enough() -> None:
    assert len(SETS) >= 50
    assert {name: count for name, count in SETS.items() if count < 12} == {}


def test_they_are_what_their_sources_give() -> None:
    made = build(data_folder() / "sources" / "probes")["test"]
    assert track_file("probes", "test").read_bytes() == b"".join(map(encode, made))


def test_they_are_valid() -> None:
    assert [item for item in check_documents(PROBES) if item.level == "error"] == []


@pytest.mark.parametrize("phenomenon", SETS)
def test_pairs_differ(phenomenon: str) -> None:
    pairs: dict[str, list[str]] = defaultdict(list)
    for document in PROBES:
        if document.meta["phenomenon"] == phenomenon:
            pairs[str(document.meta["pair"])].append(str(document.text))
    pairs.pop("", None)
    assert pairs
    for texts in pairs.values():
        assert len(texts) >= 2
        assert len(set(texts)) == len(texts)


def silent(document: Document) -> bool:
    return not document.attributions


@pytest.mark.parametrize(("answer", "passes"), [(None, lambda _: True), ((), silent)])
def test_a_score_of_the_track_has_the_pass_rate_of_every_phenomenon(
    answer: tuple[()] | None, passes: Callable[[Document], bool]
) -> None:
    predictions = PROBES if answer is None else [replace(d, attributions=answer) for d in PROBES]
    report = qawl.score(predictions, track="probes").report(resamples=10)
    rows = {row.measure: row for row in report.rows}
    assert rows["passed"].right == sum(map(passes, PROBES))
    found = {
        group.label: row.right
        for group in report.slices
        for row in group.rows
        if row.measure == "passed"
    }
    right = Counter(str(d.meta["phenomenon"]) for d in PROBES if passes(d))
    assert found == {name: right[name] for name in SETS}
    assert "phenomenon = denial" in score_text(report)
