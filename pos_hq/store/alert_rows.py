"""Alerts as they were raised and closed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pos_app.ledger.rules.fraud_rows import SignalKind
from pos_app.ledger.rules.radar import Known, marks_of, proposal
from pos_app.sync.wire_alerts import AlertClosing, AlertRow, AlertView
from pos_hq.store import feed_rows
from pos_hq.store.alert_tables import alert as table
from pos_hq.store.bulk import fetch, fetch_of, insert_many, locked, upsert
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told, of_store

ENTITY = "alert"
_SELECT = (
    "SELECT id, signal, subject, day, rules, rule, events, raised_at, state, closing FROM alert"
)


def known(book: Connection, subjects: Collection[str]) -> list[Known]:
    """Return every alert there ever was about these subjects."""
    asked = "SELECT id, signal, subject, events, state FROM alert WHERE subject IN {keys}"
    return [
        Known(
            bytes(identity).hex(),
            signal,
            subject,
            marks_of(signal, ((row.event, row.member) for row in _rows(json.loads(events)))),
            state == "open",
        )
        for identity, signal, subject, events, state in fetch_of(book, asked, sorted(subjects))
    ]


def keep(book: Connection, alerts: Iterable[tuple[AlertView, Collection[str]]]) -> None:
    """Write alerts down, each with the stores concerned, and tell these of them."""
    kept = list(alerts)
    insert_many(book, table, [_row(*one) for one in kept], upsert(table, "id"))
    told = [
        Told(ENTITY, view.id, view.model_dump(mode="json"), of_store(store))
        for view, stores in kept
        for store in sorted(stores)
    ]
    if told:
        feed_rows.take_turn(book)
        feed_rows.tell(book, told)


def listed(book: Connection, *, closed: bool, limit: int) -> list[AlertView]:
    """Return the open alerts, or the closed ones as well, the latest first."""
    which = "" if closed else " WHERE state = 'open'"
    asked = f"{_SELECT}{which} ORDER BY raised_at DESC, id DESC LIMIT ?"
    return [_view(row) for row in fetch(book, asked, limit)]


def peek(book: Connection, alert: str) -> AlertView | None:
    """Return one alert without locking it."""
    rows = fetch(book, f"{_SELECT} WHERE id = ?", bytes.fromhex(alert))
    return _view(rows[0]) if rows else None


def find(book: Connection, alert: str) -> tuple[AlertView, list[str]] | None:
    """Return one alert with its stores, locked until the transaction ends."""
    identity = bytes.fromhex(alert)
    rows = fetch(book, locked(book, f"{_SELECT} WHERE id = ?"), identity)
    if not rows:
        return None
    ((stores,),) = fetch(book, "SELECT stores FROM alert WHERE id = ?", identity)
    return _view(rows[0]), json.loads(stores)


def of_scope(book: Connection, store: str, limit: int) -> list[AlertView]:
    """Return what a store was told, the latest word first."""
    asked = (
        "SELECT body FROM feed WHERE scope = ? AND entity = ? AND body IS NOT NULL"
        " ORDER BY feed_seq DESC LIMIT ?"
    )
    rows = fetch(book, asked, of_store(store), ENTITY, limit)
    return [AlertView.model_validate_json(body) for (body,) in rows]


def _row(view: AlertView, stores: Collection[str]) -> tuple[Any, ...]:
    what = (bytes.fromhex(view.id), view.signal, view.subject, view.day, view.rules)
    events = [[one.event, one.node, one.at, one.deed, one.member, one.amount] for one in view.rows]
    closing = None if view.closing is None else view.closing.model_dump_json()
    made = (json.dumps(view.rule), json.dumps(events), json.dumps(sorted(stores)))
    return (*what, *made, view.raised_at, view.state, closing)


def _view(row: Any) -> AlertView:  # noqa: ANN401 -- a row is whatever its SQL says
    identity, signal, subject, day, rules, rule, events, raised_at, state, closing = row
    rows = _rows(json.loads(events))
    return AlertView(
        id=bytes(identity).hex(),
        signal=signal,
        subject=subject,
        members=members_of(rows),
        day=day,
        rules=rules,
        rule=_figures(json.loads(rule)),
        rows=rows,
        proposal=proposal(SignalKind(signal)),
        raised_at=raised_at,
        state="open" if state == "open" else "closed",
        closing=None if closing is None else AlertClosing.model_validate_json(closing),
    )


def members_of(rows: Iterable[AlertRow]) -> tuple[str, ...]:
    """Return whom rows concern."""
    return tuple(dict.fromkeys(one.member for one in rows if one.member is not None))


def _rows(events: Sequence[Sequence[Any]]) -> tuple[AlertRow, ...]:
    return tuple(
        AlertRow(event=event, node=node, at=at, deed=deed, member=member, amount=amount)
        for event, node, at, deed, member, amount in events
    )


def _figures(rule: Mapping[str, Any]) -> dict[str, int]:
    return {str(name): int(figure) for name, figure in rule.items()}
