"""Target 14: tills that let the same member pay at the same moment, each in its own process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import UUID

from benchmarks.customer import Customer
from benchmarks.databases import databases
from benchmarks.head_office import HeadOffice, founded, head_office, joined, opened
from benchmarks.measure import timed
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger.grants import NotGranted
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.money import Money
from pos_hq import opening
from pos_hq.store.bulk import fetch

_SLOWEST = 20
_BALANCE = Money(50_000)
_LEFT = (
    "SELECT coalesce(sum(amount), 0), min(amount) FROM balance WHERE member = ? AND unit = 'CNY'"
)
_SOLD = "SELECT count(*) FROM event WHERE member = ? AND kind = 'SALE'"
_START: list[Barrier] = []


@dataclass
class Paid:
    """How long each payment of a till took, how many HQ refused, and what else went wrong."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    errors: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tills did, and what HQ holds of it when everything has been told."""

    tills: list[Paid]
    price: int
    balance: int
    left: int
    least: int
    sold: int
    sound: bool

    @property
    def seconds(self) -> list[float]:
        """How long every payment took."""
        return [one for till in self.tills for one in till.seconds]

    @property
    def errors(self) -> int:
        """How much went wrong that was no refusal; a book that is not sound counts."""
        return sum(till.errors.total() for till in self.tills) + (not self.sound)

    @property
    def lost(self) -> int:
        """Payments that were acknowledged and that HQ does not hold."""
        return max(0, len(self.seconds) - self.sold)

    @property
    def doubled(self) -> int:
        """Payments that HQ holds beyond those, and every fen that the balance lacks or has more."""
        unexplained = abs(self.balance - self.left - self.sold * self.price)
        return max(0, self.sold - len(self.seconds)) + unexplained


def rivals(bench: Bench) -> Iterator[Line]:
    """Let tills share a balance that is a quarter too small for all that they want."""
    size = bench.scale.hq
    with databases(bench.scale.hq.databases) as found:
        for name, new in found.items():
            for tills in size.rivals:
                with TemporaryDirectory(dir=bench.work) as folder:
                    done = _race(Path(folder), new(), tills, size.payments)
                yield from _lines(f"one member, {tills} tills, {name}", done)


def _lines(what: str, done: Outcome) -> Iterator[Line]:
    counts = (done.errors, done.lost, done.doubled, int(done.least < 0))
    refused = sum(till.refused for till in done.tills)
    told = " ".join(map(str, counts))
    paid = f"{len(done.seconds)} paid"
    yield Line(
        "14",
        f"{what}: errors, lost, doubled, negative",
        told,
        paid,
        f"{refused} not covered",
        "0 0 0 0",
        not any(counts),
    )
    usual, slowest = median(done.seconds), max(done.seconds)
    most = f"<= {_SLOWEST}x"
    ratio = f"{slowest / usual:.1f}x"
    met = slowest <= _SLOWEST * usual
    yield Line("14", "  slowest payment / p50", shown(slowest), shown(usual), ratio, most, met)


def _race(folder: Path, database: str, tills: int, payments: int) -> Outcome:
    names = [f"{number} 号机" for number in range(1, tills + 1)]
    with head_office(folder / "hq", database) as office:
        member = _prepared(office, folder, names)
        balance, *_ = _held(office, member)
        price = balance // (tills * payments * 3 // 4)
        ways = [(office.url, folder / name, name, member, price, payments) for name in names]
        context = get_context("spawn")
        with ProcessPoolExecutor(
            tills, context, initializer=_meet, initargs=(context.Barrier(tills),)
        ) as pool:
            paid = list(pool.map(_pay, *zip(*ways, strict=True)))
        for name in (*names, *names):
            _told(office, folder / name, name)
        sound = office.home.verify()[0] == 0
        return Outcome(paid, price, balance, *_held(office, member), sound)


def _prepared(office: HeadOffice, folder: Path, names: list[str]) -> MemberId:
    """Let the tills join; the first takes a top-up, and passes it on to HQ."""
    for name in names:
        founded(folder / name, name)
        joined(office, folder / name, name).close()
    till = opened(office.url, folder / names[0], names[0])
    member = Customer.new(till, "13812340217", _BALANCE, Money(100)).member
    till.sync()
    till.close()
    return member


def _meet(start: Barrier) -> None:
    _START.append(start)


def _pay(url: str, folder: Path, name: str, member: UUID, fen: int, payments: int) -> Paid:
    """Let the member pay at one till as often as it goes, as soon as all tills are open."""
    till, paid = opened(url, folder, name), Paid()
    till.sync()
    customer = Customer(till, MemberId(member), Money(fen))
    _START[0].wait()
    for _ in range(payments):
        try:
            paid.seconds.append(timed(customer.buy))
        except (NotGranted, NotCovered):
            paid.refused += 1
        except PosError as fact:
            paid.errors[type(fact).__name__] += 1
    till.close()
    return paid


def _told(office: HeadOffice, folder: Path, name: str) -> None:
    till = opened(office.url, folder, name)
    till.sync()
    till.close()


def _held(office: HeadOffice, member: MemberId) -> tuple[int, int, int]:
    """Return what the member has in all, the least in one account, and the orders at HQ."""
    with opening.opened(office.home.settings) as hq, hq.read() as book:
        left, least = fetch(book, _LEFT, member.bytes)[0]
        sold = fetch(book, _SOLD, member.bytes)[0][0]
    return int(left), int(least), int(sold)
