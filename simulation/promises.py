"""What must hold, looked at from outside: in HQ's tables, in every ledger, and in the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import text

from pos_app.ids import EventId, MemberId
from pos_app.ledger.proof import prove
from pos_app.ledger.rules.refund_legs import legs_of
from pos_app.ledger.rules.sale_record import sold_from
from pos_app.ledger.store import right_rows
from pos_app.ledger.store.event import Event, Kind, read_event
from pos_hq.hq import Hq
from pos_hq.verification import verify
from simulation.oracle import Broken, Oracle, Rights, right_named
from simulation.till import Till
from simulation.world import LENT_MOST, World

_SUMS = "SELECT unit, sum(amount) FROM balance GROUP BY unit HAVING sum(amount) <> 0"
_HOLDS = "SELECT account, amount FROM balance WHERE account LIKE 'hold:%' AND amount < 0"
_AVAIL = "SELECT account, amount FROM balance WHERE account LIKE 'avail:%' AND amount < 0"
_SUSPENSE = "SELECT account, amount FROM balance WHERE account LIKE 'suspense:%' AND amount <> 0"
_EVENTS = "SELECT event_id, payload FROM event"
_RIGHTS = (
    "SELECT account, amount FROM balance"
    " WHERE (account LIKE 'avail:%' OR account LIKE 'hold:%' OR account LIKE 'settled:%')"
    " AND amount <> 0"
)
_EXCESS = (
    "SELECT v.event_id FROM exception x JOIN event v ON v.node = x.node AND v.epoch = x.epoch"
    " AND v.seq = x.seq WHERE x.type = 'REFUND_EXCESS'"
)
_LENT = "SELECT account, amount FROM balance WHERE account LIKE 'receivable:%' AND amount <> 0"
_OWED = "SELECT member, sum(amount) FROM balance WHERE holder = 'owed' GROUP BY member"
_OVER = f"SELECT * FROM ({_OWED} HAVING sum(amount) > 0)"  # noqa: S608 -- constants only
_RELEASED = "SELECT account, amount, returned FROM released"


def check_now(hq: Hq, *, restored: bool = False) -> None:
    """Check what must hold at every moment (C.1: 1, 3, 18)."""
    _none(hq, _SUMS, "a unit does not sum to nothing")
    _none(hq, _HOLDS, "a holding is below nothing")
    _none(hq, _SUSPENSE, "an honest terminal was put into suspense")
    if not restored:
        _none(hq, _AVAIL, "more was granted than there was")


def check_end(world: World, oracle: Oracle) -> None:
    """Check what must hold once everybody has come home (C.1: 2, 6, 8, 11, 20)."""
    check_now(world.hq)
    known = _exactly_once(world.hq, oracle)
    _balances(world.hq, oracle, known)
    check_returns(world.hq, [read_event(0, oracle.facts[one].payload, b"") for one in known])
    if check_credit(world.hq, oracle) and (fault := verify(world.hq).fault):
        raise Broken(f"HQ: {fault}")
    for till in world.tills:
        for checked in prove(till.ledger):
            if checked.fault is not None:
                raise Broken(f"{till.name}: {checked.fault}")
        for member in world.members:
            _same_holding(world.hq, till, member)


def check_returns(hq: Hq, events: Sequence[Event]) -> None:
    """Check that tills which asked HQ never gave back one thing twice between them.

    A till may give back its own sale offline; then both sides of it lie before a person.
    """
    sales = {one.id: one for one in events if one.kind is Kind.SALE}
    backs: defaultdict[EventId, list[Event]] = defaultdict(list)
    for one in events:
        if one.kind in {Kind.REFUND, Kind.VOID} and one.of in sales:
            backs[one.of].append(one)
    told = {bytes(event).hex() for (event,) in _rows(hq, _EXCESS)}
    for sale, returns in backs.items():
        body = sales[sale].body
        paid = legs_of(sold_from(body, sales[sale].business_date).units).paid.minor
        if sum(one.body["amount"] for one in returns if "away" in one.body) > paid:
            raise Broken(f"sale {sale.hex} came back twice where HQ was asked")
        whole = sum(one.body["amount"] for one in returns) > paid
        if whole and told.isdisjoint(one.id.hex for one in returns):
            raise Broken(f"sale {sale.hex} came back twice, and nobody was told")


def check_credit(hq: Hq, oracle: Oracle) -> int:
    """Check that HQ booked each credit once, and that no more can be lost than was said.

    Each generation of a terminal may lose as much: a new one knows nothing of what went before.
    Returns what was lent in all, in fen.
    """
    there = {event.hex() for event, _payload in _rows(hq, _EVENTS) if event is not None}
    booked: Counter[str] = Counter()
    unheard, lenders, lent = 0, set(), 0
    for known, fact in oracle.facts.items():
        lent += sum(amount for amount in fact.lent.values() if amount > 0)
        if fact.lent:
            lenders.add((fact.node, fact.epoch))
        if known in there:
            booked.update(fact.lent)
        elif known not in oracle.lost:
            unheard += sum(fact.lent.values())
    here = {account.split(":")[1]: -amount for account, amount in _rows(hq, _LENT)}
    if {who: sum_ for who, sum_ in booked.items() if sum_} != here:
        raise Broken(f"HQ booked credit {here}, the terminals gave {booked}")
    _none(hq, _OVER, "HQ settled more credit than was given")
    owed = unheard + sum(max(0, -int(amount)) for _who, amount in _rows(hq, _OWED))
    if owed > LENT_MOST * len(lenders):
        raise Broken(f"{owed} may be lost, and {LENT_MOST} was said of each of {len(lenders)}")
    return lent


def settled(world: World) -> bool:
    """Say whether nobody has anything left to tell."""
    return all(_acked(till) and not till.archives for till in world.tills)


def released_at(hq: Hq) -> Rights:
    """Return what HQ gave members again out of dead epochs."""
    rights: Rights = Counter()
    for account, amount, _returned in _rows(hq, _RELEASED):
        rights[right_named(account)] += amount
    return rights


def _exactly_once(hq: Hq, oracle: Oracle) -> set[str]:
    there = {event.hex(): payload for event, payload in _rows(hq, _EVENTS) if event is not None}
    lost = {one for one in oracle.lost if one not in there}
    missing = oracle.facts.keys() - lost - there.keys()
    if missing:
        one = oracle.facts[min(missing)]
        raise Broken(f"HQ never heard of {one.node} {one.epoch} {one.seq}")
    if there.keys() - oracle.facts.keys():
        raise Broken("HQ has events that nobody committed")
    for known, payload in there.items():
        if bytes(payload) != oracle.facts[known].payload:
            raise Broken(f"HQ has other bytes of {known}")
    return set(there)


def _balances(hq: Hq, oracle: Oracle, known: set[str]) -> None:
    """Members have what was given and not spent; beyond that only what the house gave again."""
    truth: Rights = Counter()
    for one in known:
        truth.update(oracle.facts[one].change)
    have: Rights = Counter()
    for account, amount in _rows(hq, _RIGHTS):
        have[right_named(account)] += amount
    extra: Rights = Counter()
    for account, amount, returned in _rows(hq, _RELEASED):
        extra[right_named(account)] += amount - returned
    spent = _spent_by_the_dead(hq, oracle)
    for key in truth.keys() | have.keys():
        if extra[key] > spent[key]:
            raise Broken(f"{key}: the house lost {extra[key]}, but only {spent[key]} was spent")
        if have[key] != truth[key] + extra[key]:
            raise Broken(f"{key}: HQ says {have[key]}, truth {truth[key]} and {extra[key]} again")


def _spent_by_the_dead(hq: Hq, oracle: Oracle) -> Rights:
    """Return what epochs that HQ released ever spent: no more of the house's money may be gone."""
    dead = {account.split(":")[1] for account, *_ in _rows(hq, _RELEASED)}
    spent: Rights = Counter()
    for fact in oracle.facts.values():
        if f"{fact.node}.{fact.epoch}" in dead:
            spent.update({key: -change for key, change in fact.change.items() if change < 0})
    return spent


def _same_holding(hq: Hq, till: Till, member: MemberId) -> None:
    node = till.ledger.node
    at = f"hold:{node.id.hex}.{node.epoch}:%:{member.hex}:%"
    asked = "SELECT account, amount FROM balance WHERE account LIKE :at AND amount <> 0"
    there = {account.split(":", 2)[2]: amount for account, amount in _rows(hq, asked, at=at)}
    here = {
        f"{one.pocket}:{member.hex}:{one.ref}": one.amount
        for one in right_rows.held(till.ledger.read(), member)
    }
    if here != there:
        raise Broken(f"{till.name} holds {here}, HQ says {there}")


def _acked(till: Till) -> bool:
    asked = "SELECT acked_seq = (SELECT max(seq) FROM journal) FROM node_state"
    return bool(till.ledger.read().execute(asked).fetchone()[0])


def _none(hq: Hq, asked: str, wrong: str) -> None:
    rows = _rows(hq, asked)
    if rows:
        raise Broken(f"{wrong}: {rows[0]}")


def _rows(hq: Hq, asked: str, **named: object) -> list[tuple]:  # type: ignore[type-arg]
    with hq.read() as book:
        return [tuple(row) for row in book.execute(text(asked), named)]
