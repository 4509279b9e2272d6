"""Running jobs: part by part, each part one transaction, and nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos_hq.facts import DayAhead, GrantsFrozen, JobUnknown
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Member
from pos_hq.hq import Hq
from pos_hq.jobs import (
    anniversary,
    birthday,
    member_day,
    newcomer,
    points_expiry,
    points_rate,
    points_reminder,
    tier_review,
    wake_up,
    window,
)
from pos_hq.jobs.booking import book as book_due
from pos_hq.jobs.part import Due, Job, Part
from pos_hq.progress import Watch, unwatched
from pos_hq.store import chain_rows, feed_rows, job_rows, member_rows, programme_rows
from pos_hq.store.alone import alone
from pos_hq.store.database import Connection
from pos_hq.store.job_rows import Run
from pos_hq.store.loading import Reader, load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start

JOBS = (
    newcomer.JOB,
    birthday.JOB,
    member_day.JOB,
    points_expiry.JOB,
    points_reminder.JOB,
    tier_review.JOB,
    window.JOB,
    anniversary.JOB,
    wake_up.JOB,
)
NAMES = (*(job.name for job in JOBS), points_rate.NAME)
AT_ONCE = 1_000
NAME = "jobs"
_log = logging.getLogger(__name__)
_FIRST = ""
_A_REVIEW_LATE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run looked at, and what it booked, or would book."""

    job: str
    counted: int
    done: int


Tell = Callable[[str, str, Due], None]


def untold(_job: str, _member: str, _due: Due) -> None:
    """Leave it to the log of the runs and to the book."""


_Found = list[tuple[Member, Due]]


def run(
    hq: Hq,
    day: date | None = None,
    only: str | None = None,
    *,
    dry: bool,
    tell: Tell = untold,
    watch: Watch = unwatched,
) -> tuple[Report, ...]:
    """Run the jobs of a day, or one of them.

    `tell` hears of everything that is done, `watch` how far it has come. A dry run books nothing.
    Running again, also after being cut off, does what is left to do. Raises JobUnknown, DayAhead
    for a day that has not begun, GrantsFrozen while HQ, restored, does not know yet what terminals
    hold, UnderWay while another process runs jobs.
    """
    chosen = [job for job in JOBS if only in {None, job.name}]
    if only not in {None, *NAMES}:
        raise JobUnknown(str(only), NAMES)
    now = today(hq)
    if not dry:
        _ensure_bookable(hq, day or now, now)
    on = day or now
    with alone(hq.engine, NAME):
        reports = [_run(_Running(hq, job, on, dry, tell, watch)) for job in chosen]
        if only in {None, points_rate.NAME}:
            reports.append(_watch_points(hq, on, dry=dry))
    return tuple(reports)


def today(hq: Hq) -> date:
    """Return the calendar day that it is, in the programme's zone."""
    with hq.read() as book:
        zone = programme_rows.in_force(book, hq.now_ms()).zone
    return hq.now().astimezone(zone).date()


def _ensure_bookable(hq: Hq, day: date, now: date) -> None:
    with hq.read() as book:
        waiting = chain_rows.frozen(book)
    if waiting:
        raise GrantsFrozen(waiting)
    if day > now:
        raise DayAhead(day, now)


def log(hq: Hq, limit: int = 50) -> Sequence[Run]:
    """Return the latest runs, the newest first."""
    with hq.read() as book:
        return job_rows.runs(book, limit)


@dataclass(frozen=True, slots=True)
class _Running:
    hq: Hq
    job: Job
    day: date
    dry: bool
    tell: Tell
    watch: Watch


def _run(running: _Running) -> Report:
    hq, counted, done = running.hq, 0, 0
    with hq.write() as book:
        begun = job_rows.begin(book, running.job.name, running.day, hq.now_ms(), dry=running.dry)
    for ids in _parts(running):
        done += _look_at(running, ids, (begun, counted + len(ids), done))
        counted += len(ids)
    with hq.write() as book:
        job_rows.advance(book, begun, counted, done)
        job_rows.end(book, begun, hq.now_ms())
    return Report(running.job.name, counted, done)


