"""Top-ups: the bonus that a sum earns, and whether the wallet may hold it."""

from dataclasses import dataclass
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ledger.rules.ladder import climb, ladder_bonus, with_big_rung
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money


class TopUpRule(StrEnum):
    """The rule that refuses a top-up."""

    NAMED_LIMIT = "SV_LIMIT_NAMED"
    UNNAMED_LIMIT = "SV_LIMIT_UNNAMED"
    BELOW_MINIMUM = "BELOW_MINIMUM"


class Campaign(StrEnum):
    """What may earn an extra bonus on top of the ladder."""

    NONE = ""
    FIRST_TOP_UP = "first_topup"
    BIRTHDAY_MONTH = "birthday_month"
    FLASH_DOUBLE = "flash_double"
    BIG_TOP_UP = "big_1000_300"


@dataclass(eq=False)
class TopUpRefused(PosError):
    """A sum that may not be taken. `most` is the largest that may, zero when there is none."""

    rule: TopUpRule
    limit: Money
    most: Money


@dataclass(frozen=True, slots=True)
class TopUpFacts:
    """What the campaigns need to know about the member."""

    first_topup: bool = False
    birthday_month: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder, and how many times the sum climbed it."""

    topup: Money
    bonus: Money
    times: int


@dataclass(frozen=True, slots=True)
class TopUpOffer:
    """What a top-up gives. `bonus` is everything on top, `campaign_bonus` the campaign's part."""

    amount: Money
    bonus: Money
    rungs: tuple[Rung, ...]
    campaign: Campaign
    campaign_bonus: Money
    total_after: Money


def offer_top_up(
    amount: Money, balance: Money, facts: TopUpFacts, programme: Programme, *, named: bool = True
) -> TopUpOffer:
    """Return what the sum gives, before any money is taken.

    `balance` is principal and bonus together. Raises TopUpRefused when the wallet would hold more
    than the law allows (商务部令2012年第9号, counted with the bonus), or the sum is too small.
    """
    least = Money(programme.stored_value.min_topup_fen)
    if amount < least:
        most = most_top_up(balance, facts, programme, named=named)
        raise TopUpRefused(TopUpRule.BELOW_MINIMUM, least, most)
    offer = _offer(amount, balance, facts, programme)
    if offer.total_after > _limit(programme, named=named):
        most = most_top_up(balance, facts, programme, named=named)
        rule = TopUpRule.NAMED_LIMIT if named else TopUpRule.UNNAMED_LIMIT
        raise TopUpRefused(rule, _limit(programme, named=named), most)
    return offer


def most_top_up(
    balance: Money, facts: TopUpFacts, programme: Programme, *, named: bool = True
) -> Money:
    """Return the largest acceptable sum, to the fen; zero when no sum is.

    A larger sum never earns a smaller bonus, so the answer is found by halving.
    """
    limit = _limit(programme, named=named)
    fits, too_much = 0, max((limit - balance).minor, 0) + 1
    while too_much - fits > 1:
        middle = (fits + too_much) // 2
        if _offer(Money(middle), balance, facts, programme).total_after <= limit:
            fits = middle
        else:
            too_much = middle
    return Money(fits if fits >= programme.stored_value.min_topup_fen else 0)


def _limit(programme: Programme, *, named: bool) -> Money:
    rules = programme.stored_value
    return Money(rules.named_limit_fen if named else rules.unnamed_limit_fen)


def _offer(amount: Money, balance: Money, facts: TopUpFacts, programme: Programme) -> TopUpOffer:
    ladder = programme.stored_value.ladder
    campaign, extra = _best_campaign(amount, facts, programme)
    bonus = Money(ladder_bonus(ladder, amount.minor)) + extra
    return TopUpOffer(
        amount=amount,
        bonus=bonus,
        rungs=tuple(
            Rung(Money(rung.topup_fen), Money(rung.bonus_fen), times)
            for rung, times in climb(ladder, amount.minor)
        ),
        campaign=campaign,
        campaign_bonus=extra,
        total_after=balance + amount + bonus,
    )


def _best_campaign(
    amount: Money, facts: TopUpFacts, programme: Programme
) -> tuple[Campaign, Money]:
    """Return the one campaign that gives most (max, never the sum); the first named wins a tie."""
    best = (Campaign.NONE, Money())
    for campaign, extra in _extras(amount, facts, programme):
        if extra > best[1]:
            best = (campaign, extra)
    return best


def _extras(amount: Money, facts: TopUpFacts, programme: Programme) -> list[tuple[Campaign, Money]]:
    rules = programme.stored_value.campaigns
    ordinary = ladder_bonus(programme.stored_value.ladder, amount.minor)
    extras = []
    if facts.first_topup:
        rate = BasisPoints(rules.first_topup_extra_pct_bp)
        extras.append((Campaign.FIRST_TOP_UP, amount.floor_bp(rate)))
    if facts.birthday_month:
        rate = BasisPoints(rules.birthday_month_extra_pct_bp)
        extras.append((Campaign.BIRTHDAY_MONTH, amount.floor_bp(rate)))
    if rules.flash_double.enabled:
        rate = BasisPoints(rules.flash_double.multiplier_bp - 10_000)
        extras.append((Campaign.FLASH_DOUBLE, Money(ordinary).floor_bp(rate)))
    if rules.big_1000_300.enabled:
        ladder = with_big_rung(programme.stored_value.ladder, rules.big_1000_300)
        extras.append((Campaign.BIG_TOP_UP, Money(ladder_bonus(ladder, amount.minor) - ordinary)))
    return extras
