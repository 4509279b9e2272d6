"""No caller can starve another, fill the memory, or leave words in the log."""

import gzip
import logging
import socket
import zlib
from dataclasses import replace

import pytest

from pos_app.security.signing import Signer
from pos_hq.api import patience
from pos_hq.api.limits import Buckets, Limits, Rate, address_key
from pos_hq.hq import Hq
from tests.hq.api.live import NO_HURRY, PLENTY, Live, Till, code_of, live

CAP = NO_HURRY.short_body_most
NODE = b'{"node": "%s"}' % (b"0" * 32)


PACKED = {"Content-Encoding": "gzip"}
ODD_BODIES = {
    "a little too large": (b" " * (CAP + 1), {}, 413, "too_large"),
    "far too large": (b" " * (40 * CAP), {}, 413, "too_large"),
    "too large unpacked": (gzip.compress(b" " * (CAP + 1)), PACKED, 413, "too_large"),
    "a bomb": (gzip.compress(bytes(64 << 20)), PACKED, 413, "too_large"),
    "cut off": (gzip.compress(NODE)[:-4], PACKED, 422, "malformed"),
    "more behind it": (gzip.compress(NODE) + b"more", PACKED, 422, "malformed"),
    "zlib": (zlib.compress(NODE), PACKED, 422, "malformed"),
    "not packed": (NODE, PACKED, 422, "malformed"),
    "another packing": (NODE, {"Content-Encoding": "br"}, 415, "not_json"),
    "HTML by name": (NODE, {"Content-Type": "text/html"}, 415, "not_json"),
    "nameless": (NODE, {"Content-Type": ""}, 415, "not_json"),
    "HTML": (b"<!doctype html><title>502</title>", {}, 422, "malformed"),
    "nothing": (b"", {}, 422, "malformed"),
    "deep": (b"[" * 20_000, {}, 422, "malformed"),
    "no number": (b'{"node": NaN}', {}, 422, "malformed"),
    "no text": (b'{"node": "\xff"}', {}, 422, "malformed"),
    "half a letter": (b'{"node": "\\ud800"}', {}, 422, "malformed"),
    "an odd name": (NODE.replace(b"}", b', "\\u0000\\n": 1}'), {}, 422, "malformed"),
    "infinite": (b'{"node": 1e999999}', {}, 422, "malformed"),
}


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"), ODD_BODIES.values(), ids=ODD_BODIES.keys()
)
def test_a_body_that_is_not_as_described_is_refused(
    open_hq: Live, body: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    before = open_hq.rows()

    answer = open_hq.post("/challenge", body, **{"Content-Type": "application/json", **headers})

    assert (answer.status_code, code_of(answer)) == (status, code)
    assert open_hq.rows() == before


def test_a_body_of_unknown_length_is_counted_while_it_comes(open_hq: Live) -> None:
    endless = (b" " * 16_384 for _part in range(64))

    answer = open_hq.web.post(
        f"{open_hq.url}/v1/challenge",
        data=endless,
        headers={"Content-Type": "application/json"},
        timeout=10,
    )

    assert code_of(answer) == "too_large"


def test_a_refusal_never_repeats_what_was_sent(open_hq: Live) -> None:
    answer = open_hq.post("/challenge", b'{"node": "13800138000"}')

    assert "13800138000" not in answer.text
    assert answer.json()["detail"] == "where=body.node, rule=string_pattern_mismatch"


def test_a_sender_that_stalls_is_told_so(hq: Hq) -> None:
    hurry = Limits(body_seconds=0.2, address=PLENTY, stranger=PLENTY)

    with live(hq, hurry) as opened, _connection(opened) as line:
        line.sendall(
            b"POST /v1/challenge HTTP/1.1\r\nHost: hq\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100\r\n\r\n{"
        )
        heard = line.recv(4096)

    assert heard.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("head", [b"", b"GET /v1/hello HTTP/1.1\r\nHo"], ids=["nothing", "half"])
def test_who_never_says_what_they_want_is_hung_up_on(
    hq: Hq, monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(patience, "HEAD_S", 0.2)

    with live(hq) as opened, _connection(opened) as sender:
        sender.sendall(head)

        assert sender.recv(1) == b""


def test_half_a_second_request_is_hung_up_on_too(hq: Hq, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_S", 0.2)

    with live(hq) as opened, _connection(opened) as sender:
        sender.sendall(b"GET /v1/hello HTTP/1.1\r\nHost: hq\r\n\r\n")
        heard = sender.recv(1 << 16)
        sender.sendall(b"GET /v1/hello HTTP/1.1\r\nHo")
        heard += b"".join(iter(lambda: sender.recv(1 << 16), b""))

    assert heard.count(b"HTTP/1.1 200 ") == 1


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/nowhere", 404, "no_such_place"),
        ("/", 404, "no_such_place"),
        ("/v1/hello/", 404, "no_such_place"),
        ("/docs", 404, "no_such_place"),
        ("/v1/enrol", 405, "no_such_method"),
    ],
)
def test_a_wrong_door_is_a_problem_too(open_hq: Live, path: str, status: int, code: str) -> None:
    answer = open_hq.web.get(f"{open_hq.url}{path}", timeout=10)

    assert (answer.status_code, code_of(answer)) == (status, code)


def test_an_address_that_asks_too_often_waits(hq: Hq) -> None:
    with live(hq, Limits(address=Rate(0.1, 2))) as opened:
        answers = [opened.get("/hello") for _turn in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert code_of(answers[2]) == "too_often"
    assert int(answers[2].headers["Retry-After"]) == answers[2].json()["retry_after_s"] == 10


def test_guessing_codes_is_slow(hq: Hq) -> None:
    with live(hq, Limits(address=PLENTY, enrolment=Rate(0.1, 3))) as opened:
        till = Till(opened, Signer(b"t" * 32))
        answers = [till.enrol(f"AAAA-AAAA-AAAA-AAA{last}").status_code for last in "ABCDE"]

    assert answers == [403, 403, 403, 429, 429]


def test_guessing_tokens_is_slow(hq: Hq) -> None:
    with live(hq, Limits(address=PLENTY, stranger=Rate(0.1, 3))) as opened:
        answers = [opened.get("/hello", f"guess{turn}").status_code for turn in range(5)]

    assert answers == [401, 401, 401, 429, 429]


def test_one_till_in_a_loop_does_not_stop_the_others(hq: Hq) -> None:
    with live(hq, Limits(address=PLENTY, node=Rate(0.1, 2))) as opened:
        first, second = Till(opened, Signer(b"1" * 32)), Till(opened, Signer(b"2" * 32))
        for till in (first, second):
            till.enrol(opened.code())
            till.open()
        looping = [first.get("/hello").status_code for _turn in range(3)]
        quiet = second.get("/hello").status_code

    assert (looping, quiet) == ([200, 200, 429], 200)


def test_a_bucket_fills_again_and_never_beyond_its_brim() -> None:
    now = [0.0]
    buckets = Buckets(Rate(2, 3), seconds=lambda: now[0])

    at_once = [buckets.take("a") for _turn in range(4)]
    now[0] += 0.5
    later = [buckets.take("a") for _turn in range(2)]
    now[0] += 3_600
    rested = [buckets.take("a") for _turn in range(4)]

    assert (at_once, later, rested) == ([0, 0, 0, 1], [0, 1], [0, 0, 0, 1])


def test_the_memory_of_addresses_is_bounded() -> None:
    buckets = Buckets(Rate(1, 1), keys_most=3)

    for number in range(100):
        buckets.take(f"10.0.0.{number}")

    assert len(buckets) == 3
    assert buckets.take("10.0.0.99") == 1


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
    ],
)
def test_a_household_has_one_bucket_however_many_addresses_it_has(host: str, key: str) -> None:
    assert address_key(host) == key


