"""Sentences about the way to HQ, and about what HQ and this till disagree on."""

from __future__ import annotations

from pos_app.joining import AddressOpen, CodeUnfit
from pos_app.language import _
from pos_app.ledger.alerts import NotForThisTill
from pos_app.ledger.decisions import NotForTheStore
from pos_app.ledger.inbox import FeedUnreadable
from pos_app.ledger.link import OtherHq, OtherStore
from pos_app.ledger.outbox import ChainDiffers, HoldingsDiffer
from pos_app.money import Money, Points
from pos_app.sync.bundle import NotWritable
from pos_app.sync.facts import (
    Doubt,
    HqMisbehaved,
    HqOlder,
    HqRefused,
    HqUnreachable,
    Outage,
    Rewound,
    TerminalOlder,
)
from pos_app.ui.formats import money, points
from pos_app.ui.sentences.said import said
from pos_app.ui.work import LaneShut


@said.register
def _unreachable(fact: HqUnreachable) -> str:
    return {
        Outage.NO_NETWORK: _(
            "HQ cannot be reached: this computer has no network. Check the cable or the Wi-Fi."
        ),
        Outage.NAME: _(
            "HQ cannot be reached: its address cannot be looked up. Check the address and the "
            "internet connection."
        ),
        Outage.NETWORK: _(
            "HQ cannot be reached: the connection breaks off. Nothing is lost; try again later."
        ),
        Outage.REFUSED: _(
            "The network works, but HQ's server does not run. Tell HQ, and try again later."
        ),
        Outage.TIMEOUT: _("HQ did not answer in time. Nothing is lost; try again later."),
        Outage.BUSY: _("HQ is busy just now. Nothing is lost; try again in a minute."),
    }[fact.outage]


@said.register
def _not_for_the_store(fact: NotForTheStore) -> str:
    if fact.who == "store manager":
        return _("This exception cannot be decided like this. Look at it again.")
    return _("This is no longer the store's to decide. HQ acts, and answers on this page.")


@said.register
def _not_for_this_till(_fact: NotForThisTill) -> str:
    return _("This alert is closed, or HQ's to close. Look at the list again.")


@said.register
def _not_writable(fact: NotWritable) -> str:
    return _("The file cannot be written to {folder}. Nothing was exported.").format(
        folder=fact.folder
    )


@said.register
def _refused(fact: HqRefused) -> str:
    return _refusals().get(fact.code) or _(
        "HQ refused this till ({code}). Nothing is lost. Call HQ and name this code."
    ).format(code=fact.code)


def _errands() -> dict[str, str]:
    """Say why HQ did not do what somebody at the counter waits for."""
    not_as_here = _(
        "HQ knows this member otherwise than this till does. Wait for the next sync, look at the "
        "member again, and repeat."
    )
    return {
        "sale_claimed": _(
            "Another till is refunding this sale just now, or has not told HQ how it ended. Try "
            "again in a few minutes."
        ),
        "sale_unknown": _("HQ has not heard of this sale yet: the till that made it is offline."),
        "phone_taken": _("This phone number is another member's in the chain. Nothing changed."),
        "member_stale": not_as_here,
        "member_unknown": not_as_here,
    }


def _refusals() -> dict[str, str]:
    new_code = _("This code was used or has run out. Ask HQ for a new one; it lasts 15 minutes.")
    shut_out = _(
        "HQ has shut this till out. What it sold is safe here. Call HQ before you go on selling."
    )
    two_copies = _(
        "HQ knows another course of this till's book: a copy of the disk may be in use. Stop "
        "stored-value payments here and call HQ."
    )
    return _errands() | {
        "code_refused": _("HQ does not know this code. Check it letter by letter and try again."),
        "code_used": new_code,
        "code_expired": new_code,
        "code_for_another": _("This code was made for another till. Ask HQ for one for this till."),
        "code_for_another_store": _(
            "This code is of another store, and this till has traded for its own already. Ask HQ "
            "for a code of this till's store; this one was not used up."
        ),
        "node_enrolled": _(
            "HQ knows this till already. Ask HQ for a code that brings this very till back."
        ),
        "key_enrolled": _("HQ knows this till's key already. Call HQ; nothing was changed."),
        "epoch_taken": _("HQ knows a newer book of this till. Call HQ; nothing was changed."),
        "revoked": shut_out,
        "epoch_over": shut_out,
        "fork": two_copies,
        "chain": two_copies,
        "too_often": _("This till asked too often. Wait a minute and try again."),
        "grants_frozen": _(
            "HQ was restored and grants nothing until all tills have reported. What is held here "
            "can be spent; other tenders work."
        ),
    }


