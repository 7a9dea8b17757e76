"""Where gold lies, and what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import qawl
from qawl import Attribution, Document, InputError
from qawl.statistics import corpus_statistics
from qawl.tracks import data_folder, load, track_file, tracks
from support.newsroom import PLAIN, article

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Folder


def test_the_environment_says_where_the_data_is(data: Folder) -> None:
    assert data_folder() == data.path
    assert tracks() == {"core": ["test", "train"]}
    assert [document.id for document in load("core", "test")] == ["d2", "d3"]
    assert qawl.load("core", "train")[0].attributions == article().attributions


@pytest.mark.parametrize(
    ("track", "split"),
    [
        *(("core", "dev"), ("wire", "test"), ("", ""), ("sources", "core"), ("..", "test")),
        *(("core", "../core/test"), ("core/..", "test"), ("core", "test.jsonl")),
        ("core\x00", "test"),
    ],
)
@pytest.mark.usefixtures("data")
def test_no_other_name_leads_anywhere(track: str, split: str) -> None:
    with pytest.raises(InputError, match="track-unknown"):
        track_file(track, split)


def test_an_empty_data_folder_says_that_none_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QAWL_DATA", str(tmp_path))
    assert tracks() == {}
    with pytest.raises(InputError, match="here are: none"):
        load("core", "test")


def test_statistics_count_what_is_there() -> None:
    bare = Attribution(quote=((0, 3), (4, 11)))
    documents = [article(), Document(id="d2", text=PLAIN, attributions=(bare,)), Document(id="d3")]
    counts = corpus_statistics(documents)
    assert counts == {
        "documents": 3,
        "without attribution": 1,
        "words": 16,
        "attributions": 2,
        "per 1,000 words": 125.0,
        "direct": 0,
        "indirect": 1,
        "mixed": 0,
        "implicit speaker": 1,
        "without cue": 1,
        "discontinuous quote": 1,
        "entities": 1,
        "distractors": 0,
    }


def test_statistics_of_nothing_are_zeros() -> None:
    assert set(corpus_statistics([]).values()) == {0}
