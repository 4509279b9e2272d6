"""The sync page on a real ledger that belongs to a tiny HQ."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pos_app.ui.kit.work import Inline
from pos_app.ui.sync.presenter import SyncDoors, SyncPresenter
from pos_app.ui.sync_page.presenter import SyncPagePresenter
from pos_app.ui.sync_page.state import Detail, SyncPageState
from pos_app.ui.work import Work
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.tiny_hq import Belonging, belonging


@dataclass
class Desk:
    """The page on a real ledger that belongs to a tiny HQ."""

    pair: Belonging
    clock: FakeClock
    work: Work = field(default_factory=Inline)

    def __post_init__(self) -> None:
        doors = SyncDoors(Inline(), Inline(), self.clock, lambda: 0.0)
        self.sync = SyncPresenter(self.pair.ledger, self.pair.courier, doors)
        self.page = SyncPagePresenter(self.pair.ledger, self.work, self.sync.beat)
        self.sync.shown.attach(self.page.show_link)

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
def desk(pair: Belonging, clock: FakeClock) -> Desk:
    return Desk(pair, clock)
