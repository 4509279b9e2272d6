"""Grants: rights that HQ moves into a terminal's holding, answered once and for ever."""

from __future__ import annotations

from pos_app.ledger.rules import access
from pos_app.ledger.rules.holder import Status
from pos_app.security.peppers import is_made_with
from pos_app.sync.seals import grant_digest
from pos_app.sync.wire import Grant, GrantAsk
from pos_hq.facts import GrantIdTaken, GrantsFrozen, MemberUnknown, NodeUnknown
from pos_hq.fold import accounts
from pos_hq.fold.accounts import right_of
from pos_hq.fold.granting import Asking, Line, Node, Refused, lines_for, valid_until
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act, Granted, Member
from pos_hq.hq import Hq, milliseconds
from pos_hq.sessions import Caller
from pos_hq.store import chain_rows, grant_rows, member_rows, programme_rows
from pos_hq.store.chain_rows import Chain
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start

PIN = "PIN"
_SPENDING = {
    PIN: access.Act.PAY_STORED_VALUE,
    accounts.CNY: access.Act.PAY_STORED_VALUE,
    accounts.PTS: access.Act.REDEEM_POINTS,
}


def ask(hq: Hq, caller: Caller, ask: GrantAsk) -> Grant:
    """Answer a grant. The same identity brings the same answer for ever; a refusal is final.

    Raises GrantsFrozen and MemberUnknown, which answer nothing; GrantIdTaken, NodeUnknown.
    """
    with hq.write() as book:
        waiting = chain_rows.frozen(book)
        if waiting:
            raise GrantsFrozen(waiting)
        chain_rows.lock(book, caller.node.hex, caller.epoch)
        chain = chain_rows.chain_of(book, caller.node.hex, caller.epoch)
        if chain is None:
            raise NodeUnknown
        known = grant_rows.load(book, [ask.grant])
        answer = known[0] if known else _answered(hq, book, chain, ask)
        if (answer.node, answer.epoch, answer.member) != (chain.node, chain.epoch, ask.member):
            raise GrantIdTaken
        return told(hq, book, answer)


def told(hq: Hq, book: Connection, answer: Granted) -> Grant:
    """Return a grant as a terminal hears it, with HQ's signature."""
    granted = answer.state == "granted"
    lines = [
        {"pocket": pocket, "ref": ref, "amount": amount, "about": about}
        for (pocket, ref, amount), about in zip(answer.lines, answer.about, strict=True)
    ]
    body: dict[str, object] = {
        "grant": answer.id,
        "node": answer.node,
        "epoch": answer.epoch,
        "member": answer.member,
        "state": "granted" if granted else "refused",
        "reason": answer.reason,
        "lines": lines if granted else [],
        "valid_for_s": max(0, answer.valid_until - hq.now_ms()) // 1000 if granted else 0,
        "pin": _pin(hq, book, answer.member) if granted else "",
        "incarnation": hq.incarnation(book),
    }
    signature = hq.signer.sign(grant_digest(body)).hex()
    return Grant.model_validate({**body, "signature": signature})


def _pin(hq: Hq, book: Connection, member: str) -> str:
    """Return what checks a member's PIN at any terminal; nothing where only one of them could."""
    verifier = member_rows.pin_of(book, member)
    return verifier if is_made_with(verifier, hq.pepper) else ""


def _answered(hq: Hq, book: Connection, chain: Chain, ask: GrantAsk) -> Granted:
    whence = Whence(chain.node, chain.epoch, chain.state, hq.now_ms(), {})
    sheet = Sheet(whence)
    load_members(book, sheet, [ask.member], window_start(hq, book))
    member = sheet.members.get(ask.member) or _paper(ask)
    if member is None:
        raise MemberUnknown
    rules = programme_rows.in_force(book, hq.now_ms())
    asking = Asking(ask, whence.at, hq.now(), rules, _node(book, chain))
    called_back: list[Told] = []
    try:
        _ensure_served(chain, member, ask)
        lines = _lines(hq, book, sheet, asking)
        until = milliseconds(valid_until(sheet, asking, lines))
        answer = _granted(sheet, ask, lines, until)
    except Refused as refused:
        answer = _refused(sheet, ask, refused.reason)
        if refused.reason == "not_covered" and ask.purpose == "jit":
            called_back = recalls(sheet, ask.member)
    sheet.grants[answer.id] = answer
    sheet.new_grants.add(answer.id)
    save(book, sheet, called_back)
    return answer


