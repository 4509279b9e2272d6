"""What a terminal did is taken as its word: exactly these bytes, from nobody else."""

import base64
import gzip
from uuid import UUID

import pytest

from pos_app.ids import NodeId
from pos_app.security.signing import Signer
from pos_app.sync import wire
from pos_hq.enrolment import revoke
from tests.hq.api.live import NO_HURRY, Live, Till, code_of


def test_what_was_pushed_is_acknowledged_with_hqs_signature(any_till: Till) -> None:
    answer = any_till.send("/events", any_till.notes("one", "two"))

    ack = wire.Ack.model_validate_json(answer.content)
    assert (ack.acked_seq, ack.acked_hash) == (2, any_till.head.hex())
    assert [result.status for result in ack.results] == ["applied", "applied"]
    assert any_till.get("/hello").json()["known"] == {"seq": 2, "hash": any_till.head.hex()}


def test_a_packed_batch_is_the_same_batch(till: Till) -> None:
    body = till.notes(*(f"note {number}" for number in range(100)))

    answer = till.packed("/events", body)

    assert answer.json()["acked_seq"] == 100


def test_pushing_again_changes_nothing(any_till: Till) -> None:
    body = any_till.notes("once")
    any_till.send("/events", body)
    before = any_till.live.rows()

    answer = any_till.send("/events", body)

    assert answer.json()["results"] == [{"seq": 1, "status": "duplicate", "exception": None}]
    assert any_till.live.rows() == before


def test_a_gap_tells_from_where_to_push(till: Till) -> None:
    till.notes("kept to itself")

    answer = till.send("/events", till.notes("second"))

    assert (answer.status_code, code_of(answer)) == (409, "gap")
    assert answer.json()["known"] == {"seq": 0, "hash": "00" * 32}
    assert till.live.rows("event", "transfer") == {"event": 0, "transfer": 0}


def test_another_past_is_a_fork_and_tells_what_hq_holds(till: Till) -> None:
    till.send("/events", till.notes("first"))
    twin = Till(till.live, till.signer, till.node, token=till.token)

    answer = till.send("/events", twin.notes("another first"))

    assert (answer.status_code, code_of(answer)) == (409, "fork")
    assert answer.json()["known"] == {"seq": 1, "hash": till.head.hex()}


def test_a_signature_by_another_key_is_told_with_the_known_place(till: Till) -> None:
    till.send("/events", till.notes("first"))
    right, till.signer = till.signer, Signer(b"x" * 32)
    body = till.notes("second")
    till.signer = right

    answer = till.send("/events", body)

    assert (answer.status_code, code_of(answer)) == (409, "signature")
    assert answer.json()["known"]["seq"] == 1


def test_a_till_that_knows_an_older_hq_is_told_where_this_one_stands(till: Till) -> None:
    till.send("/events", till.notes("first"))
    till.incarnation = 7

    answer = till.send("/events", till.notes("second"))

    assert (answer.status_code, code_of(answer)) == (409, "incarnation")
    assert answer.json()["known"]["seq"] == 1


def test_an_unknown_kind_tells_which_are_known(till: Till) -> None:
    strange = till.payload("x").replace(b'"NOTE"', b'"TELEPORT"')

    answer = till.send("/events", till.written(strange))

    assert (answer.status_code, code_of(answer)) == (426, "kind_unknown")
    assert answer.json()["kinds"]["NOTE"] == 1


def test_an_unknown_protocol_is_refused(till: Till) -> None:
    body = till.notes("x").replace(b'"proto":1', b'"proto":99')

    answer = till.send("/events", body)

    assert (answer.status_code, code_of(answer)) == (426, "protocol_unknown")


def test_one_changed_byte_is_noticed_wherever_it_is(till: Till) -> None:
    body = till.notes("a batch", "of two")
    before = till.live.rows()

    answers = {
        code_of(
            till.send("/events", body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :], signed=body)
        )
        for at in range(0, len(body), 101)
    }

    assert answers == {"body_not_signed"}
    assert till.live.rows() == before


