"""What is equal in a sound database: questions whose answers are what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pos_hq.store.bulk import fetch
from pos_hq.store.database import Connection


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing found wrong: which check, where, and how the two sides differ.

    `place` is node, epoch and seq of an event that its node must answer for.
    """

    check: str
    where: str
    detail: str
    place: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One check and how many things it looked at; `fault` is the first that failed."""

    check: str
    count: int
    fault: Fault | None = None


def failed(check: str, count: int, where: str, detail: str) -> Checked:
    """Return a check that found something wrong."""
    return Checked(check, count, Fault(check, where, detail))


@dataclass(frozen=True, slots=True)
class Question:
    """A check's name, what it counts, and the question for `(where, detail)` of what is wrong."""

    check: str
    counted: str
    wrong: str


QUESTIONS = (
    Question(
        "transfers belong",
        "SELECT count(*) FROM transfer",
        (
            "SELECT t.seq, 'no event and no act of HQ has it' FROM transfer t WHERE NOT"
            " EXISTS (SELECT 1 FROM event e WHERE e.node = t.node AND e.epoch = t.epoch "
            " AND e.seq = t.seq) AND NOT (t.epoch = 0 AND EXISTS (SELECT 1 FROM act a"
            " WHERE a.seq = t.seq)) LIMIT 1"
        ),
    ),
    Question(
        "balances",
        "SELECT count(*) FROM balance",
        (
            "SELECT account, 'transfers say ' || sum(said) || ', it holds ' || sum(holds)"
            " FROM ( SELECT source AS account, unit, -amount AS said, 0 AS holds FROM"
            " transfer UNION ALL SELECT target, unit, amount, 0 FROM transfer UNION ALL"
            " SELECT account, unit, 0, amount FROM balance) b GROUP BY account, unit"
            " HAVING sum(said) <> sum(holds) LIMIT 1"
        ),
    ),
    Question(
        "conservation",
        "SELECT count(DISTINCT unit) FROM balance",
        (
            "SELECT unit, 'sums to ' || sum(amount) FROM balance GROUP BY unit HAVING"
            " sum(amount) <> 0 LIMIT 1"
        ),
    ),
    Question(
        "holdings",
        "SELECT count(*) FROM balance WHERE account LIKE 'hold:%'",
        (
            "SELECT account, 'holds ' || amount FROM balance WHERE account LIKE 'hold:%'"
            " AND amount < 0 LIMIT 1"
        ),
    ),
    Question(
        "owners",
        "SELECT count(*) FROM balance WHERE member IS NOT NULL",
        (
            "SELECT account, 'its columns are not what its name says' FROM balance WHERE"
            " (holder = '') <> (account NOT LIKE 'hold:%' AND account NOT LIKE 'avail:%' "
            " AND account NOT LIKE 'debt:%' AND account NOT LIKE 'receivable:%'"
            " AND account NOT LIKE 'settled:%') OR (member IS NULL) <> (holder = '') OR"
            " (account LIKE 'hold:%' AND account NOT LIKE 'hold:' || holder || ':%')"
            " LIMIT 1"
        ),
    ),
    Question(
        "credit",
        "SELECT count(*) FROM balance WHERE account LIKE 'receivable:%'",
        (
            "SELECT account, 'settled ' || amount FROM balance WHERE account LIKE 'settled:%'"
            " AND amount < 0 LIMIT 1"
        ),
    ),
    Question(
        "credit owed",
        "SELECT count(DISTINCT member) FROM balance WHERE holder = 'owed'",
        (
            "SELECT min(b.account), 'owes ' || -sum(b.amount) || ' and nobody was told' FROM"
            " balance b WHERE b.holder = 'owed' AND NOT EXISTS (SELECT 1 FROM exception e"
            " WHERE e.type = 'CREDIT_OWED' AND e.member = b.member)"
            " GROUP BY b.member HAVING sum(b.amount) < 0 LIMIT 1"
        ),
    ),
    Question(
        "suspense",
        "SELECT count(*) FROM exception WHERE state = 'open'",
        (
            "SELECT account, 'holds ' || sum(holds) || ' ' || unit || ', open exceptions"
            " say ' || sum(said) FROM ( SELECT account, unit, amount AS holds, 0 AS said"
            " FROM balance  WHERE account LIKE 'suspense:%' UNION ALL SELECT 'suspense:'"
            " || {node}, unit, 0, suspense FROM exception  WHERE state = 'open' AND"
            " suspense <> 0) s GROUP BY account, unit HAVING sum(holds) <> sum(said)"
            " LIMIT 1"
        ),
    ),
    Question(
        "releases",
        "SELECT count(*) FROM released",
        (
            "SELECT l.account, 'was released as ' || l.amount || ', HQ paid ' ||"
            " coalesce(sum(t.amount), 0) FROM released l LEFT JOIN transfer t ON t.epoch"
            " = 0 AND t.source = 'loss:orphan' AND t.unit = l.unit AND l.account LIKE "
            " 'hold:%' || substr(t.target, 6) GROUP BY l.account, l.unit, l.amount HAVING"
            " coalesce(sum(t.amount), 0) < l.amount LIMIT 1"
        ),
    ),
)
_NODE_HEX = {"sqlite": "lower(hex(node))", "postgresql": "encode(node, 'hex')"}


