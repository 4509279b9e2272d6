"""Who stays away is asked back, by levels, with consent, and not too often."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.churn import (
    ChurnFlow,
    ChurnLevel,
    ChurnSignal,
    ChurnTask,
    MessageRule,
    cancelled_by,
    churn_signals,
    flow_on,
    is_over,
    may_message,
    task_due,
)
from pos_app.ledger.rules.life_cycle import SIMPLE, Life, SimpleStage, Stage, stage_on
from pos_app.ledger.rules.programme import parse_programme
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.rules.till import PROGRAMME, day

LAST = day("2026-05-01")
TODAY = day("2026-06-30")
FREQUENT_BY_MONEY = parse_programme(
    changed("tags.high_frequency", '{ rule = "single_paid_fen > 1" }')
)


def after(days: int) -> date:
    return LAST + timedelta(days=days)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=one) for one in days]


@pytest.mark.parametrize(
    ("away", "level", "flow_day"),
    [
        (30, ChurnLevel.L1, 0),
        (37, ChurnLevel.L1, 7),
        (38, ChurnLevel.L2, 8),
        (45, ChurnLevel.L2, 15),
        (46, ChurnLevel.L3, 16),
        (60, ChurnLevel.L3, 30),
    ],
)
def test_each_day_of_the_flow_has_its_level(away: int, level: ChurnLevel, flow_day: int) -> None:
    flow = flow_on(LAST, after(away), PROGRAMME)

    assert flow == ChurnFlow(
        level, flow_day, day("2026-05-31"), getattr(PROGRAMME.churn, level.value).action
    )


@pytest.mark.parametrize("away", [0, 29, 61, 400])
def test_before_30_days_and_after_the_last_level_there_is_no_flow(away: int) -> None:
    assert flow_on(LAST, after(away), PROGRAMME) is None
    assert is_over(LAST, after(away), PROGRAMME) == (away > 60)


def test_between_two_levels_that_do_not_touch_nothing_is_done() -> None:
    gap = parse_programme(changed("churn.l1", '{ from_day = 0, to_day = 5, action = "" }'))

    assert flow_on(LAST, after(36), gap) is None


def test_a_level_opens_its_task_once_in_a_flow() -> None:
    flow = flow_on(LAST, after(33), PROGRAMME)
    assert flow is not None
    earlier_flow = ChurnTask(ChurnLevel.L1, after(-100))

    assert task_due(flow, [earlier_flow]) is ChurnLevel.L1
    assert task_due(flow, [ChurnTask(ChurnLevel.L1, after(30), done=True)]) is None


def test_any_activity_cancels_the_open_tasks() -> None:
    done = ChurnTask(ChurnLevel.L1, after(30), done=True)
    open_one = ChurnTask(ChurnLevel.L2, after(38))
    later = ChurnTask(ChurnLevel.L1, after(80))

    assert cancelled_by(after(40), [done, open_one, later]) == (open_one,)
    assert cancelled_by(after(38), [open_one]) == (open_one,)
    assert cancelled_by(after(37), [open_one]) == ()
    assert flow_on(after(40), after(41), PROGRAMME) is None


@pytest.mark.parametrize(
    ("sent", "consent", "rule"),
    [
        ([], True, MessageRule.NONE),
        ([], False, MessageRule.NO_CONSENT),
        ([6], True, MessageRule.NONE),
        ([0, 6], True, MessageRule.TOO_MANY),
        ([0, 7], True, MessageRule.NONE),
        ([0, 0], False, MessageRule.NO_CONSENT),
    ],
)
def test_no_message_without_consent_and_at_most_two_in_seven_days(
    sent: list[int], rule: MessageRule, *, consent: bool
) -> None:
    assert may_message(ago(*sent), TODAY, PROGRAMME, consent=consent) is rule


@given(st.lists(st.booleans(), max_size=60))
def test_no_seven_days_ever_see_three_messages(wishes: list[bool]) -> None:
    sent: list[date] = []

    for offset, wished in enumerate(wishes):
        today = TODAY + timedelta(days=offset)
        if wished and may_message(sent, today, PROGRAMME, consent=True) is MessageRule.NONE:
            sent.append(today)

    for one in sent:
        assert sum(0 <= (other - one).days < 7 for other in sent) <= 2


@pytest.mark.parametrize(
    ("visits", "signals"),
    [
        ([], set()),
        ([5], set()),
        ([0, 35, 50], {ChurnSignal.FEWER_VISITS}),
        ([0, 1, 35, 40, 50], set()),
        ([0, 1, 35, 40, 50, 55], {ChurnSignal.FEWER_VISITS}),
        ([29, 59], set()),
        ([15, 25], set()),
        ([16, 26], {ChurnSignal.LONG_INTERVAL}),
        ([15, 25, 25, -3], set()),
        ([31, 59], {ChurnSignal.FEWER_VISITS}),
    ],
)
def test_fewer_visits_and_a_long_interval_are_warnings(
    visits: list[int], signals: set[ChurnSignal]
) -> None:
    assert churn_signals(ago(*visits), TODAY, PROGRAMME) == signals


@pytest.mark.parametrize(
    ("joined", "purchases", "activities", "stage"),
    [
        (10, [], [], Stage.ACQUIRED),
        (10, [5], [], Stage.ACTIVATED),
        (100, [5, 25], [], Stage.GROWING),
        (100, [5, 10, 25], [], Stage.MATURE),
        (100, [30], [], Stage.DECLINING),
        (100, [60], [], Stage.DECLINING),
        (100, [61], [], Stage.LOST),
        (61, [], [], Stage.LOST),
        (100, [61], [3], Stage.RECALLED),
        (100, [33, 3, 2, 1], [], Stage.RECALLED),
        (100, [32, 3, 2, 1], [], Stage.MATURE),
        (200, [70, 40], [12], Stage.GROWING),
        (50, [5], [], Stage.ACTIVATED),
        (10, [], [-5], Stage.ACQUIRED),
    ],
)
def test_a_life_has_its_stages(
    joined: int, purchases: list[int], activities: list[int], stage: Stage
) -> None:
    life = Life(ago(joined)[0], ago(*purchases), ago(*activities))

    assert stage_on(life, TODAY, PROGRAMME) is stage


def test_a_programme_that_tags_frequency_otherwise_has_no_mature_stage() -> None:
    life = Life(ago(100)[0], ago(1, 2, 3))

    assert stage_on(life, TODAY, FREQUENT_BY_MONEY) is Stage.GROWING


def test_every_stage_has_a_simple_one() -> None:
    assert set(SIMPLE) == set(Stage)
    assert set(SIMPLE.values()) == set(SimpleStage)
