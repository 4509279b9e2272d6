"""A terminal proves who it is by signing what HQ made up, once and at once."""

from uuid import UUID

import pytest

from pos_app.ids import NodeId, new_id
from pos_app.security.signing import Signer
from pos_app.sync import wire
from pos_hq.enrolment import revoke
from pos_hq.sessions import CHALLENGE_S, SESSION_S
from tests.fakes import FakeClock
from tests.hq.api.live import Live, Till, code_of


def test_a_signed_challenge_opens_a_session(any_till: Till) -> None:
    answer = any_till.answer(any_till.challenge())

    told = wire.Session.model_validate_json(answer.content)
    assert told.expires_in_s == SESSION_S
    assert (told.known.seq, told.known.hash) == (0, "00" * 32)
    assert any_till.live.get("/hello", told.token).json()["known"]["seq"] == 0


def test_a_token_is_never_kept_itself(till: Till) -> None:
    with till.live.hq.read() as book:
        kept = book.exec_driver_sql("SELECT * FROM session").all()

    assert till.token not in str(kept)
    assert till.token.encode() not in kept[0][0]
    assert len(till.token) >= 43  # 256 bits


def test_a_challenge_is_answered_once(any_till: Till) -> None:
    challenge = any_till.challenge()
    any_till.answer(challenge)

    again = any_till.answer(challenge)

    assert (again.status_code, code_of(again)) == (401, "not_authorised")


def test_a_challenge_is_answered_within_a_minute(till: Till, clock: FakeClock) -> None:
    challenge = till.challenge()
    clock.go(seconds=CHALLENGE_S)

    late = till.answer(challenge)

    assert (late.status_code, code_of(late)) == (401, "not_authorised")


def test_a_challenge_that_hq_did_not_make_is_refused(till: Till) -> None:
    made = till.challenge()
    forged = f"{int(made[:16], 16) + 3_600_000:016x}{made[16:]}"

    answer = till.answer(forged)

    assert code_of(answer) == "not_authorised"


def test_the_challenge_of_another_terminal_is_refused(till: Till) -> None:
    other = Till(till.live, Signer(b"o" * 32))
    other.enrol(till.live.code())

    answer = till.answer(other.challenge())

    assert code_of(answer) == "not_authorised"


def test_a_key_that_was_not_enrolled_opens_nothing(till: Till) -> None:
    thief = Till(till.live, Signer(b"x" * 32), node=till.node)

    answer = thief.answer(thief.challenge())

    assert code_of(answer) == "not_authorised"
    assert till.get("/hello").status_code == 200


def test_a_stranger_is_told_nothing_about_who_is_enrolled(till: Till) -> None:
    stranger = Till(till.live, Signer(b"x" * 32), node=new_id().hex)
    before = till.live.rows()

    answer = stranger.answer(stranger.challenge())

    assert (answer.status_code, code_of(answer)) == (401, "not_authorised")
    assert till.live.rows() == before  # whoever has proved nothing writes nothing


def test_a_signature_for_another_epoch_opens_nothing(till: Till) -> None:
    answer = till.answer(till.challenge(), epoch=2)

    assert code_of(answer) == "not_authorised"


def test_a_token_lasts_a_quarter_of_an_hour(till: Till, clock: FakeClock) -> None:
    clock.go(seconds=SESSION_S - 1)
    in_time = till.get("/hello")
    clock.go(seconds=1)

    late = till.get("/hello")

    assert in_time.status_code == 200
    assert (late.status_code, code_of(late)) == (401, "not_authorised")


def test_a_new_session_ends_the_one_before(till: Till) -> None:
    first = till.token
    till.open()

    answer = till.live.get("/hello", first)

    assert code_of(answer) == "not_authorised"
    assert till.get("/hello").status_code == 200


def test_a_terminal_that_is_shut_out_is_shut_out_at_once(any_till: Till) -> None:
    any_till.open()
    revoke(any_till.live.hq, NodeId(UUID(any_till.node)))

    with_token = any_till.get("/hello")
    anew = any_till.answer(any_till.challenge())

    assert (with_token.status_code, code_of(with_token)) == (403, "revoked")
    assert (anew.status_code, code_of(anew)) == (403, "revoked")


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "\u00e9", " ", "x" * 2_000])
def test_a_token_that_nobody_gave_is_refused(open_hq: Live, token: str) -> None:
    answer = open_hq.web.get(
        f"{open_hq.url}/v1/hello",
        headers={"Authorization": f"Bearer {token}".encode("latin-1")},
        timeout=10,
    )

    assert answer.status_code in {200, 401}
    assert answer.json().get("known") is None


def test_a_sessions_answer_says_how_to_authorise(open_hq: Live) -> None:
    answer = open_hq.get("/hello", "nonsense")

    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Cache-Control"] == "no-store"
