"""What a terminal may do while HQ cannot be reached, row by row; with HQ everything is open."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_app.ids import EventId, MemberId, OperatorId, new_id
from pos_app.ledger import factors, member_edit, members, refunds
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.factors import PinNotHere
from pos_app.ledger.member_edit import MemberChanges, StatusChange
from pos_app.ledger.member_profile import profile
from pos_app.ledger.offline import OnlineOnly, refused_now
from pos_app.ledger.refunds import SaleUnknown
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.points_use import PointsRefused
from pos_app.ledger.rules.topup import TopUpRefused
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sales import pay
from pos_app.ledger.store import remote_rows
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.store.lately import last_events
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ledger.welcome import gift_of
from pos_app.money import Money, Points
from pos_app.security.evidence import NotProved
from tests.ledger.till_hand import (
    STORED,
    Consent,
    OpenShop,
    amount,
    approval,
    give_back,
    head,
    ready,
    sell,
)
from tests.people import second_manager
from tests.shop import MEMBER_PIN, Shop, intent
from tests.ui.checkout.far_hq import belongs_to_hq, coupon, hq_tells, points, value

NEW_PIN = "582046"
DAY = "2026-06-17"  # no member day


@pytest.fixture
def linked(shop: Shop) -> Shop:
    """Return a shop that belongs to an HQ which it cannot reach."""
    belongs_to_hq(shop)
    return shop


def denied(opening: OpenShop, key: str) -> Shop:
    """Return such a shop whose programme denies something offline."""
    shop = opening(DAY, **{key: '"denied"'})
    belongs_to_hq(shop)
    return shop


def far_away(shop: Shop, member: MemberId, *, elsewhere: int = 0, has_pin: bool = False) -> None:
    """Let HQ have told of a member what lies neither here nor at HQ."""
    with shop.ledger.write() as book:
        tag = "chosen elsewhere" if has_pin else ""
        told = Remote(book.now, book.head.seq, 0, 0, elsewhere, tag)
        remote_rows.keep_member(book, member, told, ())


def refused(shop: Shop, act: Act, deed: Callable[[], object]) -> None:
    """Assert that a deed is refused for this act, that nothing is kept, and that it was said."""
    before = head(shop)

    with pytest.raises(OnlineOnly) as fact:
        deed()

    assert fact.value.act is act
    assert head(shop) == before
    assert refused_now(shop.ledger, act) is not None


def test_members_are_looked_up_and_earn_points_offline(linked: Shop) -> None:
    member = linked.member()

    found = members.search(linked.ledger, "0217")
    sell(linked, amount(10_000), member)

    assert [one.id for one in found] == [member]
    assert open_member(linked.ledger, member).points > Points()


def test_stored_value_is_spent_offline_up_to_the_holding_with_the_pin(linked: Shop) -> None:
    member = linked.member(pin=MEMBER_PIN)
    linked.top_up(member, 10_000)
    hq_tells(linked, member, *value(90_000))
    here = open_member(linked.ledger, member).balance
    shown, payment = ready(linked, amount(here.minor, STORED), member)

    with pytest.raises(NotProved):
        pay(linked.ledger, shown, replace(payment, evidence=None))
    pay(linked.ledger, shown, payment)

    with pytest.raises(NotCovered):
        sell(linked, amount(1, STORED), member)


def test_stored_value_points_and_coupons_that_lie_at_hq_need_hq(linked: Shop) -> None:
    member = linked.member()
    hq_tells(linked, member, *value(90_000), points(200), coupon())

    offline = price(linked.ledger, amount(40_000, STORED), member)
    with pytest.raises(PointsRefused):
        price(linked.ledger, replace(amount(40_000), points=Points(100)), member)
    linked.ledger.online = True
    online = price(linked.ledger, amount(40_000, STORED), member)

    assert (offline.missing, offline.coupons) == (Money(40_000), ())
    assert (online.missing, len(online.coupons)) == (Money(), 1)


def test_points_and_coupons_held_here_are_spent_offline(linked: Shop) -> None:
    member = linked.member()
    issue(linked.ledger, member, "M300-50", operator=linked.manager, intent=intent())
    sell(linked, amount(40_000), member)
    issue(linked.ledger, member, "M300-50", operator=linked.manager, intent=intent())

    receipt = sell(linked, replace(amount(40_000), points=Points(100)), member)

    assert receipt.points == Points(100)
    assert len(receipt.coupons) == 1


def test_a_top_up_offline_lands_here(linked: Shop) -> None:
    member = linked.member()

    linked.top_up(member, 10_000)

    assert open_member(linked.ledger, member).wallet.principal == Money(10_000)


@pytest.mark.parametrize("online", [False, True])
def test_a_top_up_keeps_the_legal_cap_on_the_last_known_total(
    linked: Shop, *, online: bool
) -> None:
    member = linked.member()
    far_away(linked, member, elsewhere=450_000)
    linked.ledger.online = online

    with pytest.raises(TopUpRefused) as too_much:
        linked.top_up(member, 60_000)
    linked.top_up(member, 20_000)

    assert too_much.value.limit == Money(500_000)
    assert open_member(linked.ledger, member).elsewhere == Money(450_000)


def test_a_programme_may_deny_top_ups_offline(opening: OpenShop) -> None:
    shop = denied(opening, "top_up")
    member = shop.member()

    refused(shop, Act.TOP_UP, lambda: shop.top_up(member, 10_000))
    shop.ledger.online = True
    shop.top_up(member, 10_000)

    assert open_member(shop.ledger, member).balance >= Money(10_000)


@pytest.mark.parametrize("online", [False, True])
def test_a_new_member_is_promised_the_welcome_gift_and_has_none_of_it_yet(
    linked: Shop, *, online: bool
) -> None:
    linked.ledger.online = online

    member = linked.member()

    assert enrolment(linked, member).body["welcome"] == {"expires_on": "2028-06-30", "points": 100}
    assert open_member(linked.ledger, member).points == Points()


def test_where_there_is_no_hq_nobody_promises_a_gift_in_its_name(shop: Shop) -> None:
    assert "welcome" not in enrolment(shop, shop.member()).body
    assert gift_of(shop.ledger) is None


def test_a_programme_may_deny_registration_offline(opening: OpenShop) -> None:
    shop = denied(opening, "registration")

    refused(shop, Act.REGISTER, shop.member)
    assert members.search(shop.ledger, "0217") == ()
    shop.ledger.online = True
    member = shop.member()

    assert [one.id for one in members.search(shop.ledger, "0217")] == [member]


@pytest.mark.parametrize("void", [False, True])
def test_a_sale_of_this_terminal_comes_back_offline(linked: Shop, *, void: bool) -> None:
    sale = sell(linked, amount(10_000))

    assert give_back(linked, sale, void=void).money == Money(10_000)


def test_a_sale_of_another_terminal_does_not(linked: Shop) -> None:
    with pytest.raises(SaleUnknown):
        refunds.plan(linked.ledger, EventId(new_id()), None)


@pytest.mark.parametrize(("act", "void"), [(Act.REFUND, False), (Act.VOID, True)])
def test_a_programme_may_deny_refunds_offline(opening: OpenShop, act: Act, *, void: bool) -> None:
    shop = denied(opening, "refund")
    sale = sell(shop, amount(10_000))

    refused(shop, act, lambda: give_back(shop, sale, void=void))
    shop.ledger.online = True

    assert give_back(shop, sale, void=void).money == Money(10_000)


def test_the_first_pin_of_somebody_whom_hq_knows_without_one_is_taken_offline(linked: Shop) -> None:
    member = linked.member()
    far_away(linked, member, has_pin=False)

    choose_pin(linked, member)

    assert profile(linked.ledger, member).has_pin


@pytest.mark.parametrize("known_here", [False, True])
def test_a_pin_is_changed_online_only_also_one_that_only_hq_knows(
    linked: Shop, *, known_here: bool
) -> None:
    member = linked.member(pin=MEMBER_PIN if known_here else None)
    far_away(linked, member, has_pin=not known_here)

    refused(linked, Act.RESET_PIN, lambda: choose_pin(linked, member))
    assert profile(linked.ledger, member).has_pin
    linked.ledger.online = True
    choose_pin(linked, member)

    assert proves(linked, member)


def test_a_pin_that_only_hq_knows_cannot_be_checked_offline(linked: Shop) -> None:
    member = linked.member()
    far_away(linked, member, has_pin=True)

    with pytest.raises(PinNotHere):
        linked.evidence(member, Money(100), intent())


def test_members_are_frozen_offline_and_let_in_again_online_only(linked: Shop) -> None:
    member, second = linked.member(), second_manager(linked)
    change_status(linked, member, Status.FROZEN, second)

    refused(linked, Act.UNFREEZE, lambda: change_status(linked, member, Status.NORMAL, second))
    linked.ledger.online = True
    change_status(linked, member, Status.NORMAL, second)

    assert profile(linked.ledger, member).status is Status.NORMAL


def test_members_are_blacklisted_and_edited_offline(linked: Shop) -> None:
    member, second = linked.member(), second_manager(linked)
    changes = MemberChanges(name="王小明")

    member_edit.edit(linked.ledger, member, changes, operator=linked.manager, intent=intent())
    change_status(linked, member, Status.BLACKLISTED, second)

    assert profile(linked.ledger, member).status is Status.BLACKLISTED


def test_a_terminal_without_an_hq_settles_everything_itself(shop: Shop) -> None:
    assert [act for act in Act if refused_now(shop.ledger, act)] == []


def enrolment(shop: Shop, member: MemberId) -> Event:
    """Return the event that made a member."""
    (event,) = last_events(shop.ledger.read(), member, 1, (Kind.MEMBER_NEW,))
    return event


def choose_pin(shop: Shop, member: MemberId) -> None:
    factors.set_pin(shop.ledger, member, NEW_PIN, operator=shop.manager, intent=intent())


def proves(shop: Shop, member: MemberId) -> bool:
    return shop.evidence(member, Money(100), intent(), NEW_PIN).amount == Money(100)


def change_status(shop: Shop, member: MemberId, status: Status, second: OperatorId) -> None:
    """Change a member's standing, with the consent of a second manager."""
    act = {Status.NORMAL: Act.UNFREEZE, Status.BLACKLISTED: Act.BLACKLIST}.get(status, Act.FREEZE)
    wish = intent()
    consent = approval(shop, Consent(act, Money(), wish, shop.manager, second))
    change = StatusChange(member, status, "card lost", wish)
    member_edit.set_status(shop.ledger, change, operator=shop.manager, approval=consent)
