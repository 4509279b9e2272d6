"""The tags that a member's purchases earn by themselves (TAG-02 to TAG-05)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tag_expressions import (
    DAYS_SINCE,
    PURCHASES,
    SINGLE_PAID,
    TagExpression,
    read_rule,
)
from pos_app.ledger.rules.windows import in_window
from pos_app.money import Money

NAMES = ("high_ticket", "dormant", "high_frequency", "category_fan")


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order that stands on its business day, what was paid for it, and its goods' categories.

    Returned parts are taken off before; a wholly returned order is no purchase.
    """

    on: date
    paid: Money
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and its derivation: the figure that was found and the rule that it satisfies."""

    name: str
    category: str
    figure: int
    rule: str


def tags_of(purchases: Sequence[Purchase], today: date, programme: Programme) -> tuple[Tag, ...]:
    """Return the tags of a member on a business day; what is later than today is not seen.

    A preference has a tag for each category, the most bought first. Who never bought anything is
    not dormant: there is no last purchase to count from.
    """
    seen = [one for one in purchases if one.on <= today]
    return tuple(tag for name in NAMES for tag in _tags(name, seen, today, programme))


def grounds_of(tag: Tag, purchases: Sequence[Purchase], today: date) -> tuple[Purchase, ...]:
    """Return the purchases that made a tag, the latest first: the largest, the last, or all."""
    expression = read_rule(tag.rule)
    assert expression is not None, "the rule of a tag was read to find it"
    seen = sorted(
        (one for one in purchases if one.on <= today),
        key=lambda one: (one.on, one.paid.minor),
        reverse=True,
    )
    if expression.figure == SINGLE_PAID:
        return (max(seen, key=lambda one: one.paid.minor),)
    if expression.figure == DAYS_SINCE:
        return (seen[0],)
    lately = (one for one in seen if in_window(one.on, today, expression.days))
    return tuple(one for one in lately if not tag.category or tag.category in one.categories)


def _tags(name: str, purchases: Sequence[Purchase], today: date, programme: Programme) -> list[Tag]:
    rule = getattr(programme.tags, name).rule
    expression = read_rule(rule)
    assert expression is not None, "a programme's rules are read before it is obeyed"
    found = _figures(expression, purchases, today)
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [
        Tag(name, category, figure, rule) for category, figure in ranked if expression.holds(figure)
    ]


def _figures(
    expression: TagExpression, purchases: Sequence[Purchase], today: date
) -> Mapping[str, int]:
    """Return the figure of each category, or of all goods under no name."""
    if not purchases:
        return {}
    if expression.figure == SINGLE_PAID:
        return {"": max(one.paid.minor for one in purchases)}
    if expression.figure == DAYS_SINCE:
        return {"": (today - max(one.on for one in purchases)).days}
    lately = [one for one in purchases if in_window(one.on, today, expression.days)]
    if expression.figure == PURCHASES:
        return {"": len(lately)}
    return Counter(category for one in lately for category in one.categories)
