"""Target 16: the window's thread while payments commit and a feed of changed members is applied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop

from benchmarks.databases import databases
from benchmarks.files import ledger_folder
from benchmarks.gui_thread import Payments, beats, blocked, for_ms
from benchmarks.head_office import Branch, HeadOffice, branch, head_office, join, read_all
from benchmarks.line import CountingLine
from benchmarks.members_at_hq import lay_members
from benchmarks.report import Line
from benchmarks.scale import Bench
from benchmarks.shop import KEYS, copied
from benchmarks.till import Till
from benchmarks.window import Screen
from pos_app.errors import PosError
from pos_app.linked import at_ledger
from pos_app.ui.kit.work import Lane
from pos_hq import opening


def gui_feed(bench: Bench) -> Iterator[Line]:
    """Watch the window while both go on beside it, until the feed is read to its end."""
    with databases(bench.scale.hq.databases) as found, TemporaryDirectory(dir=bench.work) as folder:
        database = next(iter(found.values()))()
        with head_office(Path(folder) / "hq", database) as office:
            yield from _lines(bench, office, Path(folder))


def _lines(bench: Bench, office: HeadOffice, folder: Path) -> Iterator[Line]:
    shop, count = bench.scale.shop, bench.scale.hq.changed
    with opening.opened(office.home.settings) as hq:
        lay_members(hq, count, after=shop.members)
    kept = ledger_folder(bench.work, shop)
    screen = Screen(copied(kept, folder / "window"))
    paying = copied(kept, folder / "till")
    till = screen.ask(lambda: Till(paying, members=shop.buyers))
    link = screen.ask(lambda: _linked(office, till, paying))
    idle = beats(screen, for_ms(bench.scale.watched_ms))
    work, network = Payments(screen, till), Lane("network")
    heard: list[int] = []
    busy = beats(screen, partial(_listen, screen, link, network, heard))
    paid = work.stop()
    idle += beats(screen, for_ms(bench.scale.watched_ms))
    network.close()
    screen.ask(link.close)
    screen.close()
    what = f"while {paid:,} payments commit and {heard[0]:,} members come"
    yield from blocked(what, busy, idle)


def _linked(office: HeadOffice, till: Till, folder: Path) -> Branch:
    join(office, till.ledger, folder, "1 号机")
    return branch(till.ledger, KEYS, CountingLine(office.url))


def _listen(
    screen: Screen, link: Branch, network: Lane, heard: list[int], loop: QEventLoop
) -> None:
    """Read the feed as the program does: a lane for the network, page by page into the other."""

    def done(count: int) -> None:
        heard.append(count)
        loop.quit()

    at = at_ledger(link.ledger, screen.lane)
    network.run(partial(read_all, at, link.hq), done=done, failed=_raise)


def _raise(failure: PosError) -> None:
    raise failure
