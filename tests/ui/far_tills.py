"""Two tills and their HQ, for pages that send errands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import refund_lookup
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.refund_lookup import SaleSummary
from pos_app.ledger.rules.access import Role
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.money import Money
from pos_app.sync.errands import Errands
from pos_app.ui.far import Far
from pos_app.ui.kit.work import Inline
from simulation.till import Till
from simulation.world import World, copy_of, make_template

TEAS = Basket((Line("茉莉花茶", Money(2_000), 2),))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain") / "template"
    make_template(folder)
    return folder


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[World]:
    made = World(copy_of(template, tmp_path / "world"), 1)
    yield made
    made.close()


def far(till: Till) -> Far:
    return Far(Inline(), Errands(till.at, till.hq))


def manager(world: World, till: Till) -> SignedIn:
    return SignedIn(world.managers[till.name], "0001", "林晓雯", Role.MANAGER)


def member_of(world: World) -> MemberId:
    return world.members[0]


def sold(world: World, till: Till) -> SaleSummary:
    """Sell two teas to a member, and let everybody hear of it."""
    order = Order(TEAS, coupons=(), tenders=(TenderAsk(Tender.CASH, None),))
    till.sell(member_of(world), order, world.managers[till.name])
    for one in world.tills:
        one.sync()
    return refund_lookup.sales_of(till.ledger, None)[0]
