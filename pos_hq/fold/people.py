"""Members: who they are, which of two words about them stands, and one phone with two members."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.manual_tier import manual_text
from pos_hq.fold import cards, gifts, postings, standing
from pos_hq.fold.fact import Fact, Unreadable, text
from pos_hq.fold.sheet import Sheet, case_of
from pos_hq.fold.values import Member

Private = Mapping[str, Any] | None
PERSON: Mapping[str, Any] = {
    "phone": None,
    "name": "",
    "gender": "",
    "birthday": None,
    "lunar": 0,
    "card": None,
    "note": "",
}
# Of these HQ's value stays; of the others the last to arrive does.
GUARDED = {"phone", "card", "pin", "status"}
NORMAL = "normal"
_LEAP = 2  # a lunar birthday in a leap month
_MAY_BE_NONE = {"phone", "birthday", "card"}


def enrol(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Take a new member in; where HQ knows the phone already, link them to its owner."""
    if fact.member is None:
        raise Unreadable("nobody is enrolled")
    if fact.member in sheet.members:
        _conflict(sheet, fact, "member", {"known": fact.member}, {})
        return
    body, told = fact.body, cleaned({**PERSON, **(private or {})})
    member = Member(
        id=fact.member,
        number=text(body["number"]),
        tier=text(body["tier"]),
        tier_since=fact.day,
        joined_on=fact.day,
        referrer=text(body["referrer"]) if "referrer" in body else None,
        consent_terms=text(body["terms"]),
        consent_marketing=text(body["marketing"]) if "marketing" in body else None,
        **{field: told[field] for field in PERSON if field not in {"phone", "card"}},
    )
    sheet.members[member.id] = member
    _note(sheet, member, "name")
    _claim(sheet, fact, member, "card", told["card"])
    _link_or_claim(sheet, fact, member, told["phone"])
    if member.phone is not None:
        gifts.welcome(sheet, fact, member)


