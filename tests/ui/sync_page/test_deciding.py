"""A manager decides an exception where it is explained, and the journal keeps it."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest

from pos_app.ids import IntentId
from pos_app.ledger import decisions
from pos_app.ledger.decisions import Decision, NotForTheStore
from pos_app.ledger.factors import ApprovalWish, approve
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.store.journal import event_of_intent
from pos_app.ledger.sync_list import sync_list
from pos_app.money import Money
from pos_app.security.evidence import NotProved
from pos_app.ui.sync_page.case_words import choice
from pos_app.ui.sync_page.state import DecideSheet
from tests.shop import MANAGER, Shop
from tests.ui.parts.at_the_till import Late, cashier_at
from tests.ui.sync_page.conftest import Desk

WHY = "顾客已补 30 元"


@pytest.fixture
def case(desk: Desk) -> str:
    """Put a coupon that was used twice before the store, and pick it."""
    told = {"who": "store manager", "decisions": ("accept", "loss", "correct")}
    made = desk.pair.hq.open_case("COUPON_DOUBLE", unit="CPN:" + "a" * 32, amount=1, **told)
    desk.sync.beat()
    desk.page.open()
    desk.page.pick(desk.state.rows[0].key)
    return made


def sheet(desk: Desk) -> DecideSheet:
    assert desk.state.sheet is not None
    return desk.state.sheet


def decision(shop: Shop, case: str) -> Event | None:
    return event_of_intent(shop.ledger.read(), IntentId(UUID(case)))


def beside(shop: Shop, event: Event) -> dict[str, str]:
    """Return the personal data beside an event."""
    asked = "SELECT data FROM sidecar WHERE event_id = ?"
    told: dict[str, str] = json.loads(
        shop.ledger.read().execute(asked, (event.id.bytes,)).fetchone()[0]
    )
    return told


@pytest.mark.usefixtures("case")
def test_what_the_store_may_decide_is_offered(desk: Desk) -> None:
    offered = [one.text for one in desk.detail.choices]

    assert offered == ["Accept HQ's side", "Write the difference off", "Hand in a correction"]
    assert desk.state.rows[0].tone == "danger"


def test_what_is_hqs_offers_nothing_and_says_who_acts(desk: Desk) -> None:
    desk.pair.hq.open_case("FORK", who="IT")
    desk.sync.beat()
    desk.page.open()
    desk.page.pick(desk.state.rows[0].key)

    desk.page.close_detail()
    desk.page.decide("accept")

    assert desk.state.sheet is None
    assert desk.state.rows[0].tone == ""
    desk.page.pick(desk.state.rows[0].key)
    assert (desk.detail.choices, desk.detail.owner) == ((), "Store manager and HQ")


def test_a_manager_confirms_with_the_own_pin(desk: Desk, shop: Shop, case: str) -> None:
    desk.page.decide("loss")
    asked = sheet(desk)
    desk.page.deciding.submit(f" {WHY} ", MANAGER[1])

    event = decision(shop, case)
    assert event is not None
    assert (asked.title, asked.who) == ("Write the difference off", "Coupon used twice")
    assert event.kind is Kind.NOTE
    assert event.body == {
        "note": "decision",
        "case": case,
        "decision": "loss",
        "type": "COUPON_DOUBLE",
    }
    assert beside(shop, event) == {"by": f"林晓雯 · {MANAGER[0]}", "why": WHY}
    assert desk.state.sheet is None
    assert desk.state.notice == "Done: Write the difference off · Coupon used twice"


@pytest.mark.usefixtures("case")
def test_a_decision_goes_to_hq_at_once_and_the_row_says_so(desk: Desk) -> None:
    desk.page.decide("accept")
    desk.page.deciding.submit(WHY, MANAGER[1])

    assert any(b'"decision":"accept"' in event for event in desk.pair.hq.events)
    assert desk.column(4) == ["Decided here"]
    assert desk.detail.choices == ()
    assert desk.detail.owner == "Nobody: the till does it by itself"
    assert desk.detail.step == "Accepted as it was booked. It goes to HQ with the next sync."
    assert desk.state.rows[0].tone == ""


def test_a_correction_is_with_hq(desk: Desk, case: str) -> None:
    said = {"decision": "correct", "note": WHY}
    desk.pair.hq.open_case("COUPON_DOUBLE", id=case, who="HQ operations", resolution=said)
    desk.sync.beat()
    desk.page.open()
    desk.page.pick(desk.state.rows[0].key)

    assert desk.column(4) == ["Handed to HQ"]
    assert desk.detail.owner == "HQ"
    assert desk.detail.step == f"A correction was handed in; HQ works on it. {WHY}"


def test_a_cashier_asks_a_manager(desk: Desk, shop: Shop, case: str) -> None:
    desk.who = cashier_at(shop)
    desk.page.decide("correct")
    asked = sheet(desk)
    desk.page.deciding.submit(WHY, "")
    approval = desk.page.approval.shown.state

    desk.page.approval.submit(*MANAGER)

    event = decision(shop, case)
    assert event is not None
    assert (asked.confirmed_by, asked.asked) == ("", "What is right instead?")
    assert approval.open
    assert WHY in approval.rule
    assert event.operator == desk.who.id
    assert event.body["approval"]["by"] == shop.manager.hex
    assert beside(shop, event)["by"] == f"林晓雯 · {MANAGER[0]}"


@pytest.mark.usefixtures("case")
def test_what_is_missing_is_said_and_nothing_is_decided(desk: Desk) -> None:
    desk.page.decide("accept")
    desk.page.deciding.submit(" ", MANAGER[1])
    reason = sheet(desk).problem
    desk.page.deciding.submit(WHY, "12")
    pin = sheet(desk).problem
    desk.page.deciding.submit(WHY, "000000")

    assert reason == "Please write down why."
    assert pin == "Confirm it with your own PIN."
    assert sheet(desk).attempt == 1
    assert "PIN" in sheet(desk).problem
    assert desk.column(4) == ["Needs attention"]


def test_an_exception_that_was_resolved_meanwhile_is_not_decided(desk: Desk, case: str) -> None:
    desk.page.decide("accept")
    desk.pair.hq.open_case("COUPON_DOUBLE", id=case, state="resolved", who="store manager")
    desk.sync.beat()

    desk.page.deciding.submit(WHY, MANAGER[1])

    assert sheet(desk).problem == "This exception cannot be decided like this. Look at it again."
    assert sheet(desk).attempt == 0


@pytest.mark.usefixtures("case")
def test_a_closed_sheet_decides_nothing(desk: Desk, shop: Shop) -> None:
    desk.who = cashier_at(shop)
    desk.page.decide("accept")
    desk.page.deciding.submit(WHY, "")

    desk.page.deciding.cancel()
    desk.page.deciding.submit(WHY, "")
    desk.page.approval.submit(*MANAGER)

    assert desk.state.sheet is None
    assert not desk.page.approval.shown.state.open
    assert desk.column(4) == ["Needs attention"]


@pytest.mark.parametrize("pin", [MANAGER[1], "000000"])
def test_an_answer_that_comes_after_the_sheet_was_closed_opens_nothing(
    desk: Desk, shop: Shop, case: str, pin: str
) -> None:
    late = Late()
    deciding = type(desk.page.deciding)(shop.ledger, late, lambda: desk.who, desk.page)
    (listed,) = (one for one in sync_list(shop.ledger, 9).cases if one.id == UUID(case))
    deciding.start(listed, "accept")
    deciding.submit(WHY, pin)
    deciding.submit(WHY, pin)

    deciding.cancel()
    late.let_through()

    assert desk.state.sheet is None
    assert (decision(shop, case) is not None) is (pin == MANAGER[1])


def test_a_decision_is_taken_once(shop: Shop, desk: Desk, case: str) -> None:
    first, second = (Decision(UUID(case), how, WHY) for how in ("accept", "loss"))

    made = [decisions.decide(shop.ledger, one, operator=shop.manager) for one in (first, second)]

    assert made[0] == made[1]
    assert desk.pair.ledger is shop.ledger


def test_a_consent_is_bound_to_what_was_decided_and_why(shop: Shop, case: str) -> None:
    cashier = cashier_at(shop).id
    wish = Decision(UUID(case), "accept", WHY)
    number, pin = MANAGER
    asked = ApprovalWish(Act.DECIDE, Money(), wish.operation, cashier)
    consent = approve(shop.ledger, asked, number=number, pin=pin)

    for other in (replace(wish, how="loss"), replace(wish, why="anything")):
        with pytest.raises(NotProved):
            decisions.decide(shop.ledger, other, operator=cashier, approval=consent)
    with pytest.raises(NeedsApproval):
        decisions.decide(shop.ledger, wish, operator=cashier)


@pytest.mark.parametrize("how", ["lift", ""])
def test_what_hq_does_not_offer_is_not_decided(shop: Shop, case: str, how: str) -> None:
    for about in (UUID(case), UUID(int=1)):
        with pytest.raises(NotForTheStore):
            decisions.decide(shop.ledger, Decision(about, how, WHY), operator=shop.manager)


def test_a_decision_of_a_newer_hq_keeps_its_code() -> None:
    assert choice("brand_new").text == "brand_new"


def test_what_is_unsent_is_exported_and_the_place_is_told(desk: Desk) -> None:
    desk.page.open()

    desk.page.export()

    assert desk.exported == [desk.who.id]
    assert desk.state.notice == "Sealed for HQ: unsent.mtx. Take the file there; HQ imports it."
