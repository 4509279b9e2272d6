"""Values in recorded facts: integers, strings, lists and maps, and how they are read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from pos_app.errors import PosError
from pos_app.money import Amount, Money

Json: TypeAlias = "int | str | Sequence[Json] | Mapping[str, Json]"
Body: TypeAlias = dict[str, Json]


@dataclass(eq=False)
class RecordUnreadable(PosError):
    """A recorded fact is missing or is not what this program writes."""

    key: str


def whole(body: Mapping[str, object], key: str) -> int:
    """Return an integer of a record. Raises RecordUnreadable."""
    value = body.get(key)
    if type(value) is not int:
        raise RecordUnreadable(key)
    return value


def money(body: Mapping[str, object], key: str) -> Money:
    """Return a sum of money of a record."""
    return Money(whole(body, key))


def text(body: Mapping[str, object], key: str) -> str:
    """Return a string of a record. Raises RecordUnreadable."""
    value = body.get(key)
    if not isinstance(value, str):
        raise RecordUnreadable(key)
    return value


def day(body: Mapping[str, object], key: str) -> date:
    """Return a date of a record. Raises RecordUnreadable."""
    try:
        return date.fromisoformat(text(body, key))
    except ValueError as malformed:
        raise RecordUnreadable(key) from malformed


def identity(body: Mapping[str, object], key: str) -> UUID:
    """Return an identity of a record. Raises RecordUnreadable."""
    try:
        return UUID(text(body, key))
    except ValueError as malformed:
        raise RecordUnreadable(key) from malformed


def maps(body: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """Return a list of maps of a record. Raises RecordUnreadable."""
    rows = _list(body, key)
    found = [row for row in rows if isinstance(row, Mapping)]
    if len(found) != len(rows):
        raise RecordUnreadable(key)
    return found


def inner(body: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return a map of a record. Raises RecordUnreadable."""
    value = body.get(key)
    if not isinstance(value, Mapping):
        raise RecordUnreadable(key)
    return value


def wholes(body: Mapping[str, object], key: str) -> tuple[int, ...]:
    """Return a list of integers of a record. Raises RecordUnreadable."""
    rows = _list(body, key)
    found = tuple(row for row in rows if type(row) is int)
    if len(found) != len(rows):
        raise RecordUnreadable(key)
    return found


def texts(body: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return a list of strings of a record. Raises RecordUnreadable."""
    rows = _list(body, key)
    found = tuple(row for row in rows if isinstance(row, str))
    if len(found) != len(rows):
        raise RecordUnreadable(key)
    return found


def minors(**amounts: Amount) -> Body:
    """Write amounts as whole units under their names."""
    return {name: amount.minor for name, amount in amounts.items()}


def _list(body: Mapping[str, object], key: str) -> Sequence[object]:
    value = body.get(key)
    if not isinstance(value, list | tuple):
        raise RecordUnreadable(key)
    return value
