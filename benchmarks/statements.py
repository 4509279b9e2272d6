"""Target 3: the statements of a payment through our store, beside the same ones on the driver."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.files import ledger_folder
from benchmarks.measure import interleaved, timed
from benchmarks.recorder import RecordingOpener, Statement
from benchmarks.report import Line, compared
from benchmarks.scale import Bench
from benchmarks.shop import KEYS, Hands, copied, ledger_in, open_ledger
from benchmarks.till import Till
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store import slip_rows
from pos_app.ledger.store.driver import connect
from pos_app.ledger.store.event import Draft, Event
from pos_app.ledger.store.holdings import member_state
from pos_app.ledger.store.journal import event_at
from pos_app.ledger.store.operator_rows import operator_by_id
from pos_app.ledger.store.usage import usage_of
from pos_app.money import Money
from pos_app.security.evidence import Evidence, sealed

_WINDOW = timedelta(minutes=10)


def statements(bench: Bench) -> Iterator[Line]:
    """Measure what our store adds to its own statements."""
    kept = ledger_folder(bench.work, bench.scale.shop)
    with TemporaryDirectory(dir=bench.work) as folder:
        pens = [copied(kept, Path(folder) / name) for name in ("till", "store", "bare")]
        till, store, bare = Till(pens[0]), _Store(pens[1]), _Bare(pens[2])
        trial = _Trial(till, store, bare)
        for _ in range(till.members):
            trial.ours()
        for _ in range(till.members - 1):  # one stays ahead, so that either may go first
            trial.reference()
        scale = bench.scale
        pair = interleaved(trial.ours, trial.reference, rounds=scale.rounds, times=scale.times)
        for each in (till, store, bare):
            each.close()
    yield compared("3", "a payment's statements through our store / on the driver", pair, most=1.3)


class _Trial:
    """A payment is taken at the till; its event goes through the store, then over the driver."""

    def __init__(self, till: Till, store: _Store, bare: _Bare) -> None:
        self._till = till
        self._store = store
        self._bare = bare
        self._ahead: deque[list[Statement]] = deque()

    def ours(self) -> float:
        ready = self._till.ready()
        receipt = self._till.take(ready)
        self._till.ledger.tidy()
        event = event_at(self._till.ledger.read(), receipt.stamp.seq)
        assert event is not None, "the payment was just committed"
        seconds = self._store.write(event, self._till.clock)
        self._ahead.append(self._store.heard)
        return seconds

    def reference(self) -> float:
        return self._bare.write(self._ahead.popleft())


class _Store:
    """A copy of the ledger that takes events without the rules: the store's work alone."""

    def __init__(self, folder: Path) -> None:
        self._clock = Hands()
        self._opener = RecordingOpener()
        self._ledger = open_ledger(folder, self._clock, self._opener)
        self.heard: list[Statement] = []

    def write(self, event: Event, clock: Hands) -> float:
        self._clock.at = clock.at
        draft, proof = _draft_of(event), _proof_of(self._ledger, event)
        self._opener.writer.taken()
        seconds = timed(lambda: _commit(self._ledger, draft, proof))
        self.heard = self._opener.writer.taken()
        self._ledger.tidy()
        return seconds

    def close(self) -> None:
        self._ledger.close()


class _Bare:
    """A copy of the ledger on nothing but the driver."""

    def __init__(self, folder: Path) -> None:
        self._to = connect(ledger_in(folder), KEYS.database)

    def write(self, heard: list[Statement]) -> float:
        seconds = timed(lambda: self._run(heard))
        self._to.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return seconds

    def _run(self, heard: list[Statement]) -> None:
        for sql, parameters in heard:
            self._to.execute(sql, parameters).fetchall()

    def close(self) -> None:
        self._to.close()


def _commit(ledger: Ledger, draft: Draft, proof: Evidence) -> None:
    """Read and write what a payment reads and writes, without pricing anything."""
    assert draft.intent is not None, "a payment has an intent"
    assert draft.operator is not None, "somebody takes it"
    assert draft.member is not None, "a member pays"
    with ledger.write() as book:
        book.event_of_intent(draft.intent)
        operator_by_id(book, draft.operator)
        member_state(book, draft.member, today=book.today, programme=book.programme)
        usage_of(book, draft.member, book.today, book.now - _WINDOW)
        event = book.append(draft, proof)
        slip_rows.expect(book, event.seq)


def _draft_of(event: Event) -> Draft:
    body = {name: fact for name, fact in event.body.items() if name != "evidence"}
    named = (event.member, event.operator, event.intent)
    return Draft(event.kind, body, event.transfers, *named, id=event.id)


def _proof_of(ledger: Ledger, event: Event) -> Evidence:
    assert event.member is not None, "a member pays"
    assert event.intent is not None, "a payment has an intent"
    amount = Money(event.body["stored_value"])
    proof = Evidence("pin", event.member, amount, event.intent, event.at)
    return sealed(ledger.capability_key, proof)
