"""Small articles about invented people, a system that finds what is said in them, and `qawl`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qawl import Attribution, Document
from qawl.authoring import build, parse_inline
from qawl.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RAWI = 'rawi = { kind = "person", name = "سالم الراوي" }'
SAID = "<c1>قال</c1> <s1>المزارع سالم الراوي</s1> إن <q1>المطر أنقذ الموسم</q1>.\n"
PLAIN = "قال المزارع سالم الراوي إن المطر أنقذ الموسم.\n"


def source(
    body: str = SAID,
    *,
    id: str = "d1",  # noqa: A002  the field's name
    split: str = "train",
    entities: str = RAWI,
    attributions: str = '1 = "rawi"',
    more: str = "",
) -> str:
    """A ``.qawl`` source: a header, and a body with tags."""
    return (
        f'+++\nid = "{id}"\nsplit = "{split}"\n{more}\n[entities]\n{entities}\n\n'
        f"[attributions]\n{attributions}\n+++\n{body}"
    )


def article(body: str = SAID, *, id: str = "d1", count: int = 1) -> Document:  # noqa: A002
    """The record of a body with tags, every attribution of which is Rawi's."""
    heads = "\n".join(f'{number} = "rawi"' for number in range(1, count + 1))
    return parse_inline(source(body, id=id, attributions=heads, entities=RAWI if count else ""))


def spans(body: str) -> tuple[str, dict[str, tuple[tuple[int, int], ...]]]:
    """The text of a body with tags, and where each tag stood."""
    text, found = "", dict[str, list[tuple[int, int]]]()
    opened: dict[str, int] = {}
    for piece in re.split(r"(</?[a-z0-9]+>)", body):
        if piece.startswith("</"):
            name = piece[2:-1]
            found.setdefault(name, []).append((opened.pop(name), len(text)))
        elif piece.startswith("<"):
            opened[piece[1:-1]] = len(text)
        else:
            text += piece
    return text, {name: tuple(places) for name, places in found.items()}


class Outcome(NamedTuple):
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs ``qawl`` with arguments, and with bytes on its standard input."""

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Outcome: ...


class Install(Protocol):
    """Makes systems known by name; called with none, the system ``tiny``."""

    def __call__(self, **systems: object) -> None: ...


@dataclass
class Folder:
    """A data folder with one track: its sources and its gold."""

    path: Path

    @property
    def sources(self) -> Path:
        return self.path / "sources" / "core"

    def gold(self, split: str = "test") -> Path:
        return self.path / "core" / f"{split}.jsonl"


def make_track(path: Path) -> Folder:
    """A track ``core`` with a document in ``train`` and two in ``test``: its sources and gold."""
    folder = Folder(path)
    folder.sources.mkdir(parents=True)
    for identifier, split in (("d1", "train"), ("d2", "test"), ("d3", "test")):
        text = source(SAID, id=identifier, split=split)
        (folder.sources / f"{identifier}.qawl").write_text(text, encoding="utf-8")
    folder.gold().parent.mkdir()
    for split, documents in build(folder.sources).items():
        if documents:
            write(documents, folder.gold(split))
    return folder


class Tiny:
    """A system: «قال X إن Y.» and nothing else."""

    name = "tiny"
    version = "1"
    summary = "finds one frame"
    _frame = re.compile(r"(?P<cue>قال) (?P<speaker>[^\n.]*?) إن (?P<quote>[^\n.]*)")

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            found = [
                Attribution(
                    quote=(match.span("quote"),),
                    cue=(match.span("cue"),),
                    speaker=(match.span("speaker"),),
                )
                for match in self._frame.finditer(str(document.text))
            ]
            yield Document(id=document.id, attributions=tuple(found))


@dataclass
class Point:
    """What an entry point is to `qawl`: a name, and something that loads."""

    name: str
    made: object
    dist: None = None

    def load(self) -> object:
        if isinstance(self.made, BaseException):
            raise self.made
        return self.made


def complains(outcome: Outcome, code: int, *words: str) -> None:
    """Ends with a code and a clear message, and prints nothing else."""
    assert outcome.code == code
    assert "Traceback" not in outcome.err
    assert outcome.err.strip()
    for word in words:
        assert word in outcome.err
    assert outcome.out == ""


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
