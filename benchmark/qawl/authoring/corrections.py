"""Corrections by people who review the gold: ``data/corrections.toml``, applied by the build.

A correction says who saw what was wrong, why, the old value and the new one. The old value must
still be there: a correction of something that changed since is refused, not forced.
"""

from __future__ import annotations

import datetime as dt  # msgspec reads it at run time
import re
from typing import TYPE_CHECKING, Any

import msgspec

from qawl.authoring.draft import header_error, read_toml
from qawl.authoring.substrings import Places
from qawl.findings import InputError, finding
from qawl.reading import read_text
from qawl.records import Document
from qawl.texts import attached

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# Fields that hold spans; a string in one is a piece of the text with its span in [[ ]].
_SPANS = frozenset({"quote", "cue", "speaker", "mentions", "span"})
_STEP = re.compile(r"([a-z]+)(?:\[([0-9]{1,6})\])?")


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a reviewer saw and settled.

    Attributes:
        document: id of the document.
        reviewer: who; a name or a handle.
        date: when.
        reason: why the old value is wrong, with the rule or case of the guide.
        field: such as ``attributions[2].cue``, ``entities[0].name``; ``attributions``,
            ``entities`` or ``distractors`` alone adds an item (no ``old``) or removes one
            (no ``new``).
        old: the value that stands there.
        new: the value that should. Spans are ``[start, end]``, or exact pieces of the text with
            the span in ``[[ ]]``, as in an annotation by substrings.
    """

    document: str
    reviewer: str
    date: dt.date
    reason: str
    field: str
    old: Any = None
    new: Any = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    correction: tuple[Correction, ...] = ()


def read_corrections(path: Path) -> list[Correction]:
    """The corrections of a file, in its order; none if there is no file.

    Raises:
        InputError: ``source-header`` if it has not the form.
    """
    if not path.is_file():
        return []
    raw = read_toml(read_text(path), str(path))
    try:
        return list(msgspec.convert(raw, _File).correction)
    except msgspec.ValidationError as error:
        raise header_error(str(path), str(error)) from error


def corrected(
    documents: Iterable[Document], corrections: Sequence[Correction], file: str
) -> list[Document]:
    """The documents with the corrections that are theirs, in the order in which these stand.

    Args:
        documents: of the track; corrections of other documents are left alone.
        corrections: of all tracks.
        file: where they stand, for findings.

    Raises:
        InputError: ``correction-stale`` for each whose field or old value is not there.
    """
    found: list[Document] = []
    findings = []
    for document in documents:
        own = [item for item in corrections if item.document == document.id]
        plain = msgspec.json.decode(msgspec.json.encode(document))  # lists, not tuples
        for item in own:
            try:
                _apply(plain, item, document, file)
            except (LookupError, ValueError, TypeError) as error:
                message = str(error.args[0]) if error.args else "it is not there"
                findings.append(
                    finding("correction-stale", file=file, document=document.id, field=item.field,
                            message=message)
                )  # fmt: skip
        found.append(_record(plain, file) if own else document)
    if findings:
        raise InputError(findings)
    return found


def _apply(plain: dict[str, Any], item: Correction, document: Document, file: str) -> None:
    holder, key = _place(plain, item.field)
    name = item.field.rpartition(".")[2].partition("[")[0]
    old, new = (_resolved(value, name, document, file) for value in (item.old, item.new))
    value = holder[key]
    if isinstance(value, list) and (item.old is None or item.new is None):
        if item.old is None:
            value.append(new)
        else:
            meant = [entry for entry in value if _holds(entry, old)]
            if len(meant) != 1:
                raise ValueError(f"{len(meant)} items are as `old` says")
            value.remove(meant[0])
    elif value != old:
        raise ValueError(f"{value!r} stands there, not {old!r}")
    else:
        holder[key] = new


def _holds(entry: Any, stated: Any) -> bool:
    """Whether an item is the one meant: of a table, the stated fields decide."""
    if isinstance(entry, dict) and isinstance(stated, dict):
        return all(entry.get(key) == value for key, value in stated.items())
    return bool(entry == stated)


def _place(plain: dict[str, Any], field: str) -> tuple[Any, Any]:
    """The container and the key that a field names."""
    holder: Any = None
    key: Any = None
    value: Any = plain
    for part in field.split("."):
        step = _STEP.fullmatch(part)
        if not step:
            raise ValueError(f"no field {field}")
        holder, key, value = value, step[1], value[step[1]]
        if step[2] is not None:
            holder, key, value = value, int(step[2]), value[int(step[2])]
    return holder, key


def _resolved(value: Any, name: str, document: Document, file: str) -> Any:
    """The value with every piece of the text turned into its span."""
    if isinstance(value, dict):
        return {key: _resolved(inner, key, document, file) for key, inner in value.items()}
    if name not in _SPANS or not isinstance(value, list | str):
        return value
    if isinstance(value, str):
        return _resolved([value], name, document, file)[0]
    if not any(isinstance(piece, str) for piece in value):
        return value
    (whole,) = attached([document])
    places = Places(str(whole.text), "", file, document.id)
    spans = [
        list(span)
        for piece in value
        for span in (places.all((piece,), name) if isinstance(piece, str) else [piece])
    ]
    if places.findings:
        raise InputError(places.findings)
    return spans


def _record(plain: dict[str, Any], file: str) -> Document:
    try:
        document = msgspec.convert(plain, Document)
    except msgspec.ValidationError as error:
        raise header_error(file, str(error)) from error
    ordered = sorted(document.attributions, key=lambda a: (a.quote, a.cue or (), a.speaker or ()))
    return msgspec.structs.replace(document, attributions=tuple(ordered))
