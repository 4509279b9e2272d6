"""The second terminal of the demo store, without a window: it tries to spend the same money."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TypeVar

from pos_app.clock import system_clock
from pos_app.demo.beside import Beside, make_beside
from pos_app.demo.credentials import Credentials, Login
from pos_app.demo.store import SECOND_FOLDER
from pos_app.embedded import EmbeddedHq, line_home
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import counter, day_close, factors, grants, members, operators, outbox, sales
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.ledger.sales import Payment
from pos_app.ledger.store import right_rows
from pos_app.ledger.store.right_rows import Want
from pos_app.linked import way_by
from pos_app.money import Money
from pos_app.opening import DEFAULT_PROGRAMME, key_store_of, open_ledger
from pos_app.settings import Settings
from pos_app.sync.courier import Clocks, Courier

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of spending a member's money at a second terminal. Sums are in fen.

    `held_before` and `held_after` are what the second terminal held of it, as an allowance.
    """

    wanted: int
    granted: int
    reason: str
    then_paid: int
    slip: str
    held_before: int
    held_after: int


@dataclass(frozen=True, slots=True)
class SecondTill:
    """Open only while it does something; use it off the window's thread."""

    first: Path
    settings: Settings
    hq: EmbeddedHq

    def spend(self, payer: Login, whole: Money, small: Money) -> Tried:
        """Ask HQ for everything that a member has, then for a small sum that lies free there."""
        with self._opened() as (ledger, courier, people):
            before = _held(ledger, payer)
            while courier.beat().reading:
                pass  # the last one brings what is asked for in advance, too
            hit = members.find_exact(ledger, payer.number)
            assert hit is not None, "the feed has told of every member"
            held = _held(ledger, payer)
            reason = _refused(ledger, courier, hit.id, whole)
            granted = _held(ledger, payer) - held
            slip = _pay(ledger, courier, (hit.id, payer), people, small)
            courier.beat()
            after = _held(ledger, payer)
        return Tried(whole.minor, granted, reason, small.minor, slip, before, after)

    def close_day(self) -> int:
        """Close the business day and tell HQ; return how many events HQ has not heard."""
        with self._opened() as (ledger, courier, people):
            manager = operators.sign_in(ledger, people.manager.number, people.manager.pin)
            day, intent = ledger.today(), IntentId(new_id())
            day_close.close_day(ledger, day, operator=manager.id, intent=intent)
            courier.beat()
            return outbox.unsent(ledger).count

    @contextmanager
    def _opened(self) -> Iterator[tuple[Ledger, Courier, Credentials]]:
        folder = self.first / SECOND_FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        settings = self.settings.model_copy(update={"data_dir": folder})
        rules = DEFAULT_PROGRAMME.read_bytes()
        people = make_beside(folder, Beside(self.first), rules, system_clock)
        keys = key_store_of(settings, demo=True)
        with open_ledger(settings, keys, system_clock) as ledger:
            line = line_home(ledger, keys, self.hq)
            assert line is not None, "HQ runs"
            hq = way_by(line, keys, ledger).hq
            clocks = Clocks(system_clock, monotonic)
            yield ledger, Courier(_at(ledger), hq, clocks, line.renew), people
            line.close()


def _at(ledger: Ledger) -> Callable[..., T]:
    def at(task: Callable[[Ledger], T], /) -> T:
        return task(ledger)

    return at


def _held(ledger: Ledger, login: Login) -> int:
    hit = members.find_exact(ledger, login.number)
    if hit is None:
        return 0
    wallet = counter.open_member(ledger, hit.id).wallet
    return (wallet.principal + wallet.bonus).minor


def _refused(ledger: Ledger, courier: Courier, member: MemberId, whole: Money) -> str:
    """Ask for all or nothing of a sum; return why HQ granted nothing."""
    courier.cover(member, (Want("CNY", whole.minor, whole.minor),))
    return right_rows.last_refusal(ledger.read(), member)


def _pay(
    ledger: Ledger,
    courier: Courier,
    payer: tuple[MemberId, Login],
    people: Credentials,
    amount: Money,
) -> str:
    """Pay a sum from stored value as the counter does, HQ granting it first; return the slip."""
    member, login = payer
    cashier = operators.sign_in(ledger, people.cashier.number, people.cashier.pin).id
    order = Order(amount_only(amount), coupons=(), tenders=(TenderAsk(Tender.STORED_VALUE),))
    shown = counter.price(ledger, order, member)
    if wants := grants.shortage(ledger, shown, member):
        courier.cover(member, wants)
    intent = IntentId(new_id())
    evidence = factors.prove_with_pin(
        ledger,
        member=member,
        pin=login.pin,
        amount=shown.stored_value,
        intent=intent,
        operator=cashier,
    )
    return sales.pay(ledger, shown, Payment(cashier, intent, member, evidence)).stamp.slip
