"""HQ's fraud radar finds patterns of abuse in what tills pushed, and keeps each for a person."""

import json
from datetime import date

import pytest

from pos_app.sync.wire_alerts import AlertView
from pos_hq import alerts, radar
from pos_hq.facts import AlertUnknown, UnderWay
from pos_hq.hq import Hq
from pos_hq.store import feed_rows
from pos_hq.store.alone import alone
from pos_hq.store.bulk import fetch
from tests.hq.desk import DAY, STORE, Author, author

ON = date.fromisoformat(DAY)
MINUTE = 60_000
OPERATOR = "0b" * 16


@pytest.fixture
def third(desk: Hq) -> Author:
    return author(desk, "third")


def buy(till: Author, member: str, **body: object) -> bytes:
    earned = {"points": 10, "expires_on": "2028-06-30"}
    facts = {"payable": 1000, "earned": earned, "eligible": 0, **body}
    till.at += MINUTE
    return till.write("SALE", facts, member=member, by=OPERATOR)


def give_back(till: Author, member: str, of: bytes, **body: object) -> bytes:
    facts = {"legs": {}, "sold_on": DAY, "taken_back": {}, "units": [], "money": 1000, **body}
    till.at += MINUTE
    return till.write("REFUND", facts, member=member, of=of)


def loop(till: Author, member: str, times: int) -> list[bytes]:
    rows = []
    for _ in range(times):
        order = buy(till, member)
        rows += [order, give_back(till, member, order)]
    return rows


def found(hq: Hq, signal: str) -> list[AlertView]:
    return [one for one in alerts.listed(hq, closed=True) if one.signal == signal]


def test_three_orders_that_earned_and_came_back_are_an_alert_with_its_rows(
    desk: Hq, home: Author
) -> None:
    member = home.member()
    rows = loop(home, member, 3)
    home.push()

    report = radar.look(desk, ON)

    (alert,) = found(desk, "earn_refund_loop")
    assert [row.event for row in alert.rows] == [one.hex() for one in rows]
    assert (alert.subject, alert.members, alert.proposal) == (member, (member,), "freeze")
    assert (alert.rule, alert.state) == ({"least": 3, "days": 30}, "open")
    assert {row.node for row in alert.rows} == {home.caller.node.hex}
    assert report.raised == len(alerts.listed(desk))


def test_the_same_rows_are_raised_once_and_more_rows_make_the_alert_grow(
    desk: Hq, home: Author
) -> None:
    member = home.member()
    loop(home, member, 3)
    home.push()
    radar.look(desk, ON)

    again = radar.look(desk, ON)
    loop(home, member, 1)
    home.push()
    grown = radar.look(desk, ON)

    (alert,) = found(desk, "earn_refund_loop")
    assert (again.raised, again.grown) == (0, 0)
    assert (grown.raised, grown.grown, len(alert.rows)) == (0, 1, 8)


def test_a_closed_alert_stays_closed_until_something_new_happens(desk: Hq, home: Author) -> None:
    member = home.member()
    loop(home, member, 3)
    home.push()
    radar.look(desk, ON)
    (alert,) = found(desk, "earn_refund_loop")

    alerts.close(desk, alert.id, by="Mei", reason="the scale was broken")
    radar.look(desk, ON)
    after = found(desk, "earn_refund_loop")
    loop(home, member, 1)
    home.push()
    radar.look(desk, ON)

    (closed,) = after
    assert closed.closing is not None
    assert (closed.state, closed.closing.by, closed.closing.why) == (
        "closed",
        "Mei",
        "the scale was broken",
    )
    assert [one.state for one in found(desk, "earn_refund_loop")] == ["open", "closed"]
    with pytest.raises(AlertUnknown):
        alerts.close(desk, alert.id, by="Mei", reason="again")
    with pytest.raises(AlertUnknown):
        alerts.find(desk, "00" * 16)
    with pytest.raises(AlertUnknown):
        alerts.close(desk, "00" * 16, by="Mei", reason="nobody")


