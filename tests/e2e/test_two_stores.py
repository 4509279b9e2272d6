"""Two stores of one chain: what a member topped up in one buys goods in the other, to the fen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TypeVar

import pytest

from pos_app.admission import belong
from pos_app.clock import system_clock
from pos_app.ids import MemberId
from pos_app.ledger import counter, day_close, grants, members, operators, outbox, refund_lookup
from pos_app.ledger.credit import CreditHere, credit_here
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.sales import Payment, pay
from pos_app.linked import way_to_hq
from pos_app.money import Money
from pos_app.opening import key_store_of, open_ledger
from pos_app.settings import Settings
from pos_app.sync.courier import Clocks, Courier
from pos_app.sync.cycle import AtLedger
from pos_app.sync.transport import HttpTransport
from pos_hq import enrolment, founding, opening, reconciliation, verification
from pos_hq.programme import publishing
from pos_hq.store.bulk import fetch
from tests.e2e.hq_process import HqHome
from tests.fakes import FakeClock
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.till_hand import STORED, amount, give_back
from tests.shop import MANAGER, MEMBER_PIN, Shop, intent

T = TypeVar("T")
PHONE = "13812340217"
STORES = {"S001": "徐家汇店", "S002": "静安店"}


@dataclass
class Counter:
    """The one terminal of a store: its book and its way to HQ."""

    shop: Shop
    courier: Courier

    @property
    def ledger(self) -> Ledger:
        return self.shop.ledger

    def beat(self) -> None:
        """Tell HQ everything and hear everything."""
        news = self.courier.beat()
        assert news.trouble is None
        assert outbox.unsent(self.ledger).count == 0

    def regular(self) -> MemberId:
        """Find the member by the phone, as a cashier does."""
        hit = members.find_exact(self.ledger, PHONE)
        assert hit is not None, "HQ has told of the member"
        return hit.id

    def sell(self, fen: int) -> SaleReceipt:
        """Take stored value for goods behind the real PIN; what is missing here HQ grants."""
        member, wish = self.regular(), intent()
        shown = counter.price(self.ledger, amount(fen, STORED), member)
        if wants := grants.shortage(self.ledger, shown, member):
            self.courier.cover(member, wants)
        proof = self.shop.evidence(member, shown.to_prove, wish)
        return pay(self.ledger, shown, Payment(self.shop.manager, wish, member, proof))

    def whole(self) -> Money:
        """Return what the member has anywhere."""
        return counter.open_member(self.ledger, self.regular()).whole

    def close_day(self) -> None:
        today, by = self.ledger.today(), self.shop.manager
        day_close.close_day(self.ledger, today, operator=by, intent=intent())
        self.beat()


@dataclass
class Chain:
    """HQ as a process, and the counters of its stores."""

    home: HqHome
    counters: dict[str, Counter]

    def balances(self, *accounts: str) -> list[int]:
        """Return what some of HQ's accounts hold, in fen."""
        asked = "SELECT coalesce(sum(amount), 0) FROM balance WHERE account = ? AND unit = 'CNY'"
        with opening.opened(self.home.settings) as hq, hq.read() as book:
            return [int(fetch(book, asked, account)[0][0]) for account in accounts]


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """Serve a chain of two stores over HTTP; both terminals are founded by HQ's word."""
    home = HqHome.founded(tmp_path / "hq", "")
    codes = {}
    with opening.opened(home.settings) as hq:
        for store, name in STORES.items():
            founding.create_store(hq, store, name)
            codes[store] = enrolment.make_code(hq, store, "1 号机")
    served = home.serve()
    with ExitStack() as opened:
        opened.callback(served.kill)
        url = served.ready().split()[-1]
        counters = {
            store: opened.enter_context(_joined(tmp_path / store, url, code))
            for store, code in codes.items()
        }
        yield Chain(home, counters)


