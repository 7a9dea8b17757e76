"""A server on this machine that speaks the chat-completions protocol, accidents included."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Said:
    """A reply: its status, its body and how it is sent.

    ``how`` is empty, ``hang`` (nothing comes), ``cut`` (half of it comes) or ``trickle`` (without
    end, a byte at a time).
    """

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def article(self) -> str:
        """The article that it asks about, whatever was said after it."""
        users = [m["content"] for m in self.body["messages"] if m["role"] == "user"]
        articles = [content for content in users if content.startswith("ARTICLE ")]
        return "\n".join(articles[-1].split("\n")[1:-1])

    @property
    def form(self) -> str:
        """How it asks for the shape of the answer."""
        return str(self.body.get("response_format", {}).get("type", "plain"))


def completion(content: object, *, finish: str = "stop", **message: object) -> Said:
    """A reply of the protocol; content that is no string is written as JSON."""
    written = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    reply = {
        "choices": [{"message": {"content": written, **message}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10},
    }
    return Said(body=json.dumps(reply).encode())


def answer(*items: dict[str, object]) -> dict[str, object]:
    """An answer with these attributions."""
    return {"attributions": list(items)}


class Server(ThreadingHTTPServer):
    """Replies as planned; what stands in ``accidents`` comes first."""

    daemon_threads = True

    def __init__(self, plan: Callable[[Asked], Said]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plan = plan
        self.accidents: list[Said] = []
        self.asked: list[Asked] = []
        self.ended = Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def articles(self) -> list[str]:
        return [item.article for item in self.asked]

    def handle_error(self, *_: object) -> None:
        """A client that has gone is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a body need not wait for its head to be acknowledged

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        asked = Asked(self.path, dict(self.headers), json.loads(raw))
        self.server.asked.append(asked)
        said = self.server.accidents.pop(0) if self.server.accidents else self.server.plan(asked)
        if said.how == "hang":
            self.server.ended.wait(5)
            self.close_connection = True
            return
        self.send_response(said.status)
        for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if said.how:
            self.close_connection = True
        if said.how == "trickle":
            while not self.server.ended.wait(0.02):
                self.wfile.write(b" ")
        else:
            self.wfile.write(said.body[: len(said.body) // 2] if said.how == "cut" else said.body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(plan: Callable[[Asked], Said] | Said, *accidents: Said) -> Iterator[Server]:
    """A server with a plan, or with one reply to everything, until the block ends."""
    server = Server(plan if callable(plan) else lambda _: plan)
    server.accidents += accidents
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
