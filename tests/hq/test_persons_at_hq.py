"""Two members who are one person, and a person whom HQ forgets."""

import pytest

from pos_app.ids import new_id
from pos_app.sync.wire import Grant, GrantAsk, Want
from pos_hq import exceptions, feed, grants, persons
from pos_hq.facts import MemberUnknown
from pos_hq.fold.values import Member
from pos_hq.hq import Hq
from pos_hq.store import member_rows
from pos_hq.store.bulk import fetch, run
from pos_hq.verification import verify
from tests.hq.desk import Author, balance, opened

PHONE, OTHER = "+8613812340217", "+8613900000001"
CARD = "900001"


def at_hq(hq: Hq, member: str) -> Member:
    with hq.read() as book:
        (found,) = member_rows.peek(book, [member])
    return found


def sidecars(hq: Hq, member: str) -> int:
    asked = (
        "SELECT count(*) FROM sidecar s JOIN event e ON e.event_id = s.event_id WHERE e.member = ?"
    )
    with hq.read() as book:
        return int(fetch(book, asked, bytes.fromhex(member))[0][0])


def ask(hq: Hq, till: Author, member: str, fen: int) -> Grant:
    want = Want(unit="CNY", want=fen, least=fen)
    return grants.ask(
        hq, till.caller, GrantAsk(grant=new_id().hex, member=member, purpose="jit", wants=(want,))
    )


def recalled(hq: Hq, till: Author) -> list[str]:
    items = feed.page(hq, till.caller, 0, 100).items
    return [item.id for item in items if item.entity == "recall"]


@pytest.fixture
def two(home: Author) -> tuple[str, str]:
    """Return one person who is two members: the second has a card and 50 yuan at HQ."""
    kept, gone = home.member(PHONE), home.member(OTHER)
    lot = home.top_up(gone, 5_000)
    home.give_back(gone, ("P", lot, 5_000))
    home.write("MEMBER_EDIT", {"fields": ["card"]}, member=gone, private={"card": CARD})
    home.push()
    return kept, gone


def test_who_was_merged_has_everything_at_the_member_who_stays(
    desk: Hq, away: Author, two: tuple[str, str]
) -> None:
    kept, gone = two

    persons.merge(desk, kept, gone, by="Lin")
    persons.merge(desk, kept, gone, by="Lin")

    assert (at_hq(desk, gone).merged_into, at_hq(desk, gone).phone) == (kept, None)
    assert at_hq(desk, kept).card == CARD
    assert ask(desk, away, gone, 5_000).reason == "merged"
    assert ask(desk, away, kept, 5_000).state == "granted"
    assert verify(desk).fault is None


def test_a_merge_recalls_what_a_till_holds_and_passes_on_what_it_brings(
    desk: Hq, home: Author, away: Author, two: tuple[str, str]
) -> None:
    kept, gone = two
    grant = ask(desk, away, gone, 3_000)
    lines = [(line.pocket, line.ref, line.amount) for line in grant.lines]
    away.got(grant.grant, gone, *lines)

    persons.merge(desk, kept, gone, by="Lin")
    away.spend(gone, lines[0][1], 1_000)
    away.give_back(gone, ("P", lines[0][1], 2_000))
    away.push()

    assert recalled(desk, away) == [gone]
    assert recalled(desk, home) == []
    assert balance(desk, f"avail:P:{kept}:{lines[0][1]}") == 4_000
    assert opened(desk) == []
    assert verify(desk).fault is None


def test_a_block_of_either_blocks_both_who_are_one(
    desk: Hq, home: Author, two: tuple[str, str]
) -> None:
    kept, gone = two
    home.write("MEMBER_STATUS", {"status": "frozen"}, member=gone, private={"reason": "lost"})
    home.push()

    persons.merge(desk, kept, gone, by="Lin")

    assert at_hq(desk, kept).status == "frozen"


def test_who_was_merged_into_the_merged_follows(
    desk: Hq, away: Author, two: tuple[str, str]
) -> None:
    kept, gone = two
    third = away.member(OTHER)
    away.push()

    persons.merge(desk, kept, third, by="Lin")  # the same as merging whom it was merged into

    assert {at_hq(desk, gone).merged_into, at_hq(desk, third).merged_into} == {kept}


