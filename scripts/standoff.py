"""Turn annotations of `wire` by exact substrings into stand-off records, for data/sources.

python scripts/standoff.py LAYER… -o data/sources/wire.first.jsonl

A LAYER is a folder of .toml annotations, or a qawl/1 file of settled records with their texts. The
annotations quote the texts, which are not ours to publish, so they stay outside the repository;
what is written has offsets only. Needs the texts (`qawl data fetch wire`).
"""

from __future__ import annotations

import argparse
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

import environment
from qawl.authoring import build_file
from qawl.authoring.build import source_files
from qawl.reading import read
from qawl.texts import texts_folder
from qawl.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Document, Entity, MetaValue

# Whole outlets, so that test and dev hold houses that training never saw. Wikinews, whose spacing
# was rebuilt, is for training only.
SPLITS = {
    "test": ("bbc", "alarabiya", "cnn", "aawsat", "okaz", "alweeam", "alwatan"),
    "dev": ("france24", "skynews", "alriyadh", "was"),
    "train": ("wikinews", "jawharafm", "almadina", "3alyoum"),
}
SEED = "seed-000.txt"
# So many running words of an article are still no piece of it that its outlet could claim.
LONGEST_NAME = 7


def texts() -> dict[str, str]:
    """File below the folder of texts by document id: bbc/001.txt is wire-bbc-001."""
    folder = texts_folder()
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")]
    return {f"wire-{re.sub(r'[/_]', '-', file.removesuffix('.txt'))}": file for file in files}


def described(file: str, genre: str) -> dict[str, MetaValue]:
    """What is known of an article besides its text: the metadata that slices a score."""
    if file == SEED:
        return {"file": file, "split": "seed", "outlet": "unknown", "genre": genre}
    name = file.split("/", maxsplit=1)[0]
    year = re.search(r"20\d\d", name)
    outlet = re.sub(r"^saudi_|20\d\d$", "", name)
    split = next(key for key, outlets in SPLITS.items() if outlet in outlets)
    years = {"jawharafm": "2017", "saudi": "2015"}
    found = year[0] if year else years.get(name.split("_", maxsplit=1)[0], "2018")
    return {"file": file, "split": split, "outlet": outlet, "year": found, "genre": genre}


def shortened(entity: Entity) -> Entity:
    """An entity whose name is no piece of the text: of more than seven words, six are kept."""
    words = entity.name.split()
    if len(words) <= LONGEST_NAME:
        return entity
    return replace(entity, name=" ".join(words[: LONGEST_NAME - 1]).rstrip("،") + " …")


def records(layer: Path) -> Iterator[Document]:
    """The records of a layer, without their texts, in the order of their ids."""
    files, folder = texts(), texts_folder()
    bodies = {key: (folder / file).read_bytes().decode("utf-8") for key, file in files.items()}
    documents = (
        [build_file(path, bodies) for path in source_files(layer)]
        if layer.is_dir()
        else list(read(layer))
    )
    for document in documents:
        body = bodies[document.id]
        if document.text != body:
            sys.exit(f"{document.id}: its text is not that of {files[document.id]}")
        yield replace(
            document,
            text=UNSET,
            sha256=sha256(body.encode()).hexdigest(),
            entities=tuple(map(shortened, document.entities)),
            meta=described(files[document.id], str(document.meta.get("genre", ""))),
        )


def main() -> int:
    """Write one file of all layers named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("layers", nargs="+", type=Path)
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--genres", type=Path, help="a stand-off file to take genres from")
    given = parser.parse_args()
    environment.use_texts()
    genres = {d.id: d.meta["genre"] for d in read(given.genres)} if given.genres else {}
    found = [document for layer in given.layers for document in records(layer)]
    if genres:
        kept = [document for document in found if document.id in genres]
        found = [replace(d, meta={**d.meta, "genre": genres[d.id]}) for d in kept]
    count = write(sorted(found, key=lambda document: document.id), given.output)
    print(f"{given.output}: {count} documents")
    return 0


if __name__ == "__main__":
    sys.exit(main())
