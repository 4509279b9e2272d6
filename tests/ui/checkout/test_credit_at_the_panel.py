"""Credit at the panel: offered only where it covers the rest, named on screen, slip and banner."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.credit import credit_here
from pos_app.ui.sync.words import offline_banner
from tests.fakes import FakeClock
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.till_hand import noon
from tests.shop import MEMBER_PIN, Shop, open_shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells, value
from tests.ui.shell.till import Till, till_of


@pytest.fixture
def lending(tmp_path: Path, clock: FakeClock) -> Iterator[Shop]:
    """Return a shop that gives credit, and belongs to an HQ which it cannot reach."""
    clock.at = noon("2026-06-17")
    shop = open_shop(tmp_path, clock, changed("offline.credit.enabled", "true"))
    belongs_to_hq(shop)
    yield shop
    shop.ledger.close()


def served(shop: Shop, here: int, fen: str) -> tuple[Till, MemberId]:
    member = shop.member(pin=MEMBER_PIN)
    if here:
        shop.top_up(member, here)
    hq_tells(shop, member, *value(90_000))
    till = till_of(shop)
    till.serve(member, fen)
    return till, member


def test_the_panel_says_how_much_is_on_credit_and_the_slip_has_its_line(lending: Shop) -> None:
    till, _member = served(lending, 30_000, "370")
    note, call, hint = till.panel.due_note, till.panel.call, till.panel.tenders[0].hint

    till.checkout.pay()
    till.prove()

    assert note == "¥25.00 of it on credit"
    assert call == "Take payment ¥370.00"
    assert hint == "Offline: at most ¥395.00 here"
    assert till.panel.finished is not None
    (receipt,) = till.heard.slips
    assert [(one.tender.value, one.amount.minor) for one in receipt.externals] == [
        ("credit", 2_500)
    ]


def test_with_nothing_here_credit_alone_pays(lending: Shop) -> None:
    till, _member = served(lending, 0, "30")

    assert (till.panel.tender, till.panel.tenders[0].reason) == ("stored_value", "")
    assert till.panel.due_note == "¥30.00 of it on credit"


def test_what_credit_does_not_cover_wholly_is_paid_otherwise(lending: Shop) -> None:
    till, _member = served(lending, 30_000, "400")

    assert till.panel.notice is not None
    assert till.panel.notice.text == "¥345.00 can be used here without HQ, ¥55.00 is missing."


def test_the_banner_says_what_was_given_and_what_is_left(lending: Shop) -> None:
    till, _member = served(lending, 30_000, "370")
    till.checkout.pay()
    till.prove()

    told = offline_banner(1, credit_here(lending.ledger)).text

    assert credit_here(lending.ledger) is not None
    assert told.endswith("On credit: ¥25.00 given, ¥975.00 left.")
    assert "On credit" not in offline_banner(1).text
