"""What terminals are told of a member: enough to serve them, and never a factor of theirs."""

from __future__ import annotations

from collections import defaultdict

from pos_app.security.peppers import tag_of
from pos_hq.fold import real_names
from pos_hq.fold.accounts import OWED, right_of, unit_class
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.values import Member

_AS_IT_IS = (
    "number", "phone", "name", "gender", "birthday", "lunar", "status", "status_reason", "tier",
    "tier_since", "tier_protected_until", "joined_on", "card", "note", "consent_terms",
    "consent_marketing", "last_visit", "visits", "referrer", "merged_into", "version",
    "tier_manual", "tier_notice",
)  # fmt: skip


def member_body(sheet: Sheet, member: Member, as_of: int) -> dict[str, object]:
    """Return the body of a member in the feed; its balances are shown, not spent."""
    avail: list[list[object]] = []
    held: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    owed, early, refs = 0, 0, set()
    for account, unit in sorted(sheet.owned.get(member.id, ())):
        right, amount = right_of(account), sheet.balances[account, unit]
        if right is None or not amount:
            continue
        if right.holder == "debt":
            owed -= amount
            continue
        if right.holder == OWED:
            early -= amount
            continue
        refs.add(right.ref)
        if right.holder == "avail":
            avail.append([right.pocket, right.ref, amount])
        elif (theirs := amount - given_again(sheet, account, unit)) > 0:
            held[right.holder][unit_class(unit)] += theirs
    spend, growth = sheet.grown.get(member.id, (0, 0))
    return {
        **{name: getattr(member, name) for name in _AS_IT_IS},
        "erased": member.erased,
        "pin": tag_of(member.pin),
        "spend": spend,
        "growth": growth,
        "debt": owed,
        "owes": early,
        "avail": avail,
        "held": held,
        "coupons": _coupons(sheet, refs),
        "lots": _lots(sheet, refs),
        "as_of": as_of,
        **_real_name(sheet, member),
        **_cards(sheet, member),
        **({} if member.erased else _standing(sheet, member.id)),
    }


def _real_name(sheet: Sheet, member: Member) -> dict[str, object]:
    """Return that a document of theirs is on record; of whom HQ has forgotten, nothing."""
    known = None if member.erased else real_names.told(sheet, member.id)
    return {} if known is None else {"real_name": known}


def _cards(sheet: Sheet, member: Member) -> dict[str, object]:
    """Return every card that was ever the member's: a dead number says so at every till."""
    kept = (one for _, one in sorted(sheet.plastic.items()) if one.member == member.id)
    told = [[one.id, one.number, one.form, one.state, one.since, one.block] for one in kept]
    return {"cards": told} if told and not member.erased else {}


def _standing(sheet: Sheet, member: str) -> dict[str, object]:
    """Return tags, stage and rewards; nothing of what there is none."""
    told: dict[str, object] = {}
    if tags := sheet.tags.get(member):
        told["tags"] = [
            [
                one.tag,
                one.category,
                one.since,
                one.as_of,
                one.rule,
                one.rules,
                one.count,
                one.orders,
            ]
            for _, one in sorted(tags.items())
        ]
    if staged := sheet.stages.get(member):
        told |= {"stage": staged.stage, "staged_on": staged.as_of}
        told |= {"band": staged.band, "scores": staged.scores}
    if rewards := sheet.rewards.get(member):
        told["rewards"] = rewards
    return told


def given_again(sheet: Sheet, account: str, unit: str) -> int:
    """Return what of a dead epoch's holding is the house's: the member has it again already."""
    known = sheet.released.get((account, unit))
    return 0 if known is None else known.awaited


def _coupons(sheet: Sheet, refs: set[str]) -> dict[str, list[str]]:
    known = (sheet.coupons[ref] for ref in refs if ref in sheet.coupons)
    return {one.id: [one.template, one.valid_from, one.valid_until] for one in known}


def _lots(sheet: Sheet, refs: set[str]) -> dict[str, list[int]]:
    known = (sheet.lots[ref] for ref in refs if ref in sheet.lots)
    return {one.id: [one.at, one.paid, one.bonus] for one in known}