def edit(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Lay changed fields over the member, each on its own; an erased change empties its field."""
    member = sheet.person_of(fact)
    if member is None:
        return
    told = cleaned({**PERSON, **(private or {})})
    for field in fact.body["fields"]:
        if field in PERSON:
            _set(sheet, fact, member, field, told[field])
    if "marketing" in fact.body:
        marketing = fact.body["marketing"]
        member.consent_marketing = None if marketing is None else text(marketing)
        _note(sheet, member, "marketing")


def change_status(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Block a member at once; only the node that blocked them, or HQ, lets them in again."""
    member, status = sheet.person_of(fact), text(fact.body["status"])
    if member is None:
        return
    ours = member.versions.get("status", (0, "", 0))[1] == sheet.whence.node
    if member.status != NORMAL and status == NORMAL and not ours:
        _conflict(sheet, fact, "status", {"status": member.status}, {"status": status})
        return
    member.status = status
    member.status_reason = "" if private is None else text(private.get("reason", ""))
    _note(sheet, member, "status")


def give_tier(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Let a member stand at a tier up to a day, or no longer; the last word stands."""
    member, code = sheet.person_of(fact), fact.body["tier"]
    if member is None:
        return
    reason = "" if private is None else text(private.get("reason", ""))
    given = None
    if code is not None:
        until = date.fromisoformat(fact.body["until"]).isoformat()
        given = manual_text(text(code), until, reason)
    member.tier_manual = given
    _note(sheet, member, "tier_manual")


def set_pin(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Keep the verifier of a member's PIN; without its sidecar they have none."""
    member = sheet.person_of(fact)
    if member is None:
        return
    verifier = "" if private is None else text(private.get("verifier", ""))
    if member.pin and _raced(sheet, fact, member, "pin"):
        _conflict(sheet, fact, "pin", {}, {})
        return
    member.pin = verifier
    _note(sheet, member, "pin")


def link(sheet: Sheet, kept: str, gone: str) -> None:
    """Let one member be another, with whoever was merged into them; a block always wins."""
    one, other = sheet.members[kept], sheet.members[gone]
    if one.status == NORMAL and other.status != NORMAL:
        one.status, one.status_reason = other.status, other.status_reason
        _note(sheet, one, "status")
    one.tier_manual, card = one.tier_manual or other.tier_manual, other.card
    other.phone = other.card = None
    sheet.given_up.add(gone)
    if one.card is None and card is not None:
        one.card = card
        _note(sheet, one, "card")
    cards.pass_on(sheet, gone, kept)
    for linked in sheet.members.values():
        if gone in {linked.id, linked.merged_into}:
            linked.merged_into = kept
            standing.forget(sheet, linked.id)
            sheet.duplicates.add(linked.id)
            _note(sheet, linked, "merged_into")


def forget(sheet: Sheet, member: str) -> None:
    """Empty everything that says who a member is; a frozen identity is left."""
    one = sheet.members[member]
    for field, nothing in PERSON.items():
        setattr(one, field, nothing)
    one.pin, one.consent_marketing, one.referrer = "", None, None
    one.status, one.status_reason = Status.FROZEN.value, ""
    one.tier_manual = None
    standing.forget(sheet, member)
    cards.forget(sheet, member)
    _note(sheet, one, "erased")


def is_identity(value: str) -> bool:
    """Say whether a text is an identity as HQ writes it."""
    return re.fullmatch("[0-9a-f]{32}", value) is not None


def renew_pin(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Take the same PIN with the chain's pepper, from the node whose word on it was the last."""
    postings.post(sheet, fact)
    member = sheet.member_of(fact) if private else None
    if member is not None and member.versions.get("pin", (0, "", 0))[1] == sheet.whence.node:
        member.pin = text((private or {})["verifier"])
        sheet.changed.add(member.id)


def cleaned(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a person in the shapes that HQ keeps."""
    kept: dict[str, Any] = {}
    for field in PERSON:
        value = told[field]
        if field == "lunar":
            kept[field] = _LEAP if value == _LEAP else int(bool(value))
        else:
            kept[field] = None if value is None and field in _MAY_BE_NONE else text(value or "")
    kept.update({field: kept[field] or None for field in _MAY_BE_NONE})
    return kept


def _set(sheet: Sheet, fact: Fact, member: Member, field: str, value: object) -> None:
    known = getattr(member, field)
    if value == known:
        return
    if field in GUARDED and _raced(sheet, fact, member, field):
        _conflict(sheet, fact, field, {"field": field}, {"field": field})
    elif field in {"phone", "card"}:
        _claim(sheet, fact, member, field, None if value is None else str(value))
    else:
        setattr(member, field, value)
        _note(sheet, member, field)


def _raced(sheet: Sheet, fact: Fact, member: Member, field: str) -> bool:
    """Say whether another node had changed the field when this one did not know of it yet."""
    version, node, heard_at = member.versions.get(field, (0, "", 0))
    if node in {"", sheet.whence.node}:
        return False
    base = fact.body.get("base")
    return version > base if isinstance(base, int) else fact.at <= heard_at


def _link_or_claim(sheet: Sheet, fact: Fact, member: Member, phone: str | None) -> None:
    owner = None if phone is None else sheet.phones.get(phone)
    if owner is None:
        _claim(sheet, fact, member, "phone", phone)
        return
    member.merged_into = sheet.canonical(owner)
    sheet.duplicates.add(member.id)
    told = {"here": {"member": member.merged_into}, "there": {"member": member.id}}
    sheet.open_case(case_of(sheet, fact, "DUP_MEMBER", **told))
    postings.sweep_member(sheet, member.id)


def _claim(sheet: Sheet, fact: Fact, member: Member, field: str, value: str | None) -> None:
    """Give a member a phone or card that nobody else has; else HQ's owner keeps it."""
    taken = sheet.phones if field == "phone" else sheet.cards
    owner = None if value is None else taken.get(value)
    if owner not in {None, member.id}:
        _conflict(sheet, fact, field, {"member": owner}, {"member": member.id})
        return
    _own(sheet, member, field, value)


def take_phone(sheet: Sheet, member: Member, phone: str) -> None:
    """Give a member a phone number that is nobody else's."""
    _own(sheet, member, "phone", phone)


def _own(sheet: Sheet, member: Member, field: str, value: str | None) -> None:
    taken = sheet.phones if field == "phone" else sheet.cards
    before = getattr(member, field)
    if before is not None and taken.get(before) == member.id:
        del taken[before]
        sheet.given_up.add(member.id)
    setattr(member, field, value)
    if value is not None:
        taken[value] = member.id
    _note(sheet, member, field)


def _note(sheet: Sheet, member: Member, field: str) -> None:
    member.version += 1
    member.versions[field] = (member.version, sheet.whence.node, sheet.whence.heard_at)
    sheet.changed.add(member.id)


def _conflict(
    sheet: Sheet, fact: Fact, field: str, here: dict[str, object], there: dict[str, object]
) -> None:
    told = {"here": here, "there": there, "proposal": f"keep {field}"}
    sheet.open_case(case_of(sheet, fact, "PROFILE_CONFLICT", **told))
