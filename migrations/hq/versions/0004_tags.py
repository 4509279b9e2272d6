"""Whose an order was and what goods it kept, and the tags and stages that come of it."""

import json
from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import Connection

revision = "0004"
down_revision = "0003"

_AT_ONCE = 1_000
_ORDERS = (
    "SELECT s.event_id, e.member, m.merged_into, e.day, e.payload FROM sale s"
    " JOIN event e ON e.event_id = s.event_id LEFT JOIN member m ON m.id = e.member"
    " WHERE s.event_id > ? ORDER BY s.event_id LIMIT ?"
)
_RETURNS = (
    "SELECT e.event_id, e.of, e.payload FROM event e JOIN sale s ON s.event_id = e.of"
    " WHERE e.kind IN ('REFUND', 'VOID') AND e.event_id > ? ORDER BY e.event_id LIMIT ?"
)


def upgrade() -> None:
    """Add what this database's SQL file says, and read who bought what from the events."""
    bind = op.get_bind()
    script = Path(__file__).with_suffix(f".{bind.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.removesuffix(";\n").split(";\n\n"):
        bind.exec_driver_sql(statement)
    read_orders(bind)


def read_orders(bind: Connection) -> None:
    """Fill in of every order that HQ has booked what its event and its returns say."""
    after = b""
    while rows := _ask(bind, _ORDERS, after, _AT_ONCE).fetchall():
        for event, member, merged, day, payload in rows:
            goods = json.dumps(_goods(json.loads(bytes(payload))["body"]))
            told = "UPDATE sale SET member = ?, on_day = ?, goods = ? WHERE event_id = ?"
            _ask(bind, told, merged or member, day, goods, event)
        after = bytes(rows[-1][0])
    _take_back(bind)


def _take_back(bind: Connection) -> None:
    after = b""
    while rows := _ask(bind, _RETURNS, after, _AT_ONCE).fetchall():
        for _event, sale, payload in rows:
            units = _units(payload)
            asked = "SELECT goods FROM sale WHERE event_id = ?"
            ((goods,),) = _ask(bind, asked, sale).fetchall()
            left = ["" if n in units else kind for n, kind in enumerate(json.loads(goods))]
            told = json.dumps(left if any(left) else [])
            _ask(bind, "UPDATE sale SET goods = ? WHERE event_id = ?", told, sale)
        after = bytes(rows[-1][0])


def _units(payload: bytes) -> list[Any]:
    """Return which units came back; none where the event does not say so in a way to be read."""
    try:
        units = json.loads(bytes(payload))["body"].get("units")
    except (LookupError, TypeError, ValueError, AttributeError):
        return []
    return units if isinstance(units, list) else []


def _goods(body: dict[str, Any]) -> list[str]:
    try:
        lines = [str(line.get("category", "")) for line in body.get("lines", [])]
        found = [lines[unit.get("line", 0)] for unit in body.get("units", [])]
    except (LookupError, TypeError, ValueError, AttributeError):
        return []
    return found if any(found) else []


def _ask(bind: Connection, sql: str, *values: object) -> Any:  # noqa: ANN401 -- a driver's cursor
    mark = "?" if bind.dialect.name == "sqlite" else "%s"
    return bind.exec_driver_sql(sql.replace("?", mark), values)