@contextmanager
def _joined(folder: Path, url: str, code: str) -> Iterator[Counter]:
    """Let a machine without a book become a terminal, appoint its manager, and open it."""
    settings = Settings(data_dir=folder, guard_dir=folder / "guard", hq_url=url)
    keys, way = key_store_of(settings, demo=True), HttpTransport(url)
    belong(settings, keys, system_clock, way, lambda: code)
    way.close()
    with open_ledger(settings, keys, system_clock) as ledger:
        number, pin = MANAGER
        manager = operators.create_first_manager(ledger, number, "林晓雯", pin, intent())
        to_hq = way_to_hq(settings, keys, ledger)
        assert to_hq is not None, "it has joined"
        clocks = Clocks(system_clock, monotonic)
        courier = Courier(_at(ledger), to_hq.hq, clocks, to_hq.transport.renew)
        yield Counter(Shop(ledger, FakeClock(), manager.id), courier)
        to_hq.transport.close()


def _at(ledger: Ledger) -> AtLedger:
    def at(task: Callable[[Ledger], T], /) -> T:
        return task(ledger)

    return at


def topped_up_at(home: Counter, *others: Counter) -> None:
    """Register a member with a PIN, take a hundred yuan, and let the others hear of it."""
    member = home.shop.member(PHONE, pin=MEMBER_PIN)
    home.shop.top_up(member, 10_000)
    for one in (home, *others):
        one.beat()


def test_a_member_of_one_store_pays_in_another_and_both_days_are_even(chain: Chain) -> None:
    first, second = chain.counters["S001"], chain.counters["S002"]
    topped_up_at(first, second)
    before = second.whole()

    sale = second.sell(6_000)
    for one in (second, first):
        one.beat()

    assert (sale.stamp.store_name, sale.payable) == ("静安店", Money(6_000))
    assert first.whole() == second.whole() == before - Money(6_000)
    assert chain.balances("tender:S001:wechat", "tender:S002:wechat") == [-10_000, 0]
    assert chain.balances("sales:S001", "sales:S002") == [0, 6_000]
    for one in (first, second):
        one.close_day()
    assert_even(chain)


def test_goods_go_back_where_they_were_bought_and_nowhere_else(chain: Chain) -> None:
    first, second = chain.counters["S001"], chain.counters["S002"]
    topped_up_at(first, second)
    before = first.whole()
    sale = second.sell(6_000)
    for one in (second, first):
        one.beat()

    elsewhere = refund_lookup.find_sale(first.ledger, sale.stamp.slip)
    give_back(second.shop, sale)
    for one in (second, first):
        one.beat()

    assert elsewhere is None
    assert first.whole() == second.whole() == before
    assert chain.balances("sales:S002") == [0]
    for one in (first, second):
        one.close_day()
    assert_even(chain)


def test_credit_given_offline_is_settled_when_hq_hears_and_both_days_are_even(
    chain: Chain,
) -> None:
    first, second = chain.counters["S001"], chain.counters["S002"]
    topped_up_at(first, second)
    lend(chain)
    for one in (first, second):
        one.beat()
    before = second.whole()
    second.courier.cover(second.regular(), (grants.PIN,))
    second.ledger.online = False

    sale = second.sell(4_000)
    given = credit_here(second.ledger)
    for one in (second, first):
        one.beat()

    assert [(one.tender, one.amount) for one in sale.externals] == [(Tender.CREDIT, Money(4_000))]
    assert given == CreditHere(Money(4_000), Money(96_000))
    assert credit_here(second.ledger) == CreditHere(Money(), Money(100_000))
    assert first.whole() == second.whole() == before - Money(4_000)
    assert chain.balances("sales:S002") == [4_000]
    for one in (first, second):
        one.close_day()
    assert_even(chain)


def lend(chain: Chain) -> None:
    """Publish that credit is given; the chain has one member, who may owe 50 yuan at each till."""
    with opening.opened(chain.home.settings) as hq:
        publishing.publish(hq, changed("offline.credit.enabled", "true"), accepted_loss=10_000)


def assert_even(chain: Chain) -> None:
    """Make sure that HQ's book holds together, and that no figure of either store differs."""
    with opening.opened(chain.home.settings) as hq:
        day = chain.counters["S001"].ledger.today()
        report = reconciliation.reconcile(hq, day)
        assert report.even
        assert {node.store for node in report.nodes if node.lines} == set(STORES)
        assert verification.verify(hq).fault is None
