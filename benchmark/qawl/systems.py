"""What a system is, and how one is found: entry points of the group ``qawl.systems``.

A distribution adds a system to the benchmark without touching this repository::

    [project.entry-points."qawl.systems"]
    mine = "my_package.module:MySystem"
"""

from __future__ import annotations

import os
import traceback
from collections import deque
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from qawl.findings import InputError, finding
from qawl.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

GROUP = "qawl.systems"
TRACEBACK_VARIABLE = "QAWL_TRACEBACK"


Value = str | int | float | bool


@dataclass(frozen=True)
class Option:
    """A setting of a system: a keyword of its constructor that ``qawl run --option`` can set.

    Attributes:
        name: the keyword.
        default: its value if nothing is said; its type is that of every value.
        summary: one line for ``qawl systems --options``.
    """

    name: str
    default: Value
    summary: str

    def parse(self, said: str) -> Value:
        """A value as the command line spells it.

        Raises:
            ValueError: if it is not of the default's type.
        """
        if isinstance(self.default, bool):
            if said.lower() not in {"true", "false", "yes", "no", "1", "0"}:
                raise ValueError(f"{said!r} is neither true nor false")
            return said.lower() in {"true", "yes", "1"}
        return type(self.default)(said)


@runtime_checkable
class System(Protocol):
    """Maps documents without gold to documents with attributions.

    A class that has settings lists them in ``options``, a tuple of :class:`Option`, and takes them
    as keywords; made without any it uses the defaults.

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


def options(made: object) -> tuple[Option, ...]:
    """The settings that a system, or its class, declares."""
    return tuple(getattr(made, "options", ()))


def load_system(name: str, settings: Mapping[str, str] | None = None) -> System:
    """Make the system of this name.

    Args:
        name: as in its entry point.
        settings: values of its options as the command line spells them; what is not said keeps its
            default.

    Raises:
        InputError: ``system-unknown`` when none is installed under the name,
            ``system-option`` for a setting that it has not or cannot take,
            ``system-broken`` when it cannot be imported or is no system.
    """
    known = available()
    if name not in known:
        names = ", ".join(known) or "none"
        raise InputError([finding("system-unknown", text=name, message=f"installed: {names}")])
    try:
        factory = known[name].load()
        values = _values(name, factory, settings or {})
        system = factory(**values)
    except InputError:
        raise
    except Exception as error:  # whatever somebody else's code may raise
        raise _broken(name, error) from error
    if not isinstance(system, System):
        missing = [part for part in ("name", "version", "summary", "predict")
                   if not hasattr(system, part)]  # fmt: skip
        message = f"it has no {', '.join(missing)}"
        raise InputError([finding("system-broken", text=name, message=message)])
    return system


def _values(name: str, factory: object, settings: Mapping[str, str]) -> dict[str, Any]:
    declared = {option.name: option for option in options(factory)}
    values: dict[str, Any] = {}
    for key, said in settings.items():
        if key not in declared:
            message = f"it has {', '.join(declared) or 'no options'}"
            raise InputError([finding("system-option", text=name, field=key, message=message)])
        try:
            values[key] = declared[key].parse(said)
        except ValueError as error:
            raise InputError(
                [finding("system-option", text=name, field=key, message=str(error))]
            ) from error
    return values


def predict(system: System, documents: Iterable[Document]) -> Iterator[Document]:
    """What a system answers, one document for each given, in the same order, or an error.

    Raises:
        InputError: ``system-failed`` when it fails or answers something else than it was asked,
            or whatever is wrong with the documents.
    """
    asked: deque[str] = deque()

    def given() -> Iterator[Document]:
        for document in documents:
            asked.append(document.id)
            yield document

    unasked = given()
    try:
        yield from _checked(system, unasked, asked)
    except InputError:
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        raise _failed(system.name, error, asked[-1] if asked else "") from error
    if asked or next(unasked, None) is not None:
        raise _wrong_answer(system.name, asked[0] if asked else "", None)


def _checked(
    system: System, documents: Iterator[Document], asked: deque[str]
) -> Iterator[Document]:
    for answer in system.predict(documents):
        if not isinstance(answer, Document) or not asked or answer.id != asked[0]:
            raise _wrong_answer(system.name, asked[0] if asked else "", answer)
        asked.popleft()
        yield answer


def _broken(name: str, error: Exception) -> InputError:
    message = f"{type(error).__name__}: {error}"
    return InputError([finding("system-broken", text=name, message=message)])


def _failed(name: str, error: Exception, document: str) -> InputError:
    """Says where in the system's own code it happened, for its author."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error}, at {last.filename}:{last.lineno}"
    return InputError([finding("system-failed", text=name, document=document, message=message)])


def _wrong_answer(name: str, asked: str, answer: object) -> InputError:
    got = f"an answer to {answer.id}" if isinstance(answer, Document) else "no document"
    message = f"asked about {asked or 'nothing'}, it gave {got}"
    return InputError([finding("system-failed", text=name, document=asked, message=message)])
