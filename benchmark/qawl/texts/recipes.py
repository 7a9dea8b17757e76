"""How each text of a track can be rebuilt: ``data/<track>/recipes.json``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import msgspec

from qawl.findings import InputError, finding
from qawl.reading import read_text
from qawl.tracks import data_folder

if TYPE_CHECKING:
    from pathlib import Path

_Pattern = msgspec.Meta
Sha256 = Annotated[str, _Pattern(pattern="^[0-9a-f]{64}$")]
_PARENT = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a text stands in public, and the steps that make it of what stands there.

    Attributes:
        file: the text's name below the folder of texts.
        repository: ``owner/name`` on GitHub.
        commit: the pinned commit, 40 hexadecimal digits.
        path: of the file in the repository at that commit.
        record: which part of the file: an identifier, an index, a range of lines.
        steps: name of the function of :mod:`qawl.texts.steps`.
        sha256: of the text's UTF-8 bytes.
        licence: what the repository says of itself.
    """

    file: Annotated[str, _Pattern(pattern=r"^[a-z0-9_]+/[0-9]+\.txt$")]
    repository: Annotated[str, _Pattern(pattern=r"^[A-Za-z0-9-]+/[A-Za-z0-9_.-]+$")]
    commit: Annotated[str, _Pattern(pattern="^[0-9a-f]{40}$")]
    path: Annotated[str, _Pattern(pattern=r"^[A-Za-z0-9_./-]+$")]
    record: str
    steps: str
    sha256: Sha256
    licence: str

    @property
    def source(self) -> tuple[str, str, str]:
        """Repository, commit and path: recipes with the same source share one download."""
        return self.repository, self.commit, self.path


def recipes_file(track: str) -> Path:
    """Where the recipes of a track lie."""
    return data_folder() / track / "recipes.json"


def load_recipes(track: str) -> list[Recipe]:
    """The recipes of a track.

    Raises:
        InputError: ``recipes-unknown`` if the track has none, ``record-shape`` if one is wrong.
    """
    path = recipes_file(track)
    if not re.fullmatch(r"[a-z0-9-]+", track) or not path.is_file():
        raise InputError([finding("recipes-unknown", text=track)])
    try:
        found = msgspec.json.decode(read_text(path), type=list[Recipe])
    except msgspec.MsgspecError as error:
        raise InputError([finding("record-shape", file=str(path), message=str(error))]) from error
    for recipe in found:
        if _PARENT.search(recipe.path):
            message = "the path leads out of the repository"
            raise InputError(
                [finding("record-shape", file=str(path), text=recipe.path, message=message)]
            )
    return found
