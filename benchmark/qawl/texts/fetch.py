"""Rebuild the texts of a track: only what its digest proves gets its final name."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qawl.findings import Finding, finding
from qawl.texts.origins import OriginError
from qawl.texts.steps import STEPS
from qawl.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qawl.texts.origins import Origin
    from qawl.texts.recipes import Recipe


class Fetched(NamedTuple):
    """What became of one text: it was there, it was made, or there is a reason why not.

    Attributes:
        recipe: of the text.
        new: whether it was made now.
        problem: why there is none; None if there is.
    """

    recipe: Recipe
    new: bool
    problem: Finding | None = None


def fetch(recipes: Sequence[Recipe], origin: Origin, folder: Path) -> Iterator[Fetched]:
    """Make every text that is not there yet; go on past what fails.

    A text that is there and has its digest is left alone, so that a run that was broken off goes
    on where it stopped. Every public file is fetched once, and held in memory only.

    Args:
        recipes: what to make.
        origin: where public files come from.
        folder: below which the texts are written; made if it is not there.

    Yields:
        One result for each recipe, as soon as it is known.

    Raises:
        OutputError: when the folder cannot be written.
    """
    wanted: dict[tuple[str, str, str], list[Recipe]] = defaultdict(list)
    for recipe in recipes:
        if _is_there(folder / recipe.file, recipe.sha256):
            yield Fetched(recipe, new=False)
        else:
            wanted[recipe.source].append(recipe)
    for source, group in wanted.items():
        try:
            raw = origin.get(*source)
        except OriginError as error:
            for recipe in group:
                yield Fetched(recipe, new=False, problem=_failed(recipe, str(error)))
            continue
        for recipe in group:
            yield _made(recipe, raw, folder)


def _made(recipe: Recipe, raw: bytes, folder: Path) -> Fetched:
    steps = STEPS.get(recipe.steps)
    if steps is None:
        return Fetched(recipe, False, _failed(recipe, f"unknown steps {recipe.steps!r}"))
    try:
        text = steps(raw, recipe.record).encode("utf-8")
    except ValueError as error:  # undecodable bytes and lone surrogates among them
        return Fetched(recipe, False, _failed(recipe, str(error)))
    if sha256(text).hexdigest() != recipe.sha256:
        return Fetched(recipe, False, _failed(recipe, "the text is not the one annotated"))
    target = folder / recipe.file
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as stream:
        stream.write(text)
    return Fetched(recipe, new=True)


def _is_there(path: Path, digest: str) -> bool:
    try:
        return sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _failed(recipe: Recipe, message: str) -> Finding:
    return finding("fetch-failed", file=recipe.file, text=recipe.path, message=message)
