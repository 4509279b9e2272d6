"""Orders put aside and taken up again."""

from tests.shop import Shop
from tests.ui.shell.till import till_of


def test_an_order_put_aside_waits_with_its_member(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "128")

    till.checkout.hold()
    cards = till.checkout.shelf.shown.state.cards
    till.checkout.fetch(cards[0].key)

    assert (cards[0].amount, cards[0].who) == ("¥128.00", "王**")
    assert till.panel.due == "¥128.00"
    assert till.panel.who == "王**"
    assert till.checkout.shelf.shown.state.cards == ()


def test_a_walk_in_order_comes_back_too(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("35")
    till.checkout.hold()

    till.checkout.fetch(till.checkout.shelf.shown.state.cards[0].key)

    assert till.panel.due == "¥35.00"


def test_putting_aside_makes_room_for_the_next_customer(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "128")

    till.checkout.hold()

    assert till.panel.amount == ""
    assert till.counter.member is None
    assert till.panel.held == 1


def test_an_order_under_way_is_not_thrown_away_for_a_held_one(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("35")
    till.checkout.hold()
    till.checkout.amount_edited("20")

    till.checkout.fetch(till.checkout.shelf.shown.state.cards[0].key)

    assert till.panel.due == "¥20.00"
    assert till.toasts[-1] == "Hold or clear the present order first."


def test_hold_without_an_order_shows_what_waits(shop: Shop) -> None:
    till = till_of(shop)
    shown = []
    till.shell.show_held = lambda: shown.append(1)

    till.checkout.hold()

    assert shown == [1]


def test_a_full_shelf_says_so(shop: Shop) -> None:
    till = till_of(shop)
    for amount in range(1, 8):
        till.checkout.amount_edited(str(amount))
        till.checkout.hold()

    assert till.panel.notice is not None
    assert "6 orders wait already" in till.panel.notice.text