def test_a_growth_goes_to_the_member_who_stays(desk: Hq, two: tuple[str, str]) -> None:
    kept, gone = two
    with desk.write() as book:
        asked = (
            "INSERT INTO growth (node, epoch, seq, member, on_day, spend, growth, points)"
            " VALUES (?, 1, 1, ?, '2026-06-14', 700, 7, 7)"
        )
        run(book, asked, b"n" * 16, bytes.fromhex(gone))

    persons.merge(desk, kept, gone, by="Lin")

    with desk.read() as book:
        rows = fetch(book, "SELECT member, spend FROM growth")
    assert [(bytes(member).hex(), spend) for member, spend in rows] == [(kept, 700)]


def test_an_erased_member_is_nobody_and_the_book_is_sound(
    desk: Hq, home: Author, away: Author, two: tuple[str, str]
) -> None:
    _, gone = two
    home.write("PIN_SET", {}, member=gone, private={"verifier": "$argon2id$x"})
    home.push()

    left = persons.erase(desk, gone, by="Lin", reason="asked")

    nobody = at_hq(desk, gone)
    assert left == {"CNY": 5_000}
    assert (nobody.name, nobody.phone, nobody.card, nobody.pin) == ("", None, None, "")
    assert sidecars(desk, gone) == 0
    assert ask(desk, away, gone, 100).reason == "erased"
    (told,) = [one for one in feed.page(desk, away.caller, 0, 100).items if one.id == gone]
    assert told.body is not None
    assert told.body["erased"]
    assert "王晓明" not in str(told.body)
    assert verify(desk).fault is None


def test_what_a_till_still_tells_of_an_erased_member_is_not_kept(
    desk: Hq, home: Author, two: tuple[str, str]
) -> None:
    kept, gone = two
    home.write("MEMBER_EDIT", {"fields": ["name"]}, member=gone, private={"name": "王小明"})
    home.write("PIN_SET", {}, member=gone, private={"verifier": "$argon2id$x"})
    home.write("MEMBER_STATUS", {"status": "normal"}, member=gone, private={"reason": "back"})
    home.write("MEMBER_EDIT", {"fields": ["name"]}, member=kept, private={"name": "王大明"})

    persons.erase(desk, gone, by="Lin", reason="asked")
    home.push()

    nobody = at_hq(desk, gone)
    assert (nobody.name, nobody.pin, nobody.status) == ("", "", "frozen")
    assert sidecars(desk, gone) == 0
    assert at_hq(desk, kept).name == "王大明"
    assert opened(desk) == []
    assert verify(desk).fault is None


def test_who_was_merged_into_an_erased_member_is_forgotten_too(
    desk: Hq, two: tuple[str, str]
) -> None:
    kept, gone = two
    persons.merge(desk, kept, gone, by="Lin")

    persons.erase(desk, gone, by="Lin", reason="asked")
    persons.erase(desk, kept, by="Lin", reason="asked again")

    assert at_hq(desk, kept).erased
    assert at_hq(desk, gone).erased
    assert sidecars(desk, kept) + sidecars(desk, gone) == 0


def test_whom_hq_erased_may_come_again_as_somebody_new(
    desk: Hq, home: Author, two: tuple[str, str]
) -> None:
    kept, _ = two
    persons.erase(desk, kept, by="Lin", reason="asked")

    anew = home.member(PHONE)
    home.push()

    assert at_hq(desk, anew).phone == PHONE
    assert persons.find(desk, PHONE.removeprefix("+86")) == anew
    assert opened(desk) == []


def test_nobody_is_merged_with_an_erased_member(desk: Hq, two: tuple[str, str]) -> None:
    kept, gone = two
    persons.erase(desk, gone, by="Lin", reason="asked")

    for pair in ((kept, gone), (gone, kept), (kept, "0" * 32)):
        with pytest.raises(MemberUnknown):
            persons.merge(desk, *pair, by="Lin")
    with pytest.raises(MemberUnknown):
        persons.erase(desk, "0" * 32, by="Lin", reason="asked")


def test_an_erased_member_is_let_in_by_nobody(
    desk: Hq, home: Author, away: Author, two: tuple[str, str]
) -> None:
    _, gone = two
    for till, status in ((home, "frozen"), (away, "normal")):
        till.write("MEMBER_STATUS", {"status": status}, member=gone, private={"reason": "x"})
        till.push()
    (case,) = exceptions.open_ones(desk)
    persons.erase(desk, gone, by="Lin", reason="asked")

    exceptions.resolve(desk, case.id, by="Lin", decision="unblock")

    assert at_hq(desk, gone).status == "frozen"
