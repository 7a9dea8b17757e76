"""Systems that learn: what a class offers beside ``predict`` so that ``qawl train`` can train it.

A class found through the entry points of :mod:`qawl.systems` is trainable if it has ``train``. qawl
itself knows no learning library; what training needs, the class imports when it is called.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from qawl.findings import InputError, finding
from qawl.systems import System, available, load_system

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qawl.records import Document

Item = TypeVar("Item")


class Trained(System, Protocol):
    """A system as training leaves it: it predicts, and can be saved in two files."""

    def content(self) -> bytes:
        """The model, in a format that executes nothing when it is read."""
        ...

    def card(self, about: dict[str, Any]) -> bytes:
        """The JSON that goes beside the model; ``about`` says how it came about."""
        ...


@runtime_checkable
class Trainable(Protocol):
    """A system's class that can be trained."""

    def train(
        self, documents: Sequence[Document], seed: int, report: Callable[[str], None]
    ) -> Trained:
        """Learn from gold with texts.

        Args:
            documents: the gold.
            seed: of everything that is drawn; equal seeds and libraries give equal models.
            report: told in a few words what is being done.
        """
        ...


def trainable(name: str) -> Trainable:
    """The class of this name, if it can be trained.

    Raises:
        InputError: what :func:`~qawl.systems.load_system` raises; ``system-untrainable``.
    """
    load_system(name)
    found = available()[name].load()
    if not isinstance(found, Trainable):
        raise InputError([finding("system-untrainable", text=name)])
    return found


def some_of(items: Sequence[Item], share: float, seed: int) -> list[Item]:
    """A share of the items in their order, at least one; of one seed the smaller is in the larger.

    Args:
        items: anything.
        share: above 0, at most 1.
        seed: of the draw.

    Raises:
        ValueError: for another share.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a share lies above 0 and is at most 1, not {share}")
    order = list(range(len(items)))
    random.Random(seed).shuffle(order)  # noqa: S311  no secret
    return [items[at] for at in sorted(order[: max(1, round(share * len(items)))])]
