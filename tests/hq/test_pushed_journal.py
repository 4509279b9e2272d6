"""A real terminal's journal arrives at HQ."""

from pathlib import Path

from pos_app.ids import MemberId
from pos_app.ledger import sales
from pos_app.ledger.counter import price
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.money import Money
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Till, balance, opened, till
from tests.shop import MEMBER_PIN, intent


def test_what_a_member_did_at_a_till_is_what_hq_holds(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    with till(desk, tmp_path / "till", clock) as one:
        member = one.shop.member(pin=MEMBER_PIN)
        one.shop.top_up(member, 50_000)
        _pay(one, member, 12_000)

        ack = one.push()

        assert {result.status for result in ack.results} == {"applied"}
        assert (
            ack.acked_seq
            == one.shop.ledger.read().execute("SELECT max(seq) FROM journal").fetchone()[0]
        )
        assert balance(desk, "sales:S001") == 12_000
        assert opened(desk) == []


def _pay(one: Till, member: MemberId, fen: int) -> None:
    order = Order(amount_only(Money(fen)), tenders=(TenderAsk(Tender.STORED_VALUE, None),))
    shown = price(one.shop.ledger, order, member)
    wish = intent()
    proof = one.shop.evidence(member, shown.stored_value, wish)
    sales.pay(
        one.shop.ledger,
        shown,
        sales.Payment(one.shop.manager, wish, member=member, evidence=proof),
    )
