"""The steps that make an article of a file of a public corpus; a digest checks what they give.

Every function takes the bytes of the file and the record that is asked for, and gives the text.
Input comes from a network: whatever does not have the expected form is a ``ValueError``.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_MEMBER = 64 * 1024 * 1024
_BLANKS = re.compile("[ \u00a0]+")
_SIGNS = re.compile("[\u064b-\u0652\u0670\u0640]")  # vowel signs, tatweel
_BEFORE = re.compile(r" ([،؛؟!:.,;)\]»])")
_BEHIND = re.compile(r"([(\[«]) ")
_CLITIC = re.compile(r"\b([بلكو]) (?=\d)")


def ant_article(raw: bytes, record: str) -> str:
    """An article of the ANT corpus: title, newline, text, each stripped, one final newline.

    Args:
        raw: one file of the corpus, like XML without entities.
        record: its ``DOCNO``.
    """
    source = raw.decode("utf-8")
    if _element(source, "DOCNO").strip() != record:
        raise ValueError(f"it is not record {record}")
    return f"{_element(source, 'TITLE').strip()}\n{_element(source, 'TEXT').strip()}\n"


def _element(source: str, name: str) -> str:
    _, opened, rest = source.partition(f"<{name}>")
    inside, closed, _ = rest.partition(f"</{name}>")
    if not opened or not closed:
        raise ValueError(f"it has no <{name}>")
    return inside


def saudi_article(raw: bytes, record: str) -> str:
    """An article of SaudiNewsNet: title, newline, content with its runs of blanks folded.

    Args:
        raw: a zip file with one JSON array a day.
        record: ``<member>[<index>]``.
    """
    wanted = re.fullmatch(r"([0-9-]+\.json)\[([0-9]{1,6})\]", record)
    if not wanted:
        raise ValueError(f"{record} names no member and index")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            # By its own name only; no path of the archive is ever used.
            names = [n for n in archive.namelist() if n.rpartition("/")[2] == wanted[1]]
            if not names:
                raise ValueError(f"no {wanted[1]} is in it")
            with archive.open(names[0]) as member:
                content = member.read(LARGEST_MEMBER + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError(f"it is no zip file that can be read: {error}") from error
    if len(content) > LARGEST_MEMBER:
        raise ValueError(f"{wanted[1]} is larger than {LARGEST_MEMBER} bytes")
    try:
        article = json.loads(content.decode("utf-8-sig"))[int(wanted[2])]
        title, body = article["title"], article["content"]
        return f"{title.strip()}\n{_BLANKS.sub(' ', body).strip()}\n"
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{record} is no article: {error}") from error


def wikinews_lines(raw: bytes, record: str) -> str:
    """Lines of the diacritised Wikinews files, without signs, spaced as print is.

    Vowel signs and tatweel are removed, the first of alternatives ``a/b`` is taken, and the spaces
    that tokenising put around punctuation and inside quotation marks are undone.

    Args:
        raw: the whole file.
        record: ``lines <first>-<last>``, from 1.
    """
    wanted = re.fullmatch(r"lines ([0-9]{1,6})-([0-9]{1,6})", record)
    if not wanted:
        raise ValueError(f"{record} names no lines")
    first, last = int(wanted[1]), int(wanted[2])
    lines = raw.decode("utf-8").split("\n")[first - 1 : last]
    if not 1 <= first <= last or len(lines) != last - first + 1:
        raise ValueError(f"it has no {record}")
    return "\n".join(map(_printed, lines)) + "\n"


def _printed(line: str) -> str:
    words = [_first(word) for word in _SIGNS.sub("", line).split(" ")]
    text = _BEHIND.sub(r"\1", _BEFORE.sub(r"\1", " ".join(words)))
    # Every second piece stands inside a pair of marks; that of a lost closing mark has no end.
    pieces = text.split('"')
    if len(pieces) % 2 == 0:
        pieces[-1] = pieces[-1].lstrip()
    text = '"'.join(p.strip() if n % 2 and n < len(pieces) - 1 else p for n, p in enumerate(pieces))
    return _BLANKS.sub(" ", _CLITIC.sub(r"\1", text).replace(" / ", "/")).strip()


def _first(word: str) -> str:
    """The first of alternatives; a slash alone is a slash."""
    return word.split("/", maxsplit=1)[0] or word


STEPS: dict[str, Callable[[bytes, str], str]] = {
    "ant-article": ant_article,
    "saudi-article": saudi_article,
    "wikinews-lines": wikinews_lines,
}