@said.register
def _misbehaved(fact: HqMisbehaved) -> str:
    return {
        Doubt.CERTIFICATE: _(
            "What answers at this address cannot prove that it is HQ, so nothing was told to it. "
            "Check address, certificate file and the computer's clock."
        ),
        Doubt.NO_CERTIFICATES: _(
            "The certificate file of the settings (hq_certificates) cannot be found. Put it there "
            "or correct the setting."
        ),
        Doubt.NOT_HQ: _(
            "Something else than HQ answers, perhaps a log-in page of the network. Log in to the "
            "network, or check the address."
        ),
        Doubt.SHAPE: _("HQ's answer cannot be read. Nothing of it was taken; try again later."),
        Doubt.SIGNATURE: _(
            "An answer did not bear HQ's signature. Nothing of it was taken. Tell HQ if it "
            "happens again."
        ),
    }[fact.doubt]


@said.register
def _hq_older(_fact: HqOlder) -> str:
    return _(
        "HQ's program is older than this till's and must be updated first. The till goes on and "
        "keeps everything until then."
    )


@said.register
def _terminal_older(_fact: TerminalOlder) -> str:
    return _(
        "This till's program is too old for HQ. Update it; what it sold is safe and is sent "
        "afterwards."
    )


@said.register
def _rewound(fact: Rewound) -> str:
    return _(
        "HQ holds {there} entries of this till, the till itself {here}: the disk was restored "
        "from an old copy. Stop selling here and call HQ."
    ).format(here=fact.here, there=fact.at_hq)


@said.register
def _chain_differs(fact: ChainDiffers) -> str:
    return _(
        "HQ holds another entry number {number} than this till: two copies of its book are in "
        "use. Stop selling here and call HQ."
    ).format(number=fact.seq)


@said.register
def _feed_unreadable(fact: FeedUnreadable) -> str:
    return _(
        "HQ told something that this till cannot read ({what}). What it did is sent on; news wait. "
        "Call HQ."
    ).format(what=f"{fact.entity} {fact.seq}")


@said.register
def _holdings_differ(fact: HoldingsDiffer) -> str:
    return _(
        "What this till may spend differs ({unit}: here {here}, at HQ {there}). Stored value, "
        "points and coupons wait until HQ has cleared it; other tenders work."
    ).format(
        unit=_unit(fact.unit),
        here=_quantity(fact.unit, fact.here),
        there=_quantity(fact.unit, fact.at_hq),
    )


def _unit(unit: str) -> str:
    return {"CNY": _("stored value"), "PTS": _("points")}.get(unit, _("coupons"))


def _quantity(unit: str, amount: int) -> str:
    return money(Money(amount)) if unit == "CNY" else points(Points(amount))


@said.register
def _other_hq(_fact: OtherHq) -> str:
    return _(
        "This till belongs to another HQ than the one that answers. Check the address; a till "
        "cannot change its HQ."
    )


@said.register
def _other_store(fact: OtherStore) -> str:
    return _(
        "The code is for store {there}, but this till's book belongs to store {here}. Ask HQ for "
        "a code for store {here}."
    ).format(here=fact.here, there=fact.there)


@said.register
def _address_open(fact: AddressOpen) -> str:
    return _(
        "“{url}” is not protected: everybody on the way could read the code. Use an address that "
        "begins with https."
    ).format(url=fact.url)


@said.register
def _code_unfit(_fact: CodeUnfit) -> str:
    return _("That is no code. HQ gives you one of 16 letters and digits when it adds the till.")


@said.register
def _lane_shut(_fact: LaneShut) -> str:
    return _("The terminal is closing. What was under way goes on at the next start.")
