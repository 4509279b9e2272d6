"""A terminal becomes one of ours with a code that works once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import insert

from pos_app.ids import NodeId, new_id
from pos_app.security.signing import Signer
from pos_app.sync import wire
from pos_hq.enrolment import ALPHABET, CODE_S, make_code, nodes, revoke
from pos_hq.exceptions import open_ones
from pos_hq.facts import NodeRevoked
from pos_hq.fold.accounts import held, place
from pos_hq.founding import create_store
from pos_hq.store.tables import balance
from tests.fakes import FakeClock
from tests.hq.api.live import Live, Till, code_of
from tests.hq.desk import STORE


def till_of(live: Live, letter: bytes = b"t") -> Till:
    return Till(live, Signer(letter * 32))


def test_a_code_is_easy_to_read_out_and_hard_to_guess(open_hq: Live) -> None:
    code = open_hq.code()

    letters = code.replace("-", "")

    assert len(letters) * 5 >= 50
    assert not set(letters) - set(ALPHABET)
    assert not set("0O1I") & set(ALPHABET)
    assert code != open_hq.code()


def test_only_the_hash_of_a_code_is_kept(open_hq: Live) -> None:
    code = open_hq.code().replace("-", "")

    with open_hq.hq.read() as book:
        kept = book.exec_driver_sql("SELECT * FROM enrol_code").all()

    assert code not in str(kept)
    assert code.encode() not in kept[0][0]


def test_a_fresh_ledger_is_enrolled_under_its_own_identity(any_open_hq: Live) -> None:
    till, own = till_of(any_open_hq), new_id().hex

    answer = till.enrol(any_open_hq.code(), node=own, epoch=1)

    told = wire.Enrolled.model_validate_json(answer.content)
    assert (told.node, told.epoch, told.store) == (own, 1, STORE)
    assert told.hq_key == any_open_hq.hq.key.hex()
    assert till.open()


def test_a_terminal_without_identity_is_given_one(open_hq: Live) -> None:
    till = till_of(open_hq)

    till.enrol(open_hq.code().lower().replace("-", " "))

    assert [row.id.hex for row in nodes(open_hq.hq)] == [till.node]
    assert till.epoch == 1


def test_a_wiped_terminal_comes_back_under_the_next_epoch(any_open_hq: Live) -> None:
    lost = till_of(any_open_hq)
    lost.enrol(any_open_hq.code())
    back = till_of(any_open_hq, b"u")

    back.enrol(any_open_hq.code(NodeId(UUID(lost.node))))

    assert (back.node, back.epoch) == (lost.node, 2)
    assert back.open()


def test_the_code_of_another_terminal_brings_nobody_back(open_hq: Live) -> None:
    lost = till_of(open_hq)
    lost.enrol(open_hq.code())

    answer = till_of(open_hq, b"u").enrol(open_hq.code(NodeId(UUID(lost.node))), node=new_id().hex)

    assert (answer.status_code, code_of(answer)) == (403, "code_for_another")


def test_an_epoch_that_began_does_not_begin_again(open_hq: Live) -> None:
    lost = till_of(open_hq)
    lost.enrol(open_hq.code())
    code = open_hq.code(NodeId(UUID(lost.node)))

    answer = till_of(open_hq, b"u").enrol(code, node=lost.node, epoch=1)

    assert (answer.status_code, code_of(answer)) == (409, "epoch_taken")


def test_a_code_enrols_one_terminal_only(any_open_hq: Live) -> None:
    code = any_open_hq.code()
    till_of(any_open_hq).enrol(code)

    answer = till_of(any_open_hq, b"u").enrol(code)

    assert (answer.status_code, code_of(answer)) == (403, "code_used")
    assert len(nodes(any_open_hq.hq)) == 1


def test_a_code_lasts_a_quarter_of_an_hour(open_hq: Live, clock: FakeClock) -> None:
    code = open_hq.code()
    clock.go(seconds=CODE_S)

    answer = till_of(open_hq).enrol(code)

    assert (answer.status_code, code_of(answer)) == (403, "code_expired")
    assert not nodes(open_hq.hq)


@pytest.mark.parametrize("said", ["AAAA-AAAA-AAAA-AAAA", "--------", "\u00e4" * 64])
def test_a_code_that_nobody_made_is_refused(open_hq: Live, said: str) -> None:
    open_hq.code()

    answer = till_of(open_hq).enrol(said)

    assert (answer.status_code, code_of(answer)) == (403, "code_refused")


def test_the_key_of_a_chain_that_has_begun_is_not_enrolled_again(open_hq: Live) -> None:
    till, code = till_of(open_hq), open_hq.code()
    till.enrol(code)
    till.open()
    assert till.packed("/events", till.notes("begun")).status_code == 200

    answers = [till_of(open_hq).enrol(said) for said in (code, open_hq.code())]

    assert [code_of(answer) for answer in answers] == ["key_enrolled", "key_enrolled"]


def test_a_terminal_without_a_ledger_that_missed_the_answer_is_told_the_same_with_the_same_code(
    any_open_hq: Live, clock: FakeClock
) -> None:
    code = any_open_hq.code()
    first = till_of(any_open_hq).enrol(code)
    before = any_open_hq.rows("node", "node_epoch")
    clock.go(seconds=60)

    again, fresh = till_of(any_open_hq).enrol(code), till_of(any_open_hq).enrol(any_open_hq.code())

    assert first.json() == again.json() == fresh.json()
    assert any_open_hq.rows("node", "node_epoch") == before
    clock.go(seconds=CODE_S)
    assert code_of(till_of(any_open_hq).enrol(code)) == "code_expired"


def test_the_same_terminal_is_not_enrolled_twice(open_hq: Live) -> None:
    till = till_of(open_hq)
    till.enrol(open_hq.code())
    code = open_hq.code()

    answer = till_of(open_hq, b"u").enrol(code, node=till.node, epoch=1)

    assert (answer.status_code, code_of(answer)) == (409, "node_enrolled")
    assert till_of(open_hq, b"v").enrol(code).status_code == 200  # what was refused cost no code


def test_a_terminal_that_missed_the_answer_is_answered_once_more(any_open_hq: Live) -> None:
    till, own = till_of(any_open_hq), new_id().hex
    first = till.enrol(any_open_hq.code(), node=own, epoch=1)
    fresh, before = any_open_hq.code(), any_open_hq.rows("node", "node_epoch")

    again = till.enrol(fresh, node=own, epoch=1)

    assert (again.status_code, again.json()) == (200, first.json())
    assert any_open_hq.rows("node", "node_epoch") == before
    assert code_of(till_of(any_open_hq, b"u").enrol(fresh)) == "code_used"


def test_a_terminal_that_came_back_and_missed_the_answer_is_answered_once_more(
    open_hq: Live,
) -> None:
    lost, back = till_of(open_hq), till_of(open_hq, b"u")
    lost.enrol(open_hq.code())
    node = NodeId(UUID(lost.node))
    first = back.enrol(open_hq.code(node), node=lost.node, epoch=2)

    again = back.enrol(open_hq.code(node), node=lost.node, epoch=2)
    former = till_of(open_hq).enrol(open_hq.code(node), node=lost.node, epoch=1)

    assert again.json() == first.json()
    assert code_of(former) == "key_enrolled"


def test_a_lost_terminal_that_comes_back_and_missed_the_answer_is_told_the_same(
    open_hq: Live,
) -> None:
    lost = till_of(open_hq)
    lost.enrol(open_hq.code())
    code = open_hq.code(NodeId(UUID(lost.node)))

    first, again = (till_of(open_hq, b"u").enrol(code) for _try in range(2))

    assert first.json() == again.json()
    assert first.json()["epoch"] == 2


@pytest.mark.parametrize("clash", ["node", "epoch", "store", "code"])
def test_only_the_very_same_terminal_is_answered_once_more(open_hq: Live, clash: str) -> None:
    till, other, own = till_of(open_hq), till_of(open_hq, b"u"), new_id().hex
    till.enrol(open_hq.code(), node=own, epoch=1)
    other.enrol(open_hq.code())
    create_store(open_hq.hq, "S002", "静安店")
    code = make_code(open_hq.hq, "S002", "1 号机") if clash == "store" else open_hq.code()
    code = open_hq.code(NodeId(UUID(other.node))) if clash == "code" else code

    node, epoch = new_id().hex if clash == "node" else own, 2 if clash == "epoch" else 1
    answer = till.enrol(code, node=node, epoch=epoch)

    assert (answer.status_code, code_of(answer)) == (409, "key_enrolled")


def test_the_code_of_another_store_is_not_used_up(open_hq: Live) -> None:
    code = open_hq.code()
    key = Signer(b"t" * 32).public_key.hex()
    asked = wire.EnrolAsk(code=code, public_key=key, store="S002")

    answer = open_hq.ask("/enrol", asked)
    right = open_hq.ask("/enrol", asked.model_copy(update={"store": STORE}))

    assert (answer.status_code, code_of(answer)) == (403, "code_for_another_store")
    assert answer.json()["detail"] == f"store={STORE}"
    assert right.status_code == 200


def test_an_envelope_that_is_no_base64_is_refused(open_hq: Live) -> None:
    key = Signer(b"t" * 32).public_key.hex()
    ask = wire.EnrolAsk(code=open_hq.code(), public_key=key, escrow="A")

    answer = open_hq.ask("/enrol", ask)

    assert (answer.status_code, code_of(answer)) == (422, "escrow_unreadable")


def test_a_terminal_that_was_shut_out_needs_a_new_identity(open_hq: Live) -> None:
    till = till_of(open_hq)
    till.enrol(open_hq.code())
    revoke(open_hq.hq, NodeId(UUID(till.node)))

    with pytest.raises(NodeRevoked):
        open_hq.code(NodeId(UUID(till.node)))


def test_what_a_lost_ledger_held_waits_for_a_release(open_hq: Live) -> None:
    lost, member = till_of(open_hq), "1" * 32
    lost.enrol(open_hq.code())
    at = place(lost.node, 1)
    account = held(at, "P", member, "2" * 32)
    with open_hq.hq.write() as book:
        row = {"account": account, "unit": "CNY", "amount": 500, "holder": at}
        book.execute(insert(balance).values(member=bytes.fromhex(member), **row))

    till_of(open_hq, b"u").enrol(open_hq.code(NodeId(UUID(lost.node))))

    waiting = open_ones(open_hq.hq)
    assert [(case.type, case.node, case.epoch) for case in waiting] == [("ORPHAN", lost.node, 1)]
    assert waiting[0].here == {"held": {"CNY": 500}}


def test_two_terminals_that_come_at_once_share_no_code(any_open_hq: Live) -> None:
    code = any_open_hq.code()
    tills = [till_of(any_open_hq, letter) for letter in (b"a", b"b", b"c", b"d")]

    with ThreadPoolExecutor(len(tills)) as lane:
        answers = list(lane.map(lambda till: till.enrol(code).status_code, tills))

    assert sorted(answers) == [200, 403, 403, 403]
    assert len(nodes(any_open_hq.hq)) == 1