def ask(book: Connection, question: Question) -> Checked:
    """Run one question."""
    count = int(fetch(book, question.counted)[0][0])
    rows = fetch(book, question.wrong.replace("{node}", _NODE_HEX[book.dialect.name]))
    if rows:
        return failed(question.check, count, str(rows[0][0]), str(rows[0][1]))
    return Checked(question.check, count)


def rewritten(book: Connection, lines: Sequence[str]) -> str | None:
    """Return the first head of a day whose event is no longer the one that was told."""
    for line in lines:
        node, epoch, seq, digest = line.split(" ")
        asked = "SELECT hash FROM event WHERE node = ? AND epoch = ? AND seq = ?"
        rows = fetch(book, asked, bytes.fromhex(node), int(epoch), int(seq))
        if not rows or bytes(rows[0][0]).hex() != digest:
            return line
    return None


def any_released(book: Connection) -> bool:
    """Say whether HQ has given rights out twice on purpose."""
    return bool(fetch(book, "SELECT 1 FROM released LIMIT 1"))


def chains(book: Connection) -> Sequence[Any]:
    """Return every chain: node, epoch, key, and how far it is acknowledged and applied."""
    return fetch(
        book,
        "SELECT node, epoch, public_key, acked_seq, acked_hash, applied_seq FROM node_epoch"
        " ORDER BY node, epoch",
    )


def events(book: Connection, node: bytes, epoch: int, at_once: int) -> Iterator[Any]:
    """Yield a chain's rows in order, with their sidecars and nothing decoded."""
    asked = (
        "SELECT e.seq, e.event_id, e.kind, e.day, e.at, e.member, e.of, e.payload, e.hash, e.sig,"
        " s.salt, s.data FROM event e LEFT JOIN sidecar s ON s.event_id = e.event_id"
        " WHERE e.node = ? AND e.epoch = ? AND e.seq > ? ORDER BY e.seq LIMIT ?"
    )
    last = 0
    while rows := fetch(book, asked, node, epoch, last, at_once):
        yield from rows
        last = rows[-1][0]


def transfers(
    book: Connection, node: bytes, epoch: int, first: int, last: int
) -> dict[int, list[Any]]:
    """Return the transfers of a part of a chain, by place."""
    asked = (
        "SELECT seq, source, target, unit, amount FROM transfer WHERE node = ? AND epoch = ?"
        " AND seq BETWEEN ? AND ? ORDER BY seq, n"
    )
    found: dict[int, list[Any]] = {}
    for seq, *move in fetch(book, asked, node, epoch, first, last):
        found.setdefault(seq, []).append(tuple(move))
    return found


def short(book: Connection) -> tuple[Sequence[Any], Sequence[Any]]:
    """Return rights at HQ below zero, and the accounts of which a person was told."""
    below = fetch(
        book, "SELECT account, amount FROM balance WHERE account LIKE 'avail:%' AND amount < 0"
    )
    return below, fetch(book, "SELECT account FROM exception WHERE type = 'AVAIL_SHORT'")


def lots(book: Connection) -> Sequence[Any]:
    """Return every lot as HQ registered it."""
    return fetch(book, "SELECT id, member, at, paid, bonus FROM lot")


def lot_totals(book: Connection) -> Sequence[Any]:
    """Return every balance of stored value."""
    return fetch(
        book,
        "SELECT account, amount FROM balance WHERE unit = 'CNY' AND member IS NOT NULL"
        " AND amount <> 0",
    )


def grants(book: Connection) -> Sequence[Any]:
    """Return every granted right as it was answered, and the transfers that HQ made for it."""
    return fetch(
        book,
        "SELECT g.id, g.lines, t.target, t.amount FROM rights_grant g JOIN act a"
        " ON a.kind = 'GRANT' AND a.reason = {grant} JOIN transfer t ON t.epoch = 0"
        " AND t.seq = a.seq WHERE g.state <> 'refused' ORDER BY g.id, t.n".replace(
            "{grant}", _NODE_HEX[book.dialect.name].replace("node", "g.id")
        ),
    )
