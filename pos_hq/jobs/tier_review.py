"""The review of tiers: a notice before one falls, and the fall by one level (TIR-03)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos_app.ledger.rules.manual_tier import manual_from
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_review import DowngradeNotice, downgrade_notice, review, review_on
from pos_hq.fold.tiering import tier_state
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    given = manual_from(member.tier_manual)
    if given is not None and given.until < part.day:
        yield Due(ended=given.code)
    yield from _reviewed(part, member)


def _reviewed(part: Part, member: Member) -> Iterator[Due]:
    state = tier_state(member, part.rules)
    day = review_on(state, part.rules)
    if day is None:
        return
    rows = part.qualified.get(member.id, ())
    told_on = next((one.on for one in part.done(member) if one.key == day.isoformat()), None)
    stands = review(state, rows, told_on, part.day, part.rules)
    if stands != state:
        fell = Notice("tier_fell", {"from": state.code, "to": stands.code})
        yield Due(tier=stands, notice=None if stands.code == state.code else fell)
    elif notice := downgrade_notice(state, rows, part.day, part.rules):
        told = Notice("tier_review", _facts(notice))
        yield Due(day.isoformat(), notice=told, falls=notice)


def _facts(notice: DowngradeNotice) -> dict[str, int | str]:
    return {
        "from": notice.held,
        "to": notice.falls_to,
        "on": notice.review_on.isoformat(),
        "spend_missing": notice.spend_missing.minor,
        "growth_missing": notice.growth_missing.minor,
    }


def _among(day: date, rules: Programme) -> Among:
    """No notice goes out earlier than so many days before the end of the protection."""
    last = day + timedelta(days=rules.tier_rules.downgrade_notice_days)
    may_fall = "tier NOT IN ('', ?) AND coalesce(tier_protected_until, tier_since) <= ?"
    may_end = f"(tier_manual IS NOT NULL OR {may_fall})"
    return Among(may_end, (rules.tier[0].code, last.isoformat()))


JOB = Job("tier-review", _among, _due)
