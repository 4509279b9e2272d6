"""Nobody leaves unknowingly what is open; whoever can settle it stays for that, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pos_app.ui.kit.work import Inline
from pos_app.ui.sync_page.leaving import Leave, Leaving, LeavingDoors
from pos_app.ui.work import Work
from tests.shop import Shop
from tests.ui.parts.at_the_till import cashier_at
from tests.ui.shell.till import FailingDisk
from tests.ui.sync_page.conftest import Desk


@dataclass
class Door:
    """Who wants to leave, and what they are told."""

    desk: Desk
    work: Work = field(default_factory=Inline)
    left: int = 0
    lists: int = 0
    said: list[tuple[str, str]] = field(default_factory=list)
    offered: list[tuple[str, str]] = field(default_factory=list)
    step: Leave | None = None

    def ask(self) -> None:
        doors = LeavingDoors(lambda: self.desk.who, self.show, self.say, self.offer)
        Leaving(self.desk.pair.ledger, self.work, doors).ask(self.leave)

    def leave(self) -> None:
        self.left += 1

    def show(self) -> None:
        self.lists += 1

    def say(self, text: str, tone: str) -> None:
        self.said.append((text, tone))

    def offer(self, text: str, action: str, acted: Leave) -> None:
        self.offered.append((text, action))
        self.step = acted


@pytest.fixture
def door(desk: Desk) -> Door:
    desk.sync.beat()
    return Door(desk)


def put_cases(desk: Desk) -> None:
    for kind in ("COUPON_DOUBLE", "TENDER_DIFF", "TENDER_DIFF"):
        desk.pair.hq.open_case(kind, who="store manager", decisions=("accept", "correct"))
    desk.pair.hq.open_case("FORK", who="IT")
    desk.sync.beat()


def test_whoever_leaves_nothing_open_just_goes(door: Door) -> None:
    door.desk.pair.hq.open_case("FORK", who="IT")
    door.desk.sync.beat()

    door.ask()

    assert (door.left, door.lists, door.said, door.offered) == (1, 0, [], [])


def test_a_manager_decides_first(door: Door) -> None:
    put_cases(door.desk)

    door.ask()

    assert (door.left, door.lists) == (0, 1)
    ((text, tone),) = door.said
    first, then = text.split(". ")
    assert first == "3 wait for a manager: Takings differ, Coupon used twice"
    assert then == "Decide it here before you sign out, or hand in a correction."
    assert tone == "danger"


def test_a_cashier_is_told_and_goes_home(door: Door, shop: Shop) -> None:
    put_cases(door.desk)
    door.desk.who = cashier_at(shop)
    door.desk.sync.beat()

    door.ask()
    before = door.left
    assert door.step is not None
    door.step()

    told = "3 wait for a manager: Takings differ, Coupon used twice."
    assert door.offered == [(told, "Sign out")]
    assert (before, door.left, door.lists) == (0, 1, 1)


def test_what_is_only_unsent_keeps_nobody(door: Door) -> None:
    for _beat in range(3):
        door.desk.clock.go(minutes=1)
        door.desk.go_offline()
    cashier_at(Shop(door.desk.pair.ledger, door.desk.clock, door.desk.who.id))

    door.ask()

    told = "1 entry is not at HQ yet. Nothing is lost: it is sent by itself."
    assert door.offered == [(told, "Sign out")]
    assert door.left == 0


def test_a_book_that_cannot_be_read_says_why(door: Door) -> None:
    disk = FailingDisk()
    disk.fails_before = 1
    door.work = disk

    door.ask()

    assert door.left == 0
    assert "disk reported an error" in door.said[0][0]
