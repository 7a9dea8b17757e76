"""What a system is, and how one is found: entry points of the group ``qawl.systems``.

A distribution adds a system to the benchmark without touching this repository::

    [project.entry-points."qawl.systems"]
    mine = "my_package.module:MySystem"
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from qawl.findings import InputError, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qawl.records import Document

GROUP = "qawl.systems"


@runtime_checkable
class System(Protocol):
    """Maps documents without gold to documents with attributions.

    Attributes:
        name: how the system is called, as in its entry point.
        version: changes whenever the same input may give another output.
        summary: one line for ``qawl systems``.
    """

    name: str
    version: str
    summary: str

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield one document for each given, in the same order, with its attributions.

        Input documents carry an ``id`` and a ``text``. The result needs the ``id`` and the
        attributions; its text may be left out. Equal input gives equal output.
        """
        ...


def available() -> dict[str, EntryPoint]:
    """The installed systems by name, none of them imported yet."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda p: p.name)}


def load_system(name: str) -> System:
    """Make the system of this name.

    Raises:
        InputError: ``system-unknown`` when none is installed under the name,
            ``system-broken`` when it cannot be imported or is no system.
    """
    known = available()
    if name not in known:
        names = ", ".join(known) or "none"
        raise InputError([finding("system-unknown", text=name, message=f"installed: {names}")])
    try:
        system = known[name].load()()
    except (ImportError, AttributeError, TypeError) as error:
        raise InputError([finding("system-broken", text=name, message=str(error))]) from error
    if not isinstance(system, System):
        raise InputError([finding("system-broken", text=name, message="it has no predict()")])
    return system
