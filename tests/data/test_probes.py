"""The contrast sets: enough of them, each big enough, all valid, and pairs that contrast."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from qawl.authoring import build
from qawl.tracks import data_folder, load, track_file
from qawl.validation import check_documents
from qawl.writing import encode

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