def test_the_stores_concerned_are_told_and_the_alert_blocks_nobody(desk: Hq, home: Author) -> None:
    member = home.member()
    loop(home, member, 3)
    home.push()
    radar.look(desk, ON)
    (alert,) = found(desk, "earn_refund_loop")

    with desk.read() as book:
        told = feed_rows.page(book, home.caller.node.hex, STORE, 0, 1_000)
        elsewhere = feed_rows.page(book, home.caller.node.hex, "S999", 0, 1_000)
        status = fetch(book, "SELECT status FROM member")
    alerts.close(desk, alert.id, by="Mei", reason="looked at")
    theirs = alerts.of_store(desk, home.caller).items

    (item,) = [one for one in told if one.entity == "alert" and one.id == alert.id]
    assert item.body is not None
    assert json.loads(item.body)["rows"] == json.loads(alert.model_dump_json())["rows"]
    assert [one for one in elsewhere if one.entity == "alert"] == []
    assert [row[0] for row in status] == ["normal"]
    assert (theirs[0].id, theirs[0].state) == (alert.id, "closed")


def test_an_upgrade_undone_by_a_return_is_logged_for_the_monitor(desk: Hq, home: Author) -> None:
    member = home.member()
    order = buy(home, member)
    back = give_back(home, member, order, tier={"code": "BASE"})
    home.push()

    radar.look(desk, ON)

    (alert,) = found(desk, "upgrade_undone")
    assert [row.event for row in alert.rows] == [order.hex(), back.hex()]
    assert alert.proposal == "look"


def test_a_member_at_three_tills_within_the_hour_is_an_alert(
    desk: Hq, home: Author, away: Author, third: Author
) -> None:
    member = home.member()
    for till in (home, away, third):
        buy(till, member)
        till.push()

    radar.look(desk, ON)

    (alert,) = found(desk, "many_tills")
    assert len({row.node for row in alert.rows}) == 3


def test_members_registered_in_a_row_without_a_sale_are_an_alert_of_the_till(
    desk: Hq, home: Author, away: Author
) -> None:
    for number in range(3):
        home.member(f"+861390000000{number}")
        buy(away, away.member(f"+861390000001{number}"))
    home.push()
    away.push()

    radar.look(desk, ON)

    (alert,) = found(desk, "bulk_registration")
    assert (alert.subject, len(alert.rows)) == (home.caller.node.hex, 3)


def test_an_operator_who_serves_a_member_of_their_name_is_said_once(desk: Hq, home: Author) -> None:
    for name in ("王芳", "王晓明"):  # the last word counts
        home.write("OPERATOR_NEW", {"id": OPERATOR, "number": "0007"}, private={"name": name})
    home.write("OPERATOR_NEW", {"id": 7, "number": "0008"}, private={"name": "王晓明"})
    member = home.member()
    for _ in range(4):
        buy(home, member)
    home.push()

    radar.look(desk, ON)
    buy(home, member)
    home.push()
    radar.look(desk, ON)

    (alert,) = found(desk, "own_member")
    assert (alert.subject, alert.members, len(alert.rows)) == (OPERATOR, (member,), 4)


def test_a_spike_of_coupons_by_hand_is_an_alert_of_the_operator(desk: Hq, home: Author) -> None:
    member = home.member()
    for _ in range(5):
        home.write("COUPON_ISSUE", {}, member=member, by=OPERATOR)
    home.push()

    radar.look(desk, ON)

    (alert,) = found(desk, "adjust_spike")
    assert (alert.subject, len(alert.rows)) == (OPERATOR, 5)


def test_what_lies_before_the_days_looked_at_raises_nothing(desk: Hq, home: Author) -> None:
    loop(home, home.member(), 3)
    home.push()

    report = radar.look(desk, date(2026, 9, 1))

    assert (report.members, report.raised) == (0, 0)


def test_an_event_that_nobody_can_read_is_passed_over(desk: Hq, home: Author) -> None:
    member = home.member()
    home.write("TOPUP", {"amount": "much"}, member=member)
    home.write("SALE", {"earned": 7}, member=member, by="nobody")
    loop(home, member, 3)
    home.push()

    radar.look(desk, ON)

    assert len(found(desk, "earn_refund_loop")) == 1


def test_a_second_process_does_not_look_beside_the_first(desk: Hq) -> None:
    with alone(desk.engine, radar.NAME), pytest.raises(UnderWay):
        radar.look(desk, ON)
