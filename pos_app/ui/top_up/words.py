"""The sentences and figures of a top-up."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pos_app.language import _
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.receipts import TopUpReceipt
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.large_amounts import thresholds_reached
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.topup import TopUpOffer, TopUpRefused
from pos_app.money import Money
from pos_app.ui.formats import as_of, money, short_money, signed
from pos_app.ui.parts.state import Choice, Fact, Outcome
from pos_app.ui.text import sentence
from pos_app.ui.top_up.state import Preset, Refusal
from pos_app.ui.words import TENDER_ICONS, campaign_name, tender_name

TENDERS = (Tender.WECHAT, Tender.ALIPAY, Tender.CASH, Tender.CARD)


def tender_choices() -> tuple[Choice, ...]:
    """Return the tenders that buy stored value; stored value itself does not."""
    return tuple(Choice(one.value, tender_name(one), TENDER_ICONS[one]) for one in TENDERS)


def preset(amount: Money, answer: TopUpOffer | TopUpRefused) -> Preset:
    """Return the ticket of one ladder sum."""
    figure = short_money(amount).removeprefix("\u00a5")
    if isinstance(answer, TopUpRefused):
        return Preset(amount.minor, figure, _("Too much"), "", reason=_("over the limit"))
    title = (
        _("+ {bonus} bonus").format(bonus=short_money(answer.bonus))
        if answer.bonus
        else _("No bonus")
    )
    total = _("{total} in all").format(total=short_money(amount + answer.bonus))
    return Preset(amount.minor, figure, title, total)


def refusal(refused: TopUpRefused) -> Refusal:
    """Say why, and offer the largest acceptable sum where there is one."""
    if not refused.most:
        return Refusal(sentence(refused))
    words = _("Take {amount} instead").format(amount=money(refused.most))
    return Refusal(sentence(refused), words, refused.most.minor)


def bonus_facts(offer: TopUpOffer) -> tuple[Fact, ...]:
    """Tell rung by rung how the bonus comes about."""
    rungs = [
        Fact(
            _("{times} × top-up of {amount}").format(
                times=rung.times, amount=short_money(rung.topup)
            ),
            signed(rung.bonus.times(rung.times)),
            "ok",
        )
        for rung in offer.rungs
    ]
    if offer.campaign_bonus:
        name = campaign_name(offer.campaign)
        rungs.append(Fact(name, signed(offer.campaign_bonus), "ok"))
    climbed = Money(sum(rung.topup.minor * rung.times for rung in offer.rungs))
    rest = offer.amount - climbed
    if rest and offer.rungs:
        rungs.append(
            Fact(_("{amount} below the next rung").format(amount=money(rest)), money(Money()))
        )
    return tuple(rungs) or (Fact(_("Below the first rung"), money(Money())),)


def rule_words(programme: Programme) -> str:
    """Say the bonus rule in one line."""
    rungs = [
        _("{amount} brings {bonus}").format(
            amount=short_money(Money(rung.topup_fen)), bonus=short_money(Money(rung.bonus_fen))
        )
        for rung in programme.stored_value.ladder
    ]
    ends = _("Splitting a top-up never earns more. Only the principal is paid out at a refund.")
    return " · ".join(rungs) + "\n" + ends


def why_manager(amount: Money, programme: Programme) -> str:
    """Say why a manager is asked, and which thresholds of the law the sum reaches."""
    why = _("A cashier tops up alone only up to a limit. A manager must agree.")
    reached = thresholds_reached(amount, programme)
    if not reached:
        return why
    marks = ", ".join(short_money(one) for one in reached)
    large = _("Large sum: it reaches {marks}, at which the law asks for more care.")
    return f"{why} {large.format(marks=marks)}"


def before_facts(member: MemberAtCounter) -> tuple[Fact, ...]:
    """Return the balance as it is, here, at HQ and at other tills: the law counts all of it."""
    facts = (
        Fact(_("Balance now"), money(member.whole + member.elsewhere), "strong"),
        Fact(_("Principal"), money(member.total.principal)),
        Fact(_("Bonus"), money(member.total.bonus)),
    )
    return (*facts, *_at_other_tills(member))


def basis(member: MemberAtCounter, *, now: datetime, zone: ZoneInfo) -> str:
    """Say how old the balance is that the limit is counted by, while HQ cannot be reached."""
    if not member.cut_off or member.as_of is None:
        return ""
    words = _("Offline: counted by the balance of {time}.")
    return words.format(time=as_of(member.as_of, now=now, zone=zone))


def after_facts(member: MemberAtCounter, offer: TopUpOffer) -> tuple[Fact, ...]:
    """Return the balance as it will be, pocket by pocket."""
    paid = member.total.principal + offer.amount
    return (
        Fact(_("Balance afterwards"), money(offer.total_after), "brand"),
        Fact(_("Principal"), money(paid), note=signed(offer.amount)),
        Fact(_("Bonus"), money(member.total.bonus + offer.bonus), note=signed(offer.bonus)),
        *_at_other_tills(member),
    )


def _at_other_tills(member: MemberAtCounter) -> tuple[Fact, ...]:
    return (Fact(_("At other tills"), money(member.elsewhere)),) if member.elsewhere else ()


def outcome(receipt: TopUpReceipt) -> Outcome:
    """Return what the member has now."""
    after = receipt.after
    facts = (
        Fact(_("Paid by"), tender_name(receipt.tender)),
        Fact(_("Bonus on top"), signed(receipt.bonus), "ok"),
        Fact(_("Balance now"), money(after.principal + after.bonus), "strong"),
        Fact(_("Principal"), money(after.principal)),
        Fact(_("Bonus"), money(after.bonus)),
    )
    return Outcome(_("Topped up"), money(receipt.amount), receipt.stamp.slip, facts)
