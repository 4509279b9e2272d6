"""What HQ has to be reached for is said when a page opens, not when all is typed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.store import remote_rows
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ui.kit.work import Inline
from pos_app.ui.member_page.presenter import MemberPagePresenter
from pos_app.ui.member_page.state import Deed
from pos_app.ui.refund.presenter import RefundExits, RefundPresenter
from pos_app.ui.register.presenter import RegisterExits, RegisterPresenter
from pos_app.ui.register.state import Form
from pos_app.ui.top_up.presenter import TopUpExits, TopUpPresenter
from tests.fakes import FakeClock
from tests.ledger.till_hand import PLAIN, programme_with
from tests.shop import MEMBER_PIN, Shop, open_shop
from tests.ui.checkout.far_hq import belongs_to_hq
from tests.ui.member_page.conftest import Ways
from tests.ui.parts.at_the_till import cashier_at, freeze, manager_at, sell
from tests.ui.parts.pages import ignore

ONLY = "Only while HQ can be reached"
FORM = Form(phone="139 0000 1111", terms=True)
Denying = Callable[[str], Shop]


@pytest.fixture
def denying(tmp_path: Path, clock: FakeClock) -> Iterator[Denying]:
    """Return a way to open a cut-off shop whose programme denies something offline."""
    opened = []

    def opening(key: str) -> Shop:
        programme = programme_with(**{**PLAIN, key: '"denied"'})
        opened.append(open_shop(tmp_path / key, clock, programme))
        belongs_to_hq(opened[-1])
        return opened[-1]

    (tmp_path / "top_up").mkdir()
    (tmp_path / "registration").mkdir()
    (tmp_path / "refund").mkdir()
    yield opening
    for shop in opened:
        shop.ledger.close()


@pytest.fixture
def linked(shop: Shop) -> Shop:
    """Return a shop that belongs to an HQ which it cannot reach."""
    belongs_to_hq(shop)
    return shop


def top_ups(shop: Shop, member: MemberId) -> TopUpPresenter:
    who = cashier_at(shop)
    exits = TopUpExits(ignore, lambda: None, ignore)
    page = TopUpPresenter(shop.ledger, Inline(), lambda: who, exits)
    page.open(member)
    return page


def test_the_top_up_page_says_that_top_ups_wait_and_takes_none(denying: Denying) -> None:
    shop = denying("top_up")
    member = shop.member()

    page = top_ups(shop, member)
    opened = page.shown.state
    page.type_amount("100")
    page.confirm()

    assert opened.closed.startswith("Top-up needs HQ")
    assert (opened.blocked, page.shown.state.outcome) == (ONLY, None)
    assert page.shown.state.problem == ""


def test_the_top_up_page_counts_what_other_tills_hold(linked: Shop) -> None:
    member = linked.member()
    with linked.ledger.write() as book:
        told = Remote(book.now, book.head.seq, 0, 0, 450_000)
        remote_rows.keep_member(book, member, told, ())

    page = top_ups(linked, member)
    page.type_amount("600")
    refused = page.shown.state.refusal
    page.type_amount("100")

    assert refused is not None
    assert refused.sentence
    before = {fact.label: fact.value for fact in page.shown.state.before}
    assert (before["Balance now"], before["At other tills"]) == ("¥4,500.00", "¥4,500.00")
    assert {fact.label: fact.value for fact in page.shown.state.after}["At other tills"]


def registration(shop: Shop) -> RegisterPresenter:
    who = cashier_at(shop)
    sheet = RegisterPresenter(
        shop.ledger, Inline(), lambda: who, RegisterExits(ignore, lambda: None)
    )
    sheet.open()
    return sheet


def test_the_registration_sheet_says_that_registrations_wait(denying: Denying) -> None:
    shop = denying("registration")

    sheet = registration(shop)
    sheet.change(FORM)
    sheet.save()

    assert sheet.shown.state.closed.startswith("Registration needs HQ")
    assert (sheet.shown.state.blocked, sheet.shown.state.problem) == (ONLY, "")
    assert sheet.shown.state.gift == ""
    assert sheet.shown.state.open


@pytest.mark.parametrize(
    ("online", "said"),
    [
        (True, "Welcome gift: 100 points, once HQ has taken the new member in."),
        (False, "Offline: the welcome gift of 100 points comes once HQ finds the number new."),
    ],
)
def test_the_registration_sheet_says_when_the_welcome_gift_comes(
    linked: Shop, said: str, *, online: bool
) -> None:
    linked.ledger.online = online

    assert registration(linked).shown.state.gift == said


def test_without_an_hq_the_sheet_promises_nothing(shop: Shop) -> None:
    assert registration(shop).shown.state.gift == ""


def test_the_refund_page_says_that_refunds_wait(denying: Denying) -> None:
    shop = denying("refund")
    sale = sell(shop, None)
    who = manager_at(shop)
    exits = RefundExits(ignore, lambda: None, ignore)
    page = RefundPresenter(shop.ledger, Inline(), lambda: who, exits)

    page.open()
    opened = page.shown.state
    page.find(sale.stamp.slip)
    page.case.choose_reason("quality")
    page.case.type_tail(sale.stamp.slip[-4:])
    page.case.confirm()

    assert opened.closed.startswith("Refund needs HQ")
    assert (page.shown.state.blocked, page.shown.state.outcome) == (ONLY, None)


def deeds(shop: Shop, member: MemberId) -> dict[Deed, str]:
    """Return what each deed of the member page says against itself."""
    who = manager_at(shop)
    page = MemberPagePresenter(shop.ledger, Inline(), lambda: who, Ways().exits())
    page.open(member)
    return {one.deed: one.reason for one in page.shown.state.deeds}


def test_the_member_page_says_what_waits_for_hq(linked: Shop) -> None:
    first, second = linked.member(pin=MEMBER_PIN), linked.member("13912340217")
    freeze(linked, second)

    offline = deeds(linked, first), deeds(linked, second)
    linked.ledger.online = True
    online = deeds(linked, first), deeds(linked, second)

    assert offline[0][Deed.PIN].startswith("Resetting the PIN needs HQ")
    assert offline[1][Deed.UNFREEZE].startswith("Unfreezing needs HQ")
    assert (online[0][Deed.PIN], online[1][Deed.UNFREEZE]) == ("", "")


def test_a_first_pin_can_be_chosen_offline(linked: Shop) -> None:
    assert deeds(linked, linked.member())[Deed.PIN] == ""
