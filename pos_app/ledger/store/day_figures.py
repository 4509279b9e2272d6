"""A business day in figures: what went in and out of each class of accounts, and what is left."""

from __future__ import annotations

from collections import defaultdict

from pos_app.ledger.store.driver import Statements

# No member, no lot, no store: holdings by pocket, takings by tender, everything else by its name.
_CLASS = (
    "CASE WHEN a.pocket = 'DEBT' THEN 'debt:PTS' WHEN a.pocket <> '' THEN 'hold:' || a.pocket"
    " WHEN a.code LIKE 'tender:%' THEN 'tender:' || substr(a.code, length('tender:')"
    "  + instr(substr(a.code, length('tender:') + 1), ':') + 1)"
    " WHEN instr(a.code, ':') > 0 THEN substr(a.code, 1, instr(a.code, ':') - 1) ELSE a.code END"
)
_UNIT = "CASE WHEN a.unit LIKE 'CPN:%' THEN 'CPN' ELSE a.unit END"
_MOVED = (
    f"SELECT {_CLASS}, {_UNIT}, count(*), sum(m.came), sum(m.went) FROM ("  # noqa: S608 -- constants only
    " SELECT t.target AS account, t.amount AS came, 0 AS went FROM transfer t"
    "  JOIN journal j ON j.seq = t.seq WHERE j.day = ?1"
    " UNION ALL SELECT t.source, 0, t.amount FROM transfer t"
    "  JOIN journal j ON j.seq = t.seq WHERE j.day = ?1) m"
    " JOIN account a ON a.id = m.account GROUP BY 1, 2"
)
_LEFT = (
    f"SELECT {_CLASS}, {_UNIT}, sum(b.amount) FROM account a"  # noqa: S608 -- constants only
    " JOIN balance b ON b.account = a.id GROUP BY 1, 2"
)

Figures = dict[str, dict[str, dict[str, int]]]


def of_day(book: Statements, day: str) -> Figures:
    """Return count, in, out and closing by class of accounts and class of units."""
    found: defaultdict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for account, unit, left in book.execute(_LEFT):
        found[account][unit] = {"count": 0, "in": 0, "out": 0, "closing": int(left)}
    for account, unit, count, came, went in book.execute(_MOVED, (day,)):
        found[account][unit].update({"count": int(count), "in": int(came), "out": int(went)})
    return dict(found)
