"""From a pretrained folder to predictions, on a tiny model of random weights."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import qawl
from qawl import Document
from qawl.findings import InputError
from qawl_baselines.encoder import Encoder, checkpoint, findings, training
from qawl_baselines.encoder.predicting import predict

if TYPE_CHECKING:
    from pathlib import Path


def test_it_learns_what_it_is_shown(trained: Path, gold: list[Document]) -> None:
    found = qawl.run(Encoder(model=str(trained), device="cpu"), gold)
    result = qawl.score(found, gold)
    assert result["quote.relaxed"].f1 > 0.9
    assert result["triple.relaxed"].f1 > 0.8
    assert result["entity"].f1 > 0.8  # implicit speakers among them


def test_a_model_is_safetensors_and_json(trained: Path) -> None:
    assert {path.suffix for path in trained.rglob("*") if path.is_file()} == {
        ".safetensors",
        ".json",
    }
    card = json.loads((trained / "qawl_encoder.json").read_text(encoding="utf-8"))
    best = max(range(len(card["training"]["epochs"])), key=lambda at: score_of(card, at))
    assert best == len(card["training"]["epochs"]) - 1


def score_of(card: dict[str, dict[str, list[dict[str, float]]]], epoch: int) -> float:
    return card["training"]["epochs"][epoch]["triple.relaxed"]


def test_training_is_the_same_every_time_and_after_a_stop(
    settings: training.Settings, gold: list[Document], tmp_path: Path
) -> None:
    few = replace(settings, epochs=3, batch=1, accumulate=2)
    training.train(few, gold, gold, tmp_path / "whole", device="cpu")

    def stop(line: str) -> None:
        if line.startswith("epoch 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        training.train(few, gold, gold, tmp_path / "parts", device="cpu", say=stop)
    # As if it had been stopped a moment earlier, between two renamings.
    (tmp_path / "parts/last").rename(tmp_path / "parts/last.new")
    history = training.train(few, gold, gold, tmp_path / "parts", device="cpu", resume=True)
    assert len(history) == 3
    for file in ("last/model.safetensors", "last/state.json", "model.safetensors"):
        assert (tmp_path / "whole" / file).read_bytes() == (tmp_path / "parts" / file).read_bytes()


def test_a_run_does_not_go_on_with_other_settings_or_over_another(
    settings: training.Settings, trained: Path, gold: list[Document], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="other settings"):
        training.train(replace(settings, seed=4), gold, gold, trained, resume=True)
    with pytest.raises(ValueError, match="in use"):
        training.train(settings, gold, gold, trained)
    with pytest.raises(ValueError, match="nothing to resume"):
        training.train(settings, gold, gold, tmp_path, resume=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "«",
        "« « » »",
        "وقال",
        "\u064b\u0652",
        "قَالَ الرَّاوي إنّ 🌧 «المطرُ» أنقذَ المَوسم.",
        "x" * 500,
        "قال الراوي إن المطر أنقذ الموسم. " * 60,
        "\u200fقال\u200c الراوي:\u00a0«نعم»\r\n",
    ],
)
def test_spans_lie_in_the_text(trained: Path, text: str) -> None:
    (found,) = qawl.run(Encoder(model=str(trained), device="cpu"), [Document(id="a", text=text)])
    filled = replace(found, text=text)
    assert not [item for item in qawl.validate([filled]) if item.id.startswith("span-")]
    qawl.score([found], [Document(id="a", text=text)])


def test_small_windows_say_the_same_however_many_are_read_at_once(
    trained: Path, gold: list[Document]
) -> None:
    long = [Document(id="a", text="".join(str(document.text) for document in gold) * 4)]
    one, many = (
        qawl.run(Encoder(model=str(trained), device="cpu", batch=batch), long) for batch in (1, 16)
    )
    assert one == many
    assert one[0].attributions


def test_a_document_that_fits_is_read_alike_in_every_size_of_window(
    trained: Path, gold: list[Document]
) -> None:
    whole = checkpoint.load(str(trained))
    longest = max(
        len(whole.tokenizer(str(document.text), add_special_tokens=False)["input_ids"])
        for document in gold
    )
    narrow = whole._replace(shape=whole.shape._replace(size=longest, stride=1))
    assert list(predict(whole, gold, 1)) == list(predict(narrow, gold, 1))


def test_no_model_a_bad_one_and_one_that_is_not_trained(pretrained: Path, tmp_path: Path) -> None:
    article = [Document(id="a", text="قال")]
    for model, said in (("", "none is given"), (str(tmp_path), ""), (str(pretrained), "")):
        with pytest.raises(InputError, match=r"\[system-option\]") as caught:
            qawl.run(Encoder(model=model), article)
        assert said in str(caught.value)
    with pytest.raises(InputError, match=r"\[system-option\]"):
        checkpoint.start(str(tmp_path), "", 64)


def test_weights_in_a_pickle_are_never_opened(pretrained: Path, tmp_path: Path) -> None:
    for path in pretrained.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"cos\nabort\n(tR.")  # would end the process
    with pytest.raises(InputError, match=r"\[system-option\]"):
        checkpoint.start(str(tmp_path), "", 64)


@pytest.mark.parametrize("device", ["nonsense", "cuda:99"])
def test_a_device_that_is_not_there(trained: Path, device: str) -> None:
    with pytest.raises(InputError, match=r"\[system-option\]") as caught:
        qawl.run(Encoder(model=str(trained), device=device), [Document(id="a", text="قال")])
    assert caught.value.findings[0].field == "device"


def test_weights_that_are_no_safetensors_are_refused(trained: Path, tmp_path: Path) -> None:
    for path in trained.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"\x80\x04nonsense")
    with pytest.raises(InputError, match=r"\[system-option\]"):
        checkpoint.load(str(tmp_path))


def test_without_the_libraries_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"\[extra-missing\].*qawl\[encoder\]"):
        qawl.run(Encoder(model="x"), [Document(id="a", text="قال")])


def test_making_the_system_loads_no_library() -> None:
    code = (
        "import sys; from qawl.systems import load_system; load_system('encoder');"
        "print(sorted({'torch', 'transformers', 'safetensors'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60
    )
    assert found.stdout.split() == [b"[]"]


def test_settings_out_of_range() -> None:
    for wrong in ({"epochs": 0}, {"lr": -1.0}, {"warmup": 2.0}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            training.train(training.Settings(model="x", **wrong), [], [], None)  # type: ignore[arg-type]
