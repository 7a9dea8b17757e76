"""The trained systems: sound answers on any text, honest models, one model from one seed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl import Document, InputError, load, run, score
from qawl.training import some_of, trainable
from qawl_baselines.trained.gold import BEGIN, INSIDE, OUTSIDE, chunks_of, example, flatten, labels
from qawl_baselines.trained.store import card, opened, packed
from qawl_baselines.trained.systems import Crf, Hybrid, Linear
from qawl_baselines.trained.weights import Weights, fit

if TYPE_CHECKING:
    from pathlib import Path

    from qawl.records import Span

without_crf = pytest.mark.skipif(
    find_spec("pycrfsuite") is None, reason="python-crfsuite, of qawl[baselines], is missing"
)
without_sklearn = pytest.mark.skipif(
    find_spec("sklearn") is None, reason="scikit-learn, of qawl[baselines], is missing"
)
SYSTEMS = [
    pytest.param(Linear(), id="linear"),
    pytest.param(Crf(), id="crf", marks=without_crf),
    pytest.param(Hybrid(), id="hybrid"),
]
WORDS = """
قال وقال قالت إن أن بأن إنها مضيفا مشيرة إلى وصف بـ اتهم دعا نقلت عن قوله وفق لمصدر حسبما البيان
للوزير سامر الهدباني شركة ، . : « » “ ” ؟ - ( ) 4,1 CNN 😀 ـ _
"""
PIECES = [*WORDS.split(), '"', "\n", "\u200f", "\u202b", "\u2067", "\u064b", "", "\u00ad"]
odd_texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.text(max_size=120),
)
EDGES = {
    "empty": "",
    "blank": " \n\n\t",
    "marks alone": '«»""“”«',
    "emoji": "😀" * 50 + "قال الوزير إن 😀",
    "controls": "\u202bقال\u202c \u2067الوزير\u2069 إن \u200fالجسر\u200f سليم.",
}


def annotate(system: Any, text: str) -> Document:
    (found,) = run(system, [Document(id="a", text=text)])
    return found


def sound(spans: tuple[Span, ...], text: str) -> bool:
    inside = all(0 <= start < end <= len(text) for start, end in spans)
    return inside and all(a[1] <= b[0] for a, b in pairwise(sorted(spans)))


def check(document: Document, text: str) -> None:
    known = {entity.id for entity in document.entities}
    for item in document.attributions:
        assert item.quote
        assert item.entity in known
        for spans in (item.quote, item.cue or (), item.speaker or (), item.mention or ()):
            assert sound(spans, text)
    for entity in document.entities:
        assert sound(entity.mentions, text)
    # What the scorer would refuse.
    answer = msgspec.structs.replace(document, text=text)
    score([answer], [Document(id="a", text=text)])


@pytest.mark.parametrize("system", SYSTEMS)
@given(text=odd_texts)
def test_answers_are_sound(system: Any, text: str) -> None:
    check(annotate(system, text), text)


@pytest.mark.parametrize("name", EDGES)
@pytest.mark.parametrize("system", SYSTEMS)
def test_answers_are_sound_at_the_edges(system: Any, name: str) -> None:
    check(annotate(system, EDGES[name]), EDGES[name])


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("text", ["قال الوزير إن " * 2_500, '"' * 20_000, "قال: " * 5_000])
def test_a_very_long_line_takes_no_time(system: Any, text: str) -> None:
    started = time.perf_counter()
    check(annotate(system, text), text)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_plain_sentence_is_read(system: Any) -> None:
    text = "قال مدير المرصد نديم الشروقي إن الأمطار ستتواصل حتى مساء الجمعة.\n"
    (item,) = annotate(system, text).attributions
    assert item.cue
    assert item.speaker
    assert text[slice(*item.quote[0])] == "الأمطار ستتواصل حتى مساء الجمعة"
    assert text[slice(*item.cue[0])] == "قال"
    assert text[slice(*item.speaker[0])] == "مدير المرصد نديم الشروقي"
    assert item.type == "indirect"


def test_chunks_come_back_from_labels() -> None:
    chunks = [(0, 2), (2, 3), (5, 8)]
    made = labels(chunks, 9)
    assert made == [1, 2, 1, 0, 0, 1, 2, 2, 0]
    assert chunks_of(made) == chunks
    assert chunks_of([OUTSIDE, INSIDE, INSIDE, BEGIN]) == [(1, 3), (3, 4)]


def test_of_overlapping_chunks_the_longest_stays() -> None:
    assert flatten([(1, 3), (0, 5), (5, 6), (4, 7)]) == [(0, 5), (5, 6)]


@without_sklearn
def test_a_fit_tells_apart_what_differs_and_comes_back_from_disk() -> None:
    rows = [["a", "c"], ["b", "c"]] * 20
    weights = fit(rows, [0, 1] * 20, 1, classes=2, bits=8)
    found = weights.scores([["a"], ["b"]])
    assert found[0, 0] < 0 < found[1, 0]
    again = Weights.of(weights.arrays("w"), "w")
    assert again.scores(rows).tolist() == weights.scores(rows).tolist()


@without_sklearn
@pytest.mark.parametrize("name", ["linear", pytest.param("crf", marks=without_crf)])
def test_the_same_seed_gives_the_same_model(name: str) -> None:
    documents = load("core", "train")[:5]
    first, second = (trainable(name).train(documents, 3, lambda _: None) for _ in range(2))
    assert first.content() == second.content()
    assert first.card({}) == second.card({})


@without_sklearn
def test_training_without_attributions_finds_none() -> None:
    documents = [Document(id=str(n), text="نزل المطر على الجبل.\n") for n in range(4)]
    model = trainable("linear").train(documents, 1, lambda _: None)
    assert not run(model, documents)[0].attributions


def test_without_the_extra_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    for name in ("linear", "crf"):
        with pytest.raises(InputError, match=r"qawl\[baselines\]") as caught:
            trainable(name).train([Document(id="a", text="قال")] * 2, 1, lambda _: None)
        assert caught.value.findings[0].id == "extra-missing"


@pytest.mark.parametrize("system", ["quoted", "rules", "linear"])
def test_running_without_a_learning_library(system: str) -> None:
    code = (
        "import sys, qawl; d = [qawl.Document(id='a', text='قال الوزير إن الجسر سليم.')];"
        f"qawl.run({system!r}, d);"
        "print(sorted({'sklearn', 'scipy', 'pycrfsuite'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.strip() == b"[]"


def saved(folder: Path, content: bytes, **changes: object) -> str:
    path = folder / "m.npz"
    path.write_bytes(content)
    stated = json.loads(card("linear", content, {})) | changes
    path.with_suffix(".json").write_text(json.dumps(stated))
    return str(path)


@pytest.mark.parametrize(
    "changes", [{"sha256": "0" * 64}, {"system": "crf"}, {"format": 99}, {"unknown": 1}]
)
def test_a_model_that_is_not_what_it_says_is_not_opened(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    path = saved(tmp_path, packed({}), **changes)
    with pytest.raises(InputError) as caught:
        opened("linear", path)
    assert caught.value.findings[0].id == "model-unusable"
    assert opened("linear", saved(tmp_path, packed({}))) == {}


def test_a_model_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        annotate(Linear(str(tmp_path / "none.npz")), "قال")
    assert caught.value.findings[0].id == "model-unusable"


def test_shares_hold_one_another() -> None:
    items = list(range(40))
    tenth, half = some_of(items, 0.1, 5), some_of(items, 0.5, 5)
    assert len(tenth) == 4
    assert set(tenth) < set(half)
    assert half == sorted(half)
    assert some_of(items, 1, 5) == items
    with pytest.raises(ValueError, match="share"):
        some_of(items, 0, 5)


def test_gold_comes_to_tokens() -> None:
    (document, *_) = load("core", "dev")
    found = example(document)
    assert len(found.tied) == len(document.attributions)
    assert all(item.quote for item in found.tied)
