"""The system behind the name ``encoder``: a fine-tuned transformer, text in, attributions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.systems import Option
from qawl_baselines.encoder.findings import bad_model, require_libraries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qawl.records import Document
    from qawl_baselines.encoder.checkpoint import Trained


class Encoder:
    """A pretrained encoder that was fine-tuned by ``python -m qawl_baselines.encoder train``.

    Args:
        model: the folder that training wrote, or the name of a copy of one on the hub.
        device: such as ``cpu`` or ``cuda:1``; empty for a GPU if there is one.
        batch: windows that are read at once.
    """

    name = "encoder"
    version = "1"
    summary = "a fine-tuned transformer: tags for quotes, cues, speakers, and a linker; -O model="
    options = (
        Option("model", "", "a folder that `python -m qawl_baselines.encoder train` wrote"),
        Option("device", "", "such as cpu or cuda:1; by default a GPU if there is one"),
        Option("batch", 8, "windows read at once"),
    )

    def __init__(self, model: str = "", device: str = "", batch: int = 8) -> None:
        # Nothing is loaded before it is asked for: `qawl systems` makes every system.
        self._model, self._device, self._batch = model, device, batch
        self._trained: Trained | None = None

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield each document with its attributions and distractors.

        Raises:
            InputError: ``extra-missing`` without the libraries; ``system-option`` without a model,
                with one that cannot be used, or for a device that is not there.
        """
        trained = self._loaded()
        from qawl_baselines.encoder.predicting import predict  # noqa: PLC0415

        yield from predict(trained, documents, max(1, self._batch))

    def _loaded(self) -> Trained:
        if self._trained is None:
            require_libraries()
            if not self._model:
                raise bad_model(
                    "none is given: -O model=FOLDER, as "
                    "`python -m qawl_baselines.encoder train` writes it"
                )
            from qawl_baselines.encoder.checkpoint import load, place  # noqa: PLC0415

            trained = load(self._model)
            place(trained, self._device)
            self._trained = trained
        return self._trained