def test_the_log_says_who_and_where_and_nothing_that_was_typed(
    till: Till, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "pos_hq.access")

    till.get("/hello", phone="13800138000")
    till.get("/13800138000")
    till.live.post("/challenge", b'{"node": "13800138000"}')
    till.get("/hello")  # a line is written after its answer, and before the next is taken

    lines = [record.getMessage() for record in caplog.records if record.name == "pos_hq.access"]
    assert lines[0].startswith("GET /v1/hello 200 ")
    assert lines[0].endswith(f" ms node {till.node}.1")
    assert lines[1].startswith("GET - 404 ")
    assert lines[2].startswith("POST /v1/challenge 422 ")
    assert "13800138000" not in "".join(lines)
    assert till.token not in "".join(lines)


def _connection(to: Live) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(to.url.rpartition(":")[2])), timeout=10)


@pytest.mark.logs_a_warning
def test_a_database_without_time_is_a_reason_to_come_back(till: Till) -> None:
    challenge = till.challenge()

    with till.live.hq.write():
        answer = till.answer(challenge)

    assert (answer.status_code, code_of(answer)) == (503, "busy")
    assert answer.headers["Retry-After"] == "2"
    assert till.answer(challenge).status_code == 200


@pytest.mark.logs_a_warning
def test_a_bug_is_told_without_its_words(hq: Hq, caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(hq, signer=None)  # type: ignore[arg-type]  # the bug

    with live(broken) as opened:
        answer = opened.get("/hello")

    assert (answer.status_code, code_of(answer)) == (500, "bug")
    assert "NoneType" not in answer.text
    assert "NoneType" in caplog.text
