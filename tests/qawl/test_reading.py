"""Reading files as strangers send them."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl import Document, InputError, read
from qawl.reading import read_text, scan
from qawl.writing import encode
from support.newsroom import PLAIN, article

if TYPE_CHECKING:
    from qawl.findings import Finding

GOOD = encode(article())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


def lines_of(path: Path, content: bytes) -> list[str]:
    """For each line that is not blank, its document's id or the id of its finding."""
    path.write_bytes(content)
    return [line.document.id if line.document else line.findings[0].id for line in scan(path)]


def refused(path: Path, content: bytes | None = None) -> Finding:
    """The one finding for which a file or its first line is refused."""
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        list(read(path))
    (item,) = raised.value.findings
    assert item.file == str(path)
    return item


def record(**fields: object) -> bytes:
    return json.dumps({"id": "d1", "text": PLAIN, **fields}, ensure_ascii=False).encode() + b"\n"


def attribution(**fields: object) -> bytes:
    return record(attributions=[{"quote": [[0, 3]], **fields}])


# --------------------------------------------------------------------------------- what is read
def test_documents_come_in_the_order_of_the_file(path: Path) -> None:
    assert lines_of(path, record(id="b") + record(id="a")) == ["b", "a"]


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        GOOD.rstrip(b"\n"),
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        b"\n\n" + GOOD + b"\n \t\n",
        b"\r\n" + GOOD.replace(b"\n", b"\r\n") + b"\r\n",
        b"  " + GOOD,
    ],
)
def test_byte_order_mark_line_ends_and_blank_lines_change_nothing(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    assert list(read(path)) == [article()]


def test_blank_lines_are_counted(path: Path) -> None:
    path.write_bytes(b"\n\n" + GOOD + b"\n{}\n")
    assert [line.number for line in scan(path)] == [3, 5]


def test_ascii_escapes_are_letters(path: Path) -> None:
    path.write_bytes(json.dumps({"id": "d1", "text": "قال 👍"}, ensure_ascii=True).encode())
    assert next(read(path)).text == "قال 👍"


def test_a_document_needs_nothing_but_an_id(path: Path) -> None:
    path.write_bytes(b'{"id":"d1"}')
    assert list(read(path)) == [Document(id="d1")]


def test_what_is_written_is_read(path: Path) -> None:
    @given(
        st.builds(
            Document,
            id=st.text(max_size=5),
            text=st.text(max_size=20),
            meta=st.dictionaries(st.text(max_size=3), st.none() | st.booleans() | st.text()),
        )
    )
    def law(document: Document) -> None:
        path.write_bytes(encode(document))
        assert list(read(path)) == [document]

    law()


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD)))
    assert list(read("-")) == [article()]


def test_standard_input_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(GOOD))
    monkeypatch.setattr(sys, "stdin", stream)
    assert read_text("-").startswith("{")
    assert not stream.closed


def test_a_scan_goes_on_past_a_bad_line(path: Path) -> None:
    content = record(id="a") + b"{\n" + record(id="b") + record(text=7) + record(id="c")
    assert lines_of(path, content) == ["a", "line-json", "b", "record-shape", "c"]


def test_reading_stops_at_the_first_bad_line_and_names_it(path: Path) -> None:
    path.write_bytes(record(id="a") + b"{\n" + record(id="b"))
    documents = read(path)
    assert next(documents).id == "a"
    with pytest.raises(InputError) as raised:
        next(documents)
    assert [(item.id, item.line) for item in raised.value.findings] == [("line-json", 2)]


# ----------------------------------------------------------------------------- what is no file
def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.jsonl").id == "file-unreadable"


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path).id == "file-unreadable"


def test_a_path_through_a_file(path: Path) -> None:
    path.write_bytes(GOOD)
    assert refused(path / "more.jsonl").id == "file-unreadable"


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert refused(tmp_path / ("x" * 5000)).id == "file-unreadable"


def test_a_disk_that_fails_while_it_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def readline(self, _: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", lambda *_: Failing())
    assert refused(path).message == "Input/output error"


def test_a_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="file-unreadable"):
        list(read("-"))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b" \n\t\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"]
)
def test_a_file_without_a_document(path: Path, content: bytes) -> None:
    assert refused(path, content).id == "file-empty"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gzip.compress(GOOD), "gzip"),
        (b"PK\x03\x04....", "zip"),
        (b"BZh91AY....", "bzip2"),
        (b"\xfd7zXZ\x00...", "xz"),
        (b"\x28\xb5\x2f\xfd....", "zstd"),
        (b"PAR1....", "parquet"),
        (b"\x7fELF\x00\x00", "null bytes"),
        (PLAIN.encode("utf-16-le"), "null bytes"),
        (PLAIN.encode("utf-32-le"), "null bytes"),
    ],
)
def test_a_file_that_is_no_text(path: Path, content: bytes, what: str) -> None:
    item = refused(path, content)
    assert item.id == "file-binary"
    assert what in item.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_utf_16_with_its_mark_is_named(path: Path, encoding: str) -> None:
    assert refused(path, GOOD.decode().encode(encoding)).id == "file-encoding"


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
def test_an_old_arabic_encoding_is_named_with_its_byte_and_the_way_out(
    path: Path, encoding: str
) -> None:
    content = GOOD + ('{"id":"d2","text":"' + "قال زيد" + '"}\n').encode(encoding)
    path.write_bytes(content)
    wrong = list(scan(path))[1].findings[0]
    assert (wrong.id, wrong.line, wrong.message) == ("file-encoding", 2, "byte 19 of the line")
    assert "iconv" in str(wrong)


