"""The ledger file when open: a writer, a reader, the head of the chain and the rules it holds."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import sqlcipher3.dbapi2 as driver

from pos_app.ids import NodeId
from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.programme_store import StoreBenefits, merged, parse_benefits
from pos_app.ledger.store import link_rows
from pos_app.ledger.store.book import Book, Node, Pen
from pos_app.ledger.store.driver import (
    Cursor,
    DiskFailed,
    DiskFull,
    LedgerBusy,
    LedgerDamaged,
    Opener,
    Rows,
    Statements,
    engine_on,
    translated,
)
from pos_app.ledger.store.event import Draft, Json, Kind, moment
from pos_app.ledger.store.journal import head_of
from pos_app.ledger.store.migrate import migrate
from pos_app.ledger.store.posting import Posting
from pos_app.security.signing import Signer

_log = logging.getLogger(__name__)

WAL_CAP_BYTES = 32 * 1024 * 1024
_Ruling = TypeVar("_Ruling", Programme, StoreBenefits)
_FOUND = (
    "INSERT INTO node_state (id, node, epoch, store, store_name, terminal_name,"
    " acked_seq, acked_hash, feed_cursor, hq_incarnation) VALUES (1, ?, ?, ?, ?, ?, 0, ?, 0, 0)"
)


class Reader:
    """The `query_only` connection: it sees committed facts and cannot write."""

    def __init__(self, path: Path, key: bytes, opener: Opener) -> None:
        self._path = path
        self._driver = opener(path, key, query_only=True)

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> Cursor:
        """Run prepared text. Raises LedgerDamaged when a page fails its check."""
        with translated(self._path):
            return Rows(self._driver.execute(sql, parameters), self._path)

    def close(self) -> None:
        """Close the connection."""
        self._driver.close()


class LedgerFile:
    """Owns the only read-write connection. Opening migrates; a failed commit reopens and looks."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        signer: Signer,
        capability_key: bytes,
        *,
        at: datetime,
        opener: Opener,
    ) -> None:
        self.path = path
        self.signer = signer
        self._key = key
        self._capability_key = capability_key
        self._programmes: dict[str, Programme] = {}
        self._benefits: dict[str, StoreBenefits] = {}
        self._made: dict[str, Programme] = {}
        self._node: Node | None = None
        self._opener = opener
        self._writer = opener(path, key)
        try:
            with translated(path):
                with engine_on(self._writer).connect() as connection:
                    migrate(connection, path, at=at)
                self._ensure_writable()
                self._load()
            self.reader = Reader(path, key, opener)
        except BaseException:
            self._writer.close()
            raise

    @property
    def founded(self) -> bool:
        """Say whether the file already belongs to a node."""
        return self._node is not None

    @property
    def node(self) -> Node:
        """The terminal that this file belongs to."""
        assert self._node is not None, "a ledger is founded before it is used"
        return self._node

    def found(
        self, node: Node, document: bytes, at: datetime, hq: tuple[bytes, int] | None = None
    ) -> None:
        """Make a new file this node's: its first two events say who writes and by which rules.

        With `hq`, its key and incarnation, it belongs to that HQ from the first moment.
        """
        rules = parse_programme(document)
        with translated(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                self._writer.execute(_FOUND, (node.id.bytes, node.epoch, *_names(node), bytes(32)))
                self._take_pen(node)
                book = Book(self._writer, self._pen, self.head, at=at, programme=rules)
                book.append(Draft(Kind.NODE_OPEN, _opening(node, self.signer.public_key)))
                book.append(Draft(Kind.PROGRAMME, programme_body(rules, document)))
                if hq is not None:
                    link_rows.join(book, *hq, at)
            except BaseException:
                self._roll_back()
                raise
            self._commit(book)

    @contextmanager
    def transaction(self, at: datetime) -> Iterator[Book]:
        """Yield an open book; commit on leaving, roll back on any exception."""
        with translated(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            at = max(at, moment(self.head.at))
            book = Book(self._writer, self._pen, self.head, at=at, programme=self.programme_at(at))
            try:
                yield book
            except BaseException:
                self._roll_back()
                raise
            self._commit(book)

    def programme_at(self, at: datetime) -> Programme:
        """Return the programme that took effect last, with what the store adds to it by then.

        The first adopted when all lie ahead.
        """
        rules = _latest(self._programmes.values(), at) or next(iter(self._programmes.values()))
        return self._with(rules, _latest(self._benefits.values(), at))

    def programme_of(self, version: str) -> Programme:
        """Return the programme of a version that an event names."""
        base, _mark, own = version.partition("+")
        return self._with(self._programmes[base], self._benefits[own] if own else None)

    def _with(self, rules: Programme, own: StoreBenefits | None) -> Programme:
        """Merge once: a quote asks for the rules of the moment every time."""
        if own is None or own.empty:
            return rules
        version = f"{rules.version}+{own.version}"
        if version not in self._made:
            self._made[version] = merged(rules, own)
        return self._made[version]

    def known_programmes(self) -> tuple[str, ...]:
        """Return the versions in the book, in the order of their adoption."""
        return tuple(self._programmes)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file without waiting for anyone."""
        with translated(self.path):
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def close(self) -> None:
        """Close both connections."""
        self.reader.close()
        self._writer.close()

    def _ensure_writable(self) -> None:
        """Find out now, and not at the first payment, that nothing can be written."""
        self._writer.execute("BEGIN IMMEDIATE")
        self._writer.execute("UPDATE node_state SET id = id")  # BEGIN alone asks for no right
        self._writer.execute("ROLLBACK")

    def _load(self) -> None:
        self.head = head_of(self._writer)
        self._load_programmes()
        row = self._writer.execute(
            "SELECT node, epoch, store, store_name, terminal_name FROM node_state"
        ).fetchone()
        if row is not None:
            self._take_pen(Node(NodeId(UUID(bytes=row[0])), *row[1:]))

    def _load_programmes(self) -> None:
        known = self._writer.execute("SELECT version, document FROM programme ORDER BY seq")
        self._programmes = {
            version: self._programmes.get(version) or _programme_in(document.encode(), version)
            for version, document in known.fetchall()
        }
        own = self._writer.execute("SELECT version, document FROM store_benefits ORDER BY seq")
        self._benefits = {
            version: self._benefits.get(version) or _benefits_in(document.encode(), version)
            for version, document in own.fetchall()
        }

    def _take_pen(self, node: Node) -> None:
        self._node = node
        self._pen = Pen(node, self.signer.sign, self._capability_key, Posting(self._writer))

    def _roll_back(self) -> None:
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")
        self._pen.posting.forget()

    def _commit(self, book: Book) -> None:
        before = self.head
        try:
            self._writer.execute("COMMIT")
        except driver.DatabaseError:
            self._reopen()
            # A transaction without events left no trace to look up: it counts as failed.
            if book.head == before or self.head != book.head:
                raise
        self.head = book.head
        if not book.kinds.isdisjoint({Kind.PROGRAMME, Kind.BENEFITS}):
            self._load_programmes()
        self._keep_wal_small()

    def _reopen(self) -> None:
        """Look afresh: after a failed commit only the file itself can tell its outcome."""
        self._writer.close()
        self._writer = self._opener(self.path, self._key)
        self._load()

    def _keep_wal_small(self) -> None:
        """Checkpoint a long log. The commit is durable already: what fails now is only put off."""
        log = self.path.with_name(self.path.name + "-wal")
        if log.stat().st_size > WAL_CAP_BYTES:
            try:
                self.checkpoint()
            except (DiskFull, DiskFailed, LedgerBusy) as failed:
                _log.warning("The checkpoint is put off: %r", failed)


def _programme_in(document: bytes, version: str) -> Programme:
    """Read a stored document. SQLCipher may hand out zeros for an overflow page that it rejects."""
    if not version.endswith(hashlib.sha256(document).hexdigest()[:8]):
        raise LedgerDamaged(f"the document of {version}")
    return parse_programme(document)


def _benefits_in(document: bytes, version: str) -> StoreBenefits:
    if not version.endswith(hashlib.sha256(document).hexdigest()[:8]):
        raise LedgerDamaged(f"the document of {version}")
    return parse_benefits(document)


def _latest(known: Iterable[_Ruling], at: datetime) -> _Ruling | None:
    begun = [rules for rules in known if rules.effective_from <= at]
    by_effect = sorted(begun, key=lambda rules: rules.effective_from)
    return by_effect[-1] if by_effect else None


def programme_body(rules: Programme, document: bytes) -> dict[str, Json]:
    """Return the body of a PROGRAMME event.

    The whole document, so that replay needs no other file.
    """
    return {"version": rules.version, "document": document.decode()}


def programme_known(book: Statements, version: str) -> bool:
    """Say whether a programme is in the book already."""
    found = book.execute("SELECT 1 FROM programme WHERE version = ?", (version,)).fetchone()
    return found is not None


def _opening(node: Node, public_key: bytes) -> dict[str, Json]:
    return {"node": node.id.hex, "epoch": node.epoch, "store": node.store, "key": public_key.hex()}


def _names(node: Node) -> tuple[str, str, str]:
    return node.store, node.store_name, node.terminal_name
