"""`qawl report`, `show`, `plot` and the page of `extract`: what they write and refuse."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from qawl.writing import write
from support.newsroom import PLAIN, complains, files_in

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder, Install


@pytest.fixture
def answers(qawl: Command, data: Folder, install: Install, tmp_path: Path) -> Path:
    """What the system `tiny` answers on core/test."""
    assert data.gold().is_file()
    install()
    path = tmp_path / "tiny.jsonl"
    assert qawl("run", "tiny", "-o", path).code == 0
    return path


def embedded(page: str) -> list[dict[str, object]]:
    found = re.findall(r'<script type="application/json" class="document">(.*?)</script>', page)
    return [json.loads(item) for item in found]


def test_report_writes_one_page_with_every_document(
    qawl: Command, answers: Path, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    assert qawl("report", answers, answers, "-o", page) == (0, "", "")
    content = page.read_text(encoding="utf-8")
    assert [item["id"] for item in embedded(content)] == ["d2", "d3"]
    assert "triple.exact" in content
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", content)
    assert content == (qawl("report", answers, answers, "-o", "-").out)


def test_report_says_what_it_cannot_score(qawl: Command, answers: Path, tmp_path: Path) -> None:
    write([], tmp_path / "none.jsonl")
    before = files_in(tmp_path)
    outcome = qawl("report", tmp_path / "none.jsonl", "-o", tmp_path / "report.html")
    complains(outcome, 3, "file-empty")
    outcome = qawl("report", answers, "--split", "train", "-o", tmp_path / "report.html")
    complains(outcome, 3, "document-unknown")
    outcome = qawl("report", answers, "--by", "nothing", "-o", tmp_path / "report.html")
    complains(outcome, 2, "nothing to slice by")
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(("extra", "words"), [("jinja2", ("report",)), ("matplotlib", ("plot",))])
def test_what_an_extra_is_missing_for_is_said(
    qawl: Command,
    answers: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    extra: str,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setitem(sys.modules, extra, None)
    target = tmp_path / "out.svg"
    complains(qawl(*words, answers, "-o", target), 3, "extra-missing", f"qawl[{words[0]}]")
    assert not target.exists()


@pytest.mark.parametrize("what", ["d2", "{jsonl}", "{qawl}", "{text}", "{bare}"])
def test_show_takes_an_id_a_record_a_source_or_plain_text(
    qawl: Command, answers: Path, data: Folder, tmp_path: Path, what: str
) -> None:
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    places = {
        "jsonl": data.gold("train"),
        "qawl": data.sources / "d1.qawl",
        "text": tmp_path / "a.txt",
        "bare": answers,
    }
    outcome = qawl("show", what.format(**places), "--system", "tiny")
    assert outcome.code == 0, outcome.err
    assert PLAIN.strip() in outcome.out
    assert "who" in outcome.out
    page = qawl("show", what.format(**places), "--system", "tiny", "--html", "-")
    assert page.code == 0
    assert {str(item["text"]) for item in embedded(page.out)} == {PLAIN}


@pytest.mark.usefixtures("data")
def test_show_names_what_it_does_not_know(qawl: Command, tmp_path: Path) -> None:
    complains(qawl("show", "nothing"), 3, "file-unreadable", "no document of the gold")
    (tmp_path / "p.jsonl").write_text('{"id":"x"}\n', encoding="utf-8")
    complains(qawl("show", tmp_path / "p.jsonl"), 3, "text-missing")


def test_extract_writes_a_page_for_a_newsroom(
    qawl: Command, install: Install, tmp_path: Path
) -> None:
    install()
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PLAIN, encoding="utf-8")
    files = [tmp_path / f"{name}.txt" for name in "ab"]
    outcome = qawl("extract", *files, "--system", "tiny", "--format", "html", "--lang", "ar")
    assert outcome.code == 0
    assert '<html lang="ar" dir="rtl">' in outcome.out
    assert [item["id"] for item in embedded(outcome.out)] == ["a", "b"]


def test_plot_draws_what_is_asked_the_same_bytes_every_time(
    qawl: Command, answers: Path, tmp_path: Path
) -> None:
    pytest.importorskip("matplotlib")
    for words in (
        (answers, answers),
        (answers, "--kind", "slices", "--by", "type"),
        (answers, answers, "--kind", "curve", "--at", "10,20", "--title", "منحنى"),
    ):
        outputs = [tmp_path / f"f.{kind}" for kind in ("svg", "pdf", "png")]
        options = [word for path in outputs for word in ("-o", path)]
        assert qawl("plot", *words, *options).code == 0
        first = [path.read_bytes() for path in outputs]
        assert qawl("plot", *words, *options).code == 0
        assert [path.read_bytes() for path in outputs] == first
        assert first[0].startswith(b"<?xml")
        assert first[1].startswith(b"%PDF")
        assert first[2].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "f.gif"), ".gif"),
        (("-o", "f.svg", "--kind", "curve"), "--at wants 1"),
        (("-o", "f.svg", "--kind", "curve", "--at", "1,2"), "--at wants 1"),
        (("-o", "f.svg", "--kind", "curve", "--at", "x"), "--at wants 1"),
        (("-o", "f.svg", "--measure", "none"), "none"),
    ],
)
def test_plot_refuses_what_cannot_be_drawn(
    qawl: Command,
    answers: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    complains(qawl("plot", answers, *words), 2, said)
    assert not list(tmp_path.glob("f.*"))
