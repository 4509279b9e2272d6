"""What a batch touches, loaded in a handful of questions before it is folded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from pos_hq.fold.accounts import here, right_of
from pos_hq.fold.belongings import Coupon, Lot
from pos_hq.fold.closings import closed_in
from pos_hq.fold.fact import Fact, read_fact
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Member, Origin, SaleLegs
from pos_hq.store import (
    behaviour_rows,
    card_rows,
    grant_rows,
    job_rows,
    member_rows,
    order_rows,
    real_name_rows,
    released_rows,
    standing_rows,
)
from pos_hq.store.bulk import fetch, fetch_of
from pos_hq.store.database import Connection

Reader = Callable[[Connection, Sequence[str]], list[Member]]
Privates = Mapping[bytes, Mapping[str, Any] | None]
_CLAIMED = {"phone", "card", "number"}
_LEGS = ("external", "principal", "bonus", "points")


def load_sheet(
    book: Connection, whence: Whence, facts: Sequence[Fact], privates: Privates, since: str
) -> Sheet:
    """Load and lock what these events touch; growth counts from the day `since`."""
    sheet = Sheet(whence)
    _load_grants(book, sheet, facts)
    names = _names(sheet, facts)
    if any(not _CLAIMED.isdisjoint(told) for told in privates.values() if told):
        member_rows.registering(book)
        names |= _owners(book, privates)
    load_members(book, sheet, names, since)
    load_things(book, sheet, _refs(sheet, facts))
    _load_released(book, sheet, facts)
    _load_sales(book, sheet, facts)
    _load_reviewed(book, sheet, facts)
    _load_closed(book, sheet, facts)
    _load_known(book, sheet, facts)
    return sheet


def load_members(
    book: Connection,
    sheet: Sheet,
    names: Iterable[str],
    since: str,
    read: Reader = member_rows.load,
) -> None:
    """Load members, everything that they own, and what those things are; `read` may lock them."""
    sheet.counts_after = since
    wanted = set(names)
    wanted |= member_rows.canonical_of(book, sorted(wanted))
    for member in read(book, sorted(wanted)):
        sheet.load_member(member)
    ids = [bytes.fromhex(one) for one in sorted(wanted)]
    asked = "SELECT account, unit, amount FROM balance WHERE member IN {keys} AND amount <> 0"
    for account, unit, amount in fetch_of(book, asked, ids):
        sheet.load_balance(account, unit, amount)
    sheet.released.update(released_rows.awaited_of(book, ids))
    # What a lot has settled names the lot at its end.
    refs = {right.ref.rpartition(":")[2] for right in _rights(sheet)}
    load_things(book, sheet, {ref for ref in refs if len(ref) == 32})
    sheet.plastic.update(card_rows.of(book, ids))
    sheet.real_names.update(real_name_rows.of(book, ids))
    sheet.tags.update(standing_rows.tags(book, ids))
    known = standing_rows.stages(book, ids).items()
    sheet.stages.update((member, staged) for member, (staged, _due) in known)
    sheet.rewards.update(behaviour_rows.latest(book, ids))
    asked = (
        "SELECT member, sum(spend), sum(growth) FROM growth WHERE member IN {keys}"
        " AND on_day > ? GROUP BY member"
    )
    for member_id, spend, growth in fetch_of(book, asked, ids, since):
        sheet.grown[bytes(member_id).hex()] = (int(spend), int(growth))


def load_things(book: Connection, sheet: Sheet, refs: Iterable[str]) -> None:
    """Load lots and coupons by their identities."""
    ids = [bytes.fromhex(ref) for ref in sorted(set(refs))]
    asked = "SELECT id, member, at, paid, bonus FROM lot WHERE id IN {keys}"
    for lot, member, *figures in fetch_of(book, asked, ids):
        sheet.lots[bytes(lot).hex()] = Lot(bytes(lot).hex(), bytes(member).hex(), *figures)
    asked = "SELECT id, member, template, valid_from, valid_until FROM coupon WHERE id IN {keys}"
    for coupon, member, *told in fetch_of(book, asked, ids):
        sheet.coupons[bytes(coupon).hex()] = Coupon(bytes(coupon).hex(), bytes(member).hex(), *told)


def _load_grants(book: Connection, sheet: Sheet, facts: Sequence[Fact]) -> None:
    named = [_identity(fact.body.get("grant")) for fact in facts if fact.kind == "GOT"]
    grants = grant_rows.load(book, [one for one in named if one])
    if any(fact.kind == "NODE_CLOSE" for fact in facts):
        grants += grant_rows.outstanding(book, sheet.whence.node, sheet.whence.epoch)
    sheet.grants.update({grant.id: grant for grant in grants})


def _names(sheet: Sheet, facts: Sequence[Fact]) -> set[str]:
    names = {fact.member for fact in facts if fact.member is not None}
    names |= {grant.member for grant in sheet.grants.values()}
    for fact in facts:
        names |= {right.member for right in map(right_of, _accounts(sheet, fact)) if right}
    return names


def _owners(book: Connection, privates: Privates) -> set[str]:
    told = [one for one in privates.values() if one]
    owners: set[str] = set()
    for field in ("phone", "card"):
        values = {str(one[field]) for one in told if one.get(field)}
        owners |= member_rows.owners(book, field, sorted(values))
    numbers = sorted({str(one["number"]) for one in told if one.get("number")})
    owners |= member_rows.owners(book, "card", numbers) | card_rows.owners(book, numbers)
    return owners


def _load_released(book: Connection, sheet: Sheet, facts: Sequence[Fact]) -> None:
    if not sheet.whence.dead:
        return
    touched = {account for fact in facts for account in _accounts(sheet, fact)}
    sheet.released.update(released_rows.load(book, sorted(touched)))


def _load_sales(book: Connection, sheet: Sheet, facts: Sequence[Fact]) -> None:
    returns = [fact for fact in facts if fact.kind in {"REFUND", "VOID"}]
    asked = (
        "SELECT event_id, external, principal, bonus, points, back_external, back_principal,"
        " back_bonus, back_points, member, on_day, goods, multiplier, stands_points,"
        " stands_pending, stands_growth FROM sale WHERE event_id IN {keys}"
    )
    named = sorted({fact.of for fact in returns if fact.of is not None})
    for sale, *row in fetch_of(book, asked, named):
        legs, (member, on_day, goods), stands = row[:8], row[8:11], row[11:]
        paid, back = (dict(zip(_LEGS, some, strict=True)) for some in (legs[:4], legs[4:]))
        who = None if member is None else bytes(member).hex()
        sheet.sales[bytes(sale)] = SaleLegs(paid, back, who, on_day, json.loads(goods), *stands)
    if named:
        _load_origins(book, sheet, named, {fact.id for fact in returns})
    backs = [back for fact in returns for back in _list(fact.body.get("coupons_back"))]
    refs = (_identity(back.get("coupon")) for back in backs if isinstance(back, dict))
    load_things(book, sheet, [ref for ref in refs if ref])


def _load_origins(
    book: Connection, sheet: Sheet, sales: Sequence[bytes], new: set[bytes | None]
) -> None:
    """Load whose these sales are, and which units of each came back before, and by what."""
    asked = "SELECT event_id, node FROM event WHERE event_id IN {keys}"
    for sale, node in fetch_of(book, asked, sales):
        sheet.origins[bytes(sale)] = Origin(bytes(node).hex(), {})
    for back in order_rows.returns(book, sales):
        if back.event not in new and back.sale in sheet.origins:
            units = read_fact(0, back.payload, b"", b"").body.get("units")
            known = sheet.origins[back.sale].units
            known.update((unit, back.event) for unit in _list(units) if unit not in known)


def _load_reviewed(book: Connection, sheet: Sheet, facts: Sequence[Fact]) -> None:
    """Load what waits and what was let go of members who return something."""
    returns = (fact.member for fact in facts if fact.kind in {"REFUND", "VOID"})
    ids = sorted({bytes.fromhex(sheet.canonical(one)) for one in returns if one is not None})
    sheet.let_go.update(job_rows.let_go(book, ids))
    if sheet.let_go:
        sheet.pending.update(job_rows.pending(book, ids))


def _load_closed(book: Connection, sheet: Sheet, facts: Sequence[Fact]) -> None:
    """Load which lots of those members were closed before; this is asked for closings only."""
    closings = [fact for fact in facts if fact.kind == "ACCOUNT_CLOSE"]
    members = sorted({bytes.fromhex(fact.member) for fact in closings if fact.member is not None})
    new = {fact.id for fact in closings}
    asked = "SELECT event_id, payload FROM event WHERE member IN {keys} AND kind = 'ACCOUNT_CLOSE'"
    for event, payload in fetch_of(book, asked, members):
        if event is not None and bytes(event) not in new:
            sheet.closed |= closed_in(read_fact(0, bytes(payload), b"", b""))


def _load_known(book: Connection, sheet: Sheet, facts: Sequence[Fact]) -> None:
    ids = [fact.id for fact in facts if fact.id is not None]
    rows = fetch_of(book, "SELECT event_id FROM event WHERE event_id IN {keys}", ids)
    sheet.known_ids.update(bytes(row[0]) for row in rows)
    node, epoch = bytes.fromhex(sheet.whence.node), sheet.whence.epoch
    told = (
        "SELECT type, account FROM exception WHERE node = ? AND (type = 'CLOCK_SUSPECT'"
        " OR state = 'open' AND type IN ('RULES_UNKNOWN', 'AVAIL_SHORT', 'CREDIT_OWED'))"
    )
    sheet.known_cases.update((kind, account) for kind, account in fetch(book, told, node))
    before = "SELECT at FROM event WHERE node = ? AND epoch = ? AND seq = ?"
    last = fetch(book, before, node, epoch, facts[0].seq - 1)
    sheet.last_at = last[0][0] if last else 0


def _refs(sheet: Sheet, facts: Sequence[Fact]) -> set[str]:
    """Return the lots and coupons that move; one that had been used up may come back."""
    accounts = (account for fact in facts for account in _accounts(sheet, fact))
    return {right.ref for right in map(right_of, accounts) if right and len(right.ref) == 32}


def _rights(sheet: Sheet) -> Iterable[Any]:
    return (right for right in (right_of(account) for account, _ in sheet.balances) if right)


def _accounts(sheet: Sheet, fact: Fact) -> list[str]:
    at = sheet.whence.at
    named = [
        here(code, move.unit, at) for move in fact.moves for code in (move.source, move.target)
    ]
    return [account for account in named if account is not None]


def _identity(value: object) -> str:
    try:
        return UUID(str(value)).hex
    except ValueError:
        return ""


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