def _watch_points(hq: Hq, day: date, *, dry: bool) -> Report:
    """Look at the points of all members together."""
    with hq.write() as book:
        begun = job_rows.begin(book, points_rate.NAME, day, hq.now_ms(), dry=dry)
    done = points_rate.look(hq, day, dry=dry)
    with hq.write() as book:
        job_rows.advance(book, begun, 0, done)
        job_rows.end(book, begun, hq.now_ms())
    return Report(points_rate.NAME, 0, done)


def _parts(running: _Running) -> Iterator[list[str]]:
    """Yield the members among whom a job looks; whoever is left out costs next to nothing."""
    hq, name = running.hq, running.job.name
    with hq.read() as book:
        rules = programme_rows.in_force(book, hq.now_ms())
        among = running.job.among(running.day, rules)
        of = 0 if among is None else job_rows.count(book, among)
    running.watch(name, 0, of)
    last, seen = _FIRST, 0
    while among is not None:
        with hq.read() as book:
            ids = job_rows.part(book, among, last, AT_ONCE)
        if not ids:
            return
        yield ids
        last, seen = ids[-1], seen + len(ids)
        running.watch(name, seen, of)


def _look_at(running: _Running, ids: Sequence[str], so_far: tuple[bytes, int, int]) -> int:
    """Do what is due in a part; whoever has nothing due is neither locked nor written."""
    with running.hq.read() as book:
        found = _due(running, _part(running, book, ids, member_rows.peek), ids)
    if running.dry or not found:
        _tell(running, found)
        return len(found)
    return _book(running, sorted({member.id for member, _ in found}), so_far)


def _book(running: _Running, ids: Sequence[str], so_far: tuple[bytes, int, int]) -> int:
    name, (begun, counted, done) = running.job.name, so_far
    with running.hq.write() as book:
        part = _part(running, book, ids, member_rows.load)
        found = _due(running, part, ids)
        for member, due in found:
            book_due(part.sheet, name, member, due)
        marks = ((member.id, due.key) for member, due in found if due.key)
        job_rows.keep_marks(book, name, running.day, marks)
        job_rows.advance(book, begun, counted, done + len(found))
        save(book, part.sheet)
    _tell(running, found)
    return len(found)


def _part(running: _Running, book: Connection, ids: Sequence[str], read: Reader) -> Part:
    """Load a part. The marks are read once nobody else can change these members."""
    hq, day = running.hq, running.day
    rules = programme_rows.in_force(book, hq.now_ms())
    sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
    begins = day - timedelta(days=rules.growth.window_days)
    load_members(book, sheet, ids, max(window_start(hq, book), begins.isoformat()), read)
    marks = job_rows.marks(book, running.job.name, ids)
    since = (begins - _A_REVIEW_LATE).isoformat()
    grown = job_rows.qualified(book, ids, since) if running.job is tier_review.JOB else {}
    told = feed_rows.figures_told(book, ids) if running.job is window.JOB else {}
    return Part(day, rules, sheet, marks, grown, told)


def _due(running: _Running, part: Part, ids: Sequence[str]) -> _Found:
    found: _Found = []
    for name in ids:
        member = part.sheet.members[name]
        if member.erased or member.merged_into is not None:
            continue
        known = {mark.key for mark in part.done(member)}
        due = _readable(running.job, part, member)
        found += [(member, one) for one in due if one.key not in known]
    return found


def _readable(job: Job, part: Part, member: Member) -> list[Due]:
    """Return what is due; nonsense that a till told of one member keeps no other one waiting."""
    try:
        return list(job.due(part, member))
    except (ValueError, LookupError) as wrong:
        _log.warning("%s: member %s is passed over: %s", job.name, member.id, type(wrong).__name__)
        return []


def _tell(running: _Running, found: _Found) -> None:
    for member, due in found:
        running.tell(running.job.name, member.id, due)
