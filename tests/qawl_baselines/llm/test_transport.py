"""Requests: what is tried again and after how long, what is not, and what is bounded."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from qawl.findings import InputError
from qawl_baselines.llm import transport
from qawl_baselines.llm.settings import Key, Settings
from qawl_baselines.llm.transport import Endpoint, RequestError
from support.endpoint import Asked, Said, Server, serving

FINE = Said(body=b'"fine"')
SECRET = "sk-secret-0123456789"  # noqa: S105  nobody's


class Clock(list[float]):
    """Notes pauses instead of making them."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def endpoint(base: str, pauses: Clock, **settings: object) -> Endpoint:
    made = Settings(base=base, model="m", **{"retries": 3, **settings})  # type: ignore[arg-type]
    return Endpoint(made, Key(SECRET), pauses, jitter=lambda: 0.0)


def failure(server: Server, **settings: object) -> tuple[RequestError, Clock]:
    pauses = Clock()
    with pytest.raises(RequestError) as raised:
        endpoint(server.base, pauses, **settings).post(b'{"a": 1}')
    return raised.value, pauses


def test_a_request_carries_the_key_and_the_body() -> None:
    with serving(FINE) as server:
        reply = endpoint(server.base, Clock()).post(b'{"a": 1}')
    (asked,) = server.asked
    assert (reply.body, reply.attempts) == (b'"fine"', 1)
    assert (asked.path, asked.body) == ("/v1/chat/completions", {"a": 1})
    assert asked.headers["Authorization"] == f"Bearer {SECRET}"
    assert asked.headers["Content-Type"] == "application/json"


def test_without_a_key_no_header_pretends_one() -> None:
    with serving(FINE) as server:
        Endpoint(Settings(base=server.base, model="m"), Key("")).post(b"{}")
    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_what_passes_is_tried_again_after_growing_pauses(status: int) -> None:
    with serving(FINE, Said(status), Said(status), Said(status)) as server:
        pauses = Clock()
        assert endpoint(server.base, pauses).post(b"{}").attempts == 4
    assert pauses == [1, 2, 4]


def test_jitter_shortens_a_pause_by_half_at_most() -> None:
    pauses = Clock()
    with serving(FINE, Said(500), Said(500)) as server:
        Endpoint(Settings(base=server.base, model="m"), Key(""), pauses, lambda: 1.0).post(b"{}")
    assert pauses == [0.5, 1]


@pytest.mark.parametrize(
    ("said", "pause"),
    [("7", 7), ("0.5", 0.5), ("0", 0), ("-3", 0), ("86400", 120), ("1e400", 1), ("nan", 1),
     ("soon", 1), ("", 1), ("9" * 200, 1), ("Mon, 99 Foo 2000 00:00:00 GMT", 1),
     ("Mon, 01 Jan 2001 00:00:00 GMT", 0), ("Mon, 01 Jan 2001 00:00:00 -0000", 0)],
)  # fmt: skip
def test_a_pause_that_the_endpoint_asks_for_is_kept_within_bounds(said: str, pause: float) -> None:
    with serving(FINE, Said(429, headers={"Retry-After": said})) as server:
        pauses = Clock()
        endpoint(server.base, pauses).post(b"{}")
    assert pauses == [pause]


def test_a_pause_may_be_asked_for_by_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    with serving(FINE, Said(503, headers={"Retry-After": later})) as server:
        pauses = Clock()
        endpoint(server.base, pauses).post(b"{}")
    assert 50 < pauses[0] <= 60


def test_tries_come_to_an_end() -> None:
    with serving(Said(503, b"busy")) as server:
        error, pauses = failure(server, retries=2)
    assert (error.status, error.attempts, len(pauses)) == (503, 3, 2)
    assert len(server.asked) == 3
    assert str(error) == "status 503: busy"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
def test_a_refusal_is_not_tried_again(status: int) -> None:
    with serving(Said(status, b"no")) as server:
        error, pauses = failure(server)
    assert (error.status, error.attempts, pauses) == (status, 1, [])
    assert error.of_one_request == (status in {400, 413, 422})


def test_no_redirect_is_followed() -> None:
    with serving(FINE) as other:
        target = f"{other.base}/chat/completions"
        with serving(Said(307, headers={"Location": target})) as server:
            error, _ = failure(server)
    assert error.status == 307
    assert other.asked == []


@pytest.mark.parametrize(
    "said",
    [Said(how="hang"), Said(how="trickle", headers={"Content-Length": "1000000"})],
    ids=["hang", "trickle"],
)
def test_a_reply_that_does_not_come_is_tried_again(said: Said) -> None:
    with serving(FINE, said) as server:
        assert endpoint(server.base, Clock(), timeout=0.2).post(b"{}").attempts == 2


def test_a_reply_that_breaks_off_is_tried_again() -> None:
    with serving(FINE, Said(body=b"x" * 1000, how="cut")) as server:
        assert endpoint(server.base, Clock()).post(b"{}").attempts == 2


def test_a_reply_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_REPLY", 20)
    with serving(Said(body=b"x" * 100)) as server:
        error, _ = failure(server)
    assert "larger than 20 bytes" in str(error)
    assert len(server.asked) == 1


def test_where_nobody_ever_listened_nobody_is_waited_for() -> None:
    with serving(FINE) as server:
        pass
    error, pauses = failure(server)
    assert (error.status, error.attempts, pauses) == (0, 1, [])
    assert not error.of_one_request


def test_an_endpoint_that_has_gone_is_waited_for() -> None:
    pauses = Clock()
    with serving(Said(headers={"Connection": "close"})) as server:
        made = endpoint(server.base, pauses)
        made.post(b"{}")
    with pytest.raises(RequestError) as raised:
        made.post(b"{}")
    assert (raised.value.status, raised.value.attempts, len(pauses)) == (0, 4, 3)


def test_a_run_that_has_ended_tries_nothing_again() -> None:
    with serving(Said(500)) as server:
        made = Settings(base=server.base, model="m", retries=5)
        with pytest.raises(RequestError):
            Endpoint(made, Key(""), lambda _: True).post(b"{}")
    assert len(server.asked) == 1


def test_an_error_is_short_printable_and_silent_about_the_key() -> None:
    def repeat(asked: Asked) -> Said:
        said = f"\x1b[31m bad key: {asked.headers['Authorization']}\n" + "x" * 5000
        return Said(400, said.encode())

    with serving(repeat) as server:
        error, _ = failure(server)
    assert SECRET not in str(error)
    assert "Bearer [key]" in str(error)
    assert str(error).isprintable()
    assert len(str(error)) < 400


def test_not_even_half_a_key_is_shown() -> None:
    def repeat(asked: Asked) -> Said:
        return Said(400, f"{asked.headers['Authorization']} ".encode() * 200)

    with serving(repeat) as server:
        error, _ = failure(server)
    assert SECRET[:4] not in str(error)


def test_the_key_does_not_show_itself() -> None:
    assert SECRET not in f"{Key(SECRET)} {Key(SECRET)!r}"


@pytest.mark.parametrize("value", ["sk secret", "sk\nsecret", "مفتاح", "s" * 5000])
def test_a_key_that_no_header_can_carry(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_LLM_KEY", value)
    with pytest.raises(InputError, match="llm-endpoint") as raised:
        Key.from_environment()
    assert value not in str(raised.value)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "urllib3", None)
    with pytest.raises(InputError, match=r"extra-missing.*qawl\[llm\]"):
        Endpoint(Settings(base="http://localhost", model="m"), Key(""))
