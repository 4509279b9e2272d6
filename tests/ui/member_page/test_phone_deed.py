"""A new phone number on the member page: HQ takes it down first."""

import pytest

from pos_app.ui.kit.work import Inline
from pos_app.ui.member_page.presenter import MemberPageExits, MemberPagePresenter
from pos_app.ui.member_page.state import Answers, Deed, MemberPageState
from simulation.till import Till
from simulation.world import World
from tests.shop import Shop
from tests.ui.far_tills import far, manager, member_of, template, world
from tests.ui.member_page.conftest import Desk

__all__ = ["template", "world"]


def nowhere(*_about: object) -> None:
    """Lead nowhere."""


class Page:
    """The member page of a till with an HQ."""

    def __init__(self, world: World, till: Till) -> None:
        exits = MemberPageExits(
            closed=nowhere,
            serve=nowhere,
            top_up=nowhere,
            refund=nowhere,
            journal=nowhere,
            tier=nowhere,
            event=nowhere,
            statement=nowhere,
            changed=nowhere,
            account_closed=nowhere,
            terms_version="2026-01",
        )
        who = manager(world, till)
        self.page = MemberPagePresenter(till.ledger, Inline(), lambda: who, exits)
        self.page.deeds.far = far(till)
        till.sync()
        self.page.open(member_of(world))

    @property
    def state(self) -> MemberPageState:
        return self.page.shown.state

    def change(self, phone: str) -> None:
        self.page.deeds.start(Deed.PHONE)
        self.page.deeds.submit(Answers(phone=phone))


@pytest.fixture
def page(world: World) -> Page:
    return Page(world, world.tills[0])


def test_a_manager_changes_a_phone_number(page: Page) -> None:
    page.change("139 1234 5678")

    assert page.state.sheet is None
    assert page.state.notice == "Done: New phone number"
    assert page.state.identity is not None
    assert page.state.identity.phone == "139****5678"


def test_a_number_of_another_member_stays_theirs(page: Page) -> None:
    page.change("13900000001")

    assert page.state.sheet is not None
    assert "already" in page.state.sheet.problem


def test_a_number_that_hq_knows_of_another_member_is_refused(world: World, page: Page) -> None:
    other = world.tills[1]
    other.register("13900000099", world.managers[other.name])
    other.sync()

    page.change("13900000099")

    assert page.state.sheet is not None
    words = "This phone number is another member's in the chain. Nothing changed."
    assert page.state.sheet.problem == words


def test_offline_the_button_says_that_hq_is_needed(world: World, page: Page) -> None:
    world.tills[0].ledger.online = False

    page.page.open(member_of(world))

    (button,) = [one for one in page.state.deeds if one.deed is Deed.PHONE]
    words = "Changing the phone number needs HQ, which cannot be reached now."
    assert button.reason.startswith(words)


def test_an_empty_number_is_asked_for(page: Page) -> None:
    page.change("  ")

    assert page.state.sheet is not None
    assert page.state.sheet.problem == "Enter the phone number."


def test_a_till_without_hq_changes_it_by_itself(desk: Desk, shop: Shop) -> None:
    member = shop.member()
    desk.page.open(member)

    desk.page.deeds.start(Deed.PHONE)
    desk.page.deeds.submit(Answers(phone="13912345678"))

    assert desk.state.notice == "Done: New phone number"
    assert desk.state.identity is not None
    assert desk.state.identity.phone == "139****5678"
