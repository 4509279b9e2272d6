"""Pushing: what is a duplicate, what is a gap, and what can never be this node's chain."""

import json

import pytest

from pos_app.security.chain import NO_HASH
from pos_app.security.signing import verify
from pos_app.sync.seals import ack_digest
from pos_hq import exceptions, inflow
from pos_hq.facts import (
    Fork,
    Gap,
    IncarnationStale,
    KindUnknown,
    NotAuthorised,
    SignatureWrong,
)
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from tests.hq.desk import Author, author, balance, opened


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


def _count(hq: Hq, table: str) -> int:
    with hq.read() as book:
        return int(fetch(book, f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 -- ours


def test_a_lost_answer_costs_a_retry_and_no_duplicate(desk: Hq, till: Author) -> None:
    member = till.member()
    till.top_up(member, 50_000)
    sent = till.pending().as_push(till.caller, 1)
    inflow.receive(desk, till.caller, sent)

    again = inflow.receive(desk, till.caller, sent)

    assert [result.status for result in again.results] == ["duplicate", "duplicate"]
    assert _count(desk, "event") == 2
    assert balance(desk, "tender:S001:wechat") == -50_000


def test_hq_signs_how_far_it_holds_a_chain(desk: Hq, till: Author) -> None:
    till.member()

    ack = till.push()

    signed = bytes.fromhex(ack.signature)
    assert (ack.acked_seq, ack.acked_hash) == (1, till.head.hex())
    assert verify(desk.key, ack_digest(ack.model_dump()), signed)


def test_a_batch_that_overlaps_brings_only_what_is_new(desk: Hq, till: Author) -> None:
    member = till.member()
    first = till.pending()
    rows = list(first.rows)
    inflow.receive(desk, till.caller, first.as_push(till.caller, 1))
    till.top_up(member, 10_000)

    ack = inflow.receive(desk, till.caller, till.pending().as_push(till.caller, 1))

    assert len(rows) == 1
    assert [result.status for result in ack.results] == ["duplicate", "applied"]
    assert balance(desk, "tender:S001:wechat") == -10_000


def test_a_gap_is_told_with_the_place_that_hq_knows(till: Author) -> None:
    till.member()
    till.push()
    till.write("NOTE")
    till.unsent.clear()
    till.sent_hash = till.head
    till.write("NOTE")

    with pytest.raises(Gap) as told:
        till.push()

    assert told.value.known.seq == 1


def test_an_edited_event_is_not_what_the_node_signed(desk: Hq, till: Author) -> None:
    member = till.member()
    till.top_up(member, 50_000)
    payload, signature = till.unsent[1]
    till.unsent[1] = (payload.replace(b"50000", b"90000"), signature)

    with pytest.raises(SignatureWrong):
        till.push()

    assert _count(desk, "event") == 0


def test_two_pasts_of_one_node_are_a_fork_and_end_in_quarantine(desk: Hq, till: Author) -> None:
    till.write("NOTE", {"first": 1})
    till.push()
    till.seq, till.head, till.sent_hash = 0, NO_HASH, NO_HASH
    till.write("NOTE", {"second": 1})

    for _ in range(2):
        with pytest.raises(Fork):
            till.push()

    assert opened(desk) == ["FORK"]
    assert _count(desk, "event") == 1


def test_what_comes_out_of_quarantine_is_applied_then(desk: Hq, till: Author) -> None:
    first = till.member()
    till.push()
    kept = (till.seq, till.head, till.sent_hash)
    till.seq, till.head, till.sent_hash = 0, NO_HASH, NO_HASH
    till.write("NOTE")
    with pytest.raises(Fork):
        till.push()
    till.seq, till.head, till.sent_hash = kept
    till.unsent.clear()
    till.top_up(first, 50_000)
    ack = till.push()
    before = balance(desk, "tender:S001:wechat")
    (case,) = exceptions.open_ones(desk)

    exceptions.resolve(desk, case.id, by="HQ", decision="lift", note="a copied disk, destroyed")

    assert (ack.acked_seq, before) == (2, 0)
    assert balance(desk, "tender:S001:wechat") == -50_000
    assert opened(desk) == []


def test_a_terminal_that_missed_a_restore_is_told_so(till: Author) -> None:
    till.write("NOTE")
    till.incarnation = 0

    with pytest.raises(IncarnationStale) as told:
        till.push()

    assert told.value.current == 1


def test_hq_must_be_upgraded_before_a_new_kind_is_pushed(desk: Hq, till: Author) -> None:
    till.write("NOTE")
    till.write("LOTTERY")

    with pytest.raises(KindUnknown) as told:
        till.push()

    assert told.value.unknown == ("LOTTERY",)
    assert "SALE" in told.value.kinds
    assert _count(desk, "event") == 0


def test_nobody_pushes_in_the_name_of_another(desk: Hq, till: Author) -> None:
    other = author(desk, "b")
    till.write("NOTE")

    with pytest.raises(NotAuthorised):
        inflow.receive(desk, other.caller, till.pending().as_push(till.caller, 1))


def test_a_second_event_of_one_identity_is_kept_and_not_posted(desk: Hq, till: Author) -> None:
    member = till.member()
    till.top_up(member, 50_000)
    till.append(till.unsent[1][0])

    ack = till.push()

    assert [result.status for result in ack.results][2] == "applied_with_exception"
    assert opened(desk) == ["DUP_EVENT_ID"]
    assert balance(desk, "tender:S001:wechat") == -50_000
    assert _count(desk, "event") == 3


def test_a_signed_event_that_nobody_can_read_is_kept_and_stops_nothing(
    desk: Hq, till: Author
) -> None:
    till.append(b"not json at all")
    till.append(json.dumps({"v": 1, "kind": "SALE"}).encode())
    member = till.member()

    ack = till.push()

    assert opened(desk) == ["UNREADABLE", "UNREADABLE"]
    assert ack.acked_seq == 3
    assert _count(desk, "member") == 1
    assert member


def test_what_a_holding_lacks_comes_from_suspense_until_a_person_decides(
    desk: Hq, till: Author
) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.spend(member, lot, 12_500)
    till.push()
    (case,) = exceptions.open_ones(desk)
    waiting = balance(desk, f"suspense:{till.caller.node.hex}")

    exceptions.resolve(desk, case.id, by="HQ", decision="loss")

    assert (case.type, case.amount, waiting) == ("HOLD_SHORT", 2_500, -2_500)
    assert balance(desk, f"hold:{till.place}:P:{member}:{lot}") == 0
    assert balance(desk, f"suspense:{till.caller.node.hex}") == 0
    assert balance(desk, "loss:orphan") == -2_500
    assert balance(desk, "sales:S001") == 12_500


def test_money_for_an_account_that_nobody_knows_waits_in_suspense(desk: Hq, till: Author) -> None:
    till.write("NOTE", {}, [["tender:S001:wechat", "piggy-bank", "CNY", 700]])

    till.push()

    assert opened(desk) == ["ACCOUNT_UNKNOWN"]
    assert balance(desk, f"suspense:{till.caller.node.hex}") == 700


def test_a_coupon_used_twice_is_told_as_such(desk: Hq, till: Author) -> None:
    member, coupon = till.member(), "c" * 32
    unit, mine = f"CPN:{coupon}", f"hold:CPN:{member}:{coupon}"
    body = {
        "coupon": coupon,
        "template": "NEW5",
        "valid_from": "2026-06-15",
        "valid_until": "2026-07-15",
    }
    till.write("COUPON_ISSUE", body, [["cpn_issued", mine, unit, 1]], member=member)
    for _ in range(2):
        till.write("NOTE", {}, [[mine, "cpn_redeemed", unit, 1]], member=member)

    till.push()

    assert opened(desk) == ["COUPON_DOUBLE"]
    assert balance(desk, "cpn_redeemed", unit) == 2


def test_every_unit_sums_to_nothing(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000, 1_000)
    till.spend(member, lot, 2_000)
    till.spend(member, lot, 500, "B")
    till.give_back(member, ("P", lot, 8_000), ("B", lot, 500))
    till.push()

    with desk.read() as book:
        sums = fetch(book, "SELECT unit, sum(amount) FROM balance GROUP BY unit")

    assert [int(total) for _, total in sums] == [0]
    assert balance(desk, f"avail:P:{member}:{lot}") == 8_000
