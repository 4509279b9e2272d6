"""What can be done about a member, and the words of each sheet."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.rules.access import Act, Role
from pos_app.ledger.rules.holder import Status
from pos_app.ui.member_page.state import Deed, DeedButton, DeedSheet
from pos_app.ui.text import sentence


def buttons(kept: Profile, role: Role, waiting: frozenset[Act]) -> tuple[DeedButton, ...]:
    """Return the deeds of this moment; they keep their places, a shut one says why.

    `waiting` are the acts for which HQ would have to be reached.
    """
    managers = "" if role is Role.MANAGER else _("Only a manager may see the whole number.")
    frozen = _("The account is frozen.") if kept.status is Status.FROZEN else ""
    pin = _("Reset PIN") if kept.has_pin else _("Set PIN")
    reset = sentence(OnlineOnly(Act.RESET_PIN)) if kept.has_pin and Act.RESET_PIN in waiting else ""
    lift = sentence(OnlineOnly(Act.UNFREEZE)) if Act.UNFREEZE in waiting else ""
    away = Act.CHANGE_PHONE in waiting
    phone = sentence(OnlineOnly(Act.CHANGE_PHONE)) if away else ""
    offers = _("Stop offers") if kept.marketing_version else _("Allow offers")
    freeze = (
        DeedButton(Deed.FREEZE, _("Freeze"), "snowflake")
        if kept.status is Status.NORMAL
        else DeedButton(Deed.UNFREEZE, _("Lift the block"), "lock-open", lift)
    )
    black = _("Already blacklisted.") if kept.status is Status.BLACKLISTED else ""
    return (
        DeedButton(Deed.EDIT, _("Edit"), "pencil", frozen),
        DeedButton(Deed.PHONE, _("Change phone"), "smartphone", frozen or phone),
        DeedButton(Deed.PIN, pin, "key-round", frozen or reset),
        DeedButton(Deed.MARKETING, offers, "megaphone"),
        DeedButton(Deed.REVEAL, _("Show phone"), "eye", managers),
        freeze,
        DeedButton(Deed.BLACKLIST, _("Blacklist"), "ban", black),
        DeedButton(Deed.TIER, _("Give a tier"), "crown", _no_tier(role, waiting)),
    )


def _no_tier(role: Role, waiting: frozenset[Act]) -> str:
    if role is not Role.MANAGER:
        return _("Only a manager may give a tier.")
    return sentence(OnlineOnly(Act.SET_TIER)) if Act.SET_TIER in waiting else ""


def sheet(deed: Deed, kept: Profile, round_: int) -> DeedSheet:
    """Return the sheet of a deed, ready to be filled in."""
    title, words, verb = _texts(deed, kept)
    return DeedSheet(
        deed=deed,
        title=title,
        words=words,
        verb=verb,
        danger=deed in (Deed.FREEZE, Deed.BLACKLIST),
        round=round_,
        gender=kept.gender.value,
        note=kept.note,
        card=kept.masked_card,
        who=f"{kept.masked_name}  ·  {kept.masked_phone}",
    )


def _texts(deed: Deed, kept: Profile) -> tuple[str, str, str]:
    pin = _("The member types a new PIN twice. Check who stands here first.")
    if not kept.has_pin:
        pin = _("The member types a PIN twice. Six digits, not easily guessed.")
    return {
        Deed.EDIT: (
            _("Edit"),
            _("An empty field stays as it is. The birthday can change once a year."),
            _("Save"),
        ),
        Deed.PHONE: _phone(),
        Deed.PIN: (_("Payment PIN"), pin, _("Keep this PIN")),
        Deed.MARKETING: _marketing(kept),
        Deed.REVEAL: (
            _("Show the whole phone number"),
            _("It is shown for ten seconds. Who looked, when and why is written in the book."),
            _("Show it"),
        ),
        Deed.FREEZE: (
            _("Freeze the account"),
            _("Nothing can be paid, topped up or redeemed until then. Returns stay possible."),
            _("Freeze"),
        ),
        Deed.UNFREEZE: (
            _("Lift the block"),
            _("Two managers must agree to this."),
            _("Lift it"),
        ),
        Deed.BLACKLIST: (
            _("Blacklist the member"),
            _("Benefits end; the stored value stays the member's own. Two managers must agree."),
            _("Blacklist"),
        ),
        Deed.TIER: (
            _("Give a tier"),
            _("It counts from the next order on, at every till, and ends by itself after its day."),
            _("Give it"),
        ),
    }[deed]


def _phone() -> tuple[str, str, str]:
    return (
        _("New phone number"),
        _(
            "Check who stands here, and that the number is theirs. HQ takes it down first: no "
            "two members of the chain share one."
        ),
        _("Change it"),
    )


def _marketing(kept: Profile) -> tuple[str, str, str]:
    if kept.marketing_version:
        return (
            _("Stop offers"),
            _("From now on no advertising is sent. Points and balance messages go on."),
            _("Stop offers"),
        )
    return (
        _("Allow offers"),
        _("The member has just agreed, in person, to receive offers by message."),
        _("The member agrees"),
    )