def _paper(ask: GrantAsk) -> Member | None:
    """Return who owns a printed coupon while nobody has it: the coupon itself."""
    wanted = [want.unit for want in ask.wants]
    return Member(ask.member) if wanted == [f"CPN:{ask.member}"] else None


def _lines(hq: Hq, book: Connection, sheet: Sheet, asking: Asking) -> list[Line]:
    """Return the rights of a grant; for a PIN alone there are none. Raises Refused."""
    if [want.unit for want in asking.ask.wants] != [PIN]:
        return lines_for(sheet, asking)
    if not _pin(hq, book, asking.ask.member):
        raise Refused("no_pin")
    return []


def _ensure_served(chain: Chain, member: Member, ask: GrantAsk) -> None:
    """Refuse whom nothing more is given to. Raises Refused."""
    status = Status(member.status)
    wanted = {_SPENDING.get(want.unit, access.Act.USE_COUPON) for want in ask.wants}
    reasons = (
        (chain.status == "revoked", "revoked"),
        (chain.status != "active", "quarantined"),
        (chain.state != "open" or chain.epoch != chain.living, "orphaned"),
        (member.erased, "erased"),
        (member.merged_into is not None, "merged"),
        (not all(access.permitted(status, act) for act in wanted), "blocked"),
    )
    for holds, reason in reasons:
        if holds:
            raise Refused(reason)


def _granted(sheet: Sheet, ask: GrantAsk, lines: list[Line], until: int) -> Granted:
    at = sheet.whence.at
    moves = tuple(
        (
            accounts.avail(pocket, ask.member, ref),
            accounts.held(at, pocket, ask.member, ref),
            accounts.unit_of(pocket, ref),
            amount,
        )
        for pocket, ref, amount in lines
    )
    sheet.act(Act("GRANT", ask.member, ask.grant, moves))
    return Granted(
        id=ask.grant,
        node=sheet.whence.node,
        epoch=sheet.whence.epoch,
        member=ask.member,
        purpose=ask.purpose,
        state="granted",
        lines=lines,
        about=[_about(sheet, pocket, ref) for pocket, ref, _ in lines],
        received=0,
        made_at=sheet.whence.heard_at,
        valid_until=until,
    )


def _refused(sheet: Sheet, ask: GrantAsk, reason: str) -> Granted:
    whence = sheet.whence
    place = (whence.node, whence.epoch, ask.member, ask.purpose)
    return Granted(ask.grant, *place, "refused", [], [], 0, whence.heard_at, 0, reason)


def _about(sheet: Sheet, pocket: str, ref: str) -> dict[str, int | str]:
    """Return what a terminal must know of a lot or a coupon that it may never have seen."""
    if pocket in {"P", "B"} and ref in sheet.lots:
        lot = sheet.lots[ref]
        return {"at": lot.at, "paid": lot.paid, "bonus": lot.bonus}
    if pocket == "CPN" and ref in sheet.coupons:
        one = sheet.coupons[ref]
        span = {"valid_from": one.valid_from, "valid_until": one.valid_until}
        return {"template": one.template, **span}
    return {}


def recalls(sheet: Sheet, member: str) -> list[Told]:
    """Ask every node but the one at hand to return what the member has there."""
    holders = set()
    for account, unit in sheet.owned[member]:
        right = right_of(account)
        if right is not None and "." in right.holder and sheet.balances[account, unit]:
            holders.add(right.holder.partition(".")[0])
    body: dict[str, object] = {"member": member, "at": sheet.whence.heard_at}
    others = sorted(holders - {sheet.whence.node})
    return [Told("recall", member, body, node) for node in others]


def _node(book: Connection, chain: Chain) -> Node:
    fen = chain_rows.hold_totals(book, chain.node, chain.epoch).get(accounts.CNY, 0)
    return Node(fen, chain_rows.members_held(book, chain.node, chain.epoch))
