"""What HQ gave for deeds stands among a member's points, with its reason."""

from dataclasses import replace
from datetime import timedelta

from pos_app.ids import MemberId
from pos_app.ledger.standing import told_standing
from pos_app.ledger.store import remote_rows
from tests.ledger.till_hand import amount, sell
from tests.shop import Shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells
from tests.ui.member_page.conftest import Desk


def given(shop: Shop, member: MemberId, *rewards: list[object]) -> None:
    """Let HQ have told of these rewards, the newest first."""
    known = remote_rows.remote_of(shop.ledger.read(), member)
    assert known is not None
    told = told_standing({"rewards": rewards})
    with shop.ledger.write() as book:
        remote_rows.keep_member(book, member, replace(known, standing=told), [])


def test_a_reward_stands_among_the_points_with_its_reason(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    belongs_to_hq(shop)
    hq_tells(shop, member)
    sell(shop, amount(10_600), member)
    at = int(shop.ledger.now().timestamp()) * 1000
    given(
        shop, member,
        [at + 60_000, "moon_walk", 7, 0, 0], [at + 50_000, "review", 10, 10, 5],
        [at + 40_000, "refer_friend", 0, 0, 50], [at - 86_400_000, "sign_in", 5, 0, 1],
    )  # fmt: skip
    shop.clock.at += timedelta(minutes=2)

    desk.page.open(member)

    lines = [row.cells[1:] for row in desk.state.points]
    assert lines[:3] == [
        ("Reward from HQ", "+\u20097", "at HQ"),
        ("Wrote a review, 10 await review", "+\u200910", "at HQ"),
        ("Friend referred, growth +50", "0", "at HQ"),
    ]
    assert lines[3][0] == "Sale"
    assert ("Daily check-in", "+\u20095", "at HQ") in lines[4:]
    assert len({row.key for row in desk.state.points}) == len(lines)
