"""What HQ does each night: what falls due by the calendar, how everybody stands, what looks odd."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

from pos_app.errors import PosError
from pos_hq import radar, real_names, tagging
from pos_hq.hq import Hq
from pos_hq.jobs import running
from pos_hq.progress import Watch, unwatched
from pos_hq.store import job_rows
from pos_hq.store.trouble import BUSY

LOOKS_EVERY_S = 600.0
_log = logging.getLogger(__name__)


class _Ended(Exception):
    """HQ is asked to end between two parts of the work."""


@dataclass(frozen=True, slots=True)
class Night:
    """What a night's work found; `forgotten` are the records of documents that it deleted."""

    jobs: Sequence[running.Report]
    forgotten: int
    standing: tagging.Report
    radar: radar.Report


def spend(hq: Hq, watch: Watch = unwatched) -> Night:
    """Do what is due today, forget what may be kept no longer, refresh how members stand, look.

    Raises GrantsFrozen, UnderWay; what was done until then stays done.
    """
    jobs = running.run(hq, dry=False, watch=watch)
    forgotten, day = real_names.forget_due(hq), tagging.today(hq)
    standing = tagging.refresh(hq, day, watch)
    return Night(jobs, forgotten, standing, radar.look(hq, day, watch))


def catch_up(hq: Hq, watch: Watch = unwatched) -> None:
    """Do of it what this day has not seen done. Raises GrantsFrozen, UnderWay."""
    today, business_day = running.today(hq), tagging.today(hq)
    with hq.read() as book:
        left = [name for name in running.NAMES if not job_rows.has_ended(book, name, today)]
        tagged = job_rows.has_ended(book, tagging.NAME, business_day)
        looked = job_rows.has_ended(book, radar.NAME, business_day)
    for name in left:
        running.run(hq, today, name, dry=False, watch=watch)
    if left:
        real_names.forget_due(hq)
    if not tagged:
        tagging.refresh(hq, business_day, watch)
    if not looked:
        radar.look(hq, business_day, watch)


@contextmanager
def kept(hq: Hq, every_s: float = LOOKS_EVERY_S) -> Iterator[None]:
    """Look every ten minutes what the day has still to see done; end between two parts of it."""
    ended = Event()
    keeper = Thread(target=_keep, args=(hq, ended, every_s), name="nights", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep(hq: Hq, ended: Event, every_s: float) -> None:
    def watch(_what: str, _done: int, _of: int) -> None:
        if ended.is_set():
            raise _Ended

    while not ended.wait(every_s):
        try:
            catch_up(hq, watch)
        except _Ended:
            return
        except (PosError, *BUSY) as trouble:
            _log.info("the night's work waits: %s", type(trouble).__name__)
