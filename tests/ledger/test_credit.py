"""Credit beyond the holding on the real book: the holding first, limits from its own events."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import topups
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.credit import CreditHere, credit_here
from pos_app.ledger.rules.basket import Tender, TenderShare
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sales import QuoteChanged, pay
from pos_app.ledger.store import journal, link_rows, remote_rows
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.lately import last_events
from pos_app.ledger.store.link_rows import Acknowledged
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ledger.topups import TenderNotTaken, TopUp
from pos_app.money import Money
from pos_app.security.evidence import NotProved, sealed
from tests.fakes import FakeClock
from tests.ledger.book_rows import first_fault
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.till_hand import (
    STORED,
    WECHAT,
    amount,
    by,
    give_back,
    goods,
    noon,
    proof,
    ready,
    sell,
)
from tests.shop import MEMBER_PIN, Shop, intent, open_shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells, value

CREDIT = Tender.CREDIT


@pytest.fixture
def lending(tmp_path: Path, clock: FakeClock) -> Iterator[Shop]:
    """Return a shop that gives credit, and belongs to an HQ which it cannot reach."""
    clock.at = noon("2026-06-17")
    shop = open_shop(tmp_path, clock, changed("offline.credit.enabled", "true"))
    belongs_to_hq(shop)
    yield shop
    assert first_fault(shop.ledger) == ""
    shop.ledger.close()


@pytest.fixture
def member(lending: Shop) -> MemberId:
    """Return a member with a PIN here, and 900 yuan that lie at HQ."""
    return rich(lending, "13812340217")


def rich(shop: Shop, phone: str) -> MemberId:
    one = shop.member(phone, pin=MEMBER_PIN)
    hq_tells(shop, one, *value(90_000))
    return one


def heard(shop: Shop, member: MemberId, owes: int) -> None:
    """Let HQ acknowledge the whole chain, and tell what it could not settle."""
    head = journal.head_of(shop.ledger.read())
    with shop.ledger.write() as book:
        remote_rows.keep_member(
            book, member, Remote(book.now, head.seq, 0, 0, owes=owes), value_rows()
        )
        link_rows.acknowledge(book, Acknowledged(head.seq, head.hash, b"s"))


def value_rows() -> list[tuple[str, str, int, str]]:
    about = '{"at": 1, "paid": 90000, "bonus": 0}'
    return [(one.pocket, one.ref, one.amount, about) for one in value(90_000)]


def on_credit(shop: Shop, member: MemberId, fen: int) -> Money:
    receipt = sell(shop, amount(fen, STORED), member)
    return sum((one.amount for one in receipt.externals if one.tender is CREDIT), Money())


def test_the_holding_pays_first_and_credit_the_rest(lending: Shop, member: MemberId) -> None:
    lending.top_up(member, 10_000)
    here = open_member(lending.ledger, member).balance

    receipt = sell(lending, amount(here.minor + 2_000, STORED), member)

    assert receipt.principal + receipt.bonus == here
    assert receipt.externals == (TenderShare(CREDIT, Money(2_000)),)
    assert open_member(lending.ledger, member).balance == Money()
    assert open_member(lending.ledger, member).credit == Money(3_000)
    assert credit_here(lending.ledger) == CreditHere(Money(2_000), Money(98_000))


def test_the_pin_covers_the_whole_amount_and_nothing_but_the_pin_will_do(
    lending: Shop, member: MemberId
) -> None:
    lending.top_up(member, 10_000)
    here = open_member(lending.ledger, member).balance
    shown, payment = ready(lending, amount(here.minor + 2_000, STORED), member)
    part = proof(lending, member, here, payment.intent)
    assert payment.evidence is not None
    code = sealed(lending.ledger.capability_key, replace(payment.evidence, factor="code"))

    for wrong in (None, part, code):
        with pytest.raises(NotProved):
            pay(lending.ledger, shown, replace(payment, evidence=wrong))
    pay(lending.ledger, shown, payment)

    (event,) = last_events(lending.ledger.read(), member, 1, (Kind.SALE,))
    assert event.body["evidence"]["amount"] == shown.to_prove.minor


def test_three_in_a_row_and_no_more_until_hq_has_heard(lending: Shop, member: MemberId) -> None:
    for _ in range(3):
        assert on_credit(lending, member, 1_000) == Money(1_000)
    shown = price(lending.ledger, amount(1_000, STORED), member)
    assert shown.missing == Money(1_000)
    with pytest.raises(NotCovered):
        sell(lending, amount(1_000, STORED), member)

    heard(lending, member, owes=0)

    assert credit_here(lending.ledger) == CreditHere(Money(), Money(100_000))
    assert on_credit(lending, member, 5_000) == Money(5_000)


def test_what_hq_could_not_settle_still_counts(lending: Shop, member: MemberId) -> None:
    on_credit(lending, member, 3_000)
    heard(lending, member, owes=2_000)

    assert credit_here(lending.ledger) == CreditHere(Money(2_000), Money(98_000))
    assert open_member(lending.ledger, member).credit == Money(3_000)
    on_credit(lending, member, 3_000)
    assert open_member(lending.ledger, member).credit == Money()
    assert credit_here(lending.ledger) == CreditHere(Money(5_000), Money(95_000))


def test_what_a_member_owes_to_another_till_counts_for_them_and_not_for_this_till(
    lending: Shop, member: MemberId
) -> None:
    heard(lending, member, owes=4_000)

    assert open_member(lending.ledger, member).credit == Money(1_000)
    assert credit_here(lending.ledger) == CreditHere(Money(), Money(100_000))


def test_two_prices_shown_at_once_do_not_lend_twice(lending: Shop, member: MemberId) -> None:
    first, second = (ready(lending, amount(4_000, STORED), member) for _ in range(2))
    pay(lending.ledger, *first)

    with pytest.raises(QuoteChanged) as changed_to:
        pay(lending.ledger, *second)
    assert changed_to.value.fresh.missing == Money(4_000)


def test_once_hq_is_back_nothing_is_lent(lending: Shop, member: MemberId) -> None:
    shown, payment = ready(lending, amount(4_000, STORED), member)
    lending.ledger.online = True

    assert open_member(lending.ledger, member).credit == Money()
    with pytest.raises(QuoteChanged):
        pay(lending.ledger, shown, payment)


def test_a_return_cancels_what_is_owed_before_the_lots_are_filled(
    lending: Shop, member: MemberId
) -> None:
    lending.top_up(member, 10_000)
    here = open_member(lending.ledger, member).balance
    order = goods(2_000, here.minor + 1_000, tenders=by(STORED))
    sale = sell(lending, order, member)

    first = give_back(lending, sale, frozenset({0}))
    assert (first.principal, first.bonus) == (Money(), Money())
    assert credit_here(lending.ledger) == CreditHere(Money(1_000), Money(99_000))
    give_back(lending, sale)

    assert open_member(lending.ledger, member).balance == here
    assert credit_here(lending.ledger) == CreditHere(Money(), Money(100_000))


def test_who_has_no_pin_here_or_nothing_at_hq_gets_none(lending: Shop) -> None:
    poor = lending.member("13812340218", pin=MEMBER_PIN)
    unproved = lending.member("13812340219")
    hq_tells(lending, unproved, *value(90_000))

    assert open_member(lending.ledger, poor).credit == Money()
    assert open_member(lending.ledger, unproved).credit == Money()


def test_nobody_tops_up_on_credit(lending: Shop, member: MemberId) -> None:
    wish = TopUp(member, Money(10_000), CREDIT, lending.manager, intent())

    with pytest.raises(TenderNotTaken):
        topups.top_up(lending.ledger, wish)


def test_a_shop_whose_programme_gives_no_credit_says_nothing_of_it(shop: Shop) -> None:
    belongs_to_hq(shop)
    member = rich(shop, "13812340217")

    assert credit_here(shop.ledger) is None
    assert price(shop.ledger, amount(100, STORED), member).missing == Money(100)
    assert price(shop.ledger, amount(100, WECHAT), member).missing == Money()
