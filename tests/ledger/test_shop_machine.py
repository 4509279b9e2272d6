"""A shop in which anything happens in any order, beside a naive account of it kept by hand."""

import atexit
import random
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos_app.ids import MemberId
from pos_app.ledger import statements
from pos_app.ledger.counter import open_member
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import RefundReceipt, SaleReceipt
from pos_app.ledger.refunds import NoVoid, Refund, plan, refund
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.points_use import PointsRefused
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.topup import TopUpRefused
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.store.driver import DiskFailed
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.bad_disk import BadDisk, Outcome
from tests.ledger.book_rows import derived_tables, first_fault
from tests.ledger.naive_account import Purse, Sold, ladder_bonus
from tests.ledger.till_hand import CASH, STORED, WECHAT, by, goods, head, ready
from tests.shop import DOCUMENT, TEST_KEYS, Shop, founding, intent, open_shop

_NOT_CONSERVED = (
    "SELECT a.unit FROM account a JOIN balance b ON b.account = a.id"
    " GROUP BY a.unit HAVING sum(b.amount) <> 0"
)
_NOT_SUMMED = (
    "SELECT b.account FROM balance b WHERE b.amount <>"
    " (SELECT coalesce(sum(amount), 0) FROM transfer WHERE target = b.account)"
    " - (SELECT coalesce(sum(amount), 0) FROM transfer WHERE source = b.account)"
)
_BELOW_FLOOR = (
    "SELECT a.code FROM account a JOIN balance b ON b.account = a.id"
    " WHERE a.code LIKE 'hold:%' AND b.amount < 0"
)


@cache
def founded() -> Shop:
    """Found a shop once; every run begins with a copy of its file."""
    folder = Path(tempfile.mkdtemp(prefix="member-terminal-"))
    atexit.register(shutil.rmtree, folder)
    shop = open_shop(folder, FakeClock())
    shop.ledger.close()
    return shop


