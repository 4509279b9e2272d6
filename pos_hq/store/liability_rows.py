"""What moved stored value in and out of members' hands, summed by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pos_hq.store.bulk import fetch, stream
from pos_hq.store.database import Connection

# A lot is the issue of the store at which it was topped up; the last 32 figures of an account
# name its lot. What one right gives to another changes no sum.
_BOUGHT = (
    "bought AS (SELECT substr(t.target, length(t.target) - 31) AS lot, min(n.store) AS store"
    " FROM event e JOIN transfer t ON t.node = e.node AND t.epoch = e.epoch AND t.seq = e.seq"
    " JOIN node n ON n.id = e.node WHERE e.kind = 'TOPUP' AND t.unit = 'CNY'"
    " AND t.target LIKE 'hold:%' GROUP BY substr(t.target, length(t.target) - 31))"
)
_MOVED = (
    "moved AS ("
    "SELECT node, epoch, seq, source AS account, target AS other, -amount AS amount FROM transfer"
    " WHERE unit = 'CNY' AND (source LIKE 'hold:%' OR source LIKE 'avail:%')"
    " AND target NOT LIKE 'hold:%' AND target NOT LIKE 'avail:%'"
    " UNION ALL SELECT node, epoch, seq, target, source, amount FROM transfer"
    " WHERE unit = 'CNY' AND (target LIKE 'hold:%' OR target LIKE 'avail:%')"
    " AND source NOT LIKE 'hold:%' AND source NOT LIKE 'avail:%')"
)
# When: 0 before the days asked for, 1 in them, 2 after. HQ's own acts have a moment, and no day.
_NAMED = (
    "named AS (SELECT coalesce(b.store, '') AS issuer, coalesce(n.store, '') AS at_store,"
    " CASE WHEN e.day < ? OR a.at < ? THEN 0 WHEN e.day <= ? OR a.at < ? THEN 1 ELSE 2 END AS span,"
    " coalesce(e.kind, '') AS kind, CASE WHEN m.other LIKE 'sales:%' THEN 'sales'"
    " WHEN m.other LIKE 'tender:%' OR m.other = 'bonus_expense' THEN 'topped_up'"
    " ELSE 'other' END AS beyond,"
    " CASE WHEN m.account LIKE '%:P:%' THEN 'P' ELSE 'B' END AS pocket,"
    " CASE WHEN m.amount > 0 THEN 1 ELSE 0 END AS came, m.amount"
    " FROM moved m"
    " LEFT JOIN event e ON e.node = m.node AND e.epoch = m.epoch AND e.seq = m.seq"
    " LEFT JOIN node n ON n.id = m.node"
    " LEFT JOIN act a ON m.epoch = 0 AND a.seq = m.seq"
    " LEFT JOIN bought b ON b.lot = substr(m.account, length(m.account) - 31))"
)
_EACH = (
    f"WITH {_BOUGHT}, {_MOVED}, {_NAMED}"  # noqa: S608 -- our own names
    " SELECT issuer, at_store, span, kind, beyond, pocket, came, {sum} FROM named"
)
_BY = " GROUP BY issuer, at_store, span, kind, beyond, pocket, came"
# PostgreSQL sums by hashing; SQLite would sort all rows first, in memory, so it yields them.
_SUMS = {
    "postgresql": _EACH.replace("{sum}", "sum(amount)") + _BY,
    "sqlite": _EACH.replace("{sum}", "amount"),
}
_AT_ONCE = 10_000
_LOTS = (
    f"WITH {_BOUGHT} SELECT coalesce(b.store, ''),"  # noqa: S608 -- our own names
    " CASE WHEN l.account LIKE '%:P:%' THEN 'P' ELSE 'B' END, sum(l.amount),"
    " sum(CASE WHEN r.account IS NULL THEN 0"
    "  WHEN r.amount - r.returned < l.amount THEN r.amount - r.returned ELSE l.amount END)"
    " FROM balance l LEFT JOIN released r ON r.account = l.account AND r.unit = l.unit"
    " LEFT JOIN bought b ON b.lot = substr(l.account, length(l.account) - 31)"
    " WHERE l.unit = 'CNY' AND l.member IS NOT NULL AND l.amount <> 0"
    " GROUP BY coalesce(b.store, ''), CASE WHEN l.account LIKE '%:P:%' THEN 'P' ELSE 'B' END"
)


def moves(
    book: Connection, days: tuple[str, str], moments: tuple[int, int]
) -> list[tuple[Any, ...]]:
    """Return issuer, store, span, kind, what is beyond, pocket, whether it came, and the sum.

    `days` are the first and the last business day, `moments` their beginning and their end.
    """
    sums: Counter[tuple[Any, ...]] = Counter()
    between = (days[0], moments[0], days[1], moments[1])
    for part in stream(book, _SUMS[book.dialect.name], _AT_ONCE, *between):
        for *key, amount in part:
            sums[tuple(key)] += int(amount)
    return [(*key, amount) for key, amount in sorted(sums.items())]


def lots(book: Connection) -> Sequence[Any]:
    """Return issuer, pocket, what its lots hold, and what of that the house gave again."""
    return fetch(book, _LOTS)
