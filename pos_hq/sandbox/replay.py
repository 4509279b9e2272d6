"""The sandbox: the last days once more, member by member, under a draft."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pos_app.clock import business_date
from pos_app.errors import PosError
from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_hq.hq import Hq
from pos_hq.sandbox.deeds import Deed, deed_of
from pos_hq.sandbox.effects import Effect
from pos_hq.sandbox.people import Person, person_of
from pos_hq.sandbox.rules import Rules, rules_of
from pos_hq.sandbox.skipped import Skip, Skipped
from pos_hq.sandbox.walk import Pair, go_on, recorded, tried
from pos_hq.store import member_rows, programme_rows, replay_rows
from pos_hq.store.database import Connection

AT_ONCE = 2_000
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, PosError)


@dataclass(slots=True)
class Store:
    """What the members of a store got, as it was and as it would have been."""

    was: Counter[str] = field(default_factory=Counter)
    would: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Tried:
    """What the draft would have changed."""

    version: str
    since: date
    today: date
    events: int = 0
    stores: dict[str, Store] = field(default_factory=lambda: defaultdict(Store))
    skipped: dict[str, Skipped] = field(default_factory=lambda: defaultdict(Skipped))


def try_out(hq: Hq, document: bytes, days: int) -> Tried:
    """Replay the last days under a draft, in bounded memory; nothing is written.

    Raises ProgrammeRefused.
    """
    draft = parse_programme(document)
    with hq.read() as book:
        ruling = programme_rows.in_force(book, hq.now_ms())
        today = business_date(hq.now(), zone=ruling.zone, cutover=ruling.cutover)
        since = today - timedelta(days=days - 1)
        found = Tried(draft.version, since, today)
        _Replay(book, draft, ruling, found).run()
    return found


class _Replay:
    """One run: the rules that it met, the member that it is at, and what it found."""

    def __init__(self, book: Connection, draft: Programme, ruling: Programme, into: Tried) -> None:
        self._book = book
        self._draft = draft
        self._ruling = ruling
        self._tried = into
        self._stores = replay_rows.stores(book)
        self._known: dict[str, Rules | None] = {}
        self._member: bytes | None = None
        self._person: Person | None = None

    def run(self) -> None:
        for rows in replay_rows.parts(self._book, self._tried.since.isoformat(), AT_ONCE):
            people = self._people(rows)
            for event, node, member, payload in rows:
                self._tried.events += 1
                self._meet(None if member is None else bytes(member), people)
                self._take(bytes(event or b""), self._stores.get(bytes(node), "?"), bytes(payload))
        self._leave()

    def _people(self, rows: Sequence[Any]) -> Mapping[bytes, Person]:
        ids = sorted({bytes(row[2]) for row in rows if row[2] is not None} - {self._member or b""})
        before = self._tried.since.isoformat()
        grown: dict[bytes, list[tuple[date, int, int]]] = defaultdict(list)
        for member, day, spend, growth in replay_rows.grown(self._book, ids, before):
            grown[bytes(member)].append((date.fromisoformat(day), int(spend), int(growth)))
        lots = replay_rows.first_lots(self._book, ids)
        return {
            bytes.fromhex(one.id): person_of(
                one,
                grown[bytes.fromhex(one.id)],
                lots.get(bytes.fromhex(one.id), 0),
                self._tried.since,
                self._ruling,
            )
            for one in member_rows.peek(self._book, [one.hex() for one in ids])
        }

    def _meet(self, member: bytes | None, people: Mapping[bytes, Person]) -> None:
        if member != self._member:
            self._leave()
            self._member = member
            self._person = None if member is None else people.get(member)

    def _leave(self) -> None:
        """Count the tier of a member whose events are all replayed."""
        person = self._person
        if person is not None and person.store:
            store = self._tried.stores[person.store]
            store.was[f"tier {person.was.tier.code}"] += 1
            store.would[f"tier {person.would.tier.code}"] += 1

    def _take(self, event: bytes, store: str, payload: bytes) -> None:
        try:
            deed = deed_of(event, store, payload)
            pair = self._effects(deed)
        except _MALFORMED:
            self._tried.skipped["cannot be read"].add(event)
            return
        sums = self._tried.stores[store]
        for name, before, after in zip(Effect._fields, *pair, strict=True):
            if before or after:
                sums.was[name] += before
                sums.would[name] += after

    def _effects(self, deed: Deed) -> Pair:
        """Return both effects; what cannot be tried out is left as it was, and named."""
        person, rules = self._person, None
        try:
            rules = self._rules(deed)
            pair = tried(deed, person, rules)
        except Skip as skip:
            self._tried.skipped[skip.reason].add(deed.id)
            pair = (recorded(deed), recorded(deed))
        if person is not None:
            go_on(deed, person, pair, rules)
        return pair

    def _rules(self, deed: Deed) -> Rules:
        """Return both programmes. Raises Skip where an event cannot be tried out at all."""
        if self._member is not None and self._person is None:
            raise Skip("of a member whom HQ does not know")
        if self._person is not None and self._person.erased:
            raise Skip("of a member who is erased")
        if deed.rules not in self._known:
            own = programme_rows.named(self._book, [deed.rules]).get(deed.rules)
            self._known[deed.rules] = None if own is None else rules_of(own, self._draft)
        rules = self._known[deed.rules]
        if rules is None:
            raise Skip(f"by a version that HQ does not know: {deed.rules}")
        return rules