class ShopMachine(RuleBasedStateMachine):
    """One till, up to three members, a bad disk now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="member-terminal-"))
        self.purses: dict[MemberId, Purse] = {}
        self.sales: list[Sold] = []
        self.last: tuple[Quote, Payment, SaleReceipt] | None = None

    @initialize()
    def open(self) -> None:
        first = founded()
        self.disk = BadDisk()
        shutil.copy2(first.ledger.path, self.folder)
        self.shop = replace(first, clock=FakeClock())
        self._open()
        self.register()
        (member,) = self.purses
        self._top_up(member, 10_000)

    def _open(self) -> None:
        path = self.folder / "ledger.db"
        keys, clock = TEST_KEYS, self.shop.clock
        self.shop.ledger = Ledger(path, keys, clock, founding(), opener=self.disk)

    @precondition(lambda self: len(self.purses) < 3)
    @rule()
    def register(self) -> None:
        member = self.shop.member(f"1381234021{len(self.purses)}")
        self.purses[member] = Purse()

    @rule(hours=st.integers(0, 8))
    def wait(self, hours: int) -> None:
        """Let time pass, more than the velocity window, and over the member day."""
        days = 7 if self.shop.clock.at.day in {25, 26, 27} else 0
        self.shop.clock.go(days=days, hours=hours, minutes=11)

    @rule()
    def restart(self) -> None:
        self.shop.ledger.close()
        self._open()

    def _member(self, data: st.DataObject) -> MemberId:
        return data.draw(st.sampled_from(sorted(self.purses)))

    @rule(data=st.data(), fen=st.sampled_from([9_999, 10_000, 59_900, 100_000, 168_000, 300_000]))
    def top_up(self, data: st.DataObject, fen: int) -> None:
        self._top_up(self._member(data), fen)

    def _top_up(self, member: MemberId, fen: int) -> None:
        purse = self.purses[member]
        gets = fen + ladder_bonus(fen, first=not purse.topped_up)
        wish = TopUp(member, Money(fen), WECHAT, self.shop.manager, intent(), document=DOCUMENT)
        try:
            top_up(self.shop.ledger, wish)
        except TopUpRefused:
            assert fen < 10_000 or purse.value + gets > 500_000
            return
        assert purse.value + gets <= 500_000
        purse.value += gets
        purse.topped_up = True

    @rule(data=st.data(), template=st.sampled_from(["NEW5", "M300-50"]))
    def issue_coupon(self, data: st.DataObject, template: str) -> None:
        member = self._member(data)
        issue(self.shop.ledger, member, template, operator=self.shop.manager, intent=intent())
        self.purses[member].coupons += 1

    def _order(self, data: st.DataObject, member: MemberId | None) -> Order:
        prices = st.tuples(st.integers(1, 40_000), st.integers(1, 3))
        lines = data.draw(st.lists(prices, min_size=1, max_size=3))
        if member is None:
            return goods(*lines, tenders=by(data.draw(st.sampled_from([WECHAT, CASH]))))
        part = data.draw(st.sampled_from([None, 1, 777, 19_999]))
        stored = STORED if part is None else (STORED, part)
        rest = data.draw(st.sampled_from([WECHAT, CASH]))
        tenders = by(stored, rest) if data.draw(st.integers(0, 3)) else by(rest)
        coupons = None if data.draw(st.booleans()) else ()
        points = Points(data.draw(st.sampled_from([0, 100, 300])))
        return replace(goods(*lines, tenders=tenders), coupons=coupons, points=points)

    @rule(data=st.data())
    def sell_to_a_member(self, data: st.DataObject) -> None:
        self._sell(data, self._member(data), None)

    @rule(data=st.data())
    def sell_to_a_passer_by(self, data: st.DataObject) -> None:
        self._sell(data, None, None)

    @rule(data=st.data(), outcome=st.sampled_from(Outcome))
    def sell_while_the_commit_fails(self, data: st.DataObject, outcome: Outcome) -> None:
        self._sell(data, self._member(data), outcome)

    def _sell(self, data: st.DataObject, member: MemberId | None, outcome: Outcome | None) -> None:
        try:
            shown, payment = ready(self.shop, self._order(data, member), member)
        except (PointsRefused, NotCovered):
            return
        if shown.stored_value >= Money(50_000):
            return
        self._wait_for_velocity(shown)
        shown, payment = ready(self.shop, shown.order, member)
        self.disk.next_commit = outcome
        try:
            receipt = pay(self.shop.ledger, shown, payment)
        except DiskFailed:
            assert outcome is Outcome.LOST
            receipt = pay(self.shop.ledger, shown, payment)
        self._remember(shown, payment, receipt)

    def _wait_for_velocity(self, shown: Quote) -> None:
        """Leave so much time that neither velocity nor the day's limits ask for a manager."""
        if shown.stored_value:
            self.wait(hours=13)

    @rule(data=st.data(), seed=st.integers(0, 2**16))
    def sell_on_a_failing_disk(self, data: st.DataObject, seed: int) -> None:
        member = self._member(data)
        try:
            shown, payment = ready(self.shop, self._order(data, member), member)
        except (PointsRefused, NotCovered):
            return
        if shown.stored_value:
            return
        before = head(self.shop)
        self.disk.breaks_in = random.Random(seed).randrange(40)  # noqa: S311 -- no secret
        try:
            receipt = pay(self.shop.ledger, shown, payment)
        except DiskFailed:
            assert head(self.shop) == before
            return
        finally:
            self.disk.breaks_in = None
        self._remember(shown, payment, receipt)

    def _remember(self, shown: Quote, payment: Payment, receipt: SaleReceipt) -> None:
        self.last = (shown, payment, receipt)
        paid = sum(share.amount.minor for share in receipt.externals)
        assert shown.due.minor == paid + shown.stored_value.minor + receipt.rounding.minor
        assert shown.due <= shown.goods <= shown.listed
        multiplier, credited = 0, 0
        if payment.member is not None:
            purse = self.purses[payment.member]
            purse.value -= shown.stored_value.minor
            purse.points -= shown.points.minor
            purse.coupons -= len(shown.coupons)
            eligible = paid + receipt.principal.minor
            multiplier, credited = purse.earn(eligible, self.shop.ledger.today())
            assert receipt.earned == Points(credited)
        left = set(range(len(shown.units)))
        self.sales.append(Sold(receipt, payment.member, shown.units, multiplier, credited, left))

    @precondition(lambda self: self.last is not None)
    @rule()
    def press_again(self) -> None:
        assert self.last is not None
        shown, payment, receipt = self.last
        before = head(self.shop)

        again = pay(self.shop.ledger, shown, payment)

        assert (again.stamp.seq, again.payable) == (receipt.stamp.seq, receipt.payable)
        assert head(self.shop) == before

    @precondition(lambda self: any(sold.left for sold in self.sales))
    @rule(data=st.data(), void=st.booleans())
    def give_back(self, data: st.DataObject, void: bool) -> None:  # noqa: FBT001 -- Hypothesis gives it by name
        sold = data.draw(st.sampled_from([one for one in self.sales if one.left]))
        units = data.draw(st.sets(st.sampled_from(sorted(sold.left)), min_size=1))
        whole = units == sold.left
        event = sold.receipt.stamp.event_id
        shown = plan(self.shop.ledger, event, frozenset(units))
        who = (self.shop.manager, intent())
        wish = Refund(event, frozenset(units), shown, "other", *who, void=void)
        untouched = len(sold.left) == len(sold.units)
        same_day = sold.receipt.stamp.business_date == self.shop.ledger.today()
        try:
            receipt = refund(self.shop.ledger, wish)
        except NoVoid:
            assert void
            assert not (whole and untouched and same_day)
            return
        assert not void or (whole and untouched and same_day)
        self._take_home(sold, units, receipt)

    def _take_home(self, sold: Sold, units: set[int], receipt: RefundReceipt) -> None:
        rows = [sold.units[unit] for unit in units]
        stored = sum(row.principal.minor + row.bonus.minor for row in rows)
        outside = sum(row.paid_outside.minor for row in rows)
        assert receipt.principal.minor + receipt.bonus.minor == stored
        assert sum(share.amount.minor for share in receipt.externals) == outside
        sold.left -= units
        if sold.member is None:
            return
        deserved = min(sold.credited, sold.eligible_left() * sold.multiplier // 1_000_000)
        purse = self.purses[sold.member]
        purse.value += stored
        purse.points += sum(row.points.minor for row in rows) - (sold.credited - deserved)
        purse.coupons += 0 if sold.left else len(sold.receipt.coupons)
        sold.credited = deserved

    @invariant()
    def every_member_has_what_the_naive_account_says(self) -> None:
        for member, purse in self.purses.items():
            seen = open_member(self.shop.ledger, member)
            has = (seen.balance.minor, seen.points.minor, len(seen.coupons), seen.visits)
            assert has == (purse.value, purse.points, purse.coupons, purse.visits)

    @invariant()
    def the_wallet_is_its_lots(self) -> None:
        for member, purse in self.purses.items():
            lots = statements.lots(self.shop.ledger, member)
            left = sum(lot.principal_left.minor + lot.bonus_left.minor for lot in lots)
            assert left == purse.value
            assert all(Money() <= lot.principal_left <= lot.paid for lot in lots)
            assert all(Money() <= lot.bonus_left <= lot.bonus for lot in lots)

    @invariant()
    def nothing_is_made_and_nothing_is_lost(self) -> None:
        for question in (_NOT_CONSERVED, _NOT_SUMMED, _BELOW_FLOOR):
            assert self.shop.ledger.read().execute(question).fetchall() == []

    def teardown(self) -> None:
        if self.purses:
            before = derived_tables(self.shop.ledger)
            with self.shop.ledger.write() as book:
                book.rebuild()
            assert derived_tables(self.shop.ledger) == before
            assert first_fault(self.shop.ledger) == ""
            self.shop.ledger.close()
        shutil.rmtree(self.folder)


# Making a failing example small takes minutes.
TestShopMachine = pytest.mark.timeout(600)(ShopMachine.TestCase)
TestShopMachine.settings = settings(max_examples=70, stateful_step_count=50)
