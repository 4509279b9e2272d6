"""A real terminal closes its day: HQ works out the same figures from the chain, cell by cell."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import grants
from pos_app.ledger.day_close import close_day
from pos_app.ledger.rights import NotAllowed
from pos_app.ledger.store import right_rows
from pos_app.ledger.store.right_rows import Want
from pos_app.sync import translate
from pos_hq import grants as granting
from pos_hq.hq import Hq
from pos_hq.reconciliation import Report, reconcile
from tests.fakes import FakeClock
from tests.hq.desk import Till, opened, till
from tests.ledger.till_hand import CASH, STORED, amount, give_back, sell
from tests.people import cashier
from tests.shop import MEMBER_PIN, intent


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock) as one:
        yield one


def close(one: Till, day: date | None = None) -> None:
    shop = one.shop
    close_day(shop.ledger, day or shop.ledger.today(), operator=shop.manager, intent=intent())
    one.push()


def busy(one: Till) -> MemberId:
    """Top up, spend, return rights, get some again, and give goods back."""
    shop = one.shop
    member = shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 50_000)
    sale = sell(shop, amount(12_000, (STORED, 5_000), CASH), member)
    give_back(shop, sale)
    with shop.ledger.write() as book:
        for_hq = right_rows.held(book, member)
        grants.give_back(book, member, for_hq, "above_allowance")
    one.push()
    wish = grants.ask(shop.ledger, member, (Want("CNY", 3_000, 3_000),), "jit")
    told = granting.ask(one.hq, one.caller, translate.asking(wish))
    grants.take(shop.ledger, translate.answer_of(told, shop.ledger.now()))
    return member


def differing(report: Report) -> list[tuple[str, str, str]]:
    cells = [line.cell for node in report.nodes for line in node.lines if line.cell.difference]
    return [(cell.account, cell.unit, cell.figure) for cell in cells]


def test_a_busy_day_is_even_on_both_sides(desk: Hq, counter: Till) -> None:
    busy(counter)
    today = counter.shop.ledger.today()

    close(counter)
    report = reconcile(desk, today)

    assert differing(report) == []
    assert report.even
    assert len(report.nodes[0].lines) > 20
    assert opened(desk) == []


def test_the_next_day_begins_where_this_one_ended(
    desk: Hq, counter: Till, clock: FakeClock
) -> None:
    member = busy(counter)
    close(counter)
    clock.go(days=1)
    counter.shop.top_up(member, 20_000)

    close(counter)
    report = reconcile(desk, counter.shop.ledger.today())

    assert report.even


def test_what_was_not_granted_for_a_time_goes_back_at_the_close(counter: Till) -> None:
    shop = counter.shop
    member = shop.member()
    shop.top_up(member, 20_000)

    close(counter)

    assert right_rows.held(shop.ledger.read(), member) == ()


def test_an_allowance_stays_overnight(counter: Till) -> None:
    member = busy(counter)

    close(counter)

    held = right_rows.held(counter.shop.ledger.read(), member)
    assert sum(right.amount for right in held if right.pocket in {"P", "B"}) == 3_000


def test_closing_twice_by_one_wish_closes_once(counter: Till) -> None:
    ledger, wish = counter.shop.ledger, intent()
    day = ledger.today()

    first = close_day(ledger, day, operator=counter.shop.manager, intent=wish)
    again = close_day(ledger, day, operator=counter.shop.manager, intent=wish)

    assert first == again


def test_yesterday_can_be_closed_today(desk: Hq, counter: Till, clock: FakeClock) -> None:
    busy(counter)
    yesterday = counter.shop.ledger.today()
    clock.go(days=1)

    close(counter, yesterday)

    assert differing(reconcile(desk, yesterday)) == []
    assert reconcile(desk, yesterday + timedelta(days=1)).nodes[0].state == "not_closed"


def test_a_cashier_closes_no_day(counter: Till) -> None:
    ledger = counter.shop.ledger

    with pytest.raises(NotAllowed):
        close_day(ledger, ledger.today(), operator=cashier(counter.shop), intent=intent())


def test_the_close_names_the_head_that_it_counts_to(counter: Till) -> None:
    shop = counter.shop
    event = close_day(shop.ledger, shop.ledger.today(), operator=shop.manager, intent=intent())

    head = shop.ledger.read().execute(
        "SELECT hash FROM journal WHERE seq = ?", (event.body["head_seq"],)
    )
    assert head.fetchone()[0].hex() == event.body["head_hash"]
    assert UUID(hex=event.id.hex) == event.id
