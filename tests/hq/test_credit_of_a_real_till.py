"""What a real till lends while it is away, and takes back with the goods, is right at HQ."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pos_app.ids import MemberId
from pos_app.ledger.rules.basket import Tender
from pos_app.security.signing import Signer
from pos_hq.hq import Hq
from pos_hq.programme import publishing
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import Till, enrolled, open_hq, opened
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.till_hand import STORED, by, give_back, goods, noon, sell
from tests.shop import MEMBER_PIN, TEST_KEYS, open_shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells, value

LENDS = changed("offline.credit.enabled", "true")


@pytest.fixture
def desk(hq_engine: Engine, clock: FakeClock) -> Hq:
    clock.at = noon("2026-06-17")
    hq = open_hq(hq_engine, clock)
    publishing.publish(hq, LENDS, accepted_loss=0)  # nobody has joined yet
    return hq


@pytest.fixture
def lending(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    """Return a till that gives credit while it cannot reach HQ, and pushes later."""
    shop = open_shop(tmp_path, clock, LENDS)
    belongs_to_hq(shop)
    key = Signer(TEST_KEYS.node).public_key
    yield Till(shop, desk, enrolled(desk, shop.ledger.node.id, key))
    shop.ledger.close()


@pytest.fixture
def member(lending: Till) -> MemberId:
    one = lending.shop.member(pin=MEMBER_PIN)
    hq_tells(lending.shop, one, *value(90_000))
    return one


def test_goods_bought_on_credit_come_back_part_by_part_without_a_question(
    desk: Hq, lending: Till, member: MemberId
) -> None:
    lending.shop.top_up(member, 10_000)
    sale = sell(lending.shop, goods(9_000, 3_000, 1_500, tenders=by(STORED)), member)
    assert [one.tender for one in sale.externals] == [Tender.CREDIT]

    lending.push()
    for unit in (0, 2, 1):
        give_back(lending.shop, sale, frozenset({unit}))
        lending.push()

    assert opened(desk, "CREDIT_OWED") == []
    assert verify(desk).fault is None
