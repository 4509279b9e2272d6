"""An order paid in points and money is booked at HQ without a question, and so is its return."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ledger.rules.basket import Basket, Order, Tender, TenderAsk
from pos_app.ledger.rules.gifts import gift_line
from pos_app.ledger.rules.programme import parse_programme
from pos_hq.hq import Hq
from pos_hq.store import programme_rows
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import Till, balance, opened, till
from tests.ledger.test_programmes import adopt
from tests.ledger.till_hand import amount, give_back, sell
from tests.shop import DEFAULT_PROGRAMME

MUG = (
    b'\n[[points.gift]]\ncode = "MUG"\nname = "Mug"\npoints = 99\ncash_fen = 990\nper_member = 2\n'
)


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock) as one:
        yield one


def test_a_gift_leaves_nothing_to_ask(desk: Hq, counter: Till) -> None:
    document = DEFAULT_PROGRAMME.read_bytes().replace(b"2026-01-01T", b"2026-02-01T") + MUG
    rules = parse_programme(document)
    with desk.write() as book:
        programme_rows.add(book, rules.version, document, b"s" * 64, (1_769_875_200_000, 1))
    adopt(counter.shop, document)
    member = counter.shop.member()
    sell(counter.shop, amount(50_000), member)
    order = Order(
        Basket((gift_line(rules.points.gift[0], 2, rules),)), tenders=(TenderAsk(Tender.WECHAT),)
    )

    sold = sell(counter.shop, order, member)
    counter.push()
    redeemed = balance(desk, "pts_redeemed", "PTS")
    back = give_back(counter.shop, sold, frozenset({0}))
    counter.push()

    assert redeemed == 198
    assert (back.points_back.minor, back.money.minor) == (99, 990)
    assert balance(desk, "pts_redeemed", "PTS") == 99
    assert opened(desk) == []
    assert verify(desk).fault is None
