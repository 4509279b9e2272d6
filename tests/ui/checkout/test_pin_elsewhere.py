"""A PIN that the member chose at another till: fetched, or said to be out of reach."""

from pos_app.ids import MemberId
from pos_app.ledger import grants
from pos_app.ui.second_factor.state import Step
from tests.shop import MEMBER_PIN, Shop
from tests.ui.checkout.far_hq import FarHq, actions, hq_tells, linked_till, verifier_of
from tests.ui.shell.till import Till


def pin_elsewhere(shop: Shop) -> tuple[Till, FarHq, MemberId]:
    """Return a member whose stored value is all held here, and whose PIN was chosen elsewhere."""
    till, hq = linked_till(shop)
    member = shop.member()
    shop.top_up(member, 50_000)
    hq_tells(shop, member)
    return till, hq, member


def test_a_pin_chosen_elsewhere_is_fetched_where_everything_else_is_here(shop: Shop) -> None:
    till, hq, member = pin_elsewhere(shop)
    hq.pin = verifier_of(shop, shop.member("13900000001", name="李静", pin=MEMBER_PIN))
    till.serve(member, "100")

    tender = till.panel.tender
    hq.late = True
    till.checkout.pay()
    said = till.panel.notice.text if till.panel.notice else ""
    hq.answer()
    till.prove()

    assert tender == "stored_value"
    assert "what checks the member's PIN" in said
    assert hq.asked == [(grants.PIN,)]
    assert till.panel.finished is not None


def test_a_pin_that_only_another_till_can_check_is_said_so_and_asked_for_once(shop: Shop) -> None:
    till, hq, member = pin_elsewhere(shop)
    till.serve(member, "100")

    till.checkout.pay()

    assert hq.asked == [(grants.PIN,)]
    assert till.panel.notice is not None
    assert "cannot check the member's PIN" in till.panel.notice.text
    assert "cash_first" in actions(till)


def test_offline_the_sheet_says_that_the_pin_cannot_be_checked_here(shop: Shop) -> None:
    till, hq, member = pin_elsewhere(shop)
    shop.ledger.online = False
    till.serve(member, "100")
    till.checkout.choose_tender("stored_value")

    till.checkout.pay()

    sheet = till.shell.second_factor.shown.state
    assert (hq.asked, sheet.step) == ([], Step.BARRED)
    assert sheet.problem.startswith("Offline: this till cannot check the member's PIN.")
