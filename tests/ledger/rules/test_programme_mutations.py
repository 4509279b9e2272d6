"""Whatever becomes of the shipped programme, it is refused by name or obeyed by every rule."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import EventId, MemberId, new_id
from pos_app.ledger.rules.autonomy import autonomy_of
from pos_app.ledger.rules.behaviours import Behaviour, reward, welcome
from pos_app.ledger.rules.birthdays import change_allowed_from, coupon_due
from pos_app.ledger.rules.churn import churn_signals, flow_on, is_over, may_message
from pos_app.ledger.rules.closing import Cause, ClosingLot, ClosingWish, close_account
from pos_app.ledger.rules.fraud_rows import Deed, Doing
from pos_app.ledger.rules.fraud_signals import adjust_spikes, velocity
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.large_amounts import split_purchases, thresholds_reached
from pos_app.ledger.rules.life_cycle import Life, stage_on
from pos_app.ledger.rules.points import PointsBatch, expiry_of
from pos_app.ledger.rules.points_expiry import released, reminders
from pos_app.ledger.rules.prepaid_law import identity_kept_until, unnamed_usable_until
from pos_app.ledger.rules.programme import Programme, ProgrammeRefused, parse_programme
from pos_app.ledger.rules.redemption_rate import PointsDay, redemption_rate
from pos_app.ledger.rules.rfm import Buyer, rfm_bands
from pos_app.ledger.rules.tags import Purchase, tags_of
from pos_app.ledger.rules.tier_review import downgrade_notice, review
from pos_app.ledger.rules.tier_standing import floor_of, tier_on
from pos_app.ledger.rules.tiers import TierState
from pos_app.ledger.rules.topup import TopUpFacts, TopUpRefused, offer_top_up
from pos_app.ledger.rules.triggers import last_day, member_day_ahead
from pos_app.ledger.rules.windows import Qualified, figures_on
from pos_app.money import BasisPoints, Growth, Money, Points
from tests.ledger.rules.shipped_programme import DOCUMENT
from tests.ledger.rules.till import (
    L1,
    MEMBER,
    MEMBER_DAY,
    WECHAT,
    asks,
    coupon,
    day,
    line,
    order,
    priced,
)

LINES = DOCUMENT.decode().splitlines()
ASSIGNED = [row for row, text in enumerate(LINES) if re.match(r"\w+\s*=", text)]
TABLES = [row for row, text in enumerate(LINES) if text.startswith("[")]
FIGURED = [row for row in ASSIGNED if re.search(r"[=\s\[]\d", LINES[row].partition("#")[0])]
NUMBER = re.compile(r"(?<=[=\s\[])\d+")
FIGURES = st.one_of(
    st.integers(0, 40),
    st.integers(0, 40_000),
    st.sampled_from([-1, 10**6, 10**9, 10**12, 10**13, 2**63, 10**40]),
)
TODAY = day("2026-06-15")
MEMBER_ID = MemberId(new_id())


@st.composite
def refigured(draw: st.DrawFn) -> bytes:
    """Put other figures into one to three lines of the shipped document."""
    lines = list(LINES)
    for row in draw(st.lists(st.sampled_from(FIGURED), min_size=1, max_size=3)):
        value = lines[row].partition("#")[0]
        lines[row] = NUMBER.sub(str(draw(FIGURES)), value, count=draw(st.integers(1, 3)))
    return "\n".join(lines).encode()


@st.composite
def shuffled(draw: st.DrawFn) -> bytes:
    """Drop, double, exchange and mix up lines of the shipped document."""
    lines = list(LINES)
    one, other = draw(st.sampled_from(ASSIGNED)), draw(st.sampled_from(ASSIGNED + TABLES))
    kind = draw(st.sampled_from(["drop", "double", "exchange", "mix"]))
    if kind == "drop":
        lines[other] = ""
    elif kind == "double":
        lines[other] = f"{lines[one]}\n{lines[other]}"
    elif kind == "exchange":
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines[one] = f"{lines[one].partition('=')[0]}={lines[other].partition('=')[2]}"
    return "\n".join(lines).encode()


def obeyed(document: bytes) -> Programme | None:
    try:
        return parse_programme(document)
    except ProgrammeRefused:
        return None


def price_a_morning(rules: Programme) -> None:
    hand = tuple(coupon(one.code, place) for place, one in enumerate(rules.coupon.template))
    priced(order(line(30_000), tenders=asks(WECHAT)), MEMBER, MEMBER_DAY, rules)
    holder = replace(MEMBER, coupons=hand, birthday=Birthday(8, 15, lunar=True))
    priced(order(line(30_000), line(1, 3), tenders=asks(WECHAT)), holder, MEMBER_DAY, rules)
    with suppress(TopUpRefused):
        offer_top_up(Money(100_000), Money(), TopUpFacts(first_topup=True), rules)
    assert rules.version.startswith(rules.programme_id)


def run_the_jobs(rules: Programme) -> None:
    rows = [Qualified(TODAY, Money(600_000), Growth(1))]
    state = TierState("GOLD", TODAY, TODAY + timedelta(days=rules.tier_rules.protection_days))
    tier_on(TODAY, figures_on(rows, TODAY, rules), floor_of(state), None, rules)
    downgrade_notice(state, rows, TODAY, rules)
    review(state, rows, TODAY, TODAY + timedelta(days=5_000), rules)
    for behaviour in Behaviour:
        reward(behaviour, (), TODAY, Points(), rules)
    welcome(rules)
    coupon_due(Birthday(12, 30, lunar=True), (), TODAY, rules)
    member_day_ahead(TODAY, rules)
    [last_day(template, TODAY) for template in rules.coupon.template]
    change_allowed_from([TODAY], rules)
    reminders([PointsBatch(expiry_of(TODAY, rules), Points(5))], TODAY, rules)
    released(Points(5), TODAY, Points(), TODAY, rules)
    redemption_rate([PointsDay(TODAY, Points(9), Points(3))], TODAY, rules)


def look_at_members(rules: Programme) -> None:
    bought = Purchase(TODAY, Money(100_001), frozenset({"tea"}))
    tags_of([bought] * 3, TODAY, rules)
    buyers = [Buyer(MemberId(new_id()), TODAY, number, Money(number)) for number in range(9)]
    assert len(rfm_bands(buyers, rules)) == 8
    stage_on(Life(TODAY, [TODAY]), TODAY, rules)
    flow_on(TODAY, TODAY + timedelta(days=31), rules)
    is_over(TODAY, TODAY, rules)
    may_message([TODAY], TODAY, rules, consent=True)
    churn_signals([TODAY], TODAY, rules)
    autonomy_of(Money(9), Money(5), rules)


def obey_the_law(rules: Programme) -> None:
    lot = ClosingLot(L1, Money(100_000), Money(15_000), Money(9), Money(9), TODAY, BasisPoints(300))
    for cause in Cause:
        close_account([lot], ClosingWish(cause, TODAY, TODAY), rules)
    identity_kept_until(TODAY, rules)
    unnamed_usable_until(TODAY, rules)
    thresholds_reached(Money(500_000), rules)
    doing = Doing(EventId(new_id()), MEMBER_DAY, Deed.TOP_UP, MEMBER_ID)
    split_purchases([doing], rules)
    velocity([doing], rules)
    adjust_spikes([doing], rules)


@given(st.one_of(refigured(), shuffled()))
def test_a_mutated_programme_is_refused_or_obeyed_by_every_rule(document: bytes) -> None:
    rules = obeyed(document)

    if rules is not None:
        price_a_morning(rules)
        run_the_jobs(rules)
        look_at_members(rules)
        obey_the_law(rules)


def test_the_shipped_programme_itself_is_obeyed_by_every_rule() -> None:
    rules = parse_programme(DOCUMENT)

    price_a_morning(rules)
    run_the_jobs(rules)
    look_at_members(rules)
    obey_the_law(rules)
