"""The recall of members who stay away: a gift, a call, the last word (CHN-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos_app.ledger.rules.churn import ChurnFlow, ChurnLevel, ChurnTask, flow_on, task_due
from pos_app.ledger.rules.programme import Programme
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part, told_of, wants_offers
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    last = date.fromisoformat(member.last_visit or member.joined_on)
    flow = flow_on(last, part.day, part.rules)
    if flow is None or not wants_offers(member):
        return
    done = [ChurnTask(ChurnLevel(one.key.split(":")[1]), one.on) for one in part.done(member)]
    if task_due(flow, done) is not None:
        yield _opened(part, flow)


def _opened(part: Part, flow: ChurnFlow) -> Due:
    code = part.rules.churn.coupon_template if flow.level is ChurnLevel.L1 else None
    gift = part.gift(code)
    facts: dict[str, int | str] = {"action": flow.action, "on": part.day.isoformat()}
    channel = "message" if flow.level is ChurnLevel.L1 else "call"
    told = facts if gift is None else facts | told_of(gift)
    key = f"{flow.started_on.isoformat()}:{flow.level.value}"
    return Due(key, gift, notice=Notice(f"wake_{flow.level.value}", told, channel))


def _among(day: date, rules: Programme) -> Among:
    churn = rules.churn
    first = day - timedelta(days=churn.trigger_days_no_activity + churn.l3.to_day)
    last = day - timedelta(days=churn.trigger_days_no_activity + churn.l1.from_day)
    stays_away = "coalesce(last_visit, joined_on) BETWEEN ? AND ? AND consent_marketing <> ''"
    return Among(stays_away, (first.isoformat(), last.isoformat()))


JOB = Job("wake-up", _among, _due)
