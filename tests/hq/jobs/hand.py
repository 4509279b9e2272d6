"""An HQ's hand for tests of jobs: members as they are wanted, and days that pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pos_app.ids import new_id
from pos_hq.hq import Hq
from pos_hq.jobs import running
from pos_hq.jobs.part import Due
from pos_hq.jobs.running import Report
from pos_hq.store import member_rows
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import Author

TABLES = ("act", "transfer", "balance", "coupon", "job_mark", "message", "feed", "member")


@dataclass
class Heard:
    """Everything that a run said it did."""

    lines: list[tuple[str, str, Due]] = field(default_factory=list)

    def __call__(self, job: str, member: str, due: Due) -> None:
        self.lines.append((job, member, due))


def midnight(clock: FakeClock, day: str) -> None:
    """Let a day begin in Shanghai."""
    clock.at = datetime.fromisoformat(f"{day}T00:00+08:00").astimezone(UTC)


def run(hq: Hq, only: str | None = None, *, dry: bool = False, day: str = "") -> list[Report]:
    """Run the jobs of today, and prove the book after each."""
    chosen = date.fromisoformat(day) if day else None
    reports = running.run(hq, chosen, only, dry=dry, tell=Heard())
    assert verify(hq).fault is None
    return list(reports)


def done(hq: Hq, only: str, day: str = "") -> int:
    """Run one job and return how much it did."""
    (report,) = run(hq, only, day=day)
    return report.done


def joined(
    till: Author, *, marketing: bool = True, day: str = "2026-01-05", **person: object
) -> str:
    """Write the enrolment of a member, with a phone of their own."""
    member = new_id().hex
    body: dict[str, object] = {"number": f"8000{till.seq:06d}", "tier": "BASE", "terms": "2026-01"}
    if marketing:
        body["marketing"] = "2026-01"
    private = {"phone": f"+8613900{new_id().int % 10**6:06d}", "name": "王晓明", **person}
    till.write("MEMBER_NEW", body, member=member, private=private, day=day)
    return member


def points(till: Author, member: str, amount: int, expires_on: str, *, back: bool = True) -> None:
    """Let a member have points of one expiry: at HQ, or at the till that gave them."""
    moves = [["pts_issued", f"hold:PTS:{member}:{expires_on}", "PTS", amount]]
    till.write("NOTE", {}, moves, member=member)
    if back:
        till.give_back(member, ("PTS", expires_on, amount))


def at_hq(hq: Hq, member: str) -> dict[str, int]:
    """Return a member's points at HQ by their last day."""
    asked = "SELECT account, amount FROM balance WHERE account LIKE ? AND amount <> 0"
    with hq.read() as book:
        rows = fetch(book, asked, f"avail:PTS:{member}:%")
    return {account.rpartition(":")[2]: int(amount) for account, amount in rows}


def coupons(hq: Hq, member: str) -> list[tuple[str, str, str]]:
    """Return a member's coupons: template, first and last day."""
    asked = "SELECT template, valid_from, valid_until FROM coupon WHERE member = ? ORDER BY id"
    with hq.read() as book:
        return [tuple(row) for row in fetch(book, asked, bytes.fromhex(member))]


def messages(hq: Hq, *kinds: str) -> list[tuple[str, str, str]]:
    """Return what was left for members: member, kind, state."""
    with hq.read() as book:
        rows = fetch(book, "SELECT member, kind, state FROM message ORDER BY made_at, id")
    told = [(bytes(member).hex(), kind, state) for member, kind, state in rows]
    return [row for row in told if not kinds or row[1] in kinds]


def tier_of(hq: Hq, member: str) -> str:
    with hq.read() as book:
        return member_rows.peek(book, [member])[0].tier


def book_of(hq: Hq, tables: Sequence[str] = TABLES) -> dict[str, list[Any]]:
    """Return everything that HQ holds."""
    with hq.read() as book:
        return {
            name: sorted(map(repr, fetch(book, f"SELECT * FROM {name}")))  # noqa: S608 -- ours
            for name in tables
        }
