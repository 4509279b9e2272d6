"""One click shows how a tier follows, and one more opens the order."""

from dataclasses import dataclass, field

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.language import _
from pos_app.ledger.ledger import Ledger
from pos_app.ui.kit.work import Inline
from pos_app.ui.tier.presenter import TierPresenter
from pos_app.ui.tier.state import TierShown
from tests.ledger.test_tier_of_member import FALL, hq_says
from tests.ledger.till_hand import amount, noon, sell
from tests.shop import Shop
from tests.ui.parts.at_the_till import Late


@dataclass
class Sheet:
    """The presenter, and where it led."""

    shop: Shop
    opened: list[tuple[MemberId, str, int]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        ledger: Ledger = self.shop.ledger
        self.page = TierPresenter(
            ledger, Inline(), lambda *order: self.opened.append(order), self.said.append
        )

    @property
    def shown(self) -> TierShown:
        assert self.page.shown.state is not None
        return self.page.shown.state

    def values(self) -> dict[str, str]:
        return {fact.label: fact.value for fact in self.shown.facts}


@pytest.fixture
def sheet(shop: Shop) -> Sheet:
    shop.clock.at = noon("2026-06-20")
    return Sheet(shop)


def test_a_new_member_stands_at_the_first_tier(sheet: Sheet) -> None:
    sheet.page.explain(sheet.shop.member())

    assert sheet.shown.why == _("Every member begins here; no higher threshold is reached.")
    assert sheet.shown.rows == ()
    assert sheet.values()["Next tier"] == "¥5,000.00 or 1,000 growth to 银卡会员"
    assert sheet.values()["Days that count"] == "2025-06-21 to 2026-06-20"


def test_an_order_is_opened_and_the_sheet_closes(sheet: Sheet) -> None:
    member = sheet.shop.member()
    sale = sell(sheet.shop, amount(600_000), member)
    sheet.page.explain(member)
    row = sheet.shown.rows[0]

    sheet.page.open_row(row.key)

    assert row.cells == ("2026-06-20", "Sale", "6,000.00", "+\u20091,200")
    assert sheet.opened == [(member, "王**", sale.stamp.seq)]
    assert sheet.page.shown.state is None


def test_what_hq_told_is_a_line_that_leads_nowhere(sheet: Sheet) -> None:
    member = sheet.shop.member()
    hq_says(sheet.shop, member, 5_000_000, 10_000, FALL)
    sheet.page.explain(member)

    sheet.page.open_row(sheet.shown.rows[-1].key)

    assert sheet.shown.rows[-1].cells == (
        "",
        "Other tills, as HQ knew at 12:00",
        "50,000.00",
        "+\u200910,000",
    )
    assert sheet.opened == []
    assert sheet.shown.warning == (
        "Falls to 银卡会员 on 2026-07-01, unless ¥500.00 or 100 growth more come by then."
    )
    assert sheet.values()["Next tier"] == "The highest tier."


def test_an_answer_to_a_closed_sheet_is_dropped(sheet: Sheet) -> None:
    late = Late()
    page = TierPresenter(sheet.shop.ledger, late, lambda *_order: None, sheet.said.append)
    page.explain(sheet.shop.member())
    page.close()

    late.let_through()

    assert page.shown.state is None


def test_a_row_of_a_closed_sheet_opens_nothing(sheet: Sheet) -> None:
    sheet.page.open_row("3")

    assert sheet.opened == []


def test_an_unknown_member_is_said(sheet: Sheet) -> None:
    sheet.page.explain(MemberId(new_id()))

    assert sheet.said != []
    assert sheet.page.shown.state is None
