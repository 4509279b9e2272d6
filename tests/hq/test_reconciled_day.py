"""The day's reconciliation: every cell is nothing, or has an exception."""

from datetime import date, timedelta

import pytest

from pos_app.ids import new_id
from pos_app.security.signing import Signer
from pos_app.sync.wire import EnrolAsk, GrantAsk, Want
from pos_hq import enrolment, grants
from pos_hq.hq import Hq
from pos_hq.reconciliation import reconcile
from tests.hq.desk import DAY, Author, author, opened

TODAY = date.fromisoformat(DAY)


def figures(count: int, came: int, went: int, closing: int) -> dict[str, int]:
    return {"count": count, "in": came, "out": went, "closing": closing}


@pytest.fixture
def clerk(desk: Hq) -> Author:
    """Top up 100 yuan, spend 20, return 50, and receive 10 of them again."""
    till = author(desk)
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.spend(member, lot, 2_000)
    till.give_back(member, ("P", lot, 5_000))
    till.push()
    want = Want(unit="CNY", want=1_000, least=1_000)
    ask = GrantAsk(grant=new_id().hex, member=member, purpose="jit", wants=(want,))
    grants.ask(desk, till.caller, ask)
    till.got(ask.grant, member, ("P", lot, 1_000))
    return till


def close(till: Author, *, sales: int = 2_000) -> None:
    classes = {
        "tender:wechat": {"CNY": figures(1, 0, 10_000, -10_000)},
        "hold:P": {"CNY": figures(4, 11_000, 7_000, 4_000)},
        "sales": {"CNY": figures(1, sales, 0, sales)},
        "hq": {"CNY": figures(2, 5_000, 1_000, 4_000)},
    }
    body = {"day": DAY, "classes": classes, "head_seq": till.seq, "head_hash": till.head.hex()}
    till.write("DAY_CLOSE", body)
    till.push()


def test_a_day_that_both_sides_see_alike_is_even(desk: Hq, clerk: Author) -> None:
    close(clerk)

    report = reconcile(desk, TODAY)

    assert report.even
    assert len(report.nodes[0].lines) > 8
    assert opened(desk) == []


def test_a_till_that_has_not_closed_is_not_a_till_with_zeros(desk: Hq, clerk: Author) -> None:
    clerk.push()

    report = reconcile(desk, TODAY)

    assert [(node.state, node.lines) for node in report.nodes] == [("not_closed", ())]
    assert not report.even


def test_every_difference_has_one_exception(desk: Hq, clerk: Author) -> None:
    close(clerk, sales=2_500)

    first, again = reconcile(desk, TODAY), reconcile(desk, TODAY)

    different = [line for line in first.nodes[0].lines if line.cell.difference]
    assert [(line.cell.account, line.cell.figure) for line in different] == [
        ("sales", "closing"),
        ("sales", "in"),
    ]
    assert all(line.exception for line in different)
    assert again.nodes == first.nodes
    assert opened(desk) == ["DAY_DIFF", "DAY_DIFF"]


def test_figures_that_nobody_can_read_are_told_as_such(desk: Hq, clerk: Author) -> None:
    clerk.write("DAY_CLOSE", {"day": DAY, "classes": {"sales": 7}})
    clerk.push()

    assert [node.state for node in reconcile(desk, TODAY).nodes] == ["unreadable"]


def test_a_till_that_was_replaced_keeps_no_later_day_open(desk: Hq, clerk: Author) -> None:
    close(clerk)
    node = clerk.caller.node
    code = enrolment.make_code(desk, clerk.caller.store, "Counter 1", node)
    enrolment.enrol(desk, EnrolAsk(code=code, public_key=Signer(b"2" * 32).public_key.hex()))

    traded = reconcile(desk, TODAY)
    later = reconcile(desk, TODAY + timedelta(days=1))
    before = reconcile(desk, TODAY - timedelta(days=1))

    assert [(one.epoch, one.state) for one in traded.nodes] == [(1, "closed"), (2, "not_closed")]
    assert [one.epoch for one in later.nodes] == [2]
    assert before.nodes == ()
