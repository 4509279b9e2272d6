"""Every figure of a member at HQ is led back to the events that made it, and adds up."""

import pytest

from pos_app.sync.wire_figures import Explanation, What
from pos_hq import orphans, persons
from pos_hq.explaining import explain
from pos_hq.facts import MemberUnknown
from pos_hq.hq import Hq
from pos_hq.store.bulk import run
from tests.hq.desk import Author, author
from tests.hq.test_persons_at_hq import ask

VALUE: What = "stored_value"


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


def kinds(told: Explanation) -> list[tuple[str, int, int]]:
    return [(step.kind, step.amount, step.after) for step in told.steps]


def test_a_balance_is_its_lots_and_every_event_of_them(desk: Hq, till: Author) -> None:
    member = till.member()
    first, second = till.top_up(member, 10_000, 1_000), till.top_up(member, 5_000)
    till.spend(member, first, 3_000)
    till.push()

    told = explain(desk, member, VALUE)

    assert (told.figure, told.explained, told.even) == (13_000, 13_000, True)
    assert {part.ref: (part.amount, part.bonus) for part in told.parts} == {
        first: (8_000, 1_000),
        second: (5_000, 0),
    }
    assert kinds(told) == [
        ("TOPUP", 11_000, 11_000),
        ("TOPUP", 5_000, 16_000),
        ("NOTE", -3_000, 13_000),
    ]
    assert told.steps[0].bonus == 1_000
    assert told.steps[0].refs == {first: 11_000}
    assert told.parts[0].about["paid"] in {10_000, 5_000}
    assert (told.steps[2].node, told.steps[2].epoch) == (till.caller.node.hex, 1)


def test_what_a_till_holds_is_told_apart_and_changes_nothing(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.give_back(member, ("P", lot, 10_000))
    till.push()
    ask(desk, till, member, 4_000)

    told = explain(desk, member, VALUE)

    assert (told.parts[0].free, told.parts[0].held) == (6_000, {till.place: 4_000})
    assert kinds(told) == [("TOPUP", 10_000, 10_000)]
    assert told.even


def test_pages_go_on_where_the_one_before_ended(desk: Hq, till: Author) -> None:
    member = till.member()
    for fen in (1_000, 2_000, 3_000):
        till.top_up(member, fen)
    till.push()

    page = explain(desk, member, VALUE, 0, 2)
    rest = explain(desk, member, VALUE, page.next or 0, 2)

    assert (page.next, rest.next) == (2, None)
    assert [step.after for step in (*page.steps, *rest.steps)] == [1_000, 3_000, 6_000]
    assert rest.even


def test_points_and_debts_and_coupons_are_explained_alike(desk: Hq, till: Author) -> None:
    member, coupon = till.member(), "c0" * 16
    until = "2028-06-30"
    held, debt = f"hold:PTS:{member}:{until}", f"debt:PTS:{member}"
    till.write("SALE", moves=[["pts_issued", held, "PTS", 50]], member=member)
    till.write("REFUND", moves=[[debt, "pts_issued", "PTS", 20]], member=member)
    till.write(
        "COUPON_ISSUE",
        {"coupon": coupon, "template": "NEW5", "valid_from": "2026-06-01",
         "valid_until": "2026-07-01"},
        [["cpn_issued", f"hold:CPN:{member}:{coupon}", f"CPN:{coupon}", 1]],
        member=member,
    )  # fmt: skip
    till.push()

    points, owed, coupons = (explain(desk, member, what) for what in ("points", "debt", "coupons"))

    assert (points.figure, points.even, points.parts[0].ref) == (50, True, until)
    assert (owed.figure, owed.even, kinds(owed)) == (20, True, [("REFUND", 20, 20)])
    assert (coupons.figure, coupons.even) == (1, True)
    assert coupons.parts[0].about["template"] == "NEW5"


def test_what_a_lost_till_held_counts_once(desk: Hq, till: Author) -> None:
    member = till.member()
    till.top_up(member, 10_000)
    till.push()
    orphans.release(desk, till.caller.node, 1, by="HQ", reason="burnt")

    told = explain(desk, member, VALUE)

    assert (told.figure, told.even) == (10_000, True)
    assert told.parts[0].given_again == 10_000
    assert kinds(told)[1] == ("RELEASE_ORPHAN", 10_000, 20_000)


def test_what_a_lost_till_had_spent_is_the_houses_loss(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.push()
    orphans.release(desk, till.caller.node, 1, by="HQ", reason="burnt")
    till.spend(member, lot, 3_000)
    till.push()

    told = explain(desk, member, VALUE)

    assert (told.figure, told.even) == (10_000, True)
    assert told.parts[0].given_again == 7_000


def test_a_duplicate_leads_to_whom_it_became(desk: Hq, till: Author) -> None:
    kept, gone = till.member(), till.member("+8613900000001")
    till.top_up(kept, 1_000)
    lot = till.top_up(gone, 2_000)
    till.give_back(gone, ("P", lot, 2_000))
    till.push()
    persons.merge(desk, kept, gone, by="HQ")

    told = explain(desk, gone, VALUE)

    assert (told.member, told.figure, told.even) == (kept, 3_000, True)


def test_a_figure_that_no_event_explains_is_named(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 1_000)
    till.push()
    with desk.write() as book:
        account = f"hold:{till.place}:P:{member}:{lot}"
        run(book, "UPDATE balance SET amount = amount + 5 WHERE account = ?", account)

    told = explain(desk, member, VALUE)

    assert (told.figure, told.explained, told.even) == (1_005, 1_000, False)


def test_of_nobody_nothing_is_explained(desk: Hq) -> None:
    with pytest.raises(MemberUnknown):
        explain(desk, "0" * 32, VALUE)
