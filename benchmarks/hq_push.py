"""Targets 9 to 11: a push of 500 events through HQ's door, beside bare inserts of the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import databases
from benchmarks.files import example_in
from benchmarks.head_office import Branch, founded, head_office, joined
from benchmarks.measure import Paired
from benchmarks.raw_batch import BareDoor, RawBatch, bare_door
from benchmarks.report import Line, compared, rates
from benchmarks.scale import Bench, Scale
from benchmarks.scribe import Scribe
from benchmarks.shop import Hands
from pos_app.clock import system_clock
from pos_app.sync.wire import EVENTS_MOST, Push

_TERMINAL = "1 号机"
_TIMES = 2


def hq_push(bench: Bench) -> Iterator[Line]:
    """Measure first pushes and second ones on both databases."""
    with databases(bench.scale.hq.databases) as found:
        for name, new in found.items():
            with TemporaryDirectory(dir=bench.work) as folder:
                yield from _lines(name, new(), Path(folder), bench.scale)


def _lines(name: str, url: str, folder: Path, scale: Scale) -> Iterator[Line]:
    size, rows = scale.hq.batch, list[float]()
    with _pushing(folder, url, scale) as (branch, scribe), _reference(folder, url) as bare:
        turns = [_turns(branch, scribe, bare, size) for _ in range(scale.rounds)]
        if isinstance(bare, BareDoor):
            rows = [bare.insert(push, moves=False) for push in _batches(scribe, size, _TIMES)]
    first, bared, again = (tuple(side) for side in zip(*turns, strict=True))
    number, least = ("9", 0.5) if url else ("10", 0.3)
    beside = "bare FastAPI inserts" if url else "raw batch"
    what = f"push of {size} events, {name} / {beside}"
    yield rates(number, what, Paired(first, bared), each=size, least=least)
    if rows:
        yield Line(number, "  beside it: without their transfers", "", f"{size / min(rows):,.0f}/s")
    what = f"push of {size} events again, {name} / first push"
    yield compared("11", what, Paired(again, first), most=0.4)


Three = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
Bare = BareDoor | RawBatch


def _turns(branch: Branch, scribe: Scribe, bare: Bare, size: int) -> Three:
    """Push some batches, each a second time, and insert each barely; who begins changes."""
    seconds = _Seconds()
    for turn, push in enumerate(_batches(scribe, size, _TIMES)):
        if turn % 2:
            seconds.bare.append(bare.insert(push))
        seconds.first.append(_pushed(branch, push))
        seconds.again.append(_pushed(branch, push))
        if not turn % 2:
            seconds.bare.append(bare.insert(push))
    return tuple(seconds.first), tuple(seconds.bare), tuple(seconds.again)


@dataclass
class _Seconds:
    first: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)


def _batches(scribe: Scribe, size: int, count: int) -> Iterator[Push]:
    for _ in range(count):
        scribe.order(size)
        yield from scribe.pushes(size)


def _pushed(branch: Branch, push: Push) -> float:
    """Push a batch; return how long HQ took, on a line of no length."""
    branch.line.taken()
    ack = branch.hq.push(push)
    assert ack.acked_seq == push.head_seq, "HQ holds it"
    _, seconds = branch.line.taken()
    return seconds


@contextmanager
def _pushing(folder: Path, url: str, scale: Scale) -> Iterator[tuple[Branch, Scribe]]:
    """Open an HQ with a terminal whose members have come by and topped up."""
    clock = Hands(system_clock().replace(microsecond=0))
    with head_office(folder / "hq", url) as office:
        founded(folder / "till", _TERMINAL, clock)
        branch = joined(office, folder / "till", _TERMINAL, clock=clock)
        example = example_in(branch.ledger, clock)
        branch.sync()
        scribe = Scribe(branch, _TERMINAL, example)
        scribe.register(scale.hq.buyers)
        scribe.order(scale.hq.buyers)
        for push in scribe.pushes(EVENTS_MOST):
            branch.hq.push(push)
        yield branch, scribe
        branch.close()


@contextmanager
def _reference(folder: Path, url: str) -> Iterator[Bare]:
    if url:
        with bare_door(folder, url) as door:
            yield door
        return
    raw = RawBatch(folder / "raw.db")
    yield raw
    raw.close()
