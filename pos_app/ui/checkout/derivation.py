"""How each figure of a price came about: the quote's own numbers, put in order and in words."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.language import _
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.points import MultiplierReason
from pos_app.ledger.rules.quote import CouponUse, Quote
from pos_app.money import Money, Points, total_of
from pos_app.ui.formats import money, points
from pos_app.ui.parts.state import Explained, Fact
from pos_app.ui.words import tender_name

_WHOLE = 10_000


def due(quote: Quote) -> Explained:
    """Lead from the list price to what is paid, and say who pays it."""
    steps = (
        Fact(_("List price"), money(quote.listed)),
        _less(_("Member day") if quote.member_day else _("Member price"), quote.item_discount),
        _less(_("Coupons"), quote.coupon_discount),
        _less(_("Points used"), quote.points_value),
        _less(_("Cash rounding"), quote.rounding),
        Fact(_("To pay"), money(quote.payable), "strong"),
        Fact(tender_name(Tender.STORED_VALUE), _if_any(quote.stored_value)),
        *(Fact(tender_name(share.tender), money(share.amount)) for share in quote.externals),
        Fact(_("Still missing"), _if_any(quote.missing), "warn"),
    )
    rule = _("What is taken off comes in this order, each from what the one before it left.")
    return _card(quote, _("To pay"), rule, steps)


def benefit(quote: Quote) -> Explained:
    """Say of each line what it costs at list and on this day."""
    facts = [
        Fact(title or _("Whole order"), money(now), note=_("list {sum}").format(sum=money(was)))
        for title, was, now in _lines(quote)
        if was != now
    ]
    facts.append(Fact(_("Taken off"), money(-quote.item_discount), "strong"))
    rule = _("Each line at the tier's share of its list price, a broken fen dropped.")
    name = _("Member day") if quote.member_day else _("Member price")
    return _card(quote, name, rule, facts)


def coupon(quote: Quote, use: CouponUse, name: str) -> Explained:
    """Say what a coupon reaches, what it asks for, and what it takes off."""
    reached = total_of([unit.goods for unit in quote.units if unit.line in use.lines])
    facts = (
        Fact(_("Goods that it reaches"), money(reached)),
        Fact(_("It asks for"), _if_any(use.threshold)),
        Fact(_("Taken off"), money(-use.saves), "strong"),
        Fact(_("Gift worth"), _if_any(use.gift)),
        Fact(_("Good until"), use.valid_until.isoformat()),
    )
    rule = _("Taken off the goods that it reaches, shared among them by price to the fen.")
    return _card(quote, _("Coupon: {name}").format(name=name), rule, facts)


def points_used(quote: Quote) -> Explained:
    """Say which points are used, what one of them pays, and how many there could be."""
    one = Money(quote.points_value.minor // quote.points.minor)
    facts = (
        *(
            Fact(_("Until {day}").format(day=batch.expires_on.isoformat()), points(batch.points))
            for batch in quote.batches
        ),
        Fact(
            _("Points used"), points(quote.points), note=_("at {sum} each").format(sum=money(one))
        ),
        Fact(_("They pay"), money(quote.points_value), "strong"),
        Fact(_("This order takes at most"), points(quote.most_points)),
    )
    rule = _("The points that expire first are used first.")
    return _card(quote, _("Points used"), rule, facts)


def gift(quote: Quote, name: str, used: Points, asked: Money) -> Explained:
    """Say what a gift of the catalogue costs, in points and in money."""
    facts = (
        Fact(_("Points used"), points(used)),
        Fact(_("And to pay"), money(asked), "strong"),
    )
    rule = _("The catalogue's price. Its points come on top of what an order takes at most.")
    return _card(quote, name, rule, facts)


def stored_value(quote: Quote) -> Explained:
    """Say how much of which top-up is spent, principal and bonus apart."""
    lots = [
        Fact(
            _("Top-up {number}, oldest first").format(number=place),
            _split(spend.principal, spend.bonus),
        )
        for place, spend in enumerate(quote.lots, start=1)
    ]
    facts = (
        *lots,
        Fact(_("Principal"), money(quote.principal)),
        Fact(_("Bonus"), money(quote.bonus)),
        Fact(_("Stored value"), money(quote.stored_value), "strong"),
    )
    rule = _(
        "The oldest top-up is spent first; inside it principal and bonus by their share of what "
        "is left, the principal's broken fen dropped."
    )
    return _card(quote, _("Stored value"), rule, facts)


def rounding(quote: Quote) -> Explained:
    """Say what was to be paid in cash before it was rounded, and after."""
    after = total_of([part.amount for part in quote.externals if part.tender is Tender.CASH])
    facts = (
        Fact(_("In cash"), money(after + quote.rounding)),
        Fact(_("Rounded down by"), money(-quote.rounding)),
        Fact(_("In cash, rounded"), money(after), "strong"),
    )
    rule = _("Only cash is rounded, and never up.")
    return _card(quote, _("Cash rounding"), rule, facts)


def earned(quote: Quote) -> Explained:
    """Lead from what was really paid to the points for it."""
    times = Fact(_("Times"), _times(quote), note=_reason(quote.multiplier_reason))
    facts = (
        *_counted(quote),
        times,
        Fact(_("Waits for a review"), points(quote.pending) if quote.pending else "", "warn"),
        Fact(_("Points earned"), points(quote.earns), "strong"),
        Fact(_("Good until"), quote.earns_expire_on.isoformat()),
    )
    rule = _(
        "One point for each whole yuan, after the multiplier. What bonus, coupons and points pay "
        "earns nothing."
    )
    return _card(quote, _("Points earned"), rule, facts)


def growth(quote: Quote) -> Explained:
    """Lead from what was really paid to the growth for it."""
    facts = (*_counted(quote), Fact(_("Growth"), points(quote.grows), "strong"))
    rule = _("Growth comes from the same sum, without the multiplier; a broken one is dropped.")
    return _card(quote, _("Growth"), rule, facts)


def _card(quote: Quote, title: str, rule: str, facts: Sequence[Fact]) -> Explained:
    version = _("By programme {version}").format(version=quote.programme)
    return Explained(title, rule, tuple(fact for fact in facts if fact.value), version)


def _counted(quote: Quote) -> tuple[Fact, ...]:
    return (
        Fact(_("Principal"), _if_any(quote.principal)),
        *(
            Fact(tender_name(part.tender), money(part.amount))
            for part in quote.externals
            if part.tender is not Tender.CREDIT
        ),
        Fact(_("Counts"), money(quote.eligible)),
    )


def _lines(quote: Quote) -> list[tuple[str, Money, Money]]:
    """Return of each line its title, list price and price now."""
    return [
        (
            line.title,
            line.listed,
            total_of([unit.goods for unit in quote.units if unit.line == place]),
        )
        for place, line in enumerate(quote.order.basket.lines)
    ]


def _less(name: str, amount: Money) -> Fact:
    return Fact(name, money(-amount) if amount else "")


def _if_any(amount: Money) -> str:
    return money(amount) if amount else ""


def _split(principal: Money, bonus: Money) -> str:
    return f"{money(principal)} + {money(bonus)}"


def _times(quote: Quote) -> str:
    whole, rest = divmod(quote.multiplier.value, _WHOLE)
    broken = f".{rest:04}".rstrip("0") if rest else ""
    return f"×{whole}{broken}"


def _reason(reason: MultiplierReason) -> str:
    return {
        MultiplierReason.ORDINARY: "",
        MultiplierReason.MEMBER_DAY: _("Member day"),
        MultiplierReason.BIRTHDAY_MONTH: _("Birthday month"),
        MultiplierReason.FIRST_ORDER: _("First order"),
    }[reason]
