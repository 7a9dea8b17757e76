"""Rebuilding texts: from a server on this machine and from clones, whatever goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import msgspec
import pytest

from qawl.findings import InputError
from qawl.texts import origins
from qawl.texts.fetch import fetch
from qawl.texts.origins import Clones, Https, OriginError
from qawl.texts.recipes import Recipe, load_recipes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.newsroom import Command

COMMIT = "0" * 40
GIT = shutil.which("git") or "git"
FIRST, SECOND = "عنوان\nنص أول.\n", "عنوان\nنص ثان.\n"


def source(text: str, record: str) -> bytes:
    title, _, body = text.partition("\n")
    return f"<DOCNO>{record}</DOCNO><TITLE>{title}</TITLE><TEXT>{body}</TEXT>".encode()


def recipe(number: int, text: str, *, path: str | None = None, commit: str = COMMIT) -> Recipe:
    return Recipe(
        file=f"paper/{number:03}.txt",
        repository="owner/corpus",
        commit=commit,
        path=path or f"a/{number}.txt",
        record=f"R-{number}",
        steps="ant-article",
        sha256=sha256(text.encode()).hexdigest(),
        licence="none",
    )


RECIPES = [recipe(1, FIRST), recipe(2, SECOND)]
FILES = {"/a/1.txt": source(FIRST, "R-1"), "/a/2.txt": source(SECOND, "R-2")}


class Server(ThreadingHTTPServer):
    """Serves files below owner, name and commit, with planned accidents for each path."""

    def __init__(self, accidents: dict[str, list[str]]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.accidents = accidents
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        path = self.path.removeprefix(f"/owner/corpus/{COMMIT}")
        self.server.asked.append(path)
        planned = self.server.accidents.get(path, [])
        accident = planned.pop(0) if planned else ""
        body = FILES.get(path, b"")
        if accident.isdecimal() or path not in FILES:
            self.send_response(int(accident or 404))
            self.send_header("Location", f"{self.server.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if accident == "cut":
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(b"x" * len(body) if accident == "garbage" else body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(**accidents: list[str]) -> Iterator[Server]:
    server = Server({f"/a/{name[1:]}.txt": plan for name, plan in accidents.items()})
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def made(server: Server, folder: Path) -> list[str]:
    """What each recipe came to: new, there, or why not."""
    results = fetch(RECIPES, Https(server.address, backoff=0), folder)
    return [
        item.problem.message if item.problem else "new" if item.new else "there" for item in results
    ]


def test_texts_are_made_once_and_then_left_alone(tmp_path: Path) -> None:
    with serving() as server:
        assert made(server, tmp_path) == ["new", "new"]
        assert (tmp_path / "paper" / "001.txt").read_text(encoding="utf-8") == FIRST
        assert made(server, tmp_path) == ["there", "there"]
        assert server.asked == ["/a/1.txt", "/a/2.txt"]


@pytest.mark.parametrize("accidents", [["503"], ["429", "500"], ["cut"], ["cut", "cut", "503"]])
def test_what_passes_is_tried_again(tmp_path: Path, accidents: list[str]) -> None:
    with serving(f1=list(accidents)) as server:
        assert made(server, tmp_path) == ["new", "new"]
        assert server.asked.count("/a/1.txt") == len(accidents) + 1


@pytest.mark.parametrize(
    ("accidents", "reason"),
    [
        (["404"], "status 404"),
        (["302"], "status 302"),
        (["503"] * 9, "503"),
        (["cut"] * 9, ""),
        (["garbage"], "it has no <DOCNO>"),
    ],
)
def test_what_fails_is_named_and_the_rest_goes_on(
    tmp_path: Path, accidents: list[str], reason: str
) -> None:
    with serving(f1=accidents) as server:
        first, second = made(server, tmp_path)
        assert reason in first
        assert second == "new"
        assert "/elsewhere" not in server.asked
    assert [path.name for path in (tmp_path / "paper").iterdir()] == ["002.txt"]


def test_another_text_never_gets_the_name(tmp_path: Path) -> None:
    wrong = [recipe(1, "another text"), RECIPES[1]]
    with serving() as server:
        found = list(fetch(wrong, Https(server.address, backoff=0), tmp_path))
    assert [item.problem is None for item in found] == [False, True]
    assert found[0].problem is not None
    assert found[0].problem.message == "the text is not the one annotated"
    assert [path.name for path in (tmp_path / "paper").iterdir()] == ["002.txt"]


def test_a_text_that_was_changed_on_disk_is_made_anew(tmp_path: Path) -> None:
    with serving() as server:
        made(server, tmp_path)
        (tmp_path / "paper" / "002.txt").write_text("changed", encoding="utf-8")
        assert made(server, tmp_path) == ["there", "new"]


def test_a_file_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(origins, "LARGEST_FILE", 20)
    with serving() as server:
        assert all("larger than 20 bytes" in reason for reason in made(server, tmp_path))


def test_nobody_listening_is_a_reason(tmp_path: Path) -> None:
    with serving() as server:
        pass
    assert all(server.address in reason for reason in made(server, tmp_path))


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, str]:
    clone = tmp_path / "clones" / "owner" / "corpus"
    for name, content in FILES.items():
        (clone / name[1:]).parent.mkdir(parents=True, exist_ok=True)
        (clone / name[1:]).write_bytes(content)
    # No configuration of this machine takes part: a hook or a signing key would.
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "a")):
        subprocess.run([GIT, *words], cwd=clone, env=env, check=True)
    done = subprocess.run(
        [GIT, "rev-parse", "HEAD"], cwd=clone, env=env, check=True, capture_output=True, text=True
    )
    return tmp_path / "clones", done.stdout.strip()


def test_clones_give_the_same_bytes(clones: tuple[Path, str], tmp_path: Path) -> None:
    folder, commit = clones
    recipes = [recipe(1, FIRST, commit=commit), recipe(2, SECOND, commit=commit)]
    found = list(fetch(recipes, Clones(folder), tmp_path / "texts"))
    assert [item.new for item in found] == [True, True]
    (folder / "owner").rename(folder / "x")
    (folder / "x" / "corpus").rename(folder / "owner+corpus")
    assert Clones(folder).get("owner/corpus", commit, "a/1.txt") == FILES["/a/1.txt"]


def test_a_clone_lacks_what_it_lacks(clones: tuple[Path, str]) -> None:
    folder, commit = clones
    with pytest.raises(OriginError, match="no clone of owner/other"):
        Clones(folder).get("owner/other", commit, "a/1.txt")
    with pytest.raises(OriginError):
        Clones(folder).get("owner/corpus", commit, "a/3.txt")
    with pytest.raises(OriginError):
        Clones(folder).get("owner/corpus", COMMIT, "a/1.txt")


def recipes_in(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setenv("QAWL_DATA", str(folder / "data"))
    (folder / "data" / "wire").mkdir(parents=True)
    (folder / "data" / "wire" / "recipes.json").write_bytes(content)


def test_the_command_makes_texts_and_ends_with_1_if_one_fails(
    qawl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes_in(tmp_path, monkeypatch, msgspec.json.encode(RECIPES))
    monkeypatch.setenv("QAWL_TEXTS", str(tmp_path / "texts"))
    with serving(f2=["404"]) as server:
        outcome = qawl("data", "fetch", "wire", "--mirror", server.address)
        assert outcome.code == 1
        assert outcome.out == ""
        assert "[fetch-failed]" in outcome.err
        assert "1 of 2 texts" in outcome.err
        outcome = qawl("data", "fetch", "wire", "--mirror", server.address, "--json")
    assert outcome.code == 0
    found = msgspec.json.decode(outcome.out)
    assert (found["new"], found["there"], found["failed"]) == (1, 1, 0)


@pytest.mark.parametrize("track", ["core", "none", "../wire", ""])
def test_a_track_without_recipes_says_so(
    qawl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, track: str
) -> None:
    recipes_in(tmp_path, monkeypatch, b"[]")
    outcome = qawl("data", "fetch", track)
    assert outcome.code == 3
    assert "[recipes-unknown]" in outcome.err


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file", "../evil.txt"),
        ("file", "/etc/passwd"),
        ("repository", "owner/../other"),
        ("repository", "owner"),
        ("commit", "main"),
        ("path", "../x.txt"),
        ("path", "a/../../x.txt"),
        ("path", "a b"),
        ("sha256", "0"),
    ],
)
def test_a_recipe_leads_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, value: str
) -> None:
    raw = {**msgspec.to_builtins(RECIPES[0]), field: value}
    recipes_in(tmp_path, monkeypatch, msgspec.json.encode([raw]))
    with pytest.raises(InputError, match="record-shape"):
        load_recipes("wire")
