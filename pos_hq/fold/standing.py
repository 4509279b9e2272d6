"""How a member stands: their tags, the stage of their life, and what they are ranked by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from operator import attrgetter

from pos_app.clock import business_date
from pos_app.ledger.rules.life_cycle import Life, stage_on
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tag_expressions import DAYS_SINCE, read_rule
from pos_app.ledger.rules.tags import Purchase, Tag, grounds_of, tags_of
from pos_app.ledger.rules.windows import in_window
from pos_app.money import Money
from pos_hq.fold.fact import Fact
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.values import Staged, Tagged, Tags

ORDERS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class History:
    """What HQ's events tell of a member: when they joined, bought, and did anything else."""

    joined_on: date
    purchases: Sequence[Purchase]
    activities: Sequence[date]


def tags_on(
    known: Tags, purchases: Sequence[Purchase], day: date, rules: Programme
) -> dict[tuple[str, str], Tagged]:
    """Return the tags of a day; one that was there keeps its beginning.

    One by the same rule and the same purchases stays as it was found.
    """
    made = (_tagged(tag, purchases, day, rules) for tag in tags_of(purchases, day, rules))
    return {(one.tag, one.category): _going_on(one, known) for one in made}


def staged_on(known: Staged | None, history: History, day: date, rules: Programme) -> Staged:
    """Return the stage of a day, and what the ranking goes by: the purchases in its window.

    The band is of the ranking that was; where nothing differs, it stays as it was found.
    """
    seen, days = history.purchases, rules.growth.window_days
    counted = [one for one in seen if in_window(one.on, day, days)]
    life = Life(history.joined_on, [one.on for one in seen], history.activities)
    found = Staged(
        stage=stage_on(life, day, rules).value,
        as_of=day.isoformat(),
        last_purchase=max((one.on.isoformat() for one in counted), default=None),
        purchases=len(counted),
        paid=sum(one.paid.minor for one in counted),
    )
    if known is None:
        return found
    found = replace(found, band=known.band, scores=known.scores)
    return known if replace(found, as_of=known.as_of) == known else found


def bought(sheet: Sheet, fact: Fact, fen: int, goods: Iterable[str]) -> None:
    """Let a purchase take away and give at once what it alone decides.

    It ends a silence; what needs the purchases before it is found by the next refresh.
    """
    assert fact.member is not None, "somebody bought"
    member, rules = sheet.canonical(fact.member), sheet.whence.rules.get(fact.rules)
    if rules is None:
        return
    today = _business_day(sheet.whence.heard_at, rules)
    purchase = Purchase(date.fromisoformat(fact.day), Money(fen), frozenset(filter(None, goods)))
    known = sheet.tags.get(member, {})
    alone = tags_on(known, [purchase], today, rules)
    ended = {key for key, one in known.items() if _is_silence(one) and key not in alone}
    new = {key: one for key, one in alone.items() if key not in known and not _is_silence(one)}
    if ended or new:
        kept = {key: one for key, one in known.items() if key not in ended}
        sheet.tags[member] = kept | new
        sheet.retagged.add(member)


def forget(sheet: Sheet, member: str) -> None:
    """Drop what was found out about a member."""
    sheet.tags.pop(member, None)
    sheet.stages.pop(member, None)
    sheet.retagged.add(member)


def _tagged(tag: Tag, purchases: Sequence[Purchase], day: date, rules: Programme) -> Tagged:
    grounds = grounds_of(tag, purchases, day)
    return Tagged(
        tag=tag.name,
        category=tag.category,
        since=day.isoformat(),
        as_of=day.isoformat(),
        rule=tag.rule,
        rules=rules.version,
        count=len(grounds),
        orders=tuple((one.on.isoformat(), one.paid.minor) for one in grounds[:ORDERS_SHOWN]),
    )


_GROUNDS = attrgetter("rule", "count", "orders")


def _going_on(found: Tagged, known: Tags) -> Tagged:
    before = known.get((found.tag, found.category))
    if before is None:
        return found
    return before if _GROUNDS(before) == _GROUNDS(found) else replace(found, since=before.since)


def _is_silence(tagged: Tagged) -> bool:
    expression = read_rule(tagged.rule)
    return expression is not None and expression.figure == DAYS_SINCE


def _business_day(at: int, rules: Programme) -> date:
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return business_date(moment, zone=rules.zone, cutover=rules.cutover)