def test_a_changed_byte_that_is_signed_is_noticed_in_the_chain(till: Till) -> None:
    payload = till.payload("ten yuan")
    body = till.written(payload)
    forged = base64.b64encode(payload.replace(b"ten", b"two"))
    before = till.live.rows()

    answer = till.send("/events", body.replace(base64.b64encode(payload), forged))

    grown = {table for table, count in till.live.rows().items() if count > before[table]}
    assert (answer.status_code, code_of(answer)) == (409, "signature")
    assert grown == {"exception", "feed"}


def test_nobody_speaks_for_another_terminal(till: Till) -> None:
    other = Till(till.live, Signer(b"o" * 32))
    other.enrol(till.live.code())
    before = till.live.rows()

    as_other = till.send("/events", other.notes("not mine"))
    other.node, other.epoch = till.node, 2
    as_next_epoch = till.send("/events", other.notes("not yet"))

    assert (as_other.status_code, code_of(as_other)) == (403, "not_yours")
    assert (as_next_epoch.status_code, code_of(as_next_epoch)) == (403, "not_yours")
    assert till.live.rows() == before


def test_the_token_alone_is_not_the_terminals_word(till: Till) -> None:
    thief = Till(till.live, Signer(b"x" * 32), till.node, token=till.token)
    body = till.notes("mine")

    unsigned = till.live.post("/events", body, Authorization=f"Bearer {till.token}")
    by_another = thief.send("/events", body)

    assert (unsigned.status_code, code_of(unsigned)) == (422, "malformed")
    assert (by_another.status_code, code_of(by_another)) == (401, "body_not_signed")


def test_a_stranger_is_refused_however_much_it_brings(open_hq: Live) -> None:
    stranger = Till(open_hq, Signer(b"x" * 32), "0" * 32)
    before = open_hq.rows()

    few = open_hq.post("/events", stranger.notes("let me in"))
    many = open_hq.post("/events", b" " * NO_HURRY.body_most)
    guessed = stranger.send("/events", stranger.notes("let me in"))

    assert (few.status_code, code_of(few)) == (401, "token_missing")
    assert (many.status_code, code_of(many)) == (401, "token_missing")
    assert guessed.status_code in {401, 422}
    assert open_hq.rows() == before


def test_a_terminal_that_was_shut_out_pushes_nothing(till: Till) -> None:
    revoke(till.live.hq, NodeId(UUID(till.node)))
    before = till.live.rows()

    answer = till.send("/events", till.notes("still here"))

    assert (answer.status_code, code_of(answer)) == (403, "revoked")
    assert till.live.rows() == before


def test_a_wiped_terminals_old_journal_is_still_taken(till: Till) -> None:
    back = Till(till.live, Signer(b"u" * 32))
    back.enrol(till.live.code(NodeId(UUID(till.node))))
    till.open()

    answer = till.send("/events", till.notes("before the disk failed"))

    assert answer.status_code == 200


def test_a_bomb_is_defused(till: Till) -> None:
    bomb = gzip.compress(b" " * (100 << 20))
    before = till.live.rows()

    answer = till.live.post("/events", bomb, Content_Encoding="gzip", **till.proof(bomb))

    assert (answer.status_code, code_of(answer)) == (413, "too_large")
    assert till.live.rows() == before


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Sign in to the hotel</body></html>",
        b"null",
        b"[]",
        b"{}",
        b'{"events": 1e400}',
        b"\xff\xfe\x00",
    ],
)
def test_a_signed_body_that_is_no_batch_is_refused(till: Till, body: bytes) -> None:
    before = till.live.rows()

    answer = till.send("/events", body)

    assert (answer.status_code, code_of(answer)) == (422, "malformed")
    assert till.live.rows() == before
