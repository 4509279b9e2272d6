"""The ledger files that are measured: made once, kept in the work folder, opened read to read."""

from __future__ import annotations

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.history import APART, Example, lay_history
from benchmarks.pattern import pattern_of
from benchmarks.population import members
from benchmarks.scale import Size
from benchmarks.shop import (
    KEYS,
    MANAGER,
    NOW,
    PROGRAMME,
    SHOWN,
    Hands,
    ledger_in,
    manager_of,
    open_ledger,
)
from benchmarks.till import Till
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import counter, operators, sales, topups
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.members import Consents, NewMember, register
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.store.bulk import load_members
from pos_app.ledger.store.driver import connect
from pos_app.ledger.store.migrate import SCRIPTS
from pos_app.money import Money
from pos_app.security.evidence import Evidence, sealed

_TODAY = 200
_LAYOUT = 3  # one more, and every kept file is made anew
_LOADING = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -1048576",
)


def ledger_folder(work: Path, size: Size) -> Path:
    """Return the folder of a closed ledger of this size, making it when it is not there yet."""
    folder = work / f"{size.members}-{size.buyers}-{size.orders}"
    ready = folder / "ready"
    mark = _fingerprint()
    if not ready.exists() or ready.read_text() != mark:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _make(folder, size)
        ready.write_text(mark)
    return folder


def _make(folder: Path, size: Size) -> None:
    clock = Hands(NOW - APART * (size.orders + 2))
    number, name, pin = MANAGER
    with open_ledger(folder, clock) as ledger:
        operators.create_first_manager(ledger, number, name, pin, IntentId(new_id()))
    book = loading(folder)
    book.execute("BEGIN")
    load_members(book, members(size.members), seq=1)
    book.execute("COMMIT")
    book.close()
    with open_ledger(folder, clock) as ledger:
        example = example_in(ledger, clock)
    book = loading(folder)
    lay_history(book, example, size)
    book.execute("ANALYZE")
    book.close()
    _trade_today(folder)


def _trade_today(folder: Path) -> None:
    """Take the payments of this morning, so that the day is not empty."""
    till = Till(folder, members=_TODAY)
    till.clock.at = NOW - timedelta(hours=1)
    till.step = timedelta(hours=1) // _TODAY
    for _ in range(till.members):
        till.trial()
    till.close()


def loading(folder: Path) -> Any:  # noqa: ANN401 -- untyped driver
    """Open a ledger without any safety, to fill it fast."""
    connection = connect(ledger_in(folder), KEYS.database)
    for pragma in _LOADING:
        connection.execute(pragma)
    return connection


def example_in(ledger: Ledger, clock: Hands) -> Example:
    """Let one real member top up and order, through the real use cases."""
    manager = manager_of(ledger)
    new = NewMember(phone="17000000001", name="王晓明", consents=Consents("2026-01"))
    member = register(ledger, new, operator=manager, intent=IntentId(new_id())).id
    wish = topups.TopUp(
        member, Money(300_000), Tender.WECHAT, manager, IntentId(new_id()), document=SHOWN
    )
    topped_up = topups.top_up(ledger, wish)
    clock.go(timedelta(minutes=5))
    (lot,) = ledger.read().execute("SELECT id FROM lot").fetchone()
    order = Order(
        Basket((Line("燕麦拿铁 大杯", Money(3_600)), Line("海盐芝士贝果", Money(2_450)))),
        coupons=(),
        member_day=False,
        tenders=(TenderAsk(Tender.STORED_VALUE, Money(3_000)), TenderAsk(Tender.WECHAT, None)),
    )
    quote = counter.price(ledger, order, member)
    intent = IntentId(new_id())
    shown = Evidence("pin", member, quote.stored_value, intent, ledger.now())
    proof = sealed(ledger.capability_key, shown)
    sold = sales.pay(ledger, quote, sales.Payment(manager, intent, MemberId(member), proof))
    patterns = (
        pattern_of(ledger.read(), seq, UUID(bytes=lot))
        for seq in (topped_up.stamp.seq, sold.stamp.seq)
    )
    return Example(member, UUID(bytes=lot), *patterns)


def _fingerprint() -> str:
    """Return what a kept file depends on: the schema, the rules, and how it is laid down."""
    schema = sorted((SCRIPTS / "versions").glob("*.sql"))
    digest = hashlib.sha256(bytes([_LAYOUT]))
    for path in (*schema, PROGRAMME):
        digest.update(path.read_bytes())
    return digest.hexdigest()
