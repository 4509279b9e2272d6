"""Cards across tills: a number names its member everywhere, and a block holds everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ids import CardId, MemberId
from pos_app.ledger.cards import (
    CardDead,
    CardDeed,
    cards,
    found_again,
    issue,
    replace_card,
    report_lost,
)
from pos_app.ledger.inbox import take_page
from pos_app.ledger.link import Membership, join
from pos_app.ledger.members import find_exact
from pos_app.ledger.store.rebuild import rebuild
from pos_app.sync import translate
from pos_hq import feed, persons
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from tests.fakes import FakeClock
from tests.hq.desk import Author, Till, opened, till
from tests.shop import intent

NUMBER, OTHER = "6001002003", "6001002004"


def joined(desk: Hq, folder: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, folder, clock, folder.name) as one:
        node = one.shop.ledger.node
        join(one.shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        one.shop.ledger.online = True
        yield one


@pytest.fixture
def near(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    yield from joined(desk, tmp_path / "near", clock)


@pytest.fixture
def far(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    yield from joined(desk, tmp_path / "far", clock)


def sync(one: Till) -> None:
    one.push()
    told = feed.page(one.hq, one.caller, 0, 1_000)
    assert take_page(one.shop.ledger, translate.page_of(told, one.shop.ledger.now())) is None


def deed(one: Till, member: MemberId) -> CardDeed:
    return CardDeed(member, one.shop.manager, intent())


@pytest.fixture
def member(near: Till, far: Till) -> MemberId:
    """Return a member with a card that both tills know."""
    known = near.shop.member()
    issue(near.shop.ledger, deed(near, known), NUMBER)
    sync(near)
    sync(far)
    return known


def card_of(one: Till, member: MemberId) -> CardId:
    known = cards(one.shop.ledger, member)[0].id
    assert known is not None
    return known


def named(one: Till, number: str = NUMBER) -> str:
    try:
        hit = find_exact(one.shop.ledger, number)
    except CardDead as dead:
        return dead.state.value
    return "nobody" if hit is None else hit.id.hex


def test_a_card_names_its_member_at_every_till(far: Till, member: MemberId) -> None:
    assert named(far) == member.hex


def test_a_loss_reported_here_blocks_there(near: Till, far: Till, member: MemberId) -> None:
    report_lost(near.shop.ledger, deed(near, member), card_of(near, member))
    sync(near)
    before = named(far)
    sync(far)

    assert (before, named(far)) == (member.hex, "lost")


def test_what_one_till_lifts_is_lifted_everywhere(near: Till, far: Till, member: MemberId) -> None:
    report_lost(near.shop.ledger, deed(near, member), card_of(near, member))
    sync(near)
    sync(far)
    found_again(far.shop.ledger, deed(far, member), card_of(far, member))
    at_once = named(far)
    sync(far)
    sync(near)

    assert (at_once, named(near), named(far)) == (member.hex, member.hex, member.hex)


def test_a_later_report_is_not_lifted_by_an_older_find(
    desk: Hq, near: Till, far: Till, member: MemberId
) -> None:
    report_lost(near.shop.ledger, deed(near, member), card_of(near, member))
    found_again(near.shop.ledger, deed(near, member), card_of(near, member))
    report_lost(far.shop.ledger, deed(far, member), card_of(far, member))
    far.push()
    report_lost(near.shop.ledger, deed(near, member), card_of(near, member))
    far_says = feed.page(desk, near.caller, 0, 1_000)
    taken = translate.page_of(far_says, near.shop.ledger.now())
    assert take_page(near.shop.ledger, taken) is None
    found_again(near.shop.ledger, deed(near, member), card_of(near, member))
    sync(near)
    sync(far)

    # HQ heard near's reports after far's, and near took back the last of them
    assert (named(near), named(far)) == (member.hex, member.hex)


def test_a_find_that_knows_an_older_report_lifts_nothing(
    desk: Hq, near: Till, far: Till, member: MemberId
) -> None:
    report_lost(near.shop.ledger, deed(near, member), card_of(near, member))
    near.push()
    report_lost(far.shop.ledger, deed(far, member), card_of(far, member))
    far.push()
    found_again(near.shop.ledger, deed(near, member), card_of(near, member))
    here = named(near)
    sync(near)

    assert (here, named(near)) == (member.hex, "lost")
    assert opened(desk, "RULES_UNKNOWN") == ["PROFILE_CONFLICT"]


def test_a_replacement_is_known_everywhere(near: Till, far: Till, member: MemberId) -> None:
    replace_card(far.shop.ledger, deed(far, member), card_of(far, member), OTHER)
    sync(far)
    sync(near)

    assert (named(near), named(near, OTHER)) == ("replaced", member.hex)
    with near.shop.ledger.write() as book:
        assert sum(one.wrong for one in rebuild(book)) == 0
    assert (named(near), named(near, OTHER)) == ("replaced", member.hex)


def test_one_number_bound_at_two_tills_is_the_first_ones(
    desk: Hq, near: Till, far: Till, member: MemberId
) -> None:
    other = far.shop.member("13900000001")
    issue(near.shop.ledger, deed(near, member), OTHER)
    issue(far.shop.ledger, deed(far, other), OTHER)
    sync(near)
    sync(far)
    sync(near)

    assert (named(near, OTHER), named(far, OTHER)) == (member.hex, member.hex)
    assert opened(desk, "RULES_UNKNOWN") == ["PROFILE_CONFLICT"]


def test_cards_go_with_a_merge_and_numbers_with_an_erasure(
    desk: Hq, near: Till, far: Till, member: MemberId
) -> None:
    kept = near.shop.member("13900000001")
    near.push()
    persons.merge(desk, kept.hex, member.hex, by="hq")
    sync(near)
    merged = named(near)
    persons.erase(desk, kept.hex, by="hq", reason="asked")
    sync(far)

    assert merged == kept.hex
    assert named(far) == "nobody"
    with desk.read() as book:
        assert [row[0] for row in fetch(book, "SELECT number FROM card")] == [None]


def test_of_cards_that_nobody_issued_nothing_is_believed(desk: Hq, home: Author) -> None:
    member = home.member()
    body = {"card": "0" * 32, "form": "physical"}
    home.write("CARD_LOSS", body, member=member)
    home.write("CARD_ISSUE", {**body, "form": "gold"}, member=member, private={"number": NUMBER})
    home.write("CARD_FOUND", {**body, "lifts": "1" * 32}, member=member)
    ack = home.push()

    assert {one.status for one in ack.results[1:]} == {"applied_with_exception"}
    assert opened(desk, "RULES_UNKNOWN") == ["UNREADABLE"] * 3
