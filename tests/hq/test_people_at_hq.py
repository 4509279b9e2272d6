"""Members at HQ: one phone, one person; two words about one person."""

import json

import pytest

from pos_app.ids import new_id
from pos_app.sync.wire import GrantAsk, Want
from pos_hq import exceptions, feed, grants
from pos_hq.fold.values import Member
from pos_hq.hq import Hq
from pos_hq.store import member_rows
from tests.hq.desk import Author, author, balance, opened

PHONE = "+8613812340217"


@pytest.fixture
def one(desk: Hq) -> Author:
    return author(desk, "one")


@pytest.fixture
def two(desk: Hq) -> Author:
    return author(desk, "two")


def at_hq(hq: Hq, member: str) -> Member:
    with hq.read() as book:
        (found,) = member_rows.peek(book, [member])
    return found


def edit(till: Author, member: str, **fields: object) -> None:
    till.write("MEMBER_EDIT", {"fields": sorted(fields)}, member=member, private=fields)


def test_the_first_to_arrive_with_a_phone_is_the_member(desk: Hq, one: Author, two: Author) -> None:
    first, second = one.member(PHONE), two.member(PHONE)

    one.push()
    two.push()

    assert at_hq(desk, first).phone == PHONE
    assert (at_hq(desk, second).phone, at_hq(desk, second).merged_into) == (None, first)
    assert opened(desk) == ["DUP_MEMBER"]


def test_what_comes_to_a_duplicate_is_swept_to_the_member(
    desk: Hq, one: Author, two: Author
) -> None:
    first, second = one.member(PHONE), two.member(PHONE)
    one.push()
    lot = two.top_up(second, 5_000)
    two.give_back(second, ("P", lot, 5_000))
    two.push()
    late = two.top_up(second, 700)
    two.give_back(second, ("P", late, 700))
    two.push()

    want = Want(unit="CNY", want=5_700, least=5_700)
    ask = GrantAsk(grant=new_id().hex, member=first, purpose="jit", wants=(want,))
    no = GrantAsk(grant=new_id().hex, member=second, purpose="jit", wants=(want,))

    assert balance(desk, f"avail:P:{second}:{lot}") == 0
    assert grants.ask(desk, one.caller, no).reason == "merged"
    assert grants.ask(desk, one.caller, ask).state == "granted"


def test_of_two_names_the_last_to_arrive_stands(desk: Hq, one: Author, two: Author) -> None:
    member = one.member()
    one.push()
    edit(one, member, name="王小明")
    edit(two, member, name="王晓明明")

    one.push()
    two.push()

    assert at_hq(desk, member).name == "王晓明明"
    assert opened(desk) == []


def test_of_two_cards_the_one_that_hq_has_stays(desk: Hq, one: Author, two: Author) -> None:
    member = one.member()
    one.push()
    edit(one, member, card="900001")
    edit(two, member, card="900002")

    one.push()
    two.push()

    assert at_hq(desk, member).card == "900001"
    assert opened(desk) == ["PROFILE_CONFLICT"]


def test_one_card_is_not_two_members(desk: Hq, one: Author, two: Author) -> None:
    first, second = one.member(PHONE), two.member("+8613900000000")
    edit(one, first, card="900001")
    edit(two, second, card="900001")

    one.push()
    two.push()

    assert at_hq(desk, second).card is None
    assert opened(desk) == ["PROFILE_CONFLICT"]


def test_any_block_wins_and_another_till_does_not_lift_it(
    desk: Hq, one: Author, two: Author
) -> None:
    member = one.member()
    one.write("MEMBER_STATUS", {"status": "frozen"}, member=member, private={"reason": "lost"})
    two.write("MEMBER_STATUS", {"status": "normal"}, member=member, private={"reason": "found"})
    one.push()
    two.push()
    blocked = at_hq(desk, member).status
    (case,) = exceptions.open_ones(desk)

    exceptions.resolve(desk, case.id, by="HQ", decision="unblock")

    assert (blocked, case.type) == ("frozen", "PROFILE_CONFLICT")
    assert at_hq(desk, member).status == "normal"


