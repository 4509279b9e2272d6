"""Cards of an account: bound, lost, found again, replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind, milliseconds

_ISSUE = (
    "INSERT INTO card (id, member, number, form, state, since, block, lifted, seq)"
    " VALUES (?, ?, ?, ?, 'active', ?, NULL, NULL, ?) ON CONFLICT (id) DO NOTHING"
)
# A card that this till knows from HQ alone has no row here yet: the row says what was done to it.
_NOTE = (
    "INSERT INTO card (id, member, number, form, state, since, block, lifted, seq)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
    " since = excluded.since, block = excluded.block, lifted = excluded.lifted, seq = excluded.seq"
)


def _issue(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    number = None if private is None else private["number"]
    about = (_card(event), _owner(event), number, event.body["form"])
    to.execute(_ISSUE, (*about, milliseconds(event.at), event.seq))


def _replace(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    _issue(to, event, private)
    old = UUID(event.body["replaces"]).bytes
    number = None if private is None else private["replaced_number"]
    _note(to, event, (old, number, event.body["replaced_form"]), ("replaced", None, None))


def _lose(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    _note(to, event, _known(event, private), ("lost", event.id.bytes, None))


def _find(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    lifted = UUID(event.body["lifts"]).bytes
    _note(to, event, _known(event, private), ("active", None, lifted))


def _known(event: Event, private: Mapping[str, Any] | None) -> tuple[bytes, str | None, str]:
    return (_card(event), None if private is None else private["number"], event.body["form"])


def _note(
    to: Statements,
    event: Event,
    card: tuple[bytes, str | None, str],
    now: tuple[str, bytes | None, bytes | None],
) -> None:
    known, number, form = card
    state, block, lifted = now
    stands = (state, milliseconds(event.at), block, lifted, event.seq)
    to.execute(_NOTE, (known, _owner(event), number, form, *stands))


def _card(event: Event) -> bytes:
    return UUID(event.body["card"]).bytes


def _owner(event: Event) -> bytes:
    assert event.member is not None, "a card has an account"
    return event.member.bytes


TOPIC = {
    Kind.CARD_ISSUE: _issue,
    Kind.CARD_REPLACE: _replace,
    Kind.CARD_LOSS: _lose,
    Kind.CARD_FOUND: _find,
}
