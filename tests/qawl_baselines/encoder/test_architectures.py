"""Other encoders and tokenizers than BERT's: those of mmBERT, XLM-R and byte-level BPE."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

import qawl
from qawl.words import word_spans
from qawl_baselines.encoder import Encoder, checkpoint, training
from qawl_baselines.encoder.features import make_input

if TYPE_CHECKING:
    from pathlib import Path

    from qawl import Document

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def tokenizer(kind: str, texts: list[str]) -> Any:
    """A tokenizer that gives blanks to words (metaspace), or cuts characters into bytes."""
    parts = import_module("tokenizers")
    if kind == "bytes":
        made = parts.Tokenizer(parts.models.BPE())
        made.pre_tokenizer = parts.pre_tokenizers.ByteLevel(add_prefix_space=True)
        trainer = parts.trainers.BpeTrainer(
            vocab_size=400, special_tokens=SPECIAL, show_progress=False
        )
    else:
        made = parts.Tokenizer(parts.models.Unigram())
        made.normalizer = parts.normalizers.NFKC()
        made.pre_tokenizer = parts.pre_tokenizers.Metaspace()
        trainer = parts.trainers.UnigramTrainer(
            vocab_size=200, special_tokens=SPECIAL, unk_token=SPECIAL[3], show_progress=False
        )
    made.train_from_iterator(texts, trainer)
    made.post_processor = parts.processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = ("bos_token", "pad_token", "eos_token", "unk_token", "mask_token")
    return import_module("transformers").PreTrainedTokenizerFast(
        tokenizer_object=made, **dict(zip(names, SPECIAL, strict=True))
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [("ModernBert", "metaspace"), ("XLMRoberta", "metaspace"), ("Roberta", "bytes")],
)
@pytest.mark.usefixtures("_libraries")
def test_it_trains_and_predicts(name: str, kind: str, gold: list[Document], tmp_path: Path) -> None:
    transformers = import_module("transformers")
    made = tokenizer(kind, [str(document.text) for document in gold])
    made.save_pretrained(tmp_path / "base")
    config = getattr(transformers, f"{name}Config")(
        vocab_size=len(made), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=66, pad_token_id=1, bos_token_id=0,
        eos_token_id=2, cls_token_id=0, sep_token_id=2,
    )  # fmt: skip
    getattr(transformers, f"{name}Model")(config).save_pretrained(tmp_path / "base")
    settings = training.Settings(model=str(tmp_path / "base"), epochs=1)
    training.train(settings, gold, gold, tmp_path / "model", device="cpu")
    trained = checkpoint.load(str(tmp_path / "model"))
    assert trained.shape.size == (64 if name == "ModernBert" else 62)
    for document in gold:
        text, words = str(document.text), word_spans(str(document.text))
        assert (make_input(trained.tokenizer, trained.shape, text, words).windows.window >= 0).all()
    for found, document in zip(
        qawl.run(Encoder(model=str(tmp_path / "model"), device="cpu"), gold), gold, strict=True
    ):
        filled = replace(found, text=document.text)
        assert not [item for item in qawl.validate([filled]) if item.id.startswith("span-")]
