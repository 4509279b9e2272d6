"""Members who stay away: when the flow of a recall runs, what it may send, what warns of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.windows import in_window

MESSAGE_WINDOW_DAYS = 7
VISIT_WINDOW_DAYS = 30


class ChurnLevel(StrEnum):
    """The levels of a recall (CHN-01)."""

    L1 = "l1"
    L2 = "l2"
    L3 = "l3"


@dataclass(frozen=True, slots=True)
class ChurnFlow:
    """Where a member's recall is today: the level, the day of the flow from 0, what is done."""

    level: ChurnLevel
    day: int
    started_on: date
    action: str


@dataclass(frozen=True, slots=True)
class ChurnTask:
    """Something that a flow opened for a person or a channel to do."""

    level: ChurnLevel
    opened_on: date
    done: bool = False


class MessageRule(StrEnum):
    """Why a message may not be sent."""

    NONE = ""
    NO_CONSENT = "no_consent"
    TOO_MANY = "too_many"


class ChurnSignal(StrEnum):
    """What warns before the flow starts (CHN-03)."""

    FEWER_VISITS = "fewer_visits"
    LONG_INTERVAL = "long_interval"


def flow_on(last_activity: date, today: date, programme: Programme) -> ChurnFlow | None:
    """Return the flow of a day, or None before it starts and after it ends.

    It starts on the day that completes so many days without activity; that day is day 0.
    """
    rules = programme.churn
    started_on = last_activity + timedelta(days=rules.trigger_days_no_activity)
    day = (today - started_on).days
    for level in ChurnLevel:
        stage = getattr(rules, level.value)
        if stage.from_day <= day <= stage.to_day:
            return ChurnFlow(level, day, started_on, stage.action)
    return None


def is_over(last_activity: date, today: date, programme: Programme) -> bool:
    """Say whether the whole flow has passed without a sign of the member."""
    rules = programme.churn
    return (today - last_activity).days > rules.trigger_days_no_activity + rules.l3.to_day


def task_due(flow: ChurnFlow, tasks: Iterable[ChurnTask]) -> ChurnLevel | None:
    """Return the level whose task is still to be opened in this flow; each is opened once."""
    opened = {one.level for one in tasks if one.opened_on >= flow.started_on}
    return None if flow.level in opened else flow.level


def cancelled_by(activity_on: date, tasks: Iterable[ChurnTask]) -> tuple[ChurnTask, ...]:
    """Return the open tasks that an activity cancels: all that were opened until then."""
    return tuple(one for one in tasks if not one.done and one.opened_on <= activity_on)


def may_message(
    sent: Iterable[date], today: date, programme: Programme, *, consent: bool
) -> MessageRule:
    """Say whether a marketing message or call may go out today.

    None without consent (消费者权益保护法实施条例 article 24); and only so many within 7 days,
    today counted, over all channels (CHN-05).
    """
    if not consent:
        return MessageRule.NO_CONSENT
    lately = sum(in_window(one, today, MESSAGE_WINDOW_DAYS) for one in sent)
    return (
        MessageRule.NONE if lately < programme.churn.max_messages_per_7d else MessageRule.TOO_MANY
    )


def churn_signals(
    visits: Sequence[date], today: date, programme: Programme
) -> frozenset[ChurnSignal]:
    """Return the warnings in a member's visits: days with a purchase, in any order.

    Fewer visits: the last 30 days against the 30 before, down by so many percent or more. Long
    interval: the days since the last visit exceed the usual interval by more than so many percent;
    the usual one is the mean over all visits, so two different days are needed.
    """
    days = sorted({day for day in visits if day <= today})
    found = set()
    if _fewer(days, today, programme.churn.signal_visit_drop_pct):
        found.add(ChurnSignal.FEWER_VISITS)
    if _overdue(days, today, programme.churn.signal_interval_over_pct):
        found.add(ChurnSignal.LONG_INTERVAL)
    return frozenset(found)


def _fewer(days: Sequence[date], today: date, drop_pct: int) -> bool:
    before_today = today - timedelta(days=VISIT_WINDOW_DAYS)
    now = sum(in_window(day, today, VISIT_WINDOW_DAYS) for day in days)
    before = sum(in_window(day, before_today, VISIT_WINDOW_DAYS) for day in days)
    return before > 0 and (before - now) * 100 >= drop_pct * before


def _overdue(days: Sequence[date], today: date, over_pct: int) -> bool:
    if len(days) < 2:
        return False
    gap, usual_times, intervals = (today - days[-1]).days, (days[-1] - days[0]).days, len(days) - 1
    return gap * intervals * 100 > usual_times * (100 + over_pct)
