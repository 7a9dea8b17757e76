"""Files are written whole or not at all."""

from __future__ import annotations

import io
import os
import resource
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qawl import Document, InputError
from qawl.reading import read
from qawl.writing import OutputError, encode, replacing, write
from support.newsroom import article

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD = b"what was there before\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "gold.jsonl"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@contextmanager
def full_disk() -> Iterator[None]:
    """Room for four kilobytes, only around the writing: pytest's own output may be a file too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def untouched(target: Path) -> bool:
    return target.read_bytes() == OLD and list(target.parent.iterdir()) == [target]


def documents(count: int) -> Iterator[Document]:
    return (Document(id=f"d{number}", text="قال زيد\n") for number in range(count))


# ------------------------------------------------------------------------------- what is written
def test_a_file_holds_what_was_written_and_nothing_else_is_left(target: Path) -> None:
    assert write([article()], target) == 1
    assert target.read_bytes() == encode(article())
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_is_made(tmp_path: Path) -> None:
    write(documents(3), tmp_path / "new.jsonl")
    assert [document.id for document in read(tmp_path / "new.jsonl")] == ["d0", "d1", "d2"]


def test_no_documents_give_an_empty_file(target: Path) -> None:
    assert write([], target) == 0
    assert target.read_bytes() == b""


def test_the_target_keeps_its_content_until_the_block_ends(target: Path) -> None:
    with replacing(target) as stream:
        stream.write(b"new")
        stream.flush()
        assert target.read_bytes() == OLD
    assert target.read_bytes() == b"new"


def test_a_file_may_be_replaced_by_what_is_made_of_it(target: Path) -> None:
    write(documents(2), target)
    write(read(target), target)
    assert [document.id for document in read(target)] == ["d0", "d1"]


def test_the_file_has_the_permissions_that_the_mask_gives(target: Path) -> None:
    before = os.umask(0o027)
    try:
        write([], target)
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_stays_a_link(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to(target)
    write([], link)
    assert link.is_symlink()
    assert target.read_bytes() == b""


@pytest.mark.parametrize("name", ["x" * 250, "ق" * 125, ".hidden", "with space"])
def test_any_name_that_a_file_can_have_will_do(tmp_path: Path, name: str) -> None:
    write([], tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_standard_output_is_written_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(kept))
    write([article()], "-")
    assert kept.getvalue() == encode(article())
    assert not kept.closed


def test_a_pipe_is_written_as_it_stands(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    write([article()], fifo)
    assert os.read(reader, 65536) == encode(article())
    os.close(reader)
    assert fifo.is_fifo()


def test_equal_documents_give_equal_bytes() -> None:
    assert encode(article()) == encode(article())
    assert encode(article()).endswith(b"\n")
    assert encode(Document(id="d1")).startswith(b'{"format":"qawl/1","id":"d1",')


# ----------------------------------------------------------------------------- what goes wrong
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
def test_an_exception_in_the_block_leaves_the_old_file(
    target: Path, error: type[BaseException]
) -> None:
    def half() -> None:
        with replacing(target) as stream:
            stream.write(b"half of it")
            raise error

    with pytest.raises(error):
        half()
    assert untouched(target)


def test_an_exception_on_the_way_leaves_the_old_file(target: Path) -> None:
    def failing() -> Iterator[Document]:
        yield article()
        raise InputError([])

    with pytest.raises(InputError):
        write(failing(), target)
    assert untouched(target)


def test_trouble_that_is_not_the_targets_is_not_blamed_on_it(target: Path) -> None:
    def failing() -> Iterator[Document]:
        yield article()
        raise FileNotFoundError(2, "No such file or directory", "model.bin")

    with pytest.raises(FileNotFoundError):
        write(failing(), target)
    assert untouched(target)


def refused(target: Path | str, count: int = 1) -> str:
    with pytest.raises(OutputError) as raised:
        write(documents(count), target)
    (item,) = raised.value.findings
    assert (item.id, item.file) == ("output-unwritable", str(target))
    return item.message


def test_a_full_disk_leaves_the_old_file(target: Path) -> None:
    with full_disk():
        reason = refused(target, 10_000)
    assert reason == "File too large"
    assert untouched(target)


def test_a_disk_that_is_full_only_when_all_is_flushed_leaves_the_old_file(target: Path) -> None:
    with full_disk():
        reason = refused(target, 100)
    assert reason == "File too large"
    assert untouched(target)


def test_a_device_that_is_full_is_named() -> None:
    assert refused("/dev/full") == "No space left on device"


def test_a_folder_that_is_not_there() -> None:
    assert refused("/nowhere/at/all.jsonl") == "No such file or directory"


def test_a_file_in_place_of_a_folder(target: Path) -> None:
    assert refused(target / "more.jsonl") == "Not a directory"
    assert untouched(target)


def test_a_folder_in_place_of_the_file_is_noticed_before_the_work_is_done(target: Path) -> None:
    with pytest.raises(OutputError, match="Is a directory"):
        write(map(pytest.fail, ["the work was begun"]), target.parent)
    assert untouched(target)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(target: Path) -> None:
    target.parent.chmod(0o500)
    try:
        assert refused(target) == "Permission denied"
    finally:
        target.parent.chmod(0o700)
    assert untouched(target)


def test_a_refusal_of_the_system_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert refused(target) == "Permission denied"
    assert untouched(target)


def test_a_rename_that_fails_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "replace", refuse)
    assert refused(target) == "Invalid cross-device link"
    assert untouched(target)
