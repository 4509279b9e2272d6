"""Sales of other tills on the refund page: found through HQ, shown with their place."""

from dataclasses import dataclass, field

import pytest

from pos_app.ledger.receipts import RefundReceipt, Stamp
from pos_app.ledger.refund_lookup import SaleSummary
from pos_app.ledger.slips import receipt_at
from pos_app.ledger.store import link_rows
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.sync.transport import Reply, Request
from pos_app.ui.far import Far
from pos_app.ui.kit.work import Inline
from pos_app.ui.paper.feet import foot_of
from pos_app.ui.refund.presenter import RefundExits, RefundPresenter
from pos_app.ui.refund.state import RefundState
from simulation.till import Till
from simulation.world import World
from tests.ui.far_tills import far, manager, member_of, sold, template, world
from tests.ui.parts.at_the_till import Late

__all__ = ["template", "world"]


@dataclass
class Page:
    """The refund page of a till."""

    world: World
    till: Till
    work: Inline = field(default_factory=Inline)
    receipts: list[RefundReceipt] = field(default_factory=list)

    def __post_init__(self) -> None:
        exits = RefundExits(self.receipts.append, lambda: None, lambda _seq: None)
        who = manager(self.world, self.till)
        self.page = RefundPresenter(self.till.ledger, Inline(), lambda: who, exits)
        self.page.case.far = far(self.till)

    @property
    def state(self) -> RefundState:
        return self.page.shown.state

    def give_back(self) -> None:
        assert self.state.slip is not None
        self.page.case.choose_reason("quality")
        self.page.case.type_tail(self.state.slip.tail)
        self.page.case.confirm()


@pytest.fixture
def desk(world: World) -> Page:
    return Page(world, world.tills[1])


def test_a_slip_of_another_till_opens_with_its_store_and_till(world: World, desk: Page) -> None:
    sale = sold(world, world.tills[0])
    desk.page.open()

    desk.page.find(sale.slip)

    assert desk.state.slip is not None
    assert desk.state.slip.number == sale.slip
    assert "sold at 徐家汇店 till0" in desk.state.slip.subtitle
    assert not desk.state.can_void
    assert desk.state.void_note == "Only the till that sold it can void it."
    assert desk.page.serving == {member_of(world)}


def test_it_is_given_back_here(world: World, desk: Page) -> None:
    sale = sold(world, world.tills[0])
    desk.page.open()
    desk.page.find(sale.slip)

    desk.give_back()

    assert desk.state.outcome is not None
    assert [receipt.original_slip for receipt in desk.receipts] == [sale.slip]
    assert desk.page.serving == frozenset()


def test_a_member_s_orders_of_all_tills_stand_in_one_list(world: World, desk: Page) -> None:
    sale = sold(world, world.tills[0])

    desk.page.open(member_of(world))
    desk.page.pick(desk.state.orders[0].key)

    assert len(desk.state.orders) == 1
    assert "sold at 徐家汇店 till0" in desk.state.orders[0].subtitle
    assert desk.state.empty == ""
    assert desk.state.slip is not None
    assert desk.state.slip.number == sale.slip


def test_a_member_who_bought_nowhere_else_is_said_to_have_nothing(world: World, desk: Page) -> None:
    desk.till.sync()

    desk.page.open(world.members[1])

    assert desk.state.empty == "This member has no order yet."


def test_offline_the_list_says_what_is_missing(world: World, desk: Page) -> None:
    sale = sold(world, world.tills[0])
    desk.till.ledger.online = False

    desk.page.open(member_of(world))
    listed = desk.state.elsewhere
    desk.page.find(sale.slip)

    words = "This sale was made at another till: HQ must be reachable to refund it here."
    assert desk.state.problem.startswith(words)
    assert listed == "Orders of other tills are missing: HQ cannot be reached."


def test_a_slip_that_no_till_printed_is_named(desk: Page) -> None:
    desk.till.sync()
    desk.page.open()

    desk.page.find("S19990101-000001")

    assert desk.state.problem == "No sale of any till has the slip “S19990101-000001”."


def test_two_tills_with_one_slip_number_are_both_shown(world: World) -> None:
    third = Page(world, world.tills[2])
    first, other = sold(world, world.tills[0]), world.tills[1]
    while link_rows.head_seq(other.ledger.read()) < first.seq - 1:
        other.top_up(member_of(world), 100_00, world.managers[other.name])
    second = sold(world, other)
    third.page.open()

    third.page.find(first.slip)

    assert first.slip == second.slip
    assert third.state.heading == "Several tills have this slip number"
    assert {row.key for row in third.state.orders} == {first.event_id.hex, second.event_id.hex}


def test_a_printed_code_opens_its_own_sale_and_not_one_of_the_same_number(world: World) -> None:
    first, other = sold(world, world.tills[0]), world.tills[1]
    while link_rows.head_seq(other.ledger.read()) < first.seq - 1:
        other.top_up(member_of(world), 100_00, world.managers[other.name])
    second, desk = sold(world, other), Page(world, other)
    codes = [
        foot_of(_stamp(till, sale)).code
        for till, sale in ((world.tills[0], first), (other, second))
    ]
    opened = []

    for code in codes:
        desk.page.open()
        desk.page.scanned(str(code))
        assert desk.state.slip is not None
        opened.append("till0" in desk.state.slip.subtitle)

    assert first.slip == second.slip
    assert opened == [True, False]


def _stamp(till: Till, sale: SaleSummary) -> Stamp:
    return receipt_at(till.ledger, sale.seq).stamp


def test_a_late_answer_to_a_slip_that_nobody_looks_for_any_more_is_dropped(
    world: World, desk: Page
) -> None:
    sale = sold(world, world.tills[0])
    late = Late()
    desk.page.case.far = Far(late, far(desk.till).errands)

    desk.page.open()
    desk.page.find(sale.slip)
    desk.page.open()
    late.let_through()

    assert desk.state.slip is None


def test_hq_that_breaks_off_while_a_sale_is_opened_is_told(world: World, desk: Page) -> None:
    sale = sold(world, world.tills[0])
    desk.page.open(member_of(world))

    class Broken:
        def send(self, _request: Request) -> Reply:
            raise HqUnreachable(Outage.NETWORK)

    desk.till.hq._transport = Broken()  # noqa: SLF001 -- the way to HQ is what goes wrong
    desk.page.pick(sale.event_id.hex)

    assert desk.state.slip is None
    assert desk.state.problem.startswith("HQ cannot be reached")


def test_a_late_answer_about_another_member_is_dropped(world: World, desk: Page) -> None:
    sold(world, world.tills[0])
    late = Late()
    desk.page.case.far = Far(late, far(desk.till).errands)

    desk.page.open(member_of(world))
    desk.page.find("S20260615-000999")
    desk.page.open(world.members[1])
    late.let_through()

    assert desk.state.orders == ()
    assert desk.state.problem == ""


def test_a_late_refusal_about_another_member_is_dropped(world: World, desk: Page) -> None:
    desk.till.ledger.online = False
    late = Late()
    desk.page.case.far = Far(late, far(desk.till).errands)

    desk.page.open(member_of(world))
    desk.page.open(world.members[1])
    desk.page.close()
    late.let_through()

    assert desk.state.elsewhere in {"", "Orders of other tills are missing: HQ cannot be reached."}
