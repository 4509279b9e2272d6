"""The stored-value liability, rolled forward from HQ's own transfers and equal to the lots."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from pos_app.ids import NodeId, new_id
from pos_app.ledger.rules.closing import Cause
from pos_app.ledger.rules.liability import NOTHING, Issuer, Pockets
from pos_app.money import Money
from pos_app.security.signing import Signer
from pos_app.sync.wire import EnrolAsk
from pos_hq import enrolment, founding, orphans
from pos_hq.facts import StoreUnknown
from pos_hq.hq import Hq
from pos_hq.liability import Settled, roll_forward
from pos_hq.sessions import Caller
from pos_hq.store.bulk import run
from tests.fakes import FakeClock
from tests.hq.desk import Author, Till, author, till
from tests.hq.test_persons_at_hq import ask
from tests.ledger.closing_hand import DEPOSIT, close, terms
from tests.ledger.till_hand import STORED, amount, give_back, sell

NEXT_DAY = {"day": "2026-06-16"}


def pockets(principal: int, bonus: int = 0) -> Pockets:
    return Pockets(Money(principal), Money(bonus))


@pytest.fixture
def home(desk: Hq) -> Author:
    return author(desk)


@pytest.fixture
def away(desk: Hq) -> Author:
    """Return a till of another store."""
    founding.create_store(desk, "S002", "静安店")
    signer, node = Signer(b"b" * 32), NodeId(new_id())
    code = enrolment.make_code(desk, "S002", "1 号机")
    told = enrolment.enrol(
        desk, EnrolAsk(code=code, node=node.hex, public_key=signer.public_key.hex())
    )
    caller = Caller(NodeId(UUID(told.node)), told.epoch, told.store, signer.public_key, "active")
    return Author(desk, caller, signer, desk.now_ms())


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock) as one:
        yield one


def test_a_real_tills_days_roll_from_opening_to_closing(counter: Till) -> None:
    shop, hq = counter.shop, counter.hq
    member, other = shop.member(), shop.member("13900000001")
    first = shop.ledger.today()
    shop.top_up(member, 100_000)
    shop.clock.go(days=1)
    shop.top_up(other, 10_000)
    sale = sell(shop, amount(11_500, STORED), member)
    give_back(shop, sale)
    sell(shop, amount(2_300, STORED), member)
    close(shop, other, terms(shop, Cause.CONSUMER, DEPOSIT))
    counter.push()

    later = roll_forward(hq, date.fromordinal(first.toordinal() + 1))
    day = later.total.moved

    assert day.opening.principal == Money(100_000)
    assert day.top_ups.principal == Money(10_000)
    assert (day.spent.principal + day.spent.bonus).minor == 13_800
    assert (day.refunds.principal + day.refunds.bonus).minor == 11_500
    assert day.closures.principal == Money(10_000)
    assert day.adjustments == NOTHING
    assert later.even
    assert roll_forward(hq).total.moved.closing == day.closing == later.total.lots
    past = roll_forward(hq, last=first)
    assert (past.total.moved.closing, past.even) == (day.opening, True)


def test_stores_settle_what_one_sold_and_the_other_took(
    desk: Hq, home: Author, away: Author
) -> None:
    member = home.member()
    lot = home.top_up(member, 10_000, 1_000)
    home.give_back(member, ("P", lot, 10_000), ("B", lot, 1_000))
    home.push()
    granted = ask(desk, away, member, 5_500)
    lines = [[line.pocket, line.ref, line.amount, dict(line.about)] for line in granted.lines]
    moves = [["hq", f"hold:{p}:{member}:{r}", "CNY", a] for p, r, a, _about in lines]
    away.write("GOT", {"grant": granted.grant, "purpose": "jit", "lines": lines,
                       "valid_until": desk.now_ms()}, moves, member=member)  # fmt: skip
    spent = [[f"hold:{p}:{member}:{r}", "sales:S002", "CNY", a] for p, r, a, _about in lines]
    away.write("NOTE", {}, spent, member=member)
    away.push()

    found = roll_forward(desk)

    assert [roll.store for roll in found.rolls] == ["S001"]
    assert found.settled == (Settled("S001", "S002", pockets(5_000, 500)),)
    assert (found.total.moved.closing, found.even) == (pockets(5_000, 500), True)
    assert roll_forward(desk, store="S002").rolls == ()
    assert roll_forward(desk, store="S001").total == found.total


def test_custody_is_a_share_of_the_principal_by_the_kind_of_issuer(desk: Hq, home: Author) -> None:
    home.top_up(home.member(), 13_039_700, 1_712_900)
    home.push()

    custody = roll_forward(desk).custody

    assert {issuer: share.minor for issuer, share in custody.items()} == {
        Issuer.LARGE: 2_607_940,
        Issuer.GROUP: 3_911_910,
        Issuer.BRAND: 5_215_880,
    }


def test_what_a_lost_till_held_is_an_adjustment_and_owed_once(desk: Hq, home: Author) -> None:
    home.top_up(home.member(), 10_000)
    home.push()
    orphans.release(desk, home.caller.node, 1, by="HQ", reason="burnt")

    found = roll_forward(desk)

    assert found.total.moved.adjustments == pockets(10_000)
    assert found.given_again == pockets(10_000)
    assert found.custody[Issuer.LARGE] == Money(2_000)
    assert found.even


def test_an_act_of_hq_belongs_to_its_business_day(desk: Hq, home: Author) -> None:
    home.top_up(home.member(), 10_000)
    home.push()
    orphans.release(desk, home.caller.node, 1, by="HQ", reason="burnt")
    day = desk.now().date()

    before = roll_forward(desk, last=date.fromordinal(day.toordinal() - 1))
    after = roll_forward(desk, date.fromordinal(day.toordinal() + 1))

    assert before.total.moved.adjustments == NOTHING
    assert after.total.moved.opening == pockets(20_000)
    assert (before.even, after.even) == (True, True)


def test_lots_that_hold_something_else_are_named_with_the_difference(
    desk: Hq, home: Author
) -> None:
    home.top_up(home.member(), 10_000, 500)
    home.push()
    with desk.write() as book:
        run(book, "UPDATE balance SET amount = amount - 3 WHERE account LIKE 'hold:%:B:%'")

    found = roll_forward(desk)

    assert not found.even
    assert found.total.difference == pockets(0, 3)


def test_of_a_store_that_is_none_nothing_is_rolled(desk: Hq) -> None:
    with pytest.raises(StoreUnknown):
        roll_forward(desk, store="S9")


def test_an_empty_book_owes_nothing(desk: Hq) -> None:
    found = roll_forward(desk)

    assert (found.rolls, found.even, found.total.moved.closing) == ((), True, NOTHING)
