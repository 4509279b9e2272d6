"""A tier given at one till or at HQ counts at every till, and ends by itself."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.counter import open_member
from pos_app.ledger.inbox import take_page
from pos_app.ledger.link import Membership, join
from pos_app.ledger.member_tier import TierWish, give_tier
from pos_app.ledger.rules.tier_standing import ManualTier
from pos_app.ledger.store.rebuild import rebuild
from pos_app.sync import translate
from pos_hq import feed, tiers
from pos_hq.facts import MemberUnknown, TierDayRefused, TierUnknown
from pos_hq.hq import Hq
from pos_hq.persons import erase
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.buying import told
from tests.hq.desk import Till, till
from tests.hq.jobs.hand import done
from tests.ledger.till_hand import noon
from tests.shop import intent

GIVEN = ManualTier("GOLD", date(2026, 6, 30))


@pytest.fixture
def two(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[tuple[Till, Till]]:
    """Return two tills that hear HQ, and a member known to both."""
    with (
        till(desk, tmp_path / "a", clock, "a") as one,
        till(desk, tmp_path / "b", clock, "b") as other,
    ):
        for each in (one, other):
            node = each.shop.ledger.node
            join(each.shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
            each.shop.ledger.online = True
        yield one, other


def hear(one: Till) -> None:
    page = feed.page(one.hq, one.caller, 0, 1_000)
    assert take_page(one.shop.ledger, translate.page_of(page, one.shop.ledger.now())) is None


def tier_at(one: Till, member: MemberId) -> str:
    return open_member(one.shop.ledger, member).tier


def test_a_tier_given_at_one_till_counts_at_the_other_and_ends(
    two: tuple[Till, Till], clock: FakeClock
) -> None:
    one, other = two
    member = one.shop.member()
    wish = TierWish(member, GIVEN, "press trip", intent())
    give_tier(one.shop.ledger, wish, operator=one.shop.manager)
    one.push()
    for each in two:
        hear(each)

    view = tiers.tier_of(one.hq, member.hex)
    assert (tier_at(one, member), tier_at(other, member)) == ("GOLD", "GOLD")
    assert (view.tier, view.reason, view.held) == ("GOLD", "manual", "BASE")
    assert view.given is not None
    assert view.given.until == "2026-06-30"
    clock.at = noon("2026-06-30")
    assert done(one.hq, "tier-review") == 0
    clock.at = noon("2026-07-01")
    assert tier_at(other, member) == "BASE"  # before HQ has said a word
    assert [done(one.hq, "tier-review") for _ in range(2)] == [1, 0]
    assert told(one.hq, member.hex)["tier_manual"] is None
    hear(other)
    with other.shop.ledger.write() as book:
        rebuild(book)
    assert tier_at(other, member) == "BASE"


def test_hq_gives_and_ends_a_tier_and_writes_down_who(two: tuple[Till, Till]) -> None:
    one, other = two
    member = one.shop.member()
    one.push()
    tiers.give(one.hq, member.hex, GIVEN, by="Li", reason="partner")
    hear(other)
    assert tier_at(other, member) == "GOLD"

    tiers.give(one.hq, member.hex, None, by="Li", reason="left")
    hear(other)

    with one.hq.read() as book:
        acts = fetch(book, "SELECT kind, reason, who FROM act ORDER BY seq")
    assert tier_at(other, member) == "BASE"
    assert [tuple(act) for act in acts if act[0] == "TIER_GIVEN"] == [
        ("TIER_GIVEN", "GOLD until 2026-06-30: partner", "Li"),
        ("TIER_GIVEN", "ended: left", "Li"),
    ]
    assert verify(one.hq).fault is None


def test_hq_refuses_what_is_no_tier_no_day_or_nobody(two: tuple[Till, Till]) -> None:
    one, _other = two
    member = one.shop.member()
    one.push()

    with pytest.raises(TierUnknown):
        tiers.give(one.hq, member.hex, ManualTier("MOON", GIVEN.until), by="Li", reason="x")
    with pytest.raises(TierDayRefused):
        tiers.give(one.hq, member.hex, ManualTier("GOLD", date(2026, 1, 1)), by="Li", reason="x")
    erase(one.hq, member.hex, by="HQ", reason="wish")
    with pytest.raises(MemberUnknown):
        tiers.give(one.hq, member.hex, GIVEN, by="Li", reason="x")


def test_a_forgotten_member_keeps_no_word_of_it(two: tuple[Till, Till]) -> None:
    one, other = two
    member = one.shop.member()
    one.push()
    tiers.give(one.hq, member.hex, GIVEN, by="Li", reason="partner")
    erase(one.hq, member.hex, by="HQ", reason="wish")
    hear(other)

    assert told(one.hq, member.hex)["tier_manual"] is None
    assert tier_at(other, member) == "BASE"
