"""Years of a member at a real till and a real HQ, beside a clerk who writes all down by hand."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger import members, operators
from pos_app.ledger.counter import open_member
from pos_app.ledger.inbox import take_page
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import Membership, join
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.receipts import RefundReceipt, SaleReceipt
from pos_app.ledger.refunds import Refund, plan, refund
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.topup import TopUpRefused
from pos_app.ledger.sales import pay
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money, Points
from pos_app.security.evidence import Approval
from pos_app.security.signing import Signer
from pos_app.sync import translate
from pos_hq import feed
from pos_hq.hq import Hq
from pos_hq.jobs import running
from pos_hq.sessions import Caller
from pos_hq.store import member_rows
from pos_hq.store.bulk import fetch
from pos_hq.store.engine import open_engine
from tests.fakes import FakeClock
from tests.hq.desk import SEED, Till, enrolled, open_hq, opened
from tests.hq.diary import BIRTHDAY_MONTH, TIERS, Bought, Diary
from tests.ledger.book_rows import first_fault
from tests.ledger.till_hand import CASH, STORED, WECHAT, Consent, approval, by, goods, noon, ready
from tests.people import second_manager
from tests.shop import DOCUMENT, MANAGER, TEST_KEYS, Shop, founding, intent

FIRST_DAY = "2026-01-05"
_OWNED = (
    "SELECT unit, sum(amount) FROM balance WHERE member = ? AND holder NOT IN ('avail', 'debt')"
    " AND unit IN ('CNY', 'PTS') GROUP BY unit"
)
PRICES = [990, 4_305, 19_999, 88_000, 300_000]


@dataclass(frozen=True, slots=True)
class Begun:
    """Where HQ and till lie, who is there, and how HQ knows the till."""

    folder: Path
    member: MemberId
    managers: tuple[OperatorId, OperatorId]
    caller: Caller


@cache
def begun() -> Begun:
    """Found an HQ and a till that has joined it, with one member; every run copies them."""
    folder = Path(tempfile.mkdtemp(prefix="member-terminal-"))
    atexit.register(shutil.rmtree, folder)
    clock = FakeClock(noon(FIRST_DAY))
    engine = open_engine(f"sqlite:///{folder / 'hq.db'}")
    hq = open_hq(engine, clock)
    ledger = Ledger(folder / "ledger.db", TEST_KEYS, clock, founding())
    number, pin = MANAGER
    manager = operators.create_first_manager(ledger, number, "林晓雯", pin, intent()).id
    caller = enrolled(hq, ledger.node.id, Signer(TEST_KEYS.node).public_key)
    join(ledger, Membership(ledger.node.id, ledger.node.epoch, ledger.node.store, hq.key, 1))
    person = NewMember(
        phone="13812340217",
        consents=Consents("2026-01"),
        birthday=Birthday(BIRTHDAY_MONTH, 31, 1990),
    )
    member = members.register(ledger, person, operator=manager, intent=intent()).id
    second = second_manager(Shop(ledger, clock, manager))
    ledger.close()
    engine.dispose()
    return Begun(folder, member, (manager, second), caller)


class TwoYears(RuleBasedStateMachine):
    """One member, one till, HQ's nights; the clerk knows none of the program's own rules."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="member-terminal-"))
        self.sales: list[tuple[SaleReceipt, Bought]] = []

    @initialize()
    def open(self) -> None:
        first = begun()
        self.member, (manager, self.second) = first.member, first.managers
        shutil.copytree(first.folder, self.folder, dirs_exist_ok=True)
        self.clock = FakeClock(noon(FIRST_DAY))
        self.engine = open_engine(f"sqlite:///{self.folder / 'hq.db'}")
        self.hq = Hq(self.engine, Signer(SEED), self.clock, pepper=b"p" * 32)
        ledger = Ledger(self.folder / "ledger.db", TEST_KEYS, self.clock, founding())
        self.shop = Shop(ledger, self.clock, manager)
        self.till = Till(self.shop, self.hq, first.caller)
        self.diary = Diary(self.today)

    @property
    def today(self) -> date:
        """The business day: it begins at four in Shanghai, and so at eight in the evening UTC."""
        return (self.clock.at + timedelta(hours=4)).date()

    @rule(days=st.sampled_from([1, 3, 9, 29, 30, 61, 88]))
    def let_time_pass(self, days: int) -> None:
        """Let days go by: HQ hears of everything, does its night, and the till hears of it."""
        for week in range(0, days, 7):
            self.clock.at = noon(self.today.isoformat())
            self.clock.go(days=min(7, days - week))
            self.till.push()
            running.run(self.hq, dry=False)
            self.diary.night(self.today)
        told = feed.page(self.hq, self.till.caller, 0, 1_000)
        take_page(self.shop.ledger, translate.page_of(told, self.clock.at))

    @rule(fen=st.sampled_from([10_000, 59_900, 168_000, 310_000]))
    def pay_in(self, fen: int) -> None:
        wish = TopUp(
            self.member, Money(fen), WECHAT, self.shop.manager, intent(), document=DOCUMENT
        )
        bonus = self.diary.top_up(fen, self.today)
        try:
            receipt = top_up(self.shop.ledger, wish)
        except TopUpRefused:
            assert bonus is None
            return
        assert receipt.bonus.minor == bonus

    @rule(
        prices=st.lists(st.sampled_from(PRICES), min_size=1, max_size=4),
        stored=st.sampled_from([0, 0, 1_234, 20_000]),
        with_points=st.booleans(),
        rest=st.sampled_from([WECHAT, CASH]),
    )
    def buy(self, prices: list[int], stored: int, with_points: bool, rest: Tender) -> None:  # noqa: FBT001 -- Hypothesis gives it by name
        self._next_hour()
        due = self.diary.price(prices, self.today)
        points = self.diary.most_points(due, self.today) if with_points else 0
        due -= points
        stored = min(stored, due, self.diary.wallet)
        wishes = by((STORED, stored), rest) if stored else by(rest)
        order = replace(goods(*prices, tenders=wishes), coupons=(), points=Points(points))
        shown, payment = ready(self.shop, order, self.member)
        assert shown.most_points.minor == self.diary.most_points(due + points, self.today)
        assert shown.due.minor == due
        try:
            receipt = pay(self.shop.ledger, shown, payment)
        except NeedsApproval as asked:
            consent = self._consent(asked, payment.intent)
            receipt = pay(self.shop.ledger, shown, replace(payment, approval=consent))
        assert (receipt.principal.minor, receipt.bonus.minor) == self.diary.use_wallet(stored)
        assert receipt.rounding.minor == ((due - stored) % 10 if rest is CASH else 0)
        self._write_down(shown, receipt, points)

    def _write_down(self, shown: Quote, receipt: SaleReceipt, points: int) -> None:
        bought = Bought(
            self.today,
            [row.principal.minor + row.paid_outside.minor for row in shown.units],
            [row.points.minor for row in shown.units],
            doubled=False,
            used=self.diary.use_points(points, self.today),
        )
        self.diary.buy(bought)
        assert (receipt.earned.minor, receipt.pending.minor) == (bought.earned, bought.pending)
        assert receipt.grown.minor == bought.grown
        self.sales.append((receipt, bought))

    @precondition(lambda self: any(len(one.back) < len(one.eligible) for _, one in self.sales))
    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        self._next_hour()
        open_sales = [pair for pair in self.sales if len(pair[1].back) < len(pair[1].eligible)]
        sale, bought = data.draw(st.sampled_from(open_sales))
        left = sorted(set(range(len(bought.eligible))) - bought.back)
        units = data.draw(st.sets(st.sampled_from(left), min_size=1))
        receipt = self._give_back(sale, frozenset(units))
        self._restore(receipt.principal.minor, receipt.bonus.minor)
        self.diary.give_back(bought, set(units), self.today)

    def _give_back(self, sale: SaleReceipt, units: frozenset[int]) -> RefundReceipt:
        """Take units back, with a second manager's consent where the rules ask for one."""
        event, wish_id = sale.stamp.event_id, intent()
        shown = plan(self.shop.ledger, event, units)
        wish = Refund(event, units, shown, "quality", self.shop.manager, wish_id)
        try:
            return refund(self.shop.ledger, wish)
        except NeedsApproval as asked:
            consent = self._consent(asked, wish_id)
            return refund(self.shop.ledger, replace(wish, approval=consent))

    def _consent(self, asked: NeedsApproval, wish: IntentId) -> Approval:
        about = (asked.act, asked.amount, wish)
        return approval(self.shop, Consent(*about, self.shop.manager, self.second))

    def _restore(self, principal: int, bonus: int) -> None:
        """Let what comes back be a lot of its own: which lot it was the wallet's tests know."""
        seen = open_member(self.shop.ledger, self.member).wallet
        self.diary.lots = [[lot.principal.minor, lot.bonus.minor] for lot in seen.lots]
        assert principal >= 0 <= bonus

    def _next_hour(self) -> None:
        """Keep payments apart, so that neither velocity nor a day's count asks for a manager."""
        self.clock.go(minutes=61)

    @invariant()
    def the_till_says_what_the_clerk_says(self) -> None:
        seen, diary = open_member(self.shop.ledger, self.member), self.diary
        assert seen.tier == TIERS[diary.standing.rank][0]
        assert seen.balance.minor == diary.wallet
        assert seen.points.minor == diary.usable(self.today) - diary.debt
        counted = [one for one in diary.bought if 0 <= (self.today - one.day).days < 365]
        assert seen.spend.minor == sum(one.kept() for one in counted)
        assert seen.growth.minor == sum(one.grown for one in counted)

    def teardown(self) -> None:
        if hasattr(self, "till"):
            self.let_time_pass(1)
            self._hq_says_the_same()
            assert first_fault(self.shop.ledger) == ""
            self.shop.ledger.close()
            self.engine.dispose()
        shutil.rmtree(self.folder)

    def _hq_says_the_same(self) -> None:
        assert opened(self.hq, "POINTS_RATE") == []
        with self.hq.read() as book:
            (kept,) = member_rows.peek(book, [self.member.hex])
            owned = dict(fetch(book, _OWNED, self.member.bytes))
        assert kept.tier == TIERS[self.diary.standing.rank][0]
        assert owned.get("CNY", 0) == self.diary.wallet
        assert owned.get("PTS", 0) == sum(self.diary.batches.values())


# Making a failing example small takes longer than reading a long one.
TestTwoYears = pytest.mark.timeout(600)(TwoYears.TestCase)
TestTwoYears.settings = settings(
    max_examples=25,
    stateful_step_count=50,
    deadline=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)
