"""Articles out of public corpora: what a record gives, and that anything else is a ValueError."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from qawl.texts import steps
from qawl.texts.steps import STEPS, ant_article, saudi_article, wikinews_lines

if TYPE_CHECKING:
    from pathlib import Path

ANT = "<DOC>\n<DOCNO>AB-1</DOCNO>\n<TITLE> عنوان </TITLE>\n<TEXT>\nفقرة.\nأخرى.\n</TEXT>\n</DOC>\n"


def archive(content: bytes, name: str = "2015-08-06.json") -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(name, content)
    return whole.getvalue()


def day(*articles: object) -> bytes:
    return archive(json.dumps(articles).encode())


def test_an_ant_article_is_its_title_and_its_text() -> None:
    assert ant_article(ANT.encode(), "AB-1") == "عنوان\nفقرة.\nأخرى.\n"


@pytest.mark.parametrize(
    ("raw", "record"),
    [
        (ANT.encode(), "AB-2"),
        (b"", "AB-1"),
        (b"\xff\xfe", "AB-1"),
        (ANT.replace("</TEXT>", "").encode(), "AB-1"),
        (ANT.replace("<TITLE>", "").encode(), "AB-1"),
    ],
)
def test_what_is_no_ant_article(raw: bytes, record: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ant_article(raw, record)


def test_a_saudi_article_has_its_blanks_folded_but_in_the_title() -> None:
    raw = day({}, {"title": " عنوان  طويل ", "content": " نص\u00a0 فيه  فراغ\nسطر "})
    assert saudi_article(raw, "2015-08-06.json[1]") == "عنوان  طويل\nنص فيه فراغ\nسطر\n"


@pytest.mark.parametrize(
    ("raw", "record"),
    [
        (b"no zip", "2015-08-06.json[0]"),
        (day({}), "2015-08-06.json[0]"),
        (day({}), "2015-08-06.json[7]"),
        (day({}), "2015-08-07.json[0]"),
        (day({}), "../2015-08-06.json[0]"),
        (day("text"), "2015-08-06.json[0]"),
        (day({"title": 1, "content": "a"}), "2015-08-06.json[0]"),
        (archive(b"[" * 100_000), "2015-08-06.json[0]"),
        (archive(b"\xff"), "2015-08-06.json[0]"),
        (day({})[:-30], "2015-08-06.json[0]"),
    ],
)
def test_what_is_no_saudi_article(raw: bytes, record: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        saudi_article(raw, record)


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "LARGEST_MEMBER", 1000)
    with pytest.raises(ValueError, match="larger than 1000 bytes"):
        saudi_article(archive(b" " * 10_000_000), "2015-08-06.json[0]")


def test_a_path_in_an_archive_is_only_a_name(tmp_path: Path) -> None:
    raw = archive(json.dumps([{"title": "a", "content": "b"}]).encode(), "../../2015-08-06.json")
    assert saudi_article(raw, "2015-08-06.json[0]") == "a\nb\n"
    assert list(tmp_path.iterdir()) == []


def test_lines_are_printed_without_signs_and_with_the_spaces_of_print() -> None:
    raw = '# باب\nقَالَ : " نَعَمْ ، لَا " ( مَرَّةً/مرة ) بِ 10 % .\n'.encode()
    assert wikinews_lines(raw, "lines 2-2") == 'قال: "نعم، لا" (مرة) ب10 %.\n'


def test_a_lost_closing_mark_leaves_no_space_behind_the_opening_one() -> None:
    assert wikinews_lines('قال : " نعم .'.encode(), "lines 1-1") == 'قال: "نعم.\n'


def test_alternatives_give_the_first_and_a_slash_alone_stays() -> None:
    raw = "يَنَايِرْ/يَنَايِرَ / كَانُونْ/كَانُونُ".encode()
    assert wikinews_lines(raw, "lines 1-1") == "يناير/كانون\n"


@pytest.mark.parametrize("record", ["lines 0-1", "lines 2-9", "lines 3-2", "line 1", ""])
def test_lines_that_are_not_there(record: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        wikinews_lines(b"a\nb", record)


def test_steps_are_named() -> None:
    assert sorted(STEPS) == ["ant-article", "saudi-article", "wikinews-lines"]
