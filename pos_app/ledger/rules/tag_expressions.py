"""The little language of tag rules: a figure, a comparison, a number; nothing is executed."""

import re
from dataclasses import dataclass

SINGLE_PAID = "single_paid_fen"
DAYS_SINCE = "days_since_last_purchase"
PURCHASES = "purchases"
SAME_CATEGORY = "same_category_purchases"

_RULE = re.compile(r"(?P<figure>[a-z0-9_]+) (?P<sign>>=?) (?P<number>[0-9]{1,12})", re.ASCII)
_WINDOWED = re.compile(rf"(?P<figure>{PURCHASES}|{SAME_CATEGORY})_in_(?P<days>[1-9][0-9]{{0,3}})d")


@dataclass(frozen=True, slots=True)
class TagExpression:
    """A rule as it is read: the figure, its window in days (0: none), and from where it holds."""

    figure: str
    days: int
    least: int

    def holds(self, figure: int) -> bool:
        """Say whether a figure is enough."""
        return figure >= self.least


def read_rule(rule: str) -> TagExpression | None:
    """Read "name > number" or "name >= number"; None when it is not a rule of a known figure."""
    found = _RULE.fullmatch(rule)
    if found is None:
        return None
    least = int(found["number"]) + (found["sign"] == ">")
    if found["figure"] in {SINGLE_PAID, DAYS_SINCE}:
        return TagExpression(found["figure"], 0, least)
    windowed = _WINDOWED.fullmatch(found["figure"])
    if windowed is None:
        return None
    return TagExpression(windowed["figure"], int(windowed["days"]), least)
