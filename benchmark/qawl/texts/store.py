"""Where the texts of stand-off gold lie on this machine, and how they join their records.

A record without a text names the file of its text (``meta.file``) and its digest; the text is
taken only if the digest agrees.
"""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from qawl.findings import Finding, InputError, finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qawl.records import Document

TEXTS_VARIABLE = "QAWL_TEXTS"
# A path that cannot leave its folder: names of letters and digits, at most one folder deep.
_FILE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*/)?[A-Za-z0-9][A-Za-z0-9_-]*\.txt")


def texts_folder() -> Path:
    """The folder of fetched texts: ``QAWL_TEXTS``, or ``qawl/texts`` in the user's cache."""
    if chosen := os.environ.get(TEXTS_VARIABLE):
        return Path(chosen)
    cache = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "qawl" / "texts"


def is_safe(file: object) -> bool:
    """Whether a name of a text can only mean a file below the folder of texts."""
    return isinstance(file, str) and _FILE.fullmatch(file) is not None


def attached(documents: Iterable[Document]) -> list[Document]:
    """The documents, each with its text; those that carry one stay as they are.

    Args:
        documents: records; those without a text have ``sha256`` and ``meta.file``.

    Raises:
        InputError: ``texts-absent`` once for all texts that are not here; ``text-hash`` for each
            that is not the one that was annotated; ``text-missing`` for a record that does not
            say which file its text is.
    """
    folder = texts_folder()
    found: list[Document] = []
    absent: list[str] = []
    wrong: list[Finding] = []
    for document in documents:
        if document.text is not UNSET:
            found.append(document)
            continue
        file = document.meta.get("file")
        if not is_safe(file) or document.sha256 is UNSET:
            wrong.append(finding("text-missing", document=document.id, field="meta.file"))
            continue
        try:
            raw = (folder / str(file)).read_bytes()
        except OSError:
            absent.append(document.id)
            continue
        if sha256(raw).hexdigest() != document.sha256:
            wrong.append(finding("text-hash", file=str(folder / str(file)), document=document.id))
            continue
        found.append(replace(document, text=raw.decode("utf-8")))
    if absent:
        message = f"{len(absent)} of {len(absent) + len(found)} are not in {folder}"
        wrong.insert(0, finding("texts-absent", message=message))
    if wrong:
        raise InputError(wrong)
    return found
