"""A tier is given by hand: from the button on the member's page to the last day."""

from pos_app.ui.kit.buttons import Button
from tests.ui.parts.pages import Pages


def test_a_tier_is_given_by_hand(pages: Pages) -> None:
    view = pages.about()
    next(one for one in view.identity.findChildren(Button) if one.label == "Give a tier").click()
    sheet = view.sheet

    tiers = sheet.tier.tiers
    assert tiers is not None
    tiers.button_of("GOLD").click()
    for edit, text in ((sheet.tier.year, "2026"), (sheet.tier.month, "6"), (sheet.tier.day, "30")):
        edit.setText(text)
    sheet.reason.setText("press trip")
    pages.area.settle()
    sheet.submit.click()

    assert not sheet.isVisible()
    assert view.identity.tier.text() == "金卡会员"


def test_a_given_tier_can_be_ended(pages: Pages) -> None:
    test_a_tier_is_given_by_hand(pages)
    view = pages.about()
    next(one for one in view.identity.findChildren(Button) if one.label == "Give a tier").click()
    tiers = view.sheet.tier.tiers
    assert tiers is not None

    tiers.button_of("none").click()
    view.sheet.reason.setText("over")
    view.sheet.submit.click()

    assert view.identity.tier.text() == "普通会员"
