"""How many points an order takes: stepped, typed, or as many as the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.programme_benefits import PointsRules
from pos_app.ledger.rules.quote import Quote
from pos_app.money import BasisPoints, Money, Points
from pos_app.ui.checkout.points_state import PointsState
from pos_app.ui.formats import money, percent, points
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

LONGEST = 7
CLOSED = PointsState()


class PointsPresenter:
    """Proposes only what the rules of the order at hand accept."""

    def __init__(self, ledger: Ledger, work: Work, apply: Callable[[Points], None]) -> None:
        self._ledger = ledger
        self._work = work
        self._apply = apply
        self._quote: Quote | None = None
        self._rules: PointsRules | None = None
        self._balance = Points()
        self._text = ""
        self.shown = Shown(CLOSED)

    def open(self, quote: Quote, member: MemberAtCounter) -> None:
        """Show what this order takes; what is used already stands in the field."""
        self._quote, self._balance = quote, member.points
        self._text = str(quote.points.minor) if quote.points else ""
        self._work.run(lambda: self._ledger.programme.points, done=self._ruled, failed=self._failed)

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
            self._apply(wanted)

    def close(self) -> None:
        self.shown.show(CLOSED)

    def _ruled(self, rules: PointsRules) -> None:
        self._rules = rules
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
        if self._rules is None or self._quote is None:
            return
        wanted, most = self._wanted(), self._quote.most_points
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
            )
        )


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
