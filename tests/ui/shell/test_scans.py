"""Where scans go."""

from dataclasses import replace

from pos_app.ui.kit.work import Inline
from pos_app.ui.shell.presenter import ShellPresenter
from tests.shop import Shop
from tests.ui.shell.till import till_of, ways_of

WECHAT_PAYER = "134567890123456789"


def test_a_member_code_opens_the_member_from_any_page(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member())
    assert till.counter.member is not None
    number = till.counter.member.number
    till.counter.leave()
    till.shell.go("refund")

    till.shell.scanned(f"MBR:{number}")

    assert till.shell.shown.state.page == "counter"
    assert till.counter.member is not None


def test_an_unknown_code_gives_the_wrong_tone_and_only_its_tail(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.scanned("ABCDEF987654")

    assert till.toasts[-1] == "Not recognised: …7654"
    assert till.heard.sounds[-1] == "not_found"


def test_a_payers_code_charges_an_armed_order(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("10")

    till.shell.scanned(WECHAT_PAYER)

    assert till.panel.finished is not None


def test_a_payers_code_without_an_order_is_refused(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.scanned(WECHAT_PAYER)

    assert till.panel.finished is None
    assert "Type the amount first" in till.toasts[-1]
    assert WECHAT_PAYER not in till.toasts[-1]


def test_a_receipt_goes_to_the_refund_page(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.scanned("RCP:S20260615-000042")

    assert till.shell.shown.state.page == "refund"
    assert till.heard.refund_scans == ["RCP:S20260615-000042"]


def test_the_page_that_is_open_is_offered_the_scan_first(shop: Shop) -> None:
    till = till_of(shop)
    till.shell.go("refund")

    till.shell.scanned("RCP:S20260615-000042")

    assert len(till.heard.refund_scans) == 1


def test_a_coupon_of_the_member_is_toggled(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.give_coupon(member, "NEW5")
    till.serve(member, "50")
    assert till.counter.member is not None
    coupon = till.counter.member.coupons[0].id

    till.shell.scanned(f"CPN:{coupon.hex}")

    assert till.panel.due == "¥50.00"


def test_somebody_elses_coupon_is_refused(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.scanned("CPN:1234567890")

    assert "does not belong" in till.toasts[-1]


def test_a_badge_is_not_for_the_counter(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.scanned("EMP:0002")

    assert "sign-in and approvals" in till.toasts[-1]


def test_an_open_sheet_keeps_other_scans_out(shop: Shop) -> None:
    till = till_of(shop)
    till.shell.sheet_open = lambda: True

    till.shell.scanned("13812340217")

    assert "close the sheet" in till.toasts[-1]


def test_a_sheet_that_wants_the_scan_gets_it(shop: Shop) -> None:
    till = till_of(shop, sheet_scan=lambda code: code == "8800123456")

    till.shell.scanned("8800123456")

    assert till.toasts == []
    assert till.counter.member is None


def test_a_receipt_without_a_refund_page_is_refused(shop: Shop) -> None:
    till = till_of(shop)
    heard: list[str] = []
    lonely = ShellPresenter(shop.ledger, Inline(), replace(ways_of(till.heard), sound=heard.append))

    lonely.scanned("RCP:S20260615-000042")

    assert heard == ["not_found"]
