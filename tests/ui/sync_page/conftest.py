"""The sync page on a real ledger that belongs to a tiny HQ."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos_app.ids import IntentId, OperatorId
from pos_app.ledger.operators import SignedIn
from pos_app.ui.kit.work import Inline
from pos_app.ui.sync.presenter import SyncDoors, SyncPresenter
from pos_app.ui.sync_page.presenter import SyncPageDoors, SyncPagePresenter
from pos_app.ui.sync_page.state import Detail, SyncPageState
from pos_app.ui.work import Work
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.tiny_hq import Belonging, belonging
from tests.ui.parts.at_the_till import manager_at


@dataclass
class Desk:
    """The page on a real ledger that belongs to a tiny HQ."""

    pair: Belonging
    clock: FakeClock
    who: SignedIn
    work: Work = field(default_factory=Inline)

    def __post_init__(self) -> None:
        ways = SyncDoors(Inline(), Inline(), self.clock, lambda: 0.0)
        self.sync = SyncPresenter(self.pair.ledger, self.pair.courier, ways)
        self.exported: list[OperatorId] = []
        doors = SyncPageDoors(lambda: self.who, self.sync.beat, self.export)
        self.page = SyncPagePresenter(self.pair.ledger, self.work, doors)
        self.sync.shown.attach(self.page.show_link)

    def export(self, operator: OperatorId, _intent: IntentId) -> Path:
        """Write a file, were this the real one."""
        self.exported.append(operator)
        return Path("unsent.mtx")

    @property
    def state(self) -> SyncPageState:
        return self.page.shown.state

    @property
    def detail(self) -> Detail:
        assert self.state.detail is not None
        return self.state.detail

    def column(self, place: int) -> list[str]:
        return [line.cells[place] for line in self.state.rows]

    def go_offline(self) -> None:
        self.pair.hq.down = 1_000
        self.sync.beat()


@pytest.fixture
def pair(shop: Shop, clock: FakeClock) -> Belonging:
    return belonging(shop.ledger, clock)


@pytest.fixture
def desk(pair: Belonging, clock: FakeClock, shop: Shop) -> Desk:
    return Desk(pair, clock, manager_at(shop))
