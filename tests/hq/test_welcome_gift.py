"""The welcome gift: given once, when HQ has found the phone number new."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger import members
from pos_app.ledger.link import Membership, join
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.rules.programme import parse_programme
from pos_hq import feed, verification
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Author, author, balance, opened, till
from tests.shop import DEFAULT_PROGRAMME, intent

PHONE = "+8613812340217"
PROMISED = {"expires_on": "2031-12-31", "points": 100_000}
RULES = parse_programme(DEFAULT_PROGRAMME.read_bytes()).version


def enrols(
    by: Author, phone: str | None, promised: Mapping[str, object] | None, rules: str = ""
) -> str:
    """Write an enrolment that promises a gift."""
    member = new_id().hex
    body: dict[str, object] = {"number": f"8000{by.seq:06d}", "tier": "BASE", "terms": "2026-01"}
    if promised is not None:
        body["welcome"] = promised
    private = None if phone is None else {"phone": phone, "name": "王晓明"}
    by.write("MEMBER_NEW", body, member=member, private=private, rules=rules)
    return member


def given(hq: Hq, member: str, expires_on: str = "2028-06-30") -> int:
    return balance(hq, f"avail:PTS:{member}:{expires_on}", "PTS")


@pytest.fixture
def one(desk: Hq) -> Author:
    return author(desk, "one")


def test_a_new_number_brings_what_the_rules_say_whatever_was_promised(
    desk: Hq, one: Author
) -> None:
    member = enrols(one, PHONE, PROMISED, RULES)

    one.push()

    assert given(desk, member) == 100
    assert given(desk, member, "2031-12-31") == 0
    assert verification.verify(desk).fault is None


def test_without_the_rules_what_was_promised_is_given(desk: Hq, one: Author) -> None:
    member = enrols(one, PHONE, {"expires_on": "2028-06-30", "points": 50})

    one.push()

    assert given(desk, member) == 50


@pytest.mark.parametrize("phone", [PHONE, None])
def test_a_known_number_or_none_brings_no_gift(desk: Hq, one: Author, phone: str | None) -> None:
    first = enrols(one, PHONE, PROMISED, RULES)
    second = enrols(one, phone, PROMISED, RULES)

    one.push()

    assert (given(desk, first), given(desk, second)) == (100, 0)


@pytest.mark.parametrize(
    "promised",
    [None, {"expires_on": "2028-06-30", "points": 0}, {"expires_on": "2028-06-30", "points": -5}],
)
def test_nothing_promised_is_nothing_given(
    desk: Hq, one: Author, promised: Mapping[str, object] | None
) -> None:
    member = enrols(one, PHONE, promised)

    one.push()

    assert given(desk, member) == 0


def test_a_promise_that_cannot_be_read_is_told_and_the_member_is_there(
    desk: Hq, one: Author
) -> None:
    enrols(one, PHONE, {"expires_on": "soon", "points": 5})

    one.push()

    assert opened(desk) == ["UNREADABLE"]


def test_whoever_registers_offline_finds_the_gift_after_the_next_push(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    with till(desk, tmp_path / "till", clock) as real:
        ledger = real.shop.ledger
        node = ledger.node
        join(ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        new = NewMember(phone="13812340217", consents=Consents("2026-01"))
        card = members.register(ledger, new, operator=real.shop.manager, intent=intent())

        real.push()

        assert told_points(desk, real.caller, card.id) == [["PTS", "2028-06-30", 100]]


def told_points(hq: Hq, caller: object, member: MemberId) -> object:
    """Return what the feed says lies free for a member."""
    page = feed.page(hq, caller, 0, 1_000)  # type: ignore[arg-type]
    (item,) = [one for one in page.items if one.id == member.hex]
    assert item.body is not None
    return item.body["avail"]
