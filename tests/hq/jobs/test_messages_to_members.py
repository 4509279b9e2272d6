"""Messages to members: written with the deed, sent with consent, and never too often."""

import json
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from pos_hq import messages, persons
from pos_hq.channels import Outgoing, file_channel
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from tests.fakes import FakeClock
from tests.hq.desk import DAY, Author
from tests.hq.jobs.hand import book_of, done, joined, midnight
from tests.hq.jobs.hand import messages as left


class Letterbox:
    """A channel that keeps what it is given, and may break."""

    def __init__(self, breaks_at: int = -1) -> None:
        self.got: list[Outgoing] = []
        self.breaks_at = breaks_at

    def __call__(self, message: Outgoing) -> None:
        self.got.append(message)
        if len(self.got) == self.breaks_at:
            raise ConnectionError

    @property
    def kinds(self) -> Sequence[str]:
        return [message.kind for message in self.got]


def figures(hq: Hq, kind: str) -> list[dict[str, int]]:
    with hq.read() as book:
        rows = fetch(book, "SELECT facts FROM message WHERE kind = ? ORDER BY id", kind)
    told = [json.loads(facts) for (facts,) in rows]
    return [{name: one[name] for name in ("principal", "bonus", "balance")} for one in told]


def pays(
    till: Author, member: str, lot: str, principal: int, bonus: int = 0, day: str = DAY
) -> bytes:
    """Write an order that stored value paid."""
    body = {
        "principal": principal, "bonus": bonus, "points": 0, "externals": [], "eligible": 0,
        "earned": {"points": 0, "pending": 0, "growth": 0, "reason": ""},
    }  # fmt: skip
    moves = [[f"hold:P:{member}:{lot}", "sales:S001", "CNY", principal]]
    if bonus:
        moves.append([f"hold:B:{member}:{lot}", "sales:S001", "CNY", bonus])
    return till.write("SALE", body, moves, member=member, day=day)


def refunds(till: Author, member: str, lot: str, principal: int, of: bytes) -> None:
    body = {
        "legs": {"external": [], "principal": principal, "bonus": 0},
        "points": 0, "coupons_back": [], "sold_on": "2026-06-15",
        "taken_back": {"spend": 0, "points": 0, "pending": 0, "growth": 0},
    }  # fmt: skip
    moves = [["sales:S001", f"hold:P:{member}:{lot}", "CNY", principal]]
    till.write("REFUND", body, moves, member=member, of=of)


def test_every_movement_of_stored_value_is_told_with_what_is_left(desk: Hq, home: Author) -> None:
    member = joined(home, marketing=False)
    lot = home.top_up(member, 10_000, 1_000)
    home.give_back(member, ("P", lot, 4_000))
    sale = pays(home, member, lot, 2_000, 200)
    refunds(home, member, lot, 500, sale)

    home.push()

    assert figures(desk, "top_up") == [{"principal": 10_000, "bonus": 1_000, "balance": 11_000}]
    assert figures(desk, "payment") == [{"principal": 2_000, "bonus": 200, "balance": 8_800}]
    assert figures(desk, "refund") == [{"principal": 500, "bonus": 0, "balance": 9_300}]
    assert {state for *_, state in left(desk)} == {"waiting"}


def test_an_order_paid_otherwise_is_not_told(desk: Hq, home: Author) -> None:
    member = joined(home)
    body = {
        "principal": 0, "bonus": 0, "points": 0, "eligible": 0,
        "externals": [{"tender": "cash", "amount": 500}],
        "earned": {"points": 0, "pending": 0, "growth": 0, "reason": ""},
    }  # fmt: skip
    home.write("SALE", body, [["tender:S001:cash", "sales:S001", "CNY", 500]], member=member)
    home.write("SALE", body, [["tender:S001:cash", "sales:S001", "CNY", 500]])

    home.push()

    assert left(desk) == []


def test_what_was_pushed_twice_is_told_once(desk: Hq, home: Author) -> None:
    home.top_up(joined(home), 10_000)
    first = home.pending()
    home.push()

    home.unsent, home.sidecars, home.sent_hash = first.rows, [], first.prev_hash
    home.push()

    assert len(left(desk)) == 1


