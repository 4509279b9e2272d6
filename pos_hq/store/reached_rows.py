"""The most that any member or order came to."""

from __future__ import annotations

from pos_hq.store.bulk import fetch
from pos_hq.store.database import Connection


def most_in_window(book: Connection, since: str) -> tuple[int, int]:
    """Return the largest spend and the largest growth of a member after a day."""
    asked = (
        "SELECT coalesce(max(spend), 0), coalesce(max(growth), 0) FROM (SELECT sum(spend) AS spend,"
        " sum(growth) AS growth FROM growth WHERE on_day > ? GROUP BY member) AS sums"
    )
    spend, growth = fetch(book, asked, since)[0]
    return int(spend), int(growth)


def largest_order(book: Connection) -> int:
    """Return the most that an order was paid with, points among it; a point is a fen."""
    asked = "SELECT coalesce(max(external + principal + bonus + points), 0) FROM sale"
    return int(fetch(book, asked)[0][0])
