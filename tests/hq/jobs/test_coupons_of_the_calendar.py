"""Coupons that HQ issues by itself: to newcomers, before birthdays, to those who stay away."""

from pathlib import Path
from uuid import UUID

import pytest

from pos_app.ids import CouponId, MemberId
from pos_app.ledger import grants, inbox, members
from pos_app.ledger.link import Membership, join
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.store.right_rows import Want
from pos_app.sync import translate
from pos_hq import feed, persons
from pos_hq import grants as granting
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Author, author, till
from tests.hq.jobs.hand import coupons, done, joined, messages, midnight
from tests.ledger.till_hand import amount, sell
from tests.shop import intent

SPRING = "2025-01-01"


@pytest.mark.parametrize(
    ("birthday", "lunar", "issued_on"),
    [
        ("--08-15", 1, "2025-09-29"),
        ("--08-15", 1, "2026-09-18"),
        ("--06-01", 2, "2025-07-18"),
        ("--06-01", 2, "2026-07-07"),
        ("--12-30", 1, "2026-02-09"),
        ("2000-02-29", 0, "2026-02-21"),
    ],
)
def test_a_birthday_coupon_comes_seven_days_before_and_once(
    desk: Hq, clock: FakeClock, birthday: str, lunar: int, issued_on: str
) -> None:
    midnight(clock, issued_on)
    home = author(desk, "till")
    member = joined(home, birthday=birthday, lunar=lunar, day=SPRING)
    home.push()

    clock.go(hours=-24)
    the_day_before = done(desk, "birthday")
    clock.go(hours=24)
    counts = [done(desk, "birthday"), done(desk, "birthday")]
    clock.go(hours=24)
    counts.append(done(desk, "birthday"))

    assert (the_day_before, counts) == (0, [1, 0, 0])
    assert [(code, first) for code, first, _ in coupons(desk, member)] == [("NEW5", issued_on)]


def test_another_calendar_after_the_coupon_brings_no_second_one(
    desk: Hq, clock: FakeClock, home: Author
) -> None:
    member = joined(home, birthday="2000-02-28", day=SPRING)
    home.push()
    midnight(clock, "2026-02-21")
    assert done(desk, "birthday") == 1

    changed = {"birthday": "--08-15", "lunar": 1}
    home.write("MEMBER_EDIT", {"fields": sorted(changed)}, member=member, private=changed)
    home.push()
    midnight(clock, "2026-09-18")

    assert done(desk, "birthday") == 0


def test_an_impossible_birthday_keeps_nobody_else_waiting(
    desk: Hq, home: Author, caplog: pytest.LogCaptureFixture
) -> None:
    joined(home, birthday="tomorrow", lunar=1, day=SPRING)
    other = joined(home, birthday="--06-20", day=SPRING)
    home.push()

    assert done(desk, "birthday") == 1

    assert len(coupons(desk, other)) == 1
    assert "passed over" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(("day", "count"), [("2026-06-15", 1), ("2026-06-09", 1), (SPRING, 0)])
def test_a_newcomer_is_given_five_yuan_once(desk: Hq, home: Author, day: str, count: int) -> None:
    member = joined(home, day=day)
    home.push()

    assert [done(desk, "newcomer"), done(desk, "newcomer")] == [count, 0]

    assert coupons(desk, member) == [("NEW5", "2026-06-15", "2026-07-14")] * count


def test_who_is_blocked_or_somebody_else_is_given_nothing(desk: Hq, home: Author) -> None:
    blocked, known = joined(home, day="2026-06-15"), "+8613812340217"
    home.write("MEMBER_STATUS", {"status": "frozen"}, member=blocked, private={"reason": "lost"})
    first, second = (joined(home, phone=known, day="2026-06-15") for _ in range(2))
    home.push()

    assert done(desk, "newcomer") == 1

    assert [len(coupons(desk, one)) for one in (blocked, first, second)] == [0, 1, 0]


def test_without_consent_the_coupon_comes_and_no_word_of_it(desk: Hq, home: Author) -> None:
    silent, told = joined(home, marketing=False, day="2026-06-15"), joined(home, day="2026-06-15")
    home.push()

    done(desk, "newcomer")

    assert len(coupons(desk, silent)) == len(coupons(desk, told)) == 1
    assert messages(desk, "newcomer") == [(told, "newcomer", "waiting")]


def test_who_was_merged_gets_no_second_birthday_coupon(desk: Hq, home: Author) -> None:
    kept, gone = (joined(home, birthday="--06-20", day=SPRING) for _ in range(2))
    home.push()
    persons.merge(desk, kept, gone, by="林")
    assert done(desk, "birthday") == 1

    other = joined(home, birthday="--06-20", day=SPRING)
    home.push()
    assert done(desk, "birthday") == 1
    persons.merge(desk, other, kept, by="林")

    assert done(desk, "birthday") == 0


def test_a_terminal_hears_of_the_coupon_and_takes_it_for_an_order(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    with till(desk, tmp_path / "till", clock) as real:
        ledger = real.shop.ledger
        node = ledger.node
        join(ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        new = NewMember(phone="13812340217", consents=Consents("2026-01"))
        member = members.register(ledger, new, operator=real.shop.manager, intent=intent()).id
        real.push()
        done(desk, "newcomer")

        page = feed.page(desk, real.caller, 0, 1_000)
        inbox.take_page(ledger, translate.page_of(page, ledger.now()))
        coupon = coupon_told_of(page, member)
        wish = grants.ask(ledger, member, (Want(f"CPN:{coupon.hex}", 1, 1),), "jit")
        told = granting.ask(desk, real.caller, translate.asking(wish))
        grants.take(ledger, translate.answer_of(told, ledger.now()))
        sale = sell(real.shop, amount(3_000), member)

        assert [used.saves.minor for used in sale.coupons] == [500]
        real.push()


def coupon_told_of(page: object, member: MemberId) -> CouponId:
    """Return the coupon that the feed says lies free for a member."""
    (item,) = [one for one in page.items if one.id == member.hex]  # type: ignore[attr-defined]
    (ref,) = [ref for pocket, ref, _ in item.body["avail"] if pocket == "CPN"]
    assert item.body["coupons"][ref][0] == "NEW5"
    return CouponId(UUID(ref))


def test_who_stays_away_is_recalled_in_three_steps(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    member, _ = joined(home, day="2026-06-01"), joined(home, marketing=False, day="2026-06-01")
    home.push()

    counts = []
    for day in ("2026-06-30", "2026-07-01", "2026-07-08", "2026-07-09", "2026-07-17", "2026-08-02"):
        midnight(clock, day)
        counts.append(done(desk, "wake-up"))

    assert counts == [0, 1, 0, 1, 1, 0]
    kinds = [kind for _, kind, _ in messages(desk) if kind.startswith("wake")]
    assert kinds == ["wake_l1", "wake_l2", "wake_l3"]
    assert coupons(desk, member) == [("NEW5", "2026-07-01", "2026-07-30")]