def test_a_transaction_is_told_without_consent_and_marketing_is_not(desk: Hq, home: Author) -> None:
    home.top_up(joined(home, marketing=False, day="2026-06-15"), 10_000)
    member = joined(home, day="2026-06-15")
    home.push()
    done(desk, "newcomer")
    home.write("MEMBER_EDIT", {"fields": [], "marketing": None}, member=member)
    home.push()
    box = Letterbox()

    counts = messages.send(desk, box)

    assert box.kinds == ["top_up"]
    assert counts == {"sent": 1, "no_consent": 1}


def test_two_offers_in_seven_days_are_enough(desk: Hq, home: Author, clock: FakeClock) -> None:
    midnight(clock, "2026-06-25")
    member = joined(home, day="2025-06-25", birthday="--06-30")
    home.push()
    box = Letterbox()
    for job in ("birthday", "anniversary", "member-day"):
        done(desk, job)
        clock.go(seconds=1)

    at_once = messages.send(desk, box)
    midnight(clock, "2026-07-24")
    done(desk, "wake-up")
    done(desk, "member-day")
    midnight(clock, "2026-07-25")
    done(desk, "member-day")
    a_month_later = messages.send(desk, box)

    assert at_once == {"sent": 2, "too_many": 1}
    assert a_month_later == {"sent": 1}
    assert [message.phone for message in box.got] == [phone_of(desk, member)] * 3


def phone_of(hq: Hq, member: str) -> str:
    with hq.read() as book:
        rows = fetch(book, "SELECT phone FROM member WHERE id = ?", bytes.fromhex(member))
    return str(rows[0][0])


def test_who_came_back_is_not_called(desk: Hq, home: Author, clock: FakeClock) -> None:
    member = joined(home, day="2026-06-01")
    lot = home.top_up(member, 10_000)
    home.push()
    midnight(clock, "2026-07-09")
    messages.send(desk, Letterbox())
    assert done(desk, "wake-up") == 1
    pays(home, member, lot, 100, day="2026-07-09")
    home.push()

    counts = messages.send(desk, Letterbox())

    assert counts == {"active_again": 1, "sent": 1}


def test_an_offer_that_waited_for_days_and_a_person_who_was_forgotten_are_dropped(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    midnight(clock, "2026-06-25")
    _, gone = joined(home, day="2025-06-25"), joined(home, marketing=False)
    home.top_up(gone, 10_000)
    home.push()
    done(desk, "anniversary")
    persons.erase(desk, gone, by="林", reason="asked")
    clock.go(days=3, seconds=1)

    assert messages.send(desk, Letterbox()) == {"too_late": 1, "nobody": 1}


def test_what_was_for_a_merged_member_goes_to_who_they_are(desk: Hq, home: Author) -> None:
    kept, gone = joined(home), joined(home)
    home.top_up(gone, 10_000)
    home.push()
    persons.merge(desk, kept, gone, by="林")
    box = Letterbox()

    messages.send(desk, box)

    assert [message.phone for message in box.got] == [phone_of(desk, kept)]


def test_a_channel_that_breaks_is_given_the_same_message_again(desk: Hq, home: Author) -> None:
    for _ in range(3):
        home.top_up(joined(home), 10_000)
    home.push()
    broken, whole = Letterbox(breaks_at=2), Letterbox()

    with pytest.raises(ConnectionError):
        messages.send(desk, broken)
    messages.send(desk, whole)

    assert whole.got[0].id == broken.got[1].id
    assert len({one.id for one in (*broken.got, *whole.got)}) == 3
    assert messages.send(desk, whole) == {}


def test_the_file_is_for_this_account_alone_and_the_database_holds_no_phone_for_it(
    desk: Hq, home: Author, tmp_path: Path
) -> None:
    member = joined(home)
    home.top_up(member, 10_000)
    home.push()
    path = tmp_path / "messages.jsonl"

    messages.send(desk, file_channel(path))

    (line,) = path.read_text("utf-8").splitlines()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(line)["phone"] == phone_of(desk, member)
    assert phone_of(desk, member) not in str(book_of(desk, ("message", "job_mark")))
    assert "phone" not in repr(Outgoing("1", "top_up", "message", {}, "13812340217", "王晓明"))
