"""Rights that arrive at a node and rights that come back: GOT, RETURN, NODE_CLOSE."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_hq.fold import accounts, postings
from pos_hq.fold.accounts import HQ_SIDE, LOSS_ORPHAN, here, right_of
from pos_hq.fold.fact import Fact, Move, Unreadable, text, whole
from pos_hq.fold.sheet import Key, Sheet
from pos_hq.fold.values import Act, Granted

Body = Mapping[str, Any]


def got(sheet: Sheet, fact: Fact) -> None:
    """Mark a grant as received; one that this HQ never gave, or no longer knows, is made again.

    HQ moved the rights when it granted them. Where it has forgotten that (it was restored), the
    receipt moves them now, and what is left to grant may fall below zero.
    """
    receipt = _receipt(sheet, fact)
    plain, arrived = _split(sheet, fact, incoming=True)
    postings.book(sheet, fact, plain)
    known = sheet.grants.get(receipt.id)
    if known is None or known.state == "refused":
        _make_again(sheet, fact, receipt, arrived)
        return
    expected = _expected(known, sheet.whence.at)
    if known.received or known.state == "void" or _place(known) != sheet.whence.at:
        expected = Counter()
    else:
        known.received = 1
        sheet.new_grants.add(known.id)
    keys = [*arrived, *expected]
    different = {key: arrived[key] - expected[key] for key in dict.fromkeys(keys)}
    postings.suspend(sheet, fact, "GRANT_MISMATCH", different)


def given_back(sheet: Sheet, fact: Fact) -> None:
    """Move rights from the node's holding back to what HQ may grant.

    Of a dead epoch only what HQ had not given out again: the rest is the house's.
    """
    plain, left = _split(sheet, fact, incoming=False)
    postings.book(sheet, fact, plain)
    for (account, unit), amount in left.items():
        right = right_of(account)
        assert right is not None, "holdings have an owner"
        lost = _owed_to_the_house(sheet, (account, unit), amount)
        free = accounts.avail(right.pocket, right.member, right.ref)
        ends = ((account, LOSS_ORPHAN, lost), (account, free, amount - lost))
        sheet.post(fact, [(source, target, unit, some) for source, target, some in ends if some])
    postings.cover(sheet, fact)


def closed(sheet: Sheet, fact: Fact) -> None:
    """End an epoch in order: grants that never arrived are void, and HQ has their rights again."""
    postings.post(sheet, fact)
    for grant in sheet.grants.values():
        if grant.state != "granted" or grant.received or _place(grant) != sheet.whence.at:
            continue
        moves = [
            (account, _free(account), unit, amount)
            for (account, unit), amount in _expected(grant, sheet.whence.at).items()
        ]
        grant.state = "void"
        sheet.new_grants.add(grant.id)
        sheet.act(Act("VOID_GRANT", grant.member, grant.id, tuple(moves)))
    sheet.closes = True


def lines_of(body: Body) -> list[tuple[str, str, int]]:
    """Return the rights that a receipt names."""
    return [(text(pocket), text(ref), whole(amount)) for pocket, ref, amount, *_ in body["lines"]]


def _make_again(sheet: Sheet, fact: Fact, grant: Granted, arrived: Counter[Key]) -> None:
    sheet.post(
        fact, [(_free(account), account, unit, some) for (account, unit), some in arrived.items()]
    )
    postings.cover(sheet, fact)
    sheet.grants[grant.id] = grant
    sheet.new_grants.add(grant.id)


def _receipt(sheet: Sheet, fact: Fact) -> Granted:
    """Read the receipt as the grant that it answers."""
    if fact.member is None:
        raise Unreadable("nobody got it")
    lines = lines_of(fact.body)
    return Granted(
        id=UUID(fact.body["grant"]).hex,
        node=sheet.whence.node,
        epoch=sheet.whence.epoch,
        member=fact.member,
        purpose=text(fact.body["purpose"]),
        state="granted",
        lines=lines,
        about=[{} for _ in lines],
        received=1,
        made_at=sheet.whence.heard_at,
        valid_until=whole(fact.body["valid_until"]),
    )


def _split(sheet: Sheet, fact: Fact, *, incoming: bool) -> tuple[tuple[Move, ...], Counter[Key]]:
    """Part the transfers between this node's holdings and HQ from whatever else is there."""
    plain: list[Move] = []
    rights: Counter[Key] = Counter()
    for move in fact.moves:
        outer, inner = (move.source, move.target) if incoming else (move.target, move.source)
        account = here(inner, move.unit, sheet.whence.at)
        if outer == HQ_SIDE and account is not None and account.startswith("hold:"):
            rights[account, move.unit] += move.amount
        else:
            plain.append(move)
    return tuple(plain), rights


def _owed_to_the_house(sheet: Sheet, key: Key, amount: int) -> int:
    again = sheet.released.get(key)
    if not sheet.whence.dead or again is None:
        return 0
    lost = min(amount, again.awaited)
    again.returned += lost
    sheet.back_home.add(key)
    return lost


def _expected(grant: Granted, at: str) -> Counter[Key]:
    rights: Counter[Key] = Counter()
    for pocket, ref, amount in grant.lines:
        account = accounts.held(at, pocket, grant.member, ref)
        rights[account, accounts.unit_of(pocket, ref)] += amount
    return rights


def _place(grant: Granted) -> str:
    return accounts.place(grant.node, grant.epoch)


def _free(account: str) -> str:
    right = right_of(account)
    assert right is not None, "holdings have an owner"
    return accounts.avail(right.pocket, right.member, right.ref)
