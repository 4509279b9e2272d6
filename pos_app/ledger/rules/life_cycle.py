"""The stage of a member's life with the shop (TAG-12, TAG-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from pos_app.ledger.rules.churn import is_over
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tag_expressions import PURCHASES, read_rule
from pos_app.ledger.rules.windows import in_window


class Stage(StrEnum):
    """获取, 激活, 成长, 成熟, 衰退, 流失, 召回."""

    ACQUIRED = "acquired"
    ACTIVATED = "activated"
    GROWING = "growing"
    MATURE = "mature"
    DECLINING = "declining"
    LOST = "lost"
    RECALLED = "recalled"


class SimpleStage(StrEnum):
    """新客, 活跃, 沉默, 流失: the same for a small team."""

    NEW = "new"
    ACTIVE = "active"
    SILENT = "silent"
    LOST = "lost"


SIMPLE = {
    Stage.ACQUIRED: SimpleStage.NEW,
    Stage.ACTIVATED: SimpleStage.NEW,
    Stage.GROWING: SimpleStage.ACTIVE,
    Stage.MATURE: SimpleStage.ACTIVE,
    Stage.RECALLED: SimpleStage.ACTIVE,
    Stage.DECLINING: SimpleStage.SILENT,
    Stage.LOST: SimpleStage.LOST,
}


@dataclass(frozen=True, slots=True)
class Life:
    """A member's business days with a purchase and days with any activity, in any order."""

    joined_on: date
    purchases: Sequence[date] = ()
    activities: Sequence[date] = ()

    def days(self, today: date) -> list[date]:
        """Return every day of a purchase or another activity, until today."""
        return sorted(day for day in {*self.purchases, *self.activities} if day <= today)


def stage_on(life: Life, today: date, programme: Programme) -> Stage:
    """Return the stage of a day; the first that holds, by the programme's own figures.

    Lost: the whole recall flow passed without activity. Declining: the flow runs. Recalled: came
    back from a silence as long as the flow's trigger, within as many days. Mature: as frequent as
    the tag for frequent buyers asks. Then by purchases: growing from the second on, activated by
    the first, acquired before it.
    """
    trigger = programme.churn.trigger_days_no_activity
    days = life.days(today)
    last = max([life.joined_on, *days])
    if is_over(last, today, programme):
        return Stage.LOST
    if (today - last).days >= trigger:
        return Stage.DECLINING
    if any(
        (later - earlier).days >= trigger and in_window(later, today, trigger)
        for earlier, later in pairwise(days)
    ):
        return Stage.RECALLED
    return _by_purchases([day for day in life.purchases if day <= today], today, programme)


def _by_purchases(purchases: Sequence[date], today: date, programme: Programme) -> Stage:
    frequent = read_rule(programme.tags.high_frequency.rule)
    if frequent is not None and frequent.figure == PURCHASES:
        lately = sum(in_window(day, today, frequent.days) for day in purchases)
        if frequent.holds(lately):
            return Stage.MATURE
    if not purchases:
        return Stage.ACQUIRED
    return Stage.ACTIVATED if len(purchases) == 1 else Stage.GROWING
