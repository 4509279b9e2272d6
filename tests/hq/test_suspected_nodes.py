"""What a node did not sign, and a chain that was rewound: kept from the book, put to a person."""

import pytest

from pos_app.security.chain import NO_HASH
from pos_app.sync.wire import EnrolAsk, Place
from pos_hq import enrolment, exceptions, feed
from pos_hq.facts import Fork, SignatureWrong
from pos_hq.hq import Hq
from pos_hq.store import chain_rows
from pos_hq.verification import verify
from tests.hq.desk import Author, author, opened
from tests.hq.test_verified_hq import unguarded
from tests.hq.test_watch import meet


@pytest.fixture
def till(desk: Hq) -> Author:
    made = author(desk)
    made.write("NOTE", {"first": 1})
    made.push()
    return made


def status(till: Author) -> str:
    with till.hq.read() as book:
        return chain_rows.status_of(book, till.caller.node.hex)


def told_status(till: Author) -> list[object]:
    page = feed.page(till.hq, till.caller, 0, 1_000)
    return [item.body and item.body["status"] for item in page.items if item.entity == "node"]


def push_forged(till: Author) -> None:
    till.write("NOTE", {"second": 1})
    payload, _signature = till.unsent[-1]
    till.unsent[-1] = (payload, bytes(64))
    with pytest.raises(SignatureWrong):
        till.push()


def test_a_batch_whose_head_is_not_signed_puts_its_node_in_quarantine(
    desk: Hq, till: Author
) -> None:
    push_forged(till)
    with pytest.raises(SignatureWrong):
        till.push()

    (case,) = exceptions.open_ones(desk)
    assert (case.type, case.seq, case.who, case.proposal) == ("BAD_SIG", 2, "IT", "lift")
    assert case.there == {"hash": till.head.hex(), "signature": "00" * 64}
    assert (status(till), told_status(till)) == ("quarantined", ["quarantined"])


def test_a_node_goes_on_when_a_person_has_looked(desk: Hq, till: Author) -> None:
    push_forged(till)
    (case,) = exceptions.open_ones(desk)

    exceptions.resolve(desk, case.id, by="Lin", decision="lift", note="a bad memory module")
    till.unsent[-1] = (till.unsent[-1][0], till.signer.sign(till.head))
    till.push()

    assert (opened(desk), told_status(till)) == ([], ["active"])


def test_a_node_is_trusted_only_when_nothing_else_is_said_against_it(
    desk: Hq, till: Author
) -> None:
    push_forged(till)
    (forged,) = exceptions.open_ones(desk)
    exceptions.resolve(desk, forged.id, by="Lin", decision="lift")
    till.seq, till.head, till.sent_hash, till.unsent = 0, NO_HASH, NO_HASH, []
    till.write("NOTE", {"another first": 1})
    with pytest.raises(Fork):
        till.push()
    with desk.write() as book:
        unguarded(book, "UPDATE event SET sig = ? WHERE seq = 1", (bytes(64),))
    verify(desk)

    two = exceptions.open_ones(desk)
    stands = []
    for case in two:
        exceptions.resolve(desk, case.id, by="Lin", decision="lift")
        stands.append(status(till))

    assert [case.type for case in two] == ["FORK", "BAD_SIG"]
    assert stands == ["quarantined", "active"]


def test_a_node_that_was_shut_out_is_not_let_in_by_an_answer(desk: Hq, till: Author) -> None:
    push_forged(till)
    (case,) = exceptions.open_ones(desk)
    enrolment.revoke(desk, till.caller.node)

    exceptions.resolve(desk, case.id, by="Lin", decision="lift")

    assert status(till) == "revoked"


def test_the_audit_asks_once_about_an_event_that_its_node_did_not_sign(
    desk: Hq, till: Author
) -> None:
    with desk.write() as book:
        unguarded(book, "UPDATE event SET sig = ? WHERE seq = 1", (bytes(64),))

    faults = [verify(desk).fault for _ in range(2)]
    (case,) = exceptions.open_ones(desk)
    exceptions.resolve(desk, case.id, by="Lin", decision="lift")
    verify(desk)

    assert faults[0] is not None
    assert (faults[0].check, faults[0].place) == ("signatures", (till.caller.node.hex, 1, 1))
    assert (case.type, case.seq) == ("BAD_SIG", 1)
    assert (opened(desk), status(till)) == ([], "active")


def test_the_audit_of_a_node_that_was_shut_out_leaves_it_outside(desk: Hq, till: Author) -> None:
    enrolment.revoke(desk, till.caller.node)
    with desk.write() as book:
        unguarded(book, "UPDATE event SET sig = ? WHERE seq = 1", (bytes(64),))

    verify(desk)

    assert (opened(desk), status(till)) == (["BAD_SIG"], "revoked")


@pytest.mark.parametrize(
    "head", [Place(seq=0, hash=NO_HASH.hex()), Place(seq=1, hash="ab" * 32)], ids=["older", "other"]
)
def test_a_chain_that_is_behind_hqs_or_another_was_rewound(
    desk: Hq, till: Author, head: Place
) -> None:
    for _ in range(2):
        meet(till, head=head)

    (case,) = exceptions.open_ones(desk)
    assert (case.type, case.who, case.proposal) == ("REWIND", "IT", "recover")
    assert case.here == {"seq": 1, "hash": till.head.hex()}
    assert case.there == {"seq": head.seq, "hash": head.hash}


def test_a_chain_that_goes_on_was_not_rewound(desk: Hq, till: Author) -> None:
    meet(till, head=Place(seq=1, hash=till.head.hex()))
    meet(till, head=Place(seq=9, hash="ab" * 32))

    assert opened(desk) == []


def test_a_rewound_till_is_no_longer_asked_about_when_it_is_back(desk: Hq, till: Author) -> None:
    meet(till, head=Place(seq=0, hash=NO_HASH.hex()))
    code = enrolment.make_code(desk, "S001", "3 号机", till.caller.node)

    enrolment.enrol(desk, EnrolAsk(code=code, public_key="ab" * 32))
    after = opened(desk)
    meet(till, head=Place(seq=0, hash=NO_HASH.hex()))

    assert after == []
    assert opened(desk) == []