def test_a_till_that_blocked_by_mistake_unblocks(desk: Hq, one: Author) -> None:
    member = one.member()
    for status in ("frozen", "normal"):
        one.write("MEMBER_STATUS", {"status": status}, member=member, private={"reason": "x"})

    one.push()

    assert at_hq(desk, member).status == "normal"


def test_an_erased_sidecar_is_no_fault(desk: Hq, one: Author) -> None:
    member = one.member()
    one.sidecars.clear()

    one.push()

    assert (at_hq(desk, member).name, at_hq(desk, member).phone) == ("", None)
    assert opened(desk) == []


def test_personal_data_that_the_chain_does_not_carry_is_not_taken(desk: Hq, one: Author) -> None:
    member = one.member()
    event, salt, data = one.sidecars[0]
    forged = json.loads(data) | {"name": "somebody else"}
    one.sidecars[0] = (event, salt, json.dumps(forged).encode())

    one.push()

    assert at_hq(desk, member).name == ""
    assert opened(desk) == ["PROFILE"]


def test_names_that_a_database_could_not_keep_are_cleaned(desk: Hq, one: Author) -> None:
    member = one.member(name="王\0晓\ud800明")

    one.push()

    assert at_hq(desk, member).name == "王晓?明"


def test_every_till_hears_of_a_member_once_in_their_latest_state(
    desk: Hq, one: Author, two: Author
) -> None:
    member = one.member()
    one.push()
    first = feed.page(desk, two.caller, 0, 100)
    edit(one, member, name="王小明")
    lot = one.top_up(member, 5_000)
    one.push()

    page = feed.page(desk, two.caller, first.cursor, 100)

    (item,) = [item for item in page.items if item.entity == "member"]
    assert item.body is not None
    assert (item.id, item.body["name"]) == (member, "王小明")
    assert item.body["held"] == {one.place: {"CNY": 5_000}}
    assert item.body["lots"] == {lot: [one.at, 5_000, 0]}
    assert feed.page(desk, two.caller, page.cursor, 100).items == ()


def test_a_page_ends_where_the_next_begins(desk: Hq, one: Author, two: Author) -> None:
    for number in range(5):
        one.member(phone=f"+86138000000{number:02d}")
    one.push()
    cursor, heard = 0, []
    while True:
        page = feed.page(desk, two.caller, cursor, 2)
        heard += [item.id for item in page.items]
        cursor = page.cursor
        if not page.more:
            break

    assert len(heard) == len(set(heard)) == 6  # five members and the programme


def test_a_new_till_reads_all_members_in_order(desk: Hq, one: Author, two: Author) -> None:
    members = sorted(one.member(phone=f"+86138000000{number:02d}") for number in range(5))
    one.push()

    first = feed.snapshot(desk, two.caller, None, 3)
    rest = feed.snapshot(desk, two.caller, first.next, 3)

    assert [item.id for item in (*first.items, *rest.items)] == members
    assert rest.next is None
    assert feed.page(desk, two.caller, first.cursor, 100).items == ()


def test_what_is_no_member_is_read_without_passing_the_members(
    desk: Hq, one: Author, two: Author
) -> None:
    for number in range(5):
        one.member(phone=f"+86138000000{number:02d}")
    one.push()

    page = feed.page(desk, two.caller, 0, 3, members=False)
    after = feed.page(desk, two.caller, page.cursor, 3, members=False)

    assert [item.entity for item in page.items] == ["programme"]
    assert (page.more, after.items, after.cursor) == (False, (), page.cursor)


def test_a_page_of_members_says_how_far_hq_holds_the_chain_that_asks(
    desk: Hq, one: Author, two: Author
) -> None:
    one.member()
    one.push()

    mine = feed.snapshot(desk, one.caller, None, 3)
    theirs = feed.snapshot(desk, two.caller, None, 3)

    assert mine.acked_seq > theirs.acked_seq == 0
    assert mine.time == desk.now_ms()
