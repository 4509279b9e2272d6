"""A top-up earns by the ladder, never more by splitting, and never passes the legal limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.topup import (
    Campaign,
    Rung,
    TopUpFacts,
    TopUpOffer,
    TopUpRefused,
    TopUpRule,
    most_top_up,
    offer_top_up,
)
from pos_app.money import Money
from tests.ledger.rules.shipped_programme import DOCUMENT, changed

PROGRAMME = parse_programme(DOCUMENT)
PLAIN = TopUpFacts()
FIRST = TopUpFacts(first_topup=True)
BIRTHDAY = TopUpFacts(birthday_month=True)
FLASH = parse_programme(
    changed("stored_value.campaigns.flash_double", "{ enabled = true, multiplier_bp = 20000 }")
)
BIG = parse_programme(
    changed(
        "stored_value.campaigns.big_1000_300",
        "{ enabled = true, topup_fen = 100000, bonus_fen = 30000 }",
    )
)
anyone = st.builds(TopUpFacts, st.booleans(), st.booleans())
amounts = st.integers(10_000, 200_000)


def offer(
    amount: int, balance: int = 0, facts: TopUpFacts = PLAIN, programme: Programme = PROGRAMME
) -> TopUpOffer:
    return offer_top_up(Money(amount), Money(balance), facts, programme)


def refusal(amount: int, balance: int, *, named: bool = True) -> TopUpRefused:
    with pytest.raises(TopUpRefused) as refused:
        offer_top_up(Money(amount), Money(balance), PLAIN, PROGRAMME, named=named)
    return refused.value


def test_topping_up_1680_yuan_climbs_three_rungs() -> None:
    assert offer(168_000) == TopUpOffer(
        amount=Money(168_000),
        bonus=Money(22_000),
        rungs=(
            Rung(Money(100_000), Money(15_000), 1),
            Rung(Money(50_000), Money(6_000), 1),
            Rung(Money(10_000), Money(1_000), 1),
        ),
        campaign=Campaign.NONE,
        campaign_bonus=Money(),
        total_after=Money(190_000),
    )


def test_a_top_up_over_the_legal_limit_is_refused_with_the_largest_acceptable_amount() -> None:
    refused = refusal(150_000, 352_000)

    assert refused.rule is TopUpRule.NAMED_LIMIT
    assert (refused.limit, refused.most) == (Money(500_000), Money(130_000))


def test_the_largest_acceptable_amount_is_the_largest_to_the_fen() -> None:
    accepted = offer(130_000, 352_000)
    one_fen_more = refusal(130_001, 352_000)

    assert (accepted.bonus, accepted.total_after) == (Money(18_000), Money(500_000))
    assert one_fen_more.most == Money(130_000)


def test_an_unnamed_card_holds_1000_yuan() -> None:
    refused = refusal(100_000, 0, named=False)

    assert (refused.rule, refused.limit) == (TopUpRule.UNNAMED_LIMIT, Money(100_000))
    assert refused.most == Money(90_000)


def test_a_full_wallet_takes_no_top_up() -> None:
    assert refusal(10_000, 500_000).most == Money(0)
    assert refusal(10_000, 510_000).most == Money(0)
    assert refusal(10_000, 490_000).most == Money(0)


@pytest.mark.parametrize("amount", [9_999, 0, -10_000])
def test_a_top_up_below_the_minimum_is_refused(amount: int) -> None:
    refused = refusal(amount, 352_000)

    assert refused.rule is TopUpRule.BELOW_MINIMUM
    assert (refused.limit, refused.most) == (Money(10_000), Money(130_000))


@pytest.mark.parametrize(
    ("facts", "programme", "campaign", "extra"),
    [
        (FIRST, PROGRAMME, Campaign.FIRST_TOP_UP, 9_000),
        (BIRTHDAY, PROGRAMME, Campaign.BIRTHDAY_MONTH, 9_000),
        (PLAIN, FLASH, Campaign.FLASH_DOUBLE, 24_000),
        (PLAIN, BIG, Campaign.BIG_TOP_UP, 15_000),
        (TopUpFacts(first_topup=True, birthday_month=True), BIG, Campaign.BIG_TOP_UP, 15_000),
        (BIRTHDAY, FLASH, Campaign.FLASH_DOUBLE, 24_000),
        (TopUpFacts(first_topup=True, birthday_month=True), PROGRAMME, "first_topup", 9_000),
    ],
)
def test_only_the_best_campaign_adds_to_the_ladder(
    facts: TopUpFacts, programme: Programme, campaign: Campaign, extra: int
) -> None:
    given_offer = offer(180_000, 0, facts, programme)

    assert (given_offer.campaign, given_offer.campaign_bonus) == (campaign, Money(extra))
    assert given_offer.bonus == Money(24_000 + extra)
    assert given_offer.total_after == Money(204_000 + extra)


def test_the_big_campaign_gives_300_on_1000_in_all() -> None:
    assert offer(100_000, 0, PLAIN, BIG).bonus == Money(30_000)
    assert offer(90_000, 0, PLAIN, BIG).campaign is Campaign.NONE


def test_a_campaign_lowers_the_largest_acceptable_amount() -> None:
    assert most_top_up(Money(352_000), FIRST, PROGRAMME) == Money(124_762)
    assert offer(124_762, 352_000, FIRST).total_after == Money(500_000)


@given(amounts, amounts)
def test_splitting_a_top_up_never_earns_more(one: int, other: int) -> None:
    apart = offer(one).bonus + offer(other).bonus

    assert apart <= offer(one + other).bonus


@pytest.mark.parametrize("programme", [FLASH, BIG])
@given(one=amounts, other=st.integers(10_000, 100_000))
def test_splitting_a_top_up_never_earns_more_in_a_campaign(
    programme: Programme, one: int, other: int
) -> None:
    apart = offer(one, 0, PLAIN, programme).bonus + offer(other, 0, PLAIN, programme).bonus

    assert apart <= offer(one + other, 0, PLAIN, programme).bonus


@pytest.mark.parametrize("facts", [FIRST, BIRTHDAY])
@pytest.mark.parametrize("programme", [PROGRAMME, FLASH])
@given(one=amounts, other=st.integers(10_000, 100_000))
def test_splitting_a_top_up_never_earns_more_with_a_share_on_top(
    facts: TopUpFacts, programme: Programme, one: int, other: int
) -> None:
    apart = offer(one, 0, facts, programme).bonus + offer(other, 0, facts, programme).bonus

    assert apart <= offer(one + other, 0, facts, programme).bonus


@given(st.integers(0, 520_000), anyone, st.sampled_from([PROGRAMME, FLASH, BIG]))
def test_what_is_called_the_most_is_accepted_and_a_fen_more_is_not(
    balance: int, facts: TopUpFacts, programme: Programme
) -> None:
    most = most_top_up(Money(balance), facts, programme)

    if most:
        assert offer_top_up(most, Money(balance), facts, programme).total_after <= Money(500_000)
    with pytest.raises(TopUpRefused):
        offer_top_up(
            max(most + Money(1), Money(10_000)),
            Money(balance),
            facts,
            programme,
        )
