"""A terminal that was offline for long comes back over a line that is far: how soon HQ has all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import databases
from benchmarks.files import example_in, loading
from benchmarks.head_office import book_of, founded, head_office, joined, keys_of
from benchmarks.history import APART, lay_history
from benchmarks.measure import timed
from benchmarks.population import members
from benchmarks.report import Line, shown
from benchmarks.scale import Bench, Size
from benchmarks.shop import NOW, Hands, copied, manager_of
from pos_app.clock import system_clock
from pos_app.ids import IntentId, new_id
from pos_app.ledger import outbox
from pos_app.ledger.members import Consents, NewMember, register
from pos_app.sync.cycle import push

_AT_MOST_S = 10
_AWAY_S = 0.050
_ORDERS = 24
_TERMINAL = "1 号机"


def backlog(bench: Bench) -> Iterator[Line]:
    """Measure it once on both databases."""
    with databases(bench.scale.hq.databases) as found, TemporaryDirectory(dir=bench.work) as folder:
        kept = Path(folder) / "kept"
        _fill(kept, bench.scale.hq.backlog // (_ORDERS + 1))
        for name, new in found.items():
            yield _line(name, new(), kept, Path(folder) / name)


def _line(name: str, database: str, kept: Path, folder: Path) -> Line:
    copied(kept, folder / "till")
    with head_office(folder / "hq", database) as office:
        till = joined(office, folder / "till", _TERMINAL, clock=system_clock, away_s=_AWAY_S)
        till.hq.open_session()
        waiting = outbox.unsent(till.ledger).count
        till.line.taken()
        seconds = timed(lambda: push(till.at, till.hq))
        asked, answered = till.line.taken()
        left = outbox.unsent(till.ledger).count
        till.close()
    assert left == 0, "HQ has acknowledged everything"
    return Line(
        "-",
        f"{waiting:,} events told in {asked} batches {_AWAY_S * 1e3:.0f} ms away, {name}",
        shown(seconds),
        f"{waiting / seconds:,.0f}/s",
        f"HQ and its line {shown(answered)}",
        f"<= {_AT_MOST_S} s",
        seconds <= _AT_MOST_S,
    )


def _fill(folder: Path, buyers: int) -> None:
    """Write months of trade that nobody has heard of."""
    clock = Hands(NOW - APART * (_ORDERS + 2))
    founded(folder, _TERMINAL, clock)
    with book_of(folder, _TERMINAL, clock) as ledger:
        manager = manager_of(ledger)
        for person in islice(members(buyers), buyers):
            phone = person.phone.removeprefix("+86")
            new = NewMember(phone=phone, name=person.name, consents=Consents(person.terms))
            register(ledger, new, operator=manager, intent=IntentId(new_id()))
        example = example_in(ledger, clock)
    book = loading(folder)
    lay_history(book, example, Size(buyers, buyers, _ORDERS), keys_of(_TERMINAL).node)
    book.close()
