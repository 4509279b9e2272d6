"""How many points an order takes: stepped, typed, or as many as the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.language import _
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.gifts import gift_offers, one_of
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import cut_off
from pos_app.ledger.rules.basket import Line, Order
from pos_app.ledger.rules.gifts import GiftOffer
from pos_app.ledger.rules.programme_benefits import PointsRules
from pos_app.ledger.rules.quote import Quote
from pos_app.money import BasisPoints, Money, Points
from pos_app.ui.checkout.points_state import GiftRow, PointsState
from pos_app.ui.formats import money, percent, points
from pos_app.ui.gift_words import gift_price, reason_of
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

LONGEST = 7
CLOSED = PointsState()


_Read = tuple[PointsRules, tuple[GiftOffer, ...], bool]


class PointsDoors(NamedTuple):
    """Where the sheet leads: points used, a gift added, something to say."""

    use: Callable[[Points], None]
    add: Callable[[Line], None]
    say: Callable[[str], None]


class PointsPresenter:
    """Proposes only what the rules of the order at hand accept."""

    def __init__(self, ledger: Ledger, work: Work, doors: PointsDoors) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors
        self._offers: tuple[GiftOffer, ...] = ()
        self._online = True
        self._quote: Quote | None = None
        self._rules: PointsRules | None = None
        self._balance = Points()
        self._text = ""
        self.shown = Shown(CLOSED)

    def open(self, order: Order, quote: Quote | None, member: MemberAtCounter) -> None:
        """Show what this order takes, and the gifts that can be added to it.

        What is used already stands in the field; without a price only gifts can be had.
        """
        self._quote, self._balance = quote, member.points
        self._text = str(order.points.minor) if quote is not None and order.points else ""
        self._work.run(
            lambda: _read(self._ledger, order, member.id),
            done=self._ruled,
            failed=self._failed,
        )

    def add_gift(self, code: str) -> None:
        """Add one of the catalogue to the order, where it can be had."""
        chosen = [one for one in self._offers if one.gift.code == code and one.reason is None]
        if chosen:
            self.close()
            self._doors.add(one_of(self._ledger, chosen[0]))

    def typed(self, text: str) -> None:
        if not text or (text.isdecimal() and len(text) <= LONGEST):
            self._text = text.lstrip("0")
        self._paint()

    def lower(self) -> None:
        self._step(-1)

    def raise_(self) -> None:
        self._step(+1)

    def use_most(self) -> None:
        if self._quote is not None:
            self.typed(str(self._quote.most_points.minor))

    def use_none(self) -> None:
        self.typed("")

    def confirm(self) -> None:
        """Use the points shown, and none when none are shown."""
        if self.shown.state.ready:
            wanted = self._wanted()
            self.close()
            self._doors.use(wanted)

    def close(self) -> None:
        self.shown.show(CLOSED)

    def _ruled(self, read: _Read) -> None:
        self._rules, self._offers, self._online = read
        if self._quote is None and not self._offers:
            self._doors.say(_("Enter the amount first."))
        else:
            self._paint()

    def _failed(self, fact: PosError) -> None:
        self.shown.show(replace(CLOSED, open=True, problem=sentence(fact)))

    def _step(self, direction: int) -> None:
        if self._rules is None or self._quote is None:
            return
        step = self._rules.redeem_step
        target = (self._wanted().minor // step + direction) * step
        most = self._quote.most_points.minor
        least = self._rules.redeem_min if direction > 0 else 0
        self.typed(str(max(0, min(max(target, least), most))))

    def _wanted(self) -> Points:
        return Points(int(self._text or "0"))

    def _paint(self) -> None:
        if self._rules is None:
            return
        wanted = self._wanted()
        most = Points() if self._quote is None else self._quote.most_points
        problem = _problem(wanted, most, self._rules)
        worth = money(Money(wanted.minor * self._rules.value_fen))
        use = _("Use {points} points, saves {amount}").format(points=points(wanted), amount=worth)
        self.shown.show(
            PointsState(
                open=True,
                balance=points(self._balance),
                wanted=self._text,
                worth=worth,
                most=_("Use the most: {points}").format(points=points(most)),
                rule=_rule(self._rules),
                problem=problem,
                call=use if wanted else _("Use no points"),
                ready=not problem,
                can_lower=bool(wanted),
                can_raise=wanted < most,
                gifts=tuple(_row(one, online=self._online) for one in self._offers),
            )
        )


def _read(ledger: Ledger, order: Order, member: MemberId) -> _Read:
    """Read what this order takes, and whether all that the member has can be had here."""
    online = not cut_off(ledger, ledger.read())
    return ledger.programme.points, gift_offers(ledger, order, member), online


def _row(offer: GiftOffer, *, online: bool) -> GiftRow:
    gift = offer.gift
    return GiftRow(gift.code, gift.name, gift_price(gift), reason_of(offer, online=online))


def _problem(wanted: Points, most: Points, rules: PointsRules) -> str:
    if not wanted:
        return ""
    if wanted > most:
        some = _("This order takes up to {most} points.").format(most=points(most))
        return some if most else _("This order takes no points.")
    if wanted.minor < rules.redeem_min:
        return _("At least {least} points.").format(least=points(Points(rules.redeem_min)))
    if wanted.minor % rules.redeem_step:
        return _("In steps of {step} points.").format(step=points(Points(rules.redeem_step)))
    return ""


def _rule(rules: PointsRules) -> str:
    share = percent(BasisPoints(rules.redeem_max_pct_bp))
    step = points(Points(rules.redeem_step))
    worth = money(Money(rules.redeem_step * rules.value_fen))
    words = _("{step} points pay {worth}. Points pay at most {share} of an order.")
    return words.format(step=step, worth=worth, share=share)
