"""Composed gold looks like real news, and no text recurs from split to split."""

from __future__ import annotations

import tomllib
from itertools import combinations

import pytest

import qawl
from qawl.realism import check
from qawl.realism.figures import figures
from qawl.records import Attribution, Document
from qawl.tracks import data_folder
from qawl.words import word_spans

SPLITS = ("train", "dev", "test")
# Six running words are a sentence frame, a name with its title, or a formula that all news shares.
RUN = 6


def grams(document: Document) -> set[tuple[str, ...]]:
    text = str(document.text)
    words = [text[start:end] for start, end in word_spans(text)]
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@pytest.mark.parametrize("pair", list(combinations(SPLITS, 2)))
def test_no_run_of_six_words_stands_in_two_splits(pair: tuple[str, str]) -> None:
    first, second = (
        {gram: d.id for d in qawl.load("core", split) for gram in grams(d)} for split in pair
    )
    shared = {" ".join(gram): (first[gram], second[gram]) for gram in first.keys() & second.keys()}
    assert not shared


def test_no_source_of_one_split_speaks_in_another() -> None:
    """Names of people and bodies; what a source without a name is called may recur."""
    named = [
        {
            entity.name
            for document in qawl.load("core", split)
            for entity in document.entities
            if entity.kind in ("person", "organisation") and " " in entity.name
        }
        for split in SPLITS
    ]
    for first, second in combinations(named, 2):
        assert not first & second


def test_figures_are_those_of_a_corpus_counted_by_hand() -> None:
    """Ten words, two attributions: one indirect after قال إن, one direct behind a colon."""
    text = 'قال سالم إن المطر قريب.\nوأضاف: "سنستعد جيدا له".\n'
    document = Document(
        id="a",
        text=text,
        attributions=(
            Attribution(quote=((12, 22),), cue=((0, 3),), speaker=((4, 8),), type="indirect"),
            Attribution(quote=((31, 47),), cue=((25, 29),), speaker=(), type="direct"),
        ),
    )
    found = figures([document])
    assert found["density"] == pytest.approx(1000 * 2 / 9)
    assert (found["direct"], found["indirect"], found["mixed"]) == (50, 50, 0)
    assert (found["cue-verb"], found["qal"], found["implicit"]) == (100, 50, 50)
    assert (found["frame-complementiser"], found["frame-colon-mark"]) == (50, 50)
    assert (found["qal-inna"], found["quoted"], found["unquoted"]) == (100, 1, 0)
    assert (found["not-speech"], found["quoted-median"], found["stop-outside"]) == (0, 3, 100)


def test_a_figure_outside_its_band_needs_a_reason() -> None:
    wordy = Document(id="a", text="كلمة " * 2000)
    failing = {item.key for item in check([wordy]) if not item.inside}
    assert "words" in failing
    excused = check([wordy], {"words": "a test"})
    assert next(item for item in excused if item.key == "words").reason == "a test"


def test_core_leaves_no_band_without_a_reason() -> None:
    reasons = tomllib.loads((data_folder() / "realism.toml").read_text(encoding="utf-8"))
    gold = [document for split in SPLITS for document in qawl.load("core", split)]
    found = check(gold, reasons["core"])
    assert [(c.key, c.value) for c in found if not c.inside and not c.reason] == []
