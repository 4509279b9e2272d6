"""The fraud radar of a till: its own journal, what HQ told, and what a manager said of it."""

from pathlib import Path
from uuid import UUID

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger import alerts, appointments, coupon_issue
from pos_app.ledger.alerts import NotForThisTill
from pos_app.ledger.appointments import NewOperator
from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.rights import NotAllowed
from pos_app.ledger.rules.access import Role
from pos_app.ledger.store.alert_rows import AlertRow
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.rebuild import rebuild
from tests.fakes import FakeClock
from tests.ledger.till_hand import amount, give_back, programme_with, sell
from tests.shop import Shop, intent, open_shop


@pytest.fixture
def shop(tmp_path: Path, clock: FakeClock) -> Shop:
    return open_shop(tmp_path / "till", clock)


def loop(shop: Shop, member: MemberId, times: int) -> None:
    for _ in range(times):
        sold = sell(shop, amount(10_000), member)
        give_back(shop, sold, frozenset({0}))


def found(shop: Shop, signal: str) -> list[AlertRow]:
    return [one for one in alerts.listed(shop.ledger, 50) if one.signal == signal]


def dismiss(shop: Shop, row: AlertRow, why: str = "the scale was broken") -> None:
    alerts.dismiss(shop.ledger, row.id, why, operator=shop.manager, intent=intent())


def test_orders_that_earned_and_came_back_are_found_when_their_member_is_opened(
    shop: Shop,
) -> None:
    member, other = shop.member(), shop.member("13900000001")
    loop(shop, member, 3)

    counts = [alerts.look_at(shop.ledger, one) for one in (member, other, member)]

    (alert,) = found(shop, "earn_refund_loop")
    assert counts == [1, 0, 1]
    assert (alert.subject, len(alert.body["rows"]), alert.open) == (member.hex, 6, True)
    assert alert.body["proposal"] == "freeze"


def test_a_till_that_looks_around_finds_the_same_once(shop: Shop) -> None:
    member = shop.member()
    loop(shop, member, 3)
    alerts.look_at(shop.ledger, member)

    first = alerts.look_around(shop.ledger)
    loop(shop, member, 1)
    again = alerts.look_around(shop.ledger)

    (alert,) = found(shop, "earn_refund_loop")
    assert (first, again, len(alert.body["rows"])) == (1, 1, 8)


def test_what_was_dismissed_is_not_raised_again_not_even_after_a_rebuild(shop: Shop) -> None:
    member = shop.member()
    loop(shop, member, 3)
    alerts.look_at(shop.ledger, member)
    (alert,) = found(shop, "earn_refund_loop")

    dismiss(shop, alert)
    with shop.ledger.write() as book:
        assert not any(table.wrong for table in rebuild(book))
    again = alerts.look_at(shop.ledger, member)

    (after,) = found(shop, "earn_refund_loop")
    assert (again, after.open, after.why) == (0, False, "the scale was broken")
    assert after.closed_seq is not None


def test_a_till_that_lost_its_alerts_knows_what_was_dismissed(shop: Shop) -> None:
    member = shop.member()
    loop(shop, member, 3)
    alerts.look_at(shop.ledger, member)
    dismiss(shop, found(shop, "earn_refund_loop")[0])

    with shop.ledger.write() as book:
        book.execute("DELETE FROM alert")
    again = alerts.look_at(shop.ledger, member)

    assert (again, found(shop, "earn_refund_loop")) == (0, [])


def test_something_new_after_a_dismissal_is_an_alert_again(shop: Shop) -> None:
    member = shop.member()
    loop(shop, member, 3)
    alerts.look_at(shop.ledger, member)
    dismiss(shop, found(shop, "earn_refund_loop")[0])

    loop(shop, member, 1)
    count = alerts.look_at(shop.ledger, member)

    assert count == 1
    assert [one.open for one in found(shop, "earn_refund_loop")] == [True, False]


