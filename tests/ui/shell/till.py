"""A till for tests: the real presenters on a real ledger, and what the world around them heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import coupon_issue
from pos_app.ledger.counter import price
from pos_app.ledger.factors import ApprovalWish, approve
from pos_app.ledger.member_edit import StatusChange, set_status
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.access import Act, Role
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.store.driver import DiskFailed
from pos_app.money import Money
from pos_app.ui.checkout.presenter import CheckoutPresenter
from pos_app.ui.checkout.state import CheckoutState
from pos_app.ui.counter.presenter import CounterPresenter
from pos_app.ui.counter.state import CounterState
from pos_app.ui.kit.work import Inline
from pos_app.ui.shell.presenter import ShellPresenter
from pos_app.ui.shell.state import Notice
from pos_app.ui.shell.ways import MEMBER, REFUND, TOP_UP, PageDoor, ShellWays, never
from pos_app.ui.work import Work
from tests.people import SECOND_MANAGER, second_manager
from tests.shop import MEMBER_PIN, Shop, intent

T = TypeVar("T")


@dataclass
class Heard:
    """What the till asked of printer, drawer and the rest."""

    slips: list[SaleReceipt] = field(default_factory=list)
    drawers: int = 0
    reprints: int = 0
    locks: int = 0
    sign_outs: int = 0
    sounds: list[str] = field(default_factory=list)
    registrations: list[str] = field(default_factory=list)
    top_ups: list[tuple[MemberId, Money]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    pages: list[tuple[str, MemberId | None]] = field(default_factory=list)
    refund_scans: list[str] = field(default_factory=list)

    def open_drawer(self) -> None:
        self.drawers += 1

    def reprint(self) -> None:
        self.reprints += 1

    def lock(self) -> None:
        self.locks += 1

    def sign_out(self) -> None:
        self.sign_outs += 1

    def top_up(self, member: MemberId, gap: Money) -> None:
        self.top_ups.append((member, gap))

    def scan_refund(self, code: str) -> bool:
        self.refund_scans.append(code)
        return code.startswith("RCP:")


@dataclass
class Till:
    """A shop with a cashier at the till."""

    shop: Shop
    shell: ShellPresenter
    heard: Heard

    @property
    def checkout(self) -> CheckoutPresenter:
        return self.shell.checkout

    @property
    def counter(self) -> CounterPresenter:
        return self.shell.counter

    @property
    def panel(self) -> CheckoutState:
        """What the panel shows."""
        return self.shell.checkout.shown.state

    @property
    def page(self) -> CounterState:
        """What the counter shows."""
        return self.shell.counter.shown.state

    @property
    def toasts(self) -> list[str]:
        return [notice.text for notice in self.heard.notices]

    def give_coupon(self, member: MemberId, template: str) -> None:
        coupon_issue.issue(
            self.shop.ledger, member, template, operator=self.shop.manager, intent=intent()
        )

    def regular(self, fen: int = 100_000) -> MemberId:
        """Return a member with a PIN and stored value."""
        member = self.shop.member(pin=MEMBER_PIN)
        self.shop.top_up(member, fen)
        return member

    def freeze(self, member: MemberId) -> None:
        change = StatusChange(member, Status.FROZEN, "本人挂失", intent())
        set_status(self.shop.ledger, change, operator=self.shop.manager)

    def blacklist(self, member: MemberId) -> None:
        """Blacklist a member, for which a second manager has to agree."""
        second_manager(self.shop)
        wish = intent()
        asked = ApprovalWish(Act.BLACKLIST, Money(), wish, self.shop.manager)
        number, pin = SECOND_MANAGER
        approval = approve(self.shop.ledger, asked, number=number, pin=pin)
        change = StatusChange(member, Status.BLACKLISTED, "套利", wish)
        set_status(self.shop.ledger, change, operator=self.shop.manager, approval=approval)

    def sell_goods(self, member: MemberId, *goods: tuple[str, int, int]) -> None:
        """Sell articles (title, fen, count) as a scanner at the till would have brought them."""
        lines = tuple(Line(title, Money(fen), count) for title, fen, count in goods)
        order = Order(Basket(lines), coupons=(), tenders=(TenderAsk(Tender.WECHAT),))
        shown = price(self.shop.ledger, order, member)
        pay(self.shop.ledger, shown, Payment(self.shop.manager, intent(), member))

    def serve(self, member: MemberId, amount: str = "") -> None:
        """Open a member at the counter and type an amount."""
        self.counter.open(member)
        if amount:
            self.checkout.amount_edited(amount)

    def prove(self, pin: str = MEMBER_PIN) -> None:
        self.shell.second_factor.pin_typed(pin)


def till_of(
    shop: Shop, work: Work | None = None, sheet_scan: Callable[[str], bool] = never
) -> Till:
    """Return a till at which the first manager of the shop works as a cashier."""
    heard = Heard()
    ways = replace(ways_of(heard), sheet_scan=sheet_scan)
    shell = ShellPresenter(shop.ledger, work or Inline(), ways)
    shell.attach_notices(heard.notices.append)
    for name in (TOP_UP, REFUND, MEMBER):
        shell.add_page(name, _door(heard, name))
    shell.sign_in(SignedIn(shop.manager, "0001", "林晓雯", Role.MANAGER))
    return Till(shop, shell, heard)


def ways_of(heard: Heard) -> ShellWays:
    """Return a world that only listens."""
    return ShellWays(
        print_slip=heard.slips.append,
        sold=_unseen,
        open_drawer=heard.open_drawer,
        ask_drawer=heard.open_drawer,
        reprint_last=heard.reprint,
        sound=heard.sounds.append,
        register=heard.registrations.append,
        lock=heard.lock,
        sign_out=heard.sign_out,
        top_up=heard.top_up,
    )


def _unseen(_receipt: SaleReceipt) -> None:
    """No customer display is connected."""


def _door(heard: Heard, name: str) -> PageDoor:
    def entered(member: MemberId | None) -> None:
        heard.pages.append((name, member))

    if name == REFUND:
        return PageDoor(entered, heard.scan_refund)
    return PageDoor(entered)


class SlowLane:
    """Keeps every task until the test lets it happen, in any order."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []
        self._failures: list[Callable[[PosError], None]] = []

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None:
        self._waiting.append(lambda: Inline().run(task, done, failed))
        self._failures.append(failed)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def finish(self, place: int = 0) -> None:
        """Let one waiting task happen."""
        del self._failures[place]
        self._waiting.pop(place)()

    def break_next(self, fact: PosError) -> None:
        """Let the next waiting task fail instead of happening."""
        self._failures.pop(0)(fact)
        self._waiting.pop(0)

    def finish_all(self) -> None:
        """Let everything happen, also what is asked meanwhile."""
        while self._waiting:
            self.finish()


class FailingDisk:
    """A lane whose disk fails: before the work was done, or after it, with the answer lost."""

    def __init__(self) -> None:
        self.fails_before = 0
        self.fails_after = 0

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None:
        if self.fails_before:
            self.fails_before -= 1
            failed(DiskFailed("input/output error"))
        elif self.fails_after:
            self.fails_after -= 1
            task()
            failed(DiskFailed("input/output error"))
        else:
            Inline().run(task, done, failed)
