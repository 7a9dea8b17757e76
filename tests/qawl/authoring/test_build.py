"""From a folder of sources to gold: the same bytes, whatever the order of the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qawl import Document, InputError
from qawl.authoring import build, build_file, texts_from
from qawl.reading import read
from qawl.writing import encode, write
from support.newsroom import PLAIN, SAID, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.findings import Finding


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def fill(folder: Path) -> Path:
    for identifier, split in (("d3", "test"), ("d1", "train"), ("d2", "test"), ("d4", "dev")):
        put(folder, f"{identifier}.qawl", source(SAID, id=identifier, split=split))
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {split: b"".join(map(encode, items)) for split, items in build(folder).items()}


def refused(folder: Path) -> list[Finding]:
    with pytest.raises(InputError) as raised:
        build(folder)
    return list(raised.value.findings)


def test_documents_go_to_their_splits_sorted_by_id(tmp_path: Path) -> None:
    splits = build(fill(tmp_path))
    found = {split: [document.id for document in items] for split, items in splits.items()}
    assert found == {"train": ["d1"], "dev": ["d4"], "test": ["d2", "d3"]}


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    assert content(fill(tmp_path)) == content(tmp_path)


def test_the_names_and_the_order_of_the_files_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(fill(tmp_path))
    (tmp_path / "d1.qawl").rename(tmp_path / "z.qawl")
    in_order = Path.iterdir

    def backwards(folder: Path) -> Iterator[Path]:
        return iter(sorted(in_order(folder), reverse=True))

    monkeypatch.setattr(Path, "iterdir", backwards)
    assert content(tmp_path) == before


def test_what_is_built_reads_back_as_the_same_documents(tmp_path: Path) -> None:
    documents = build(fill(tmp_path))["test"]
    write(documents, tmp_path / "test.jsonl")
    assert list(read(tmp_path / "test.jsonl")) == documents


def test_line_ends_of_another_system_give_the_same_bytes(tmp_path: Path) -> None:
    before = content(fill(tmp_path))
    for path in tmp_path.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert content(tmp_path) == before


def test_other_files_are_no_sources(tmp_path: Path) -> None:
    before = content(fill(tmp_path))
    put(tmp_path, "README.md", "x")
    put(tmp_path, "d1.qawl~", "x")
    assert content(tmp_path) == before


def test_an_id_that_two_files_have_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    put(tmp_path, "again.qawl", source(SAID, id="d1", split="test"))
    (item,) = refused(tmp_path)
    assert (item.id, item.document) == ("id-duplicate", "d1")
    assert item.file == str(tmp_path / "d1.qawl")


@pytest.mark.parametrize("split", ["", "Train", "validation", "../train"])
def test_a_split_that_is_none_is_refused(tmp_path: Path, split: str) -> None:
    put(tmp_path, "d1.qawl", source(SAID, split=split))
    (item,) = refused(tmp_path)
    assert (item.id, item.document, item.file) == (
        "source-header", "d1", str(tmp_path / "d1.qawl"),
    )  # fmt: skip


def test_the_findings_of_all_files_are_reported_together(tmp_path: Path) -> None:
    fill(tmp_path)
    put(tmp_path, "a.qawl", "no header")
    put(tmp_path, "b.qawl", source("</c1><q1>قال</q1> <d.joke>زيد</d.joke>\n", id="b"))
    put(tmp_path, "c.qawl", "")
    (tmp_path / "e.qawl").mkdir()
    (tmp_path / "f.qawl").write_bytes("+++\nid = كلام".encode("windows-1256"))
    put(tmp_path, "g.toml", 'id = "g"\n')
    put(tmp_path, "h.qawl", source(SAID, id="d1"))
    found = [(Path(item.file).name, item.id) for item in refused(tmp_path)]
    assert found == [
        ("a.qawl", "source-header"), ("b.qawl", "source-tag"), ("b.qawl", "source-tag"),
        ("c.qawl", "file-empty"), ("e.qawl", "file-unreadable"), ("f.qawl", "file-encoding"),
        ("g.toml", "text-missing"), ("h.qawl", "id-duplicate"),
    ]  # fmt: skip


def test_an_annotation_gets_its_text_by_the_name_of_its_file(tmp_path: Path) -> None:
    annotation = 'id = "d9"\n[[attributions]]\nquote = ["المطر أنقذ الموسم"]\nentity = "rawi"\n'
    path = put(tmp_path, "d9.toml", annotation)
    assert build_file(path, {"d9": PLAIN}).text == PLAIN
    with pytest.raises(InputError, match="text-missing"):
        build_file(path, {"d8": PLAIN})
    with pytest.raises(InputError, match="text-missing"):
        build_file(path)


def test_texts_come_from_a_file_of_records_or_from_a_folder_of_sources(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    texts = texts_from(fill(folder))
    assert texts == dict.fromkeys(["d1", "d2", "d3", "d4"], PLAIN)
    write([Document(id="d5", text="نص\n"), Document(id="d6")], tmp_path / "texts.jsonl")
    assert texts_from(tmp_path / "texts.jsonl") == {"d5": "نص\n"}
