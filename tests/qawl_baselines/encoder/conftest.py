"""A tiny encoder, made by the test: random weights, and a tokenizer of the words it is to read."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from qawl_baselines.encoder import training
from support.newsroom import article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qawl import Document

BODIES = (
    """\
<c1>قال</c1> <s1>المزارع سالم الراوي</s1> إن <q1>المطر أنقذ الموسم</q1>.
وعاد الناس إلى الحقول في المساء.
<c2>وأضاف</c2> أن <q2>القمح سيكفي القرية</q2>.
""",
    """\
<c1>أعلنت</c1> <s1>بلدية الوادي</s1> أن <q1>الجسر سيفتح غدا</q1>.
<c2>وأشارت</c2> إلى أن <q2>العمل انتهى أمس</q2>.
وكان الجسر قد أغلق منذ شهر.
""",
    """\
<q1>«الطريق آمن»</q1>، <c1>حسبما ذكرت</c1> <s1>شرطة الساحل</s1>.
<c2>نقلت</c2> <s2>وكالة النهار</s2> عن \
<q2><s3>الوزير</s3> <c3>قوله</c3> إن <q3>الميناء مغلق</q3></q2>.
""",
)
WHY = "the extra qawl[encoder] is not installed"
EPOCHS = 40


@pytest.fixture(scope="session")
def gold() -> list[Document]:
    """Three small articles, with implicit speakers, a quote in marks, and a nested one."""
    counts = (2, 2, 3)
    return [
        article(body, id=f"d{number}", count=count)
        for number, (body, count) in enumerate(zip(BODIES, counts, strict=True))
    ]


@pytest.fixture(scope="session")
def _libraries() -> Iterator[None]:
    """One thread, which for so little is quicker than several, and nothing from the net."""
    torch = pytest.importorskip("torch", reason=WHY)
    pytest.importorskip("transformers", reason=WHY)
    pytest.importorskip("safetensors", reason=WHY)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def pretrained(
    _libraries: None, tmp_path_factory: pytest.TempPathFactory, gold: list[Document]
) -> Path:
    """A folder as a hub would hold it: configuration, safetensors, a fast tokenizer."""
    transformers = import_module("transformers")
    folder = tmp_path_factory.mktemp("pretrained")
    tokenizer = _tokenizer([str(document.text) for document in gold])
    tokenizer.save_pretrained(folder)
    import_module("torch").manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    transformers.BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def settings(pretrained: Path) -> training.Settings:
    return training.Settings(
        model=str(pretrained), epochs=EPOCHS, lr=3e-3, head_lr=1e-2, batch=3, seed=3
    )


@pytest.fixture(scope="session")
def trained(
    settings: training.Settings, tmp_path_factory: pytest.TempPathFactory, gold: list[Document]
) -> Path:
    """A folder with a model that has learnt the three articles by heart."""
    folder = tmp_path_factory.mktemp("trained") / "model"
    training.train(settings, gold, gold, folder, device="cpu")
    return folder


def _tokenizer(texts: list[str]) -> Any:
    """WordPiece with BERT's normaliser, which strips signs and so is the harder case."""
    parts = import_module("tokenizers")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    padding, unknown, first, last, _ = special
    made = parts.Tokenizer(parts.models.WordPiece(unk_token=unknown))
    made.normalizer = parts.normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    made.pre_tokenizer = parts.pre_tokenizers.BertPreTokenizer()
    trainer = parts.trainers.WordPieceTrainer(
        vocab_size=300, special_tokens=special, show_progress=False
    )
    made.train_from_iterator(texts, trainer)
    made.post_processor = parts.processors.TemplateProcessing(
        single=f"{first} $A {last}", special_tokens=[(first, 2), (last, 3)]
    )
    named = {"pad_token": padding, "unk_token": unknown, "cls_token": first, "sep_token": last}
    transformers = import_module("transformers")
    return transformers.PreTrainedTokenizerFast(tokenizer_object=made, model_max_length=64, **named)