def test_a_dismissal_is_a_fact_of_the_chain_that_only_a_manager_adds_once(shop: Shop) -> None:
    member = shop.member()
    loop(shop, member, 3)
    alerts.look_at(shop.ledger, member)
    (alert,) = found(shop, "earn_refund_loop")
    new = NewOperator("0002", "王芳", Role.CASHIER, "735196")
    cashier = appointments.add_operator(shop.ledger, new, by=shop.manager, intent=intent())
    wish = intent()

    with pytest.raises(NotAllowed):
        alerts.dismiss(shop.ledger, alert.id, "no", operator=cashier.id, intent=wish)
    for _ in range(2):
        alerts.dismiss(shop.ledger, alert.id, "yes", operator=shop.manager, intent=wish)
    with pytest.raises(NotForThisTill):
        dismiss(shop, alert)

    kinds = [line.kind for line in page(shop.ledger, JournalFilter())]
    assert kinds.count(Kind.ALERT_CLOSE) == 1


def test_an_operator_who_serves_a_member_of_the_same_name_is_asked_about_once(
    shop: Shop,
) -> None:
    member = shop.member(name="林晓雯")
    sell(shop, amount(1_000), member)
    alerts.look_at(shop.ledger, member)
    (alert,) = found(shop, "own_member")

    dismiss(shop, alert, "a namesake")
    sell(shop, amount(1_000), member)
    again = alerts.look_at(shop.ledger, member)

    assert (alert.subject, again) == (shop.manager.hex, 0)


def test_a_large_top_up_is_found(tmp_path: Path, clock: FakeClock) -> None:
    rules = programme_with(bank_transfer_corporate_from_fen="400000")
    shop = open_shop(tmp_path / "till", clock, rules)
    member, other = shop.member(), shop.member("13900000001")
    shop.top_up(member, 400_000)
    shop.top_up(other, 100_000)

    counts = [alerts.look_at(shop.ledger, one) for one in (member, other)]

    (alert,) = found(shop, "large_amount")
    assert (counts, alert.subject, alert.body["rule"]) == ([1, 0], member.hex, {"fen": 400_000})


def test_members_registered_in_a_row_and_coupons_by_hand_are_found_by_a_look_around(
    shop: Shop,
) -> None:
    members = [shop.member(f"1390000000{n}") for n in range(3)]
    for _ in range(5):
        coupon_issue.issue(shop.ledger, members[0], "NEW5", operator=shop.manager, intent=intent())

    alerts.look_around(shop.ledger)

    (bulk,), (spike,) = found(shop, "bulk_registration"), found(shop, "adjust_spike")
    assert (bulk.subject, len(bulk.body["rows"])) == (shop.ledger.node.id.hex, 3)
    assert (spike.subject, len(spike.body["rows"])) == (shop.manager.hex, 5)


def test_a_sale_between_registrations_is_a_shop_at_work(shop: Shop) -> None:
    for n in range(3):
        sell(shop, amount(1_000), shop.member(f"1390000000{n}"))

    alerts.look_around(shop.ledger)

    assert found(shop, "bulk_registration") == []


def test_an_alert_of_hq_is_listed_beside_and_closed_by_hq_alone(shop: Shop) -> None:
    member, told = shop.member(), new_id()
    row = {"event": new_id().hex, "node": None, "at": 0, "deed": "sale", "member": member.hex}
    body = {
        "signal": "many_tills", "subject": member.hex, "members": [member.hex], "rows": [row],
        "raised_at": 1_781_496_000_000, "state": "open", "closing": None,
    }  # fmt: skip

    with shop.ledger.write() as book:
        alerts.take_alert(book, told, body)
    count = alerts.look_at(shop.ledger, member)
    with pytest.raises(NotForThisTill):
        dismiss(shop, found(shop, "many_tills")[0])
    closing = {"by": "Mei", "why": "a film crew", "at": 0}
    with shop.ledger.write() as book:
        alerts.take_alert(book, told, {**body, "state": "closed", "closing": closing})

    (alert,) = found(shop, "many_tills")
    assert (count, alert.source, alert.open) == (1, "hq", False)
    assert alerts.look_at(shop.ledger, member) == 0


def test_nothing_is_written_where_nothing_new_is_found(shop: Shop) -> None:
    member = shop.member()
    sell(shop, amount(1_000), member)
    before = shop.ledger.read().execute("SELECT max(seq) FROM journal").fetchone()

    counts = (alerts.look_at(shop.ledger, member), alerts.look_around(shop.ledger))

    assert counts == (0, 0)
    assert shop.ledger.read().execute("SELECT max(seq) FROM journal").fetchone() == before
    with pytest.raises(NotForThisTill):
        alerts.dismiss(shop.ledger, UUID(int=1), "?", operator=shop.manager, intent=intent())
