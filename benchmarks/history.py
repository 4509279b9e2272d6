"""Years of top-ups and orders, laid down fast as a chain that verifies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from benchmarks.pattern import Pattern, Place, Row, insert_into, rows_of
from benchmarks.scale import Size
from benchmarks.shop import KEYS, NOW
from pos_app.ids import NodeId, new_id
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds
from pos_app.ledger.store.journal import head_of
from pos_app.security.chain import chain_hash
from pos_app.security.signing import Signer

BATCH = 20_000
_LAST_MOVED = """
    WITH last AS (
        SELECT account, max(seq) AS seq FROM (
            SELECT source AS account, seq FROM transfer UNION ALL SELECT target, seq FROM transfer
        ) GROUP BY account
    ) UPDATE balance SET last_seq = last.seq FROM last WHERE last.account = balance.account
"""
APART = timedelta(days=14)
_GAP_MS = 40


@dataclass(frozen=True, slots=True)
class Example:
    """One real member of this ledger, whose top-up and order everybody repeats."""

    member: UUID
    lot: UUID
    top_up: Pattern
    order: Pattern


@dataclass(frozen=True, slots=True)
class Buyer:
    """A member who buys: their lot, and which of their accounts stands for the example's."""

    member: UUID
    lot: UUID
    accounts: dict[int, int]


def lay_history(
    to: Any,  # noqa: ANN401 -- untyped driver
    example: Example,
    size: Size,
    key: bytes = KEYS.node,
) -> None:
    """Let the first members of the file top up once and then order in turns.

    `to` is a bare connection; `key` is what the terminal signs with.
    """
    if not size.buyers:
        return
    chain = _Chain(to, Signer(key))
    buyers = _open_accounts(to, example, size)
    for turn in range(size.orders + 1):
        pattern = example.order if turn else example.top_up
        start = milliseconds(NOW - APART * (size.orders + 1 - turn))
        for first in range(0, len(buyers), BATCH):
            chain.add(pattern, buyers[first : first + BATCH], start + first * _GAP_MS)
    _settle_shop(to, example, size)


class _Chain:
    """The end of the chain, and the pen that adds to it."""

    def __init__(self, to: Any, signer: Signer) -> None:  # noqa: ANN401 -- untyped driver
        node, self._epoch = to.execute("SELECT node, epoch FROM node_state").fetchone()
        self._to = to
        self._node = NodeId(UUID(bytes=node))
        self._signer = signer
        self._head = head_of(to)
        self._seq, self._hash = self._head.seq, self._head.hash

    def add(self, pattern: Pattern, buyers: list[Buyer], start: int) -> None:
        """Add one event a buyer in one transaction."""
        rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        day = (NOW.fromtimestamp(start / 1000, tz=NOW.tzinfo)).date().isoformat()
        for buyer, at in zip(buyers, count(start, _GAP_MS), strict=False):
            for table, row in self._event(pattern, buyer, at, day):
                rows[table].append(row)
        self._to.execute("BEGIN")
        for table, some in rows.items():
            self._to.executemany(insert_into(table, len(some[0])), some)
        self._to.execute("COMMIT")

    def _event(
        self, pattern: Pattern, buyer: Buyer, at: int, day: str
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        self._seq += 1
        named = (new_id(), new_id(), buyer.member, buyer.lot)
        place = Place(self._seq, *named, at, day, buyer.accounts)
        payload = pattern.payload_at(place)
        self._hash = chain_hash(self._node, self._epoch, self._seq, self._hash, payload)
        return pattern.rows_at(place, payload, self._hash, self._signer.sign(self._hash))


def _open_accounts(to: Any, example: Example, size: Size) -> list[Buyer]:  # noqa: ANN401 -- untyped driver
    """Give every buyer the example's accounts, with what will be left when all is bought."""
    own = rows_of(to, "account", "member = ?", example.member.bytes)
    shared = {number: number for (number,) in to.execute("SELECT id FROM account")}
    left = _left(example, size, own)
    (last,) = to.execute("SELECT max(id) FROM account").fetchone()
    numbers, buyers = count(last + 1), []
    to.execute("BEGIN")
    for (member,) in _members(to, size.buyers):
        buyer = Buyer(UUID(bytes=member), new_id(), {**shared})
        for account in own:
            number = buyer.accounts[account["id"]] = next(numbers)
            row = _account(account, example, buyer, number)
            to.execute(insert_into("account", len(row)), tuple(row.values()))
            to.execute(insert_into("balance", 4), (number, left[account["id"]], 0, 1))
        buyers.append(buyer)
    to.execute("COMMIT")
    return buyers


def _members(to: Statements, buyers: int) -> list[tuple[bytes]]:
    return to.execute("SELECT id FROM member ORDER BY row LIMIT ?", (buyers,)).fetchall()


def _account(account: Row, example: Example, buyer: Buyer, number: int) -> Row:
    code = account["code"].replace(example.member.hex, buyer.member.hex)
    return {
        **account,
        "id": number,
        "code": code.replace(example.lot.hex, buyer.lot.hex),
        "member": buyer.member.bytes,
        "lot": None if account["lot"] is None else buyer.lot.bytes,
    }


def _left(example: Example, size: Size, own: list[Row]) -> dict[int, int]:
    moved = _moved(example, size)
    return {account["id"]: moved[account["code"], account["unit"]] for account in own}


def _moved(example: Example, size: Size) -> Counter[tuple[str, str]]:
    """Return what one buyer's top-up and orders do to every account that they name."""
    moved: Counter[tuple[str, str]] = Counter()
    for move in (*example.top_up.transfers, *example.order.transfers * size.orders):
        moved[move.source, move.unit] -= move.amount
        moved[move.target, move.unit] += move.amount
    return moved


def _settle_shop(to: Any, example: Example, size: Size) -> None:  # noqa: ANN401 -- untyped driver
    """Add to the shop's own accounts what all buyers together moved."""
    to.execute("BEGIN")
    for (code, unit), amount in _moved(example, size).items():
        to.execute(
            "UPDATE balance SET amount = amount + ? WHERE account ="
            " (SELECT id FROM account WHERE code = ? AND unit = ? AND member IS NULL)",
            (amount * size.buyers, code, unit),
        )
    to.execute(_LAST_MOVED)
    to.execute("COMMIT")
