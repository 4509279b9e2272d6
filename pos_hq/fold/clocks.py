"""Clocks of terminals that cannot be right: what they wrote lies ahead of HQ, or goes back."""

from __future__ import annotations

from pos_hq.fold.fact import Fact
from pos_hq.fold.sheet import Sheet, case_of

AHEAD_MS = 5 * 60 * 1000


def look(sheet: Sheet, fact: Fact) -> None:
    """Tell of a wrong clock, once for each business day of a node.

    An event may be old, for the terminal was offline; it cannot be younger than HQ's receipt by
    more than five minutes, or older than the event before it.
    """
    before, sheet.last_at = sheet.last_at, fact.at
    heard_at = sheet.whence.heard_at
    known = ("CLOCK_SUSPECT", fact.day) in sheet.known_cases
    if known or before <= fact.at <= heard_at + AHEAD_MS:
        return
    sheet.known_cases.add(("CLOCK_SUSPECT", fact.day))
    here = {"received_at": heard_at, "before": before}
    sheet.open_case(
        case_of(sheet, fact, "CLOCK_SUSPECT", account=fact.day, here=here, there={"at": fact.at})
    )
