"""HQ as the panel meets it: rights that lie there, and a door that grants, refuses, or is late."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import LotId, MemberId
from pos_app.ledger import grants
from pos_app.ledger.grants import Answer
from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.link import Membership, join
from pos_app.ledger.rules.wallet import Lot, spend_lots
from pos_app.ledger.store import accounts, link_rows, remote_rows, right_rows
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.pins import pin_of
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ledger.store.right_rows import Right, Want
from pos_app.money import Money
from pos_app.security.peppers import tag_of
from pos_app.sync.facts import HqUnreachable, Outage
from tests.shop import MEMBER_PIN, Shop
from tests.ui.shell.till import Till, till_of

LOT = UUID(int=7).hex
COUPON = UUID(int=8).hex
BOUGHT = {"at": 1_750_000_000_000, "paid": 100_000, "bonus": 15_000}
VOUCHER = {"template": "M300-50", "valid_from": "2026-06-01", "valid_until": "2026-07-01"}


def value(paid: int, bonus: int = 0) -> tuple[Right, ...]:
    """Return stored value of one lot that was topped up elsewhere."""
    both = (Right("P", LOT, paid, BOUGHT), Right("B", LOT, bonus, BOUGHT))
    return tuple(right for right in both if right.amount)


def points(count: int) -> Right:
    return Right("PTS", "2027-12-31", count)


def coupon(about: Mapping[str, Any] = VOUCHER) -> Right:
    return Right("CPN", COUPON, 1, about)


def hq_tells(shop: Shop, member: MemberId, *rights: Right) -> None:
    """Let HQ have said what lies free there of a member."""
    known_seq = link_rows.head_seq(shop.ledger.read())
    told = [(one.pocket, one.ref, one.amount, json.dumps(dict(one.about))) for one in rights]
    pin = tag_of(pin_of(shop.ledger.read(), member) or "chosen elsewhere")
    with shop.ledger.write() as book:
        remote_rows.keep_member(book, member, Remote(book.now, known_seq, 0, 0, pin=pin), told)


@dataclass
class FarHq:
    """Acts on the real ledger; it may refuse, fail, be late, or act and lose its answer."""

    shop: Shop
    pin: str = ""
    refuses: str = ""
    fails: PosError | None = None
    late: bool = False
    lose_answers: int = 0
    asked: list[tuple[Want, ...]] = field(default_factory=list)
    waiting: list[Callable[[], None]] = field(default_factory=list)
    lost: list[Answer] = field(default_factory=list)

    def __call__(
        self,
        member: MemberId,
        wants: tuple[Want, ...],
        done: Callable[[None], None],
        failed: Callable[[PosError], None],
    ) -> None:
        self.asked.append(wants)
        self.waiting.append(partial(self._answer, member, wants, done, failed))
        if not self.late:
            self.answer()

    def answer(self) -> None:
        """Let the request that waits longest come to its end."""
        self.waiting.pop(0)()

    def heal(self) -> None:
        """Deliver once more what was lost, as the next cycle does."""
        while self.lost:
            grants.take(self.shop.ledger, self.lost.pop())

    def _answer(
        self,
        member: MemberId,
        wants: tuple[Want, ...],
        done: Callable[[None], None],
        failed: Callable[[PosError], None],
    ) -> None:
        if self.fails is not None:
            failed(self.fails)
            return
        answer = self._decided(member, wants)
        if self.lose_answers:
            self.lose_answers -= 1
            self.lost.append(answer)
            failed(HqUnreachable(Outage.TIMEOUT))
            return
        grants.take(self.shop.ledger, answer)
        done(None)

    def _decided(self, member: MemberId, wants: tuple[Want, ...]) -> Answer:
        ledger = self.shop.ledger
        grant = grants.ask(ledger, member, wants, "jit").id
        until = ledger.now() + timedelta(minutes=10)
        rights = () if self.refuses else self._rights(member, wants)
        pin = self.pin if rights or wants == (grants.PIN,) else ""
        return Answer(grant, member, rights, until, self.refuses, pin)

    def _rights(self, member: MemberId, wants: tuple[Want, ...]) -> tuple[Right, ...]:
        """Grant exactly what is wanted: of the lot principal and bonus pro rata, as HQ does."""
        wanted = {want.unit: want.want for want in wants}
        free = {one.pocket: one for one in right_rows.elsewhere(self.shop.ledger.read(), member)}
        given = dict.fromkeys(free, 0) | {"PTS": wanted.get(accounts.PTS, 0)}
        if accounts.CNY in wanted:
            paid, bonus = (free[side].amount if side in free else 0 for side in ("P", "B"))
            lot = Lot(LotId(UUID(LOT)), Money(paid), Money(bonus))
            (spend,) = spend_lots((lot,), min(Money(wanted[accounts.CNY]), lot.total))
            given |= {"P": spend.principal.minor, "B": spend.bonus.minor}
        given["CPN"] = int(any(unit.startswith("CPN:") for unit in wanted))
        return tuple(
            replace(right, amount=given[pocket]) for pocket, right in free.items() if given[pocket]
        )


def belongs_to_hq(shop: Shop) -> None:
    """Let the shop's terminal belong to an HQ."""
    node = shop.ledger.node
    join(shop.ledger, Membership(node.id, node.epoch, node.store, b"h" * 32, 1))


def linked_till(shop: Shop) -> tuple[Till, FarHq]:
    """Return an online till whose panel can ask HQ."""
    belongs_to_hq(shop)
    shop.ledger.online = True
    till, hq = till_of(shop), FarHq(shop)
    till.checkout.cover_by(hq)
    return till, hq


def verifier_of(shop: Shop, member: MemberId) -> str:
    """Return the verifier of a PIN that was chosen here."""
    rows = shop.ledger.read().execute("SELECT verifier FROM pin WHERE member = ?", (member.bytes,))
    return str(rows.fetchone()[0])


def at_the_till(
    shop: Shop, here: int = 30_000, there: int = 90_000
) -> tuple[Till, FarHq, MemberId]:
    """Return a till, HQ, and a member with stored value in both places."""
    till, hq = linked_till(shop)
    member = shop.member(pin=MEMBER_PIN)
    if here:
        shop.top_up(member, here)
    hq_tells(shop, member, *value(there))
    return till, hq, member


def actions(till: Till) -> dict[str, str]:
    """Return the ways out that the panel offers."""
    return {one.name: one.text for one in till.panel.notice.actions} if till.panel.notice else {}


def events(shop: Shop, kind: Kind) -> int:
    """Return how many events of a kind are in the book."""
    return len(page(shop.ledger, JournalFilter(kinds=(kind,))))
