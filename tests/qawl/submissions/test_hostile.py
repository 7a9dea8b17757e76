"""What a stranger controls: whatever it is, a clear finding, bounded work, an unharmed board."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from qawl.cli.leaderboard import DATA, PAGE
from qawl.submissions.folder import LONGEST_RAW, PREDICTIONS, compress
from qawl.submissions.manifest import (
    LONGEST_MANIFEST,
    MANIFEST,
    identifier_of,
    is_identifier,
    is_link,
)
from support.submitted import ABOUT, edit, found_in, submit, swap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.newsroom import Command, Folder

MIB = 1024 * 1024


@pytest.fixture
def made(data: Folder, tmp_path: Path) -> Path:
    assert data.gold().is_file()
    return submit(tmp_path / "submissions")


def _raw(line: bytes) -> Callable[[Path], None]:
    return lambda folder: swap(folder, line)


def _many(piece: bytes, count: int, head: bytes, tail: bytes) -> Callable[[Path], None]:
    return lambda folder: swap(folder, head + b",".join([piece] * count) + tail + b"\n")


def _zip(folder: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("../../etc/cron.d/evil", "boo")
    (folder / PREDICTIONS).write_bytes(stream.getvalue())


def _link(folder: Path) -> None:
    if os.name == "nt":
        pytest.skip("links need a privilege there")
    (folder / PREDICTIONS).unlink()
    (folder / PREDICTIONS).symlink_to("/etc/passwd")


def _big_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b" " * (LONGEST_MANIFEST + 1))


def _deep_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b'{"about":' + b"[" * 30_000)


def _surrogates_in_a_manifest(folder: Path) -> None:
    raw = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(raw.replace(b'"Tiny"', b'"\\ud800"'))


HEAD, TAIL = b'{"id":"d2","attributions":[', b"]}"
HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a zip bomb": (
        lambda folder: (folder / PREDICTIONS).write_bytes(compress(bytes(40 * MIB))),
        "submission-too-large",
    ),
    "a bomb of empty members": (
        lambda folder: (folder / PREDICTIONS).write_bytes(compress(b"") * 10_000),
        "submission-predictions",
    ),
    "another kind of archive": (_zip, "submission-predictions"),
    "a billion spans": (
        _many(b"[0,3]", 2_000_000, HEAD + b'{"quote":[', b"]}" + TAIL),
        "submission-too-large",
    ),
    "a span of a billion": (
        _raw(HEAD + b'{"quote":[[0,1000000000000000]]}' + TAIL + b'\n{"id":"d3"}\n'),
        "span-out-of-range",
    ),
    "a number that is none": (_raw(HEAD + b'{"quote":[[0,1e999]]}' + TAIL), "record-shape"),
    "a number beyond all words": (
        _raw(HEAD + b'{"quote":[[0,' + b"9" * 5000 + b"]]}" + TAIL),
        "record-shape",
    ),
    "a million duplicates": (
        _many(b'{"quote":[[0,3]]}', 800_000, HEAD, TAIL),
        "submission-too-large",
    ),
    "many duplicates": (_many(b'{"quote":[[0,3]]}', 401, HEAD, TAIL), "submission-too-large"),
    "duplicates under another spelling": (
        _many(b'{"\\u0071uote":[[0,3]]}', 401, HEAD, TAIL),
        "submission-too-large",
    ),
    "many in every document": (
        _raw(
            b"".join(
                b'{"id":"x%d","attributions":[%s]}\n' % (n, b",".join([b"{}"] * 300))
                for n in range(50)
            )
        ),
        "submission-too-large",
    ),
    "a million documents": (_raw(b'{"id":"d2"}\n' * 1_000_000), "submission-too-large"),
    "deep JSON": (_raw(b'{"id":"d2","meta":{"x":' + b"[" * 9_000), "record-shape"),
    "deeper JSON": (_raw(b'{"id":"d2","meta":{"x":' + b"[" * 900_000), "submission-too-large"),
    "deep objects": (_raw(b'{"a":' * 300), "field-unknown"),
    "deeper objects": (_raw(b'{"a":' * 50_000), "submission-too-large"),
    "a lone surrogate": (_raw(b'{"id":"\\ud800"}\n'), "line-json"),
    "a lone surrogate in bytes": (_raw(b'{"id":"\xed\xa0\x80"}\n'), "file-encoding"),
    "null bytes": (_raw(b"\x00" * 50), "file-binary"),
    "nothing": (_raw(b""), "submission-manifest"),
    "a huge manifest": (_big_manifest, "submission-too-large"),
    "a deep manifest": (_deep_manifest, "submission-manifest"),
    "a surrogate in the manifest": (_surrogates_in_a_manifest, "submission-manifest"),
    "a link to a file of the host": (_link, "submission-files"),
    "a folder in the folder": (lambda folder: (folder / "x").mkdir(), "submission-files"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_named_and_refused_in_bounded_memory(what: str, made: Path) -> None:
    act, identifier = HOSTILE[what]
    act(made)
    tracemalloc.start()
    found = found_in(made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert identifier in found
    assert len(found) <= 20
    assert peak < 6 * LONGEST_RAW


@pytest.mark.parametrize("what", HOSTILE)
def test_one_hostile_submission_does_no_harm_to_the_board(
    what: str, made: Path, qawl: Command, tmp_path: Path
) -> None:
    root = made.parents[1]
    assert qawl("leaderboard", "build", "--submissions", root).code == 0
    before = [(tmp_path / name).read_bytes() for name in (PAGE, DATA)]
    HOSTILE[what][0](submit(root, "hostile"))
    outcome = qawl("leaderboard", "build", "--submissions", root)
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    assert "hostile" in outcome.err
    assert [(tmp_path / name).read_bytes() for name in (PAGE, DATA)] == before


NAMES = {
    "terminal escapes": "\x1b[2J\x1b]0;owned\x07",
    "an override": "gnp.\u202eexe",
    "an isolate": "a\u2066b",
    "a zero width space": "ti\u200bny",
    "a line end": "tiny\n## First place",
    "a paragraph separator": "tiny\u2029x",
    "a null": "ti\x00ny",
    "a private character": "\ue000",
    "a mountain of marks": "ا" + "\u064b" * 30,
    "nothing": "",
    "spaces": "   ",
    "only marks": "***",
    "no end": "x" * 10_000,
    "an unassigned character": "\U000e0fff",
    "a tag character": "a\U000e0041",
}


@pytest.mark.parametrize("what", NAMES)
@pytest.mark.parametrize("field", ["name", "description", "contact", "licence", "training_data"])
def test_a_text_that_cannot_be_shown_is_refused(what: str, field: str, made: Path) -> None:
    text = NAMES[what] if what != "no end" else "x" * 10_000
    edit(made, lambda manifest: manifest["about"].update({field: text}))
    (identifier,) = found_in(made)
    assert identifier == "submission-text"


SHOWN = {
    "Markdown": "**[x](https://evil.example)** `rm` # | ~~a~~ <!-- --> $x$ ![i](j)",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt;",
    "mentions": "@everyone see https://evil.example and www.evil.example #1",
    "path parts": "../../../etc/passwd",
    "a table": "a | b |\\| c",
    "Arabic": "نظام القول",
    "workflow commands": "::error::x ::set-output name=a::b",
    "formulas": "=HYPERLINK(1) +1 -1",
}


@pytest.mark.parametrize("what", SHOWN)
def test_any_other_text_is_shown_and_does_nothing(
    what: str, data: Folder, tmp_path: Path, qawl: Command
) -> None:
    assert data.gold().is_file()
    text = SHOWN[what]
    root = tmp_path / "submissions"
    told: dict[str, Any] = {
        "name": text[:60].strip(),
        "description": text,
        "licence": text,
        "authors": (text,),
    }
    submit(root, **told)
    assert qawl("leaderboard", "build", "--submissions", root).code == 0
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    data_file = json.loads((tmp_path / DATA).read_text(encoding="utf-8"))
    (line,) = data_file["sections"][0]["lines"]
    assert line["self_reported"]["description"] == text
    rows = [row for row in page.split("\n") if "`tiny-1`" in row]
    assert len(rows) == 3
    for row in rows:
        bare = re.sub(
            r"\\.", "", row.replace("`tiny-1`", "").replace("[1](<https://example.org/paper>)", "")
        )
        assert "<" not in bare.replace("**", "")
        assert "](" not in bare
        assert "://" not in bare
        assert "@" not in bare
        assert "`" not in bare
    heads = {row.count("|") - row.count("\\|") for row in rows}
    assert heads == {page.split("\n")[page.split("\n").index(row) - 1].count("|") for row in rows}


@pytest.mark.parametrize(
    "name",
    ["..", "../x", "a/b", "a\\b", ".hidden", "x.", "CON", "con", "nul.txt", "A", "é", "", "a b",
     "x" * 65, "-x", "a..b", "x\n", "ａ"],
)  # fmt: skip
def test_a_name_that_is_no_folder_everywhere_is_refused(name: str, made: Path) -> None:
    assert not is_identifier(name)
    edit(made, lambda manifest: manifest.update({"id": name}))
    assert "submission-place" in found_in(made)
    edit(made, lambda m: (m.update({"id": "tiny-1"}), m["scored"].update({"track": name})))
    assert "submission-place" in found_in(made)


@pytest.mark.parametrize(
    ("name", "version", "made"),
    [("My System", "1.0", "my-system-1.0"), ("rules", "2", "rules-2"), ("نظام", "1", ""),
     ("../../x", "1", "x-1"), ("CON", "", ""), ("A" * 90, "1", "a" * 64)],
)  # fmt: skip
def test_a_folder_is_named_after_the_system(name: str, version: str, made: str) -> None:
    assert identifier_of(name, version) == made


@pytest.mark.parametrize(
    "link",
    ["http://example.org", "javascript:alert(1)", "https://user@example.org", "https://localhost",
     "https://example.org/)[x](y", "https://example.org/<b>", "https://example.org/ a", "https://",
     "https://example.org/\u202e", "data:text/html,x", "https://127.0.0.1/", "//example.org",
     "https://example.org/" + "x" * 300, "https://exa\nmple.org", "https://a..b.org"],
)  # fmt: skip
def test_a_link_that_is_no_plain_address_is_refused(link: str, made: Path) -> None:
    assert not is_link(link)
    edit(made, lambda manifest: manifest["about"].update({"links": [link]}))
    assert found_in(made) == ["submission-link"]


def test_plain_addresses_are_links() -> None:
    assert is_link("https://example.org")
    assert is_link("https://arxiv.org/abs/2606.14516?x=1#a")
    assert is_link("https://example.org:8443/a_b/~c")


@pytest.mark.parametrize(
    ("field", "value"),
    [("date", "yesterday"), ("date", "2026-13-01"), ("date", "20260101"), ("format", "qawl-9"),
     ("note", "unknown field")],
)  # fmt: skip
def test_a_value_that_packaging_cannot_have_made_is_refused(
    field: str, value: str, made: Path
) -> None:
    edit(made, lambda manifest: manifest.update({field: value}))
    assert found_in(made) == ["submission-manifest"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("gold_sha256", "x"), ("predictions_bytes", 0), ("signature", "a\u202eb"), ("scores", {}),
     ("scores", {"triple.exact": 1.5}), ("scores", {"no.such": 0.5}), ("scorer", ""),
     ("predictions_sha256", "G" * 64)],
)  # fmt: skip
def test_a_measured_value_that_cannot_be_is_refused(field: str, value: object, made: Path) -> None:
    edit(made, lambda manifest: manifest["scored"].update({field: value}))
    assert found_in(made) == ["submission-manifest"]


def test_the_smallest_gzip_is_what_we_write() -> None:
    packed = compress(b"x\n")
    assert packed[4:8] == bytes(4)  # no time: equal predictions give equal bytes
    assert gzip.decompress(packed) == b"x\n"


def test_the_fields_of_the_board_are_those_of_the_manifest() -> None:
    assert set(ABOUT.__struct_fields__) >= {"name", "version", "training_data", "licence"}
