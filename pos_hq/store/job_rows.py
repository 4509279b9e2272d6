"""What jobs did: the log of their runs, and what was done for a member once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from pos_app.ids import new_id
from pos_app.ledger.rules.windows import Qualified
from pos_app.money import Growth, Money
from pos_hq.store.bulk import fetch, fetch_of, insert_many, run
from pos_hq.store.database import Connection
from pos_hq.store.job_tables import job_mark, job_run, points_release


class Among(NamedTuple):
    """A condition on `member` that leaves out nobody for whom something may be due.

    Whoever it lets in for nothing costs time only.
    """

    condition: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was done for a member, and on which day."""

    key: str
    on: date


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job; without an end it is under way, or was cut off."""

    job: str
    day: str
    started_at: int
    ended_at: int | None
    dry: bool
    counted: int
    done: int


def part(book: Connection, among: Among, after: str, limit: int) -> list[str]:
    """Return members in the order of their identities, whatever became of them."""
    asked = f"SELECT id FROM member WHERE id > ? AND {among.condition} ORDER BY id LIMIT ?"  # noqa: S608 -- ours
    values = (bytes.fromhex(after), *among.values, limit)
    return [bytes(row[0]).hex() for row in fetch(book, asked, *values)]


def count(book: Connection, among: Among) -> int:
    """Return among how many members a job looks."""
    asked = f"SELECT count(*) FROM member WHERE {among.condition}"  # noqa: S608 -- ours
    return int(fetch(book, asked, *among.values)[0][0])


def marks(book: Connection, job: str, members: Sequence[str]) -> dict[str, list[Mark]]:
    """Return what a job has done for members."""
    asked = "SELECT member, key, on_day FROM job_mark WHERE member IN {keys} AND job = ?"
    found = defaultdict[str, list[Mark]](list)
    for member, key, on_day in fetch_of(book, asked, _ids(members), job):
        found[bytes(member).hex()].append(Mark(key, date.fromisoformat(on_day)))
    return found


def keep_marks(book: Connection, job: str, day: date, done: Iterable[tuple[str, str]]) -> None:
    """Note what was done for members: member and key."""
    rows = [(job, bytes.fromhex(member), key, day.isoformat()) for member, key in done]
    insert_many(book, job_mark, rows)


def pass_on(book: Connection, source: str, target: str) -> None:
    """Let what was done for one member count as done for another."""
    asked = "SELECT job, key, on_day FROM job_mark WHERE member = ?"
    done = fetch(book, asked, bytes.fromhex(source))
    rows = [(job, bytes.fromhex(target), key, on_day) for job, key, on_day in done]
    insert_many(book, job_mark, rows, "ON CONFLICT (job, member, key) DO NOTHING")
    moved = "UPDATE points_release SET member = ? WHERE member = ?"
    run(book, moved, bytes.fromhex(target), bytes.fromhex(source))


def forget(book: Connection, members: Sequence[str]) -> None:
    """Let go of what was done for members: a birthday can be read from it."""
    for one in members:
        run(book, "DELETE FROM job_mark WHERE member = ?", bytes.fromhex(one))


def qualified(book: Connection, members: Sequence[str], since: str) -> dict[str, list[Qualified]]:
    """Return what counts towards the tiers of members, by day, after a day."""
    asked = (
        "SELECT member, on_day, sum(spend), sum(growth) FROM growth WHERE member IN {keys}"
        " AND on_day > ? GROUP BY member, on_day"
    )
    found = defaultdict[str, list[Qualified]](list)
    for member, on_day, spend, grown in fetch_of(book, asked, _ids(members), since):
        row = Qualified(date.fromisoformat(on_day), Money(int(spend)), Growth(int(grown)))
        found[bytes(member).hex()].append(row)
    return found


def begin(book: Connection, job: str, day: date, at: int, *, dry: bool) -> bytes:
    """Write down that a run begins; return its identity."""
    identity = new_id().bytes
    insert_many(book, job_run, [(identity, job, day.isoformat(), at, None, int(dry), 0, 0)])
    return identity


def advance(book: Connection, identity: bytes, counted: int, done: int) -> None:
    """Write down how far a run has come."""
    run(book, "UPDATE job_run SET counted = ?, done = ? WHERE id = ?", counted, done, identity)


def end(book: Connection, identity: bytes, at: int) -> None:
    """Write down that a run has ended."""
    run(book, "UPDATE job_run SET ended_at = ? WHERE id = ?", at, identity)


def has_ended(book: Connection, job: str, day: date) -> bool:
    """Say whether a job has been run to its end for a day."""
    asked = (
        "SELECT 1 FROM job_run WHERE job = ? AND day = ? AND dry = 0 AND ended_at IS NOT NULL"
        " LIMIT 1"
    )
    return bool(fetch(book, asked, job, day.isoformat()))


def runs(book: Connection, limit: int) -> list[Run]:
    """Return the latest runs, the newest first."""
    asked = (
        "SELECT job, day, started_at, ended_at, dry, counted, done FROM job_run"
        " ORDER BY started_at DESC, id DESC LIMIT ?"
    )
    return [_run(row) for row in fetch(book, asked, limit)]


def unreviewed(book: Connection, member: str | None = None) -> list[tuple[str, str, int]]:
    """Return points that wait for a review, of one member or of all: member, day, points."""
    found = (
        "SELECT member, on_day, sum(points) FROM (SELECT member, on_day, pending AS points"
        " FROM growth WHERE pending <> 0{which} UNION ALL SELECT member, on_day, -points"
        " FROM points_release WHERE points <> 0{which}) w GROUP BY member, on_day"
        " HAVING sum(points) > 0 ORDER BY on_day, member"
    )
    asked = found.replace("{which}", "" if member is None else " AND member = ?")
    whose = () if member is None else (bytes.fromhex(member),) * 2
    rows = fetch(book, asked, *whose)
    return [(bytes(member).hex(), day, int(points)) for member, day, points in rows]


def pending(book: Connection, members: Sequence[bytes]) -> dict[tuple[str, str], int]:
    """Return the points above the cap of members, by day, let go or not."""
    asked = (
        "SELECT member, on_day, sum(pending) FROM growth WHERE member IN {keys}"
        " AND pending <> 0 GROUP BY member, on_day"
    )
    return _by_day(fetch_of(book, asked, members))


def let_go(book: Connection, members: Sequence[bytes]) -> dict[tuple[str, str], int]:
    """Return the points of members that a review let go, by the day that earned them."""
    asked = (
        "SELECT member, on_day, sum(points) FROM points_release WHERE member IN {keys}"
        " GROUP BY member, on_day"
    )
    return _by_day(fetch_of(book, asked, members))


def keep_release(book: Connection, member: str, on_day: str, points: int, at: int) -> None:
    """Note that points were let go; fewer than none: taken back again."""
    row = (new_id().bytes, bytes.fromhex(member), on_day, points, at)
    insert_many(book, points_release, [row])


def _by_day(rows: Iterable[Any]) -> dict[tuple[str, str], int]:
    return {(bytes(member).hex(), day): int(points) for member, day, points in rows}


def _run(row: Any) -> Run:  # noqa: ANN401 -- a row is whatever its SQL says
    job, day, started_at, ended_at, dry, counted, done = row
    return Run(job, day, started_at, ended_at, bool(dry), counted, done)


def _ids(members: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in members]
