"""What a real network does to a request, and the one fact that comes of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from pos_app.sync import hq, transport
from pos_app.sync.facts import Doubt, HqMisbehaved, HqRefused, HqUnreachable, Outage
from pos_app.sync.transport import ANSWER_S, HttpTransport, Request
from pos_app.sync.wire import Hello
from tests.certificates import LOOPBACK, certificate_for, serving_with
from tests.loopback import Answer, served

HELLO = Request("GET", "/v1/hello")
SHORT_S = 0.2


def say(status: int, kind: str, body: bytes, *, length: int | None = None) -> Answer:
    def answer(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        to.send_header("Content-Type", kind)
        to.send_header("Content-Length", str(len(body) if length is None else length))
        to.end_headers()
        to.wfile.write(body)
        to.close_connection = True

    return answer


@contextmanager
def stalling(begin: Answer) -> Iterator[str]:
    """Answer so far and not a byte more, without hanging up, however long the asker takes."""
    over = threading.Event()

    def stall(to: BaseHTTPRequestHandler) -> None:
        begin(to)
        over.wait()

    with served(stall) as url:
        try:
            yield url
        finally:
            over.set()


def asked(url: str, certificates: str | None = None, answer_s: float = ANSWER_S) -> Hello:
    """Ask who is there, as the courier does."""
    way = HttpTransport(url, certificates=certificates, answer_s=answer_s)
    try:
        return hq.read(way.send(HELLO), Hello)
    finally:
        way.close()


def outage(url: str, answer_s: float = ANSWER_S) -> Outage:
    with pytest.raises(HqUnreachable) as broken:
        asked(url, answer_s=answer_s)
    return broken.value.outage


def doubt(url: str, certificates: str | None = None) -> Doubt:
    with pytest.raises(HqMisbehaved) as doubted:
        asked(url, certificates)
    return doubted.value.doubt


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_a_log_in_page_of_the_network_is_not_hq() -> None:
    with served(say(200, "text/html", b"<html>Log in, please</html>")) as url:
        assert doubt(url) is Doubt.NOT_HQ


def test_a_redirection_to_a_log_in_page_is_not_followed() -> None:
    def sent_away(to: BaseHTTPRequestHandler) -> None:
        to.send_response(302)
        to.send_header("Location", "http://127.0.0.1:1/login")
        to.send_header("Content-Length", "0")
        to.end_headers()

    with served(sent_away) as url:
        assert doubt(url) is Doubt.NOT_HQ


def test_an_answer_that_is_cut_off_is_an_outage() -> None:
    with served(say(200, "application/json", b'{"proto_min"', length=5_000)) as url:
        assert outage(url) is Outage.NETWORK


def test_an_answer_that_stalls_in_the_middle_is_a_timeout() -> None:
    with stalling(say(200, "application/json", b"{", length=5_000)) as url:
        assert outage(url, SHORT_S) is Outage.TIMEOUT


def test_an_answer_that_never_begins_is_a_timeout() -> None:
    with stalling(lambda _to: None) as url:
        assert outage(url, SHORT_S) is Outage.TIMEOUT


def test_a_gateway_without_hq_behind_it_is_busy() -> None:
    with served(say(502, "text/html", b"Bad gateway")) as url:
        assert outage(url) is Outage.BUSY


def test_hq_that_asks_for_patience_says_how_much() -> None:
    body = b'{"code": "busy", "retry_after_s": 7}'

    with served(say(503, "application/json", body)) as url, pytest.raises(HqUnreachable) as busy:
        asked(url)

    assert (busy.value.outage, busy.value.retry_after_s) == (Outage.BUSY, 7)


def test_a_no_of_hq_carries_its_code() -> None:
    body = b'{"code": "revoked"}'

    with served(say(403, "application/json", body)) as url, pytest.raises(HqRefused) as no:
        asked(url)

    assert (no.value.status, no.value.code) == (403, "revoked")


def test_a_body_of_another_shape_is_not_taken() -> None:
    with served(say(200, "application/json", b'{"hello": "world"}')) as url:
        assert doubt(url) is Doubt.SHAPE


def test_an_endless_answer_is_not_read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "ANSWER_MOST", 1_000)

    with served(say(200, "application/json", b" " * 5_000)) as url:
        assert doubt(url) is Doubt.SHAPE


def test_a_machine_on_which_hq_does_not_run_refuses() -> None:
    assert outage(f"http://127.0.0.1:{free_port()}") is Outage.REFUSED


def test_a_name_that_nobody_knows_is_told_as_such() -> None:
    assert outage("http://hq.invalid") in {Outage.NAME, Outage.NO_NETWORK}


def test_a_renewed_connection_asks_again() -> None:
    with served(say(200, "application/json", b"{}")) as url:
        way = HttpTransport(url)
        way.send(HELLO)

        way.renew()

        assert way.send(HELLO).status == 200
        way.close()


def test_a_certificate_of_somebody_else_proves_nothing(tmp_path: Path) -> None:
    file = certificate_for(LOOPBACK, tmp_path / "hq.pem")

    with served(say(200, "application/json", b"{}"), serving_with(file)) as url:
        assert doubt(url) is Doubt.CERTIFICATE


def test_the_chains_own_certificate_is_believed(tmp_path: Path) -> None:
    file = certificate_for(LOOPBACK, tmp_path / "hq.pem")

    with served(say(200, "application/json", b"{}"), serving_with(file)) as url:
        assert doubt(url, str(file)) is Doubt.SHAPE  # it was heard, and only then doubted


def test_a_certificate_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert doubt("https://127.0.0.1:1", str(tmp_path / "none.pem")) is Doubt.NO_CERTIFICATES
