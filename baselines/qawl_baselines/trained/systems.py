"""The systems behind the names ``linear``, ``crf`` and ``hybrid``; docs/linear.md says more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import UNSET

from qawl.systems import Option
from qawl_baselines.rules.reader import read
from qawl_baselines.rules.system import settle
from qawl_baselines.rules.tokens import Article
from qawl_baselines.trained.chooser import Chooser, Proposal, proposals
from qawl_baselines.trained.gold import Example, example
from qawl_baselines.trained.pipeline import Pipeline
from qawl_baselines.trained.store import card, opened, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from qawl.records import Document
    from qawl_baselines.rules.reader import Said

_MODEL = Option("model", "", "a model of `qawl train`, a .npz file; without it the one shipped")
# The judges of hybrid learn from proposals of models trained on the other folds.
_FOLDS = 3
# No article has as many attributions; the scorer refuses more than 2,000.
_MOST = 1_000


class _Trained:
    """What the trained systems share: models, options, the way from proposals to a document."""

    name: ClassVar[str]
    options: ClassVar[tuple[Option, ...]] = (_MODEL,)

    def __init__(self, model: str = "", *, arrays: dict[str, NDArray[Any]] | None = None) -> None:
        self._path = model
        self._arrays = arrays
        self._made: Any = None

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield each document with its attributions, entities and distractors."""
        for document in documents:
            article = Article("" if document.text is UNSET else document.text)
            yield settle(document.id, article, self._read(article)[:_MOST])

    def _model(self) -> Any:
        """The model, opened when it is first needed."""
        if self._made is None:
            arrays = opened(self.name, self._path) if self._arrays is None else self._arrays
            self._made = self._open(arrays)
        return self._made

    def content(self) -> bytes:
        """The model as the bytes of an ``.npz`` file."""
        return packed(self._arrays if self._arrays is not None else opened(self.name, self._path))

    def card(self, about: dict[str, Any]) -> bytes:
        """The JSON that goes beside :meth:`content`; ``about`` says how the model came about."""
        return card(self.name, self.content(), about)

    @classmethod
    def train(
        cls, documents: Sequence[Document], seed: int, report: Callable[[str], None]
    ) -> _Trained:
        """Learn from gold with texts; the result predicts and can be saved.

        Args:
            documents: the gold.
            seed: of everything that is drawn; equal seeds and libraries give equal models.
            report: told in a few words what is being done.

        Raises:
            InputError: ``extra-missing``.
        """
        return cls(arrays=cls._learn([example(d) for d in documents], seed, report))

    @classmethod
    def _learn(
        cls, examples: Sequence[Example], seed: int, report: Callable[[str], None]
    ) -> dict[str, NDArray[Any]]:
        return Pipeline.train(cls.name, examples, seed, report).arrays()

    def _open(self, arrays: dict[str, NDArray[Any]]) -> Any:
        return Pipeline.of(self.name, arrays)

    def _read(self, article: Article) -> list[Said]:
        found: list[Said] = self._model().read(article)
        return found


class Linear(_Trained):
    """Logistic regression over words; scikit-learn trains it, numpy is enough to run it."""

    name = "linear"
    version = "1"
    summary = "trained: linear classifiers over words for cue, quote and speaker, and a linker"


class Crf(_Trained):
    """The same features and linker with conditional random fields by CRFsuite."""

    name = "crf"
    version = "1"
    summary = "trained: conditional random fields over the same features; wants python-crfsuite"


class Hybrid(_Trained):
    """``rules`` and ``linear`` propose, two linear judges dispose."""

    name = "hybrid"
    version = "1"
    summary = "trained: judges what rules and linear propose; not shown to be better than rules"
    proposer = "linear"

    @classmethod
    def _learn(
        cls, examples: Sequence[Example], seed: int, report: Callable[[str], None]
    ) -> dict[str, NDArray[Any]]:
        given: list[list[Proposal]] = [[] for _ in examples]
        for fold in range(_FOLDS):
            others = [e for n, e in enumerate(examples) if n % _FOLDS != fold] or list(examples)
            report(f"proposals for fold {fold + 1} of {_FOLDS}")
            reader = Pipeline.train(cls.proposer, others, seed, lambda _: None)
            for number in range(fold, len(examples), _FOLDS):
                given[number] = cls._proposed(examples[number].article, reader)
        report("judges")
        arrays = Chooser.train(examples, given, seed).arrays()
        return arrays | Pipeline.train(cls.proposer, examples, seed, report).arrays()

    @classmethod
    def _proposed(cls, article: Article, reader: Pipeline) -> list[Proposal]:
        found = proposals(article, "rules", read(article))
        return found + proposals(article, cls.proposer, reader.read(article))

    def _open(self, arrays: dict[str, NDArray[Any]]) -> tuple[Pipeline, Chooser]:
        return Pipeline.of(self.proposer, arrays), Chooser.of(arrays)

    def _read(self, article: Article) -> list[Said]:
        reader, chooser = self._model()
        chosen: list[Said] = chooser.choose(article, self._proposed(article, reader))
        return chosen
