"""Closed accounts at HQ: the figures of D-22 worked out again, and what differs is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.day_close import close_day
from pos_app.ledger.receipts import ClosingReceipt
from pos_app.ledger.rules.closing import Cause
from pos_app.ledger.rules.programme import parse_programme
from pos_hq.hq import Hq
from pos_hq.reconciliation import reconcile
from pos_hq.store.bulk import fetch
from pos_hq.tenders import compare, read_counts
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import DAY, Author, Till, author, balance, opened, till
from tests.ledger.closing_hand import DEPOSIT, LPR, close, terms
from tests.ledger.till_hand import STORED, amount, give_back, sell
from tests.shop import DEFAULT_PROGRAMME, intent

MERCHANT, CONSUMER = Cause.MERCHANT, Cause.CONSUMER
RULES = parse_programme(DEFAULT_PROGRAMME.read_bytes()).version


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock) as one:
        yield one


@pytest.fixture
def clerk(desk: Hq) -> Author:
    return author(desk)


def member_of(one: Till, *spent: int) -> MemberId:
    """Return a member whose second top-up was 1,000 yuan and 150 of bonus, the first long gone."""
    shop = one.shop
    member = shop.member()
    shop.top_up(member, 10_000)
    first = sell(shop, amount(11_500, STORED), member)
    assert first.payable.minor == 11_500
    shop.clock.go(days=1)
    shop.top_up(member, 100_000)
    for fen in spent:
        sell(shop, amount(fen, STORED), member)
        shop.clock.go(days=1)
    return member


def told(one: Till, receipt: ClosingReceipt) -> tuple[int, int, int, int]:
    """Push, and return what HQ booked: paid out, interest, kept, and what the member has left."""
    one.push()
    hq, lots = one.hq, receipt.lots
    with hq.read() as book:
        asked = (
            "SELECT coalesce(sum(amount), 0) FROM balance WHERE unit = 'CNY' AND member IS NOT NULL"
        )
        (left,) = fetch(book, asked)[0]
    assert lots
    return (
        balance(hq, "tender:S001:bank"),
        -balance(hq, "interest_expense"),
        balance(hq, "closing:S001"),
        int(left),
    )


@pytest.mark.parametrize(
    ("cause", "rate", "days", "figures"),
    [
        (MERCHANT, LPR, 30, (60_148, 148, 0, 0)),
        (CONSUMER, DEPOSIT, 15, (54_034, 34, 6_000, 0)),
    ],
)
def test_d22_hq_comes_to_the_same_outcome(
    desk: Hq,
    counter: Till,
    cause: Cause,
    rate: int,
    days: int,
    figures: tuple[int, int, int, int],
) -> None:
    member = member_of(counter, 46_000)
    counter.shop.clock.go(days=90)

    _, receipt = close(counter.shop, member, terms(counter.shop, cause, rate, days_ago=days))

    assert told(counter, receipt) == figures
    assert opened(desk) == []
    assert verify(desk).fault is None


def test_d22_within_seven_days_hq_sees_the_whole_principal_and_the_bonus_cancelled(
    desk: Hq, counter: Till
) -> None:
    member = member_of(counter)
    counter.push()
    given = balance(desk, "bonus_expense")

    _, receipt = close(counter.shop, member, terms(counter.shop, CONSUMER))

    assert told(counter, receipt) == (100_000, 0, 0, 0)
    assert balance(desk, "bonus_expense") - given == 15_000
    assert opened(desk) == []


@pytest.mark.parametrize(
    ("cause", "figures"), [(CONSUMER, (0, 0, 2_609, 0)), (MERCHANT, (2_609, 0, 0, 0))]
)
def test_d22_beyond_what_was_paid_hq_claims_nothing_either(
    desk: Hq, counter: Till, cause: Cause, figures: tuple[int, int, int, int]
) -> None:
    member = member_of(counter, 56_000, 56_000)
    counter.shop.clock.go(days=30)

    _, receipt = close(counter.shop, member, terms(counter.shop, cause))

    assert told(counter, receipt) == figures
    assert opened(desk) == []


def test_what_came_back_after_a_closing_closes_as_it_is_at_hq_too(desk: Hq, counter: Till) -> None:
    shop, member = counter.shop, member_of(counter)
    sale = sell(shop, amount(46_000, STORED), member)
    close(shop, member, terms(shop, CONSUMER))
    counter.push()
    give_back(shop, sale)

    _, receipt = close(shop, member, terms(shop, CONSUMER))

    assert receipt.refund.minor == 40_000
    assert told(counter, receipt) == (94_000, 0, 6_000, 0)
    assert opened(desk) == []


def test_the_day_of_a_closing_is_even_on_both_sides(desk: Hq, counter: Till) -> None:
    shop, member = counter.shop, member_of(counter, 46_000)
    close(shop, member, terms(shop, CONSUMER, DEPOSIT))
    today = shop.ledger.today()

    close_day(shop.ledger, today, operator=shop.manager, intent=intent())
    counter.push()
    report = reconcile(desk, today)
    with desk.write() as book:
        lines = compare(desk, book, today, read_counts(b"store,tender,amount\nS001,bank,-540.00\n"))

    assert report.even
    assert [line.difference for line in lines] == [0]
    assert {cell.cell.account for node in report.nodes for cell in node.lines} >= {
        "closing",
        "tender:bank",
    }


def closing(clerk: Author, member: str, lot: str, **told: object) -> None:
    """Write a closing that pays 540 yuan for a lot of 1,000 and 150, of which 460 were spent."""
    paid = told.pop("paid", 54_000)
    body = {
        "cause": "consumer", "ended_on": DAY, "rate": 150, "goods_known_before": 0,
        "refund": 54_000, "way": "same_name_account", **told,
    }  # fmt: skip
    moves = [
        [f"hold:P:{member}:{lot}", "tender:S001:bank", "CNY", paid],
        [f"hold:P:{member}:{lot}", "closing:S001", "CNY", 60_000 - int(str(paid))],
        [f"hold:B:{member}:{lot}", "bonus_expense", "CNY", 9_000],
    ]
    clerk.write("ACCOUNT_CLOSE", body, moves, member=member, rules=RULES)


def closable(clerk: Author) -> tuple[str, str]:
    """Write a member whose lot was topped up ten days ago and holds 600 and 90."""
    at, clerk.at = clerk.at, clerk.at - 10 * 86_400_000
    member = clerk.member()
    lot = clerk.top_up(member, 100_000, 15_000)
    clerk.spend(member, lot, 40_000)
    clerk.spend(member, lot, 6_000, "B")
    clerk.at = at
    return member, lot


def test_an_author_of_the_right_outcome_opens_nothing(desk: Hq, clerk: Author) -> None:
    closing(clerk, *closable(clerk))

    clerk.push()

    assert opened(desk, "CLOCK_SUSPECT") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"paid": 53_000},
        {"refund": 53_000},
        {"cause": "merchant"},
        {"way": "cash"},
    ],
)
def test_another_outcome_is_booked_and_put_before_a_person(
    desk: Hq, clerk: Author, wrong: dict[str, object]
) -> None:
    member, lot = closable(clerk)
    closing(clerk, member, lot, **wrong)

    clerk.push()

    assert opened(desk, "CLOCK_SUSPECT") == ["CLOSING_DIFF"]
    assert balance(desk, "tender:S001:bank") == wrong.get("paid", 54_000)
    assert balance(desk, f"hold:{clerk.place}:P:{member}:{lot}") == 0


def test_value_left_over_is_told(desk: Hq, clerk: Author) -> None:
    member, lot = closable(clerk)
    clerk.top_up(member, 5_000)
    closing(clerk, member, lot)

    clerk.push()

    assert opened(desk, "CLOCK_SUSPECT") == ["CLOSING_DIFF"]


def test_a_top_up_after_the_closing_is_another_matter(desk: Hq, clerk: Author) -> None:
    member, lot = closable(clerk)
    clerk.at += 1
    clerk.top_up(member, 5_000)
    clerk.at -= 1
    closing(clerk, member, lot)

    clerk.push()

    assert opened(desk, "CLOCK_SUSPECT") == []


def test_more_than_a_lot_ever_brought_cannot_be_worked_out(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    lot = clerk.top_up(member, 1_000)
    closing(clerk, member, lot)

    clerk.push()

    assert "CLOSING_DIFF" in opened(desk)


def test_a_lot_that_hq_never_saw_is_told(desk: Hq, clerk: Author) -> None:
    closing(clerk, clerk.member(), "7" * 32)

    clerk.push()

    assert "CLOSING_DIFF" in opened(desk)


def test_without_the_rules_nothing_can_be_said(desk: Hq, clerk: Author) -> None:
    member, lot = closable(clerk)
    clerk.write("ACCOUNT_CLOSE", {}, [], member=member, rules="unknown")

    clerk.push()

    assert opened(desk, "CLOCK_SUSPECT") == ["RULES_UNKNOWN"]
    assert lot


def test_nonsense_is_booked_and_called_unreadable(desk: Hq, clerk: Author) -> None:
    member, lot = closable(clerk)
    closing(clerk, member, lot, cause="whim")

    clerk.push()

    assert opened(desk, "CLOCK_SUSPECT") == ["UNREADABLE"]
    assert balance(desk, "tender:S001:bank") == 54_000