def test_a_plain_text_in_an_old_encoding_is_refused(path: Path) -> None:
    path.write_bytes("قال زيد".encode("windows-1256"))
    with pytest.raises(InputError, match="file-encoding"):
        read_text(path)


# ---------------------------------------------------------------------------- what is no record
@pytest.mark.parametrize("length", [1, 30, len(GOOD) // 2, len(GOOD) - 2])
def test_a_last_line_that_was_cut_off_says_so(path: Path, length: int) -> None:
    wrong = list_findings(path, GOOD + GOOD[:length])
    assert [item.id for item in wrong] == ["line-json"]
    assert "the file ends inside this line" in wrong[0].message


def test_a_last_line_cut_off_in_the_middle_of_a_letter_says_so_too(path: Path) -> None:
    cut = GOOD.index("قال".encode()) + 3
    wrong = list_findings(path, GOOD + GOOD[:cut])
    assert [item.id for item in wrong] == ["line-json"]
    assert "the file ends inside this line" in wrong[0].message


def list_findings(path: Path, content: bytes) -> list[Finding]:
    path.write_bytes(content)
    return [item for line in scan(path) for item in line.findings]


@pytest.mark.parametrize(
    "content",
    [
        b"no JSON",
        b"{'id': 'd1'}",
        b'{"id":"d1",}',
        b'{"id":"d1"} {"id":"d2"}',
        b'{"id":"d1"},',
        b'{"id":"d1"} // comment',
        b'{"id":"d1","text":"\\ud800"}',
        b'{"id":"d1","text":"\\ud83d \\ude00"}',
        b'{"id":"d1","\\udc80":1}',
        b'{"id":"d1","text":"\\x"}',
        b'{"id":"d1","text":"a\tb"}',
        b'{"id":"d1","meta":{"x":NaN}}',
        b'{"id":"d1","meta":{"x":-Infinity}}',
        b'{"id":"d1","meta":{"x":01}}',
        b'{"id":"d1","meta":{"x":+1}}',
    ],
)
def test_a_line_that_is_no_json(path: Path, content: bytes) -> None:
    item = refused(path, content + b"\n")
    assert (item.id, item.line) == ("line-json", 1)
    assert "the file ends" not in item.message


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"[]\n", ""),
        (b"null\n", ""),
        (b'"d1"\n', ""),
        (b"7\n", ""),
        (b"{}\n", ""),
        (record(id=7), "id"),
        (record(id=None), "id"),
        (record(text=None), "text"),
        (record(text=["x"]), "text"),
        (record(attributions={}), "attributions"),
        (record(attributions=[None]), "attributions[0]"),
        (record(attributions=[{}]), "attributions[0]"),
        (attribution(quote=None), "attributions[0].quote"),
        (attribution(quote=[0, 3]), "attributions[0].quote[0]"),
        (attribution(quote=[[0]]), "attributions[0].quote[0]"),
        (attribution(quote=[[0, 3, 5]]), "attributions[0].quote[0]"),
        (attribution(quote=[["0", "3"]]), "attributions[0].quote[0][0]"),
        (attribution(quote=[[0.0, 3]]), "attributions[0].quote[0][0]"),
        (attribution(quote=[[0, 2.5]]), "attributions[0].quote[0][1]"),
        (attribution(quote=[[False, True]]), "attributions[0].quote[0][0]"),
        (attribution(quote=[[None, 3]]), "attributions[0].quote[0][0]"),
        (attribution(cue=None), "attributions[0].cue"),
        (attribution(speaker="سالم"), "attributions[0].speaker"),
        (attribution(type="loud"), "attributions[0].type"),
        (attribution(type="unknown field `x`"), "attributions[0].type"),
        (attribution(entity=7), "attributions[0].entity"),
        (record(entities=[{"id": "e"}]), "entities[0]"),
        (record(entities=[{"id": "e", "name": "e", "kind": "robot"}]), "entities[0].kind"),
        (record(distractors=[{"span": [0, 3], "kind": "joke"}]), "distractors[0].kind"),
        (record(meta=[]), "meta"),
        (record(meta={"x": {"y": 1}}), "meta[...]"),
        (record(meta={"x": [1]}), "meta[...][0]"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(path: Path, content: bytes, field: str) -> None:
    item = refused(path, content)
    assert (item.id, item.line, item.field) == ("record-shape", 1, field)


@pytest.mark.parametrize(
    ("content", "field", "name"),
    [
        (record(speakers=[]), "", "speakers"),
        (attribution(Quote=[]), "attributions[0]", "Quote"),
        (record(entities=[{"id": "e", "note": 1}]), "entities[0]", "note"),
        (record(**{"a`b": 1}), "", "a`b"),
        (record(**{"x\n\x1b[31m - at `$.id`": 1}), "", "x⏎\\u001b[31m - at `$.id`"),
        (record(**{"": 1}), "", ""),
    ],
)  # fmt: skip
def test_an_unknown_field_is_named(path: Path, content: bytes, field: str, name: str) -> None:
    item = refused(path, content)
    assert (item.id, item.field, item.text) == ("field-unknown", field, name)


@pytest.mark.parametrize("version", ["qawl/2", "qawl", "", "unknown field", 1, None])
def test_a_line_of_another_format_says_so(path: Path, version: object) -> None:
    item = refused(path, record(format=version))
    assert (item.id, item.field) == ("format-version", "format")
    assert "this reads qawl/1" in item.message


def test_the_format_may_be_left_out_or_stated(path: Path) -> None:
    assert lines_of(path, record() + record(format="qawl/1")) == ["d1", "d1"]


def test_a_wrong_line_names_its_document_if_it_says_whose_it_is(path: Path) -> None:
    assert refused(path, record(id="d7", text=7)).document == "d7"
    assert refused(path, b'{"text":7}\n').document == ""
    assert refused(path, b'{"text":7,"id":7}\n').document == ""


def test_a_key_twice_counts_the_last_as_in_every_json_reader(path: Path) -> None:
    assert lines_of(path, b'{"id":"a","id":"b"}\n') == ["b"]


# ------------------------------------------------------------------------------- what is hostile
def test_a_line_over_the_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qawl.reading.LONGEST_LINE", len(GOOD))
    assert lines_of(path, GOOD) == ["d1"]
    path.write_bytes(GOOD + b" " + GOOD)
    with pytest.raises(InputError) as raised:
        list(read(path))
    assert [(item.id, item.line) for item in raised.value.findings] == [("line-too-long", 2)]


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
@pytest.mark.parametrize("place", [b'{"id":"d1","zzz":', b'{"id":"d1","meta":{"a":', b""])
def test_deep_nesting_is_refused_and_no_crash(path: Path, place: bytes, opening: bytes) -> None:
    item = refused(path, place + opening * 100_000 + b"\n")
    assert item.id in {"line-json", "record-shape", "field-unknown"}


@pytest.mark.parametrize("number", [10**30, -1, -(10**30), 2**63, 2**64])
def test_a_number_of_any_size_is_a_number(path: Path, number: int) -> None:
    path.write_bytes(attribution(quote=[[number, number + 1]]))
    assert next(read(path)).attributions[0].quote == ((number, number + 1),)


def test_a_number_that_nobody_can_mean_is_refused(path: Path) -> None:
    item = refused(path, b'{"id":"d1","attributions":[{"quote":[[0,' + b"9" * 5000 + b"]]}]}\n")
    assert item.id == "record-shape"


def test_what_a_finding_shows_of_a_line_is_short_and_printable(path: Path) -> None:
    for content in (
        b'{"id":"\x1b[31m\\u202e' + b"x" * 10**6,
        b"\x1b]0;title\x07" + b"x" * 10**6,
        record(id="\x1b[31m" * 10**5, text=7),
        attribution(type="\x1b[31m\u202e" * 10**5),
        record(**{"\u2067" * 10**5: 1}),
    ):
        shown = str(refused(path, content))
        assert shown.isprintable()
        assert len(shown) < 2000 + len(str(path))


def test_any_bytes_are_read_or_refused_with_findings(path: Path) -> None:
    pieces = st.sampled_from(
        [b'{"id":"d1"', b"}", b"\n", b'"', b"[", b"\xff", b"\x00", "ق".encode()]
    )

    @given(st.lists(pieces | st.binary(max_size=4), max_size=12).map(b"".join))
    def law(content: bytes) -> None:
        path.write_bytes(content)
        try:
            found: object = list(read(path))
        except InputError as error:
            found = error.findings
        assert found

    law()


# ------------------------------------------------------------------------------------ plain text
def test_plain_text_keeps_its_line_ends_and_loses_its_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + "قال\r\nزيد\r".encode())
    assert read_text(path) == "قال\r\nزيد\r"


@pytest.mark.parametrize(
    ("content", "identifier"),
    [
        (b"", "file-empty"),
        (b" \n", "file-empty"),
        (b"\xef\xbb\xbf\n", "file-empty"),
        (gzip.compress(b"x"), "file-binary"),
        (b"a\x00b", "file-binary"),
        ("قال".encode("utf-16"), "file-encoding"),
        ("قال".encode()[:-1], "file-encoding"),
    ],
)
def test_plain_text_that_is_none(path: Path, content: bytes, identifier: str) -> None:
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_text(path)
    assert [(item.id, item.file) for item in raised.value.findings] == [(identifier, str(path))]
