"""The radar page: a manager sees what was found, opens its events, and says what came of it."""

from uuid import UUID

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger import alerts, appointments
from pos_app.ledger.appointments import NewOperator
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Role
from pos_app.ui.kit.work import Inline
from pos_app.ui.radar_page.presenter import RadarExits, RadarPresenter
from pos_app.ui.radar_page.state import RadarState
from tests.ledger.till_hand import amount, give_back, sell
from tests.shop import Shop, intent
from tests.ui.parts.at_the_till import Late, manager_at


class Desk:
    """The page, and where it led."""

    def __init__(self, shop: Shop, role: Role = Role.MANAGER) -> None:
        self.shop, self.role = shop, role
        self.events: list[int] = []
        self.members: list[MemberId] = []
        self.changes: list[int] = []
        exits = RadarExits(self.events.append, self.members.append, lambda: self.changes.append(1))
        self.page = RadarPresenter(shop.ledger, Inline(), self._who, exits)

    @property
    def state(self) -> RadarState:
        return self.page.shown.state

    def _who(self) -> SignedIn:
        return SignedIn(self.shop.manager, "0001", "林晓雯", self.role)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@pytest.fixture
def member(shop: Shop) -> MemberId:
    member = shop.member()
    for _ in range(3):
        give_back(shop, sell(shop, amount(10_000), member), frozenset({0}))
    return member


def told(shop: Shop, **more: object) -> None:
    """Let HQ tell of an alert."""
    row = {"event": new_id().hex, "node": None, "at": 0, "deed": "barter", "member": None}
    body = {
        "signal": "clairvoyance", "subject": "0c" * 16, "rows": [{**row, "amount": 0}],
        "rule": {}, "raised_at": 1_781_496_000_000, "state": "open", "closing": None, **more,
    }  # fmt: skip
    with shop.ledger.write() as book:
        alerts.take_alert(book, UUID("0a" * 16), body)


def test_what_was_found_is_listed_and_explained_with_its_events(
    desk: Desk, member: MemberId
) -> None:
    desk.page.open()
    (row,) = desk.state.rows

    desk.page.pick(row.key)

    detail = desk.state.detail
    assert row.cells[1:] == ("Earned and returned", "王**", "6", "This till", "To be looked at")
    assert detail is not None
    assert detail.meaning == (
        "At least 3 orders earned points and came back within 30 days."
        " It proves nothing: look at the events."
    )
    assert [one.cells[1] for one in detail.events[:2]] == ["Sale", "Refund"]
    assert (detail.closes, detail.opens_member) == (True, True)
    desk.page.open_member()
    desk.page.open_event(detail.events[0].key)
    assert (desk.members, desk.events) == ([member], [int(detail.events[0].key)])


@pytest.mark.usefixtures("member")
def test_a_dismissal_wants_a_reason_and_closes_the_alert(desk: Desk) -> None:
    desk.page.open()
    desk.page.pick(desk.state.rows[0].key)

    desk.page.dismiss("  ")
    problem = desk.state.problem
    desk.page.dismiss(" the scale was broken ")
    desk.page.dismiss("again")

    assert problem == "Please write down what you found."
    assert desk.state.rows[0].cells[-1] == "Looked at"
    assert desk.state.detail is not None
    assert ("Found out", "the scale was broken") in [
        (fact.label, fact.value) for fact in desk.state.detail.facts
    ]
    assert desk.changes == [1]


@pytest.mark.usefixtures("member")
def test_an_alert_that_was_dismissed_meanwhile_says_so(desk: Desk, shop: Shop) -> None:
    desk.page.open()
    key = desk.state.rows[0].key
    desk.page.pick(key)
    alerts.dismiss(shop.ledger, UUID(key), "seen", operator=shop.manager, intent=intent())

    desk.page.dismiss("the scale was broken")

    assert desk.state.problem == "This alert is closed, or HQ's to close. Look at the list again."


def test_events_of_several_members_say_whose_they_are(desk: Desk, shop: Shop) -> None:
    for n in range(3):
        shop.member(f"1390000000{n}")
    desk.page.open()
    (row,) = desk.state.rows
    desk.page.pick(row.key)

    assert row.cells[1:3] == ("Registered in a row", "This till")
    assert desk.state.detail is not None
    assert {one.cells[1] for one in desk.state.detail.events} == {"Registration · 王**"}


@pytest.mark.usefixtures("member")
def test_a_cashier_sees_no_suspicions(shop: Shop) -> None:
    desk = Desk(shop, Role.CASHIER)

    desk.page.open()

    assert (desk.state.refused, desk.state.rows) == ("Only a manager looks at alerts.", ())


def test_a_quiet_till_says_so(desk: Desk) -> None:
    desk.page.open()
    desk.page.open_member()
    desk.page.dismiss("nothing")

    assert desk.state.empty == "Nothing odd was found."


def test_what_hq_told_is_listed_though_this_program_has_no_words_for_it(
    desk: Desk, shop: Shop
) -> None:
    told(shop)
    desk.page.open()
    desk.page.pick(desk.state.rows[0].key)

    detail = desk.state.detail
    desk.page.open_member()
    assert detail is not None
    desk.page.open_event(detail.events[0].key)

    assert desk.state.rows[0].cells[1:] == (
        "clairvoyance",
        "Elsewhere",
        "1",
        "HQ",
        "To be looked at",
    )
    assert [one.cells[1] for one in detail.events] == ["barter"]
    assert [fact.value for fact in detail.facts] == ["HQ", "HQ closes it"]
    assert (detail.closes, detail.opens_member, desk.members) == (False, False, [])
    assert desk.state.notice == "This event lies at another till; HQ has it."
    desk.page.close_detail()
    assert desk.state.detail is None


def test_an_alert_that_hq_closed_says_by_whom_and_why(desk: Desk, shop: Shop) -> None:
    closing = {"by": "Mei", "why": "a film crew", "at": 0}
    told(shop, state="closed", closing=closing, signal="velocity", proposal="freeze")
    desk.page.open()
    desk.page.pick(desk.state.rows[0].key)

    detail = desk.state.detail
    assert detail is not None
    assert detail.meaning.startswith("At least … payments with stored value within … minutes.")
    assert [(fact.label, fact.value) for fact in detail.facts] == [
        ("Found by", "HQ"),
        ("Proposal", "Freeze the member, if you see it so"),
        ("Closed by", "Mei"),
        ("Found out", "a film crew"),
    ]


@pytest.mark.usefixtures("member")
def test_an_operator_is_named_with_their_number(desk: Desk, shop: Shop) -> None:
    new = NewOperator("0002", "王晓明", Role.CASHIER, "735196")
    cashier = appointments.add_operator(shop.ledger, new, by=shop.manager, intent=intent())
    told(shop, subject=cashier.id.hex)

    desk.page.open()

    assert "王晓明 · 0002" in [row.cells[2] for row in desk.state.rows]


@pytest.mark.usefixtures("member")
def test_a_second_press_while_it_is_written_down_does_nothing(shop: Shop) -> None:
    lane, changes = Late(), [0]
    exits = RadarExits(lambda _seq: None, lambda _member: None, lambda: changes.append(1))
    page = RadarPresenter(shop.ledger, lane, lambda: manager_at(shop), exits)
    page.open()
    lane.let_through()
    page.pick(page.shown.state.rows[0].key)

    page.dismiss("looked at")
    page.dismiss("looked at again")
    lane.let_through()

    assert changes == [0, 1]
