"""Tags on the member card and the member's page, and why they are there."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFrame, QLabel

from pos_app.ids import MemberId
from pos_app.ledger.standing import told_standing
from pos_app.ledger.store import remote_rows
from pos_app.ui.kit.buttons import ChipButton
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.work import Inline
from pos_app.ui.member_page.presenter import MemberPagePresenter
from pos_app.ui.member_page.view import MemberPageView
from pos_app.ui.shell.view import MainWindow
from tests.shop import MEMBER_PIN, Shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells
from tests.ui.member_page.conftest import Ways
from tests.ui.parts.at_the_till import manager_at
from tests.ui.shell.till import Till

VERSION = "default/2026-01-01/1a2b3c4d"
HIGH = ["high_ticket", "", "2026-05-01", "2026-05-01", "single_paid_fen > 100000", VERSION, 1,
        [["2026-05-01", 128_800]]]  # fmt: skip
SILENT = ["dormant", "", "2026-06-01", "2026-06-02", "days_since_last_purchase >= 60", VERSION, 1,
          [["2026-04-02", 3_000]]]  # fmt: skip
FAN = ["category_fan", "咖啡", "2026-05-31", "2026-05-31", "same_category_purchases_in_90d >= 3",
       VERSION, 12, [["2026-05-31", 3_000], ["2026-05-20", 2_800]]]  # fmt: skip
FREQUENT = ["high_frequency", "", "2026-05-31", "2026-05-31", "purchases_in_30d >= 3", VERSION, 3,
            [["2026-05-31", 3_000]]]  # fmt: skip
NEWER = ["of_tomorrow", "", "2026-05-31", "2026-05-31", "moon >= 3", VERSION, 1, []]


def hq_found(shop: Shop, *tags: list[object], **more: object) -> MemberId:
    """Return a member with a PIN of whom HQ has told this."""
    belongs_to_hq(shop)
    member = shop.member(pin=MEMBER_PIN)
    hq_tells(shop, member)
    known = remote_rows.remote_of(shop.ledger.read(), member)
    assert known is not None
    standing = told_standing({"tags": tags, **more})
    with shop.ledger.write() as book:
        remote_rows.keep_member(book, member, replace(known, standing=standing), [])
    return member


def chips(window: MainWindow) -> list[ChipButton]:
    found = window.counter.member.card.findChildren(ChipButton)
    tier = window.counter.member.card.tier
    return [chip for chip in found if not chip.isHidden() and chip is not tier]


def found_chips(page: MemberPageView) -> list[ChipButton]:
    """Return the chips of what HQ found; the tier explains itself."""
    chips = page.identity.findChildren(ChipButton)
    return [chip for chip in chips if chip is not page.identity.tier]


def sentences(window: MainWindow) -> list[str]:
    return [shown.text() for shown in window.tags.findChildren(QLabel) if shown.isVisible()]


def test_a_tag_on_the_card_says_why_it_is_there(window: MainWindow, till: Till) -> None:
    till.counter.open(hq_found(till.shop, FAN, HIGH, SILENT))
    shown = [chip.text() for chip in chips(window)]

    chips(window)[0].click()

    assert shown == ["High ticket", "Dormant", "Prefers 咖啡"]
    said = sentences(window)
    assert "A single payment of more than ¥1,000." in said
    assert "¥1,288.00" in said
    assert "No purchase for 60 days or longer." in said
    assert "At least 3 purchases of 咖啡 within 90 days." in said
    assert "10 purchases" in said
    assert f"Since 2026-06-01 · worked out on 2026-06-02 by programme {VERSION}" in said
    assert [card.accessibleName() for card in window.tags.findChildren(QFrame)].count(
        "Dormant: No purchase for 60 days or longer."
    ) == 1


def test_no_more_than_three_chips_find_room(window: MainWindow, till: Till) -> None:
    till.counter.open(hq_found(till.shop, FAN, FREQUENT, NEWER, HIGH, SILENT))

    chips(window)[0].click()

    shown = [chip.text() for chip in chips(window)]
    assert shown == ["High ticket", "Dormant", "Frequent buyer"]
    assert "At least 3 purchases of 咖啡 within 90 days." in sentences(window)
    assert "At least 3 purchases within 30 days, today counted." in sentences(window)


def test_the_next_member_takes_the_tags_away(window: MainWindow, till: Till) -> None:
    till.counter.open(hq_found(till.shop, HIGH))
    till.counter.open(till.shop.member("13900000001"))

    assert chips(window) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("single_paid_fen >= 50050", "A single payment of at least ¥500.50."),
        ("moon >= 3", "moon >= 3"),
    ],
)
def test_the_rule_is_said_as_hq_has_it(
    window: MainWindow, till: Till, rule: str, words: str
) -> None:
    till.counter.open(hq_found(till.shop, [*HIGH[:4], rule, *HIGH[5:]]))

    chips(window)[0].click()

    assert words in sentences(window)


@pytest.mark.parametrize(
    ("stage", "name", "words"),
    [
        ("acquired", "Acquired", "No purchase yet."),
        ("mature", "Mature", "At least 3 purchases within 30 days, today counted."),
        ("declining", "Declining", "No sign of life for 30 days or longer."),
        ("lost", "Lost", "No sign of life for more than 60 days."),
        ("recalled", "Recalled", "Came back after 30 days or longer without a sign of life."),
    ],
)
def test_the_page_tells_stage_and_band(
    shop: Shop, window: MainWindow, look: Theme, stage: str, name: str, words: str
) -> None:
    told = {"stage": stage, "staged_on": "2026-06-01", "band": "GROWTH", "scores": [5, 3, 1]}
    page = page_of(shop, window, look, hq_found(shop, HIGH, **told))

    found = [chip.text() for chip in found_chips(page)]
    found_chips(page)[0].click()

    assert found == [name, "Value: 5–20 %", "High ticket"]
    said = [shown.text() for shown in page.found.findChildren(QLabel)]
    assert words in said
    assert "Found on 2026-06-01" in said
    assert {"Recency", "5", "Frequency", "3", "Amount", "1"} <= set(said)


def test_the_best_band_is_the_top(shop: Shop, window: MainWindow, look: Theme) -> None:
    told = {"stage": "growing", "staged_on": "2026-06-01", "band": "TOP", "scores": [5, 5, 5]}
    page = page_of(shop, window, look, hq_found(shop, **told))

    found = [chip.text() for chip in found_chips(page)]

    assert found == ["Growing", "Value: top 5 %"]


def test_a_stage_or_band_of_a_newer_hq_is_left_out(
    shop: Shop, window: MainWindow, look: Theme
) -> None:
    member = hq_found(shop, HIGH, stage="hovering", staged_on="2026-06-01", band="MOON")
    page = page_of(shop, window, look, member)

    assert [chip.text() for chip in found_chips(page)] == ["High ticket"]


def page_of(shop: Shop, window: MainWindow, look: Theme, member: MemberId) -> MemberPageView:
    """Open the member's page over the window."""
    who = manager_at(shop)
    page = MemberPagePresenter(shop.ledger, Inline(), lambda: who, Ways().exits())
    view = MemberPageView(look, window, page)
    view.setParent(window)
    page.open(member)
    return view


def test_a_long_kind_of_goods_is_cut_short_on_its_chip(window: MainWindow, till: Till) -> None:
    fan = [FAN[0], "single-origin beans", *FAN[2:]]
    till.counter.open(hq_found(till.shop, fan))

    chips(window)[0].click()

    assert [chip.text() for chip in chips(window)] == ["Prefers single-orig…"]
    assert "At least 3 purchases of single-origin beans within 90 days." in sentences(window)
