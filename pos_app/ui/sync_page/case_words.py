"""What an exception means, whose it is, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.language import _
from pos_app.ui.parts.state import Choice


@dataclass(frozen=True, slots=True)
class CaseWords:
    """A kind of exception, in words for the counter."""

    title: str
    meaning: str
    owner: str
    step: str


def case_words(kind: str) -> CaseWords:
    """Return the words of a type of exception; a newer HQ may know more types."""
    known = _about_chains() | _about_clocks() | _about_rights() | _about_sums() | _about_people()
    known |= _about_books()
    return known.get(kind) or CaseWords(
        _("Exception"),
        _("HQ wants a person to look at this. Nothing was lost or undone."),
        _("HQ"),
        _("Wait for HQ. Ask them about it if it is still here tomorrow."),
    )


def decision_words(code: str) -> str:
    """Say how HQ resolved an exception."""
    return {
        "accept": _("Accepted as it was booked."),
        "loss": _("Booked as a loss of the house."),
        "lift": _("The till is trusted again."),
        "unblock": _("The member may pay again."),
        "correct": _("A correction was handed in; HQ works on it."),
        "settled": _("It has settled by itself."),
    }.get(code, code)


def choice(how: str) -> Choice:
    """Return the button of a decision; one that a newer HQ offers keeps its code."""
    known = {
        "accept": Choice(how, _("Accept HQ's side"), "check"),
        "loss": Choice(how, _("Write the difference off"), "trash-2"),
        "correct": Choice(how, _("Hand in a correction"), "pencil"),
    }
    return known.get(how, Choice(how, how))


def _about_chains() -> dict[str, CaseWords]:
    support = _("Store manager and HQ")
    two_copies = CaseWords(
        _("Two books of one till"),
        _("HQ has met another copy of this till's book: a disk was copied or restored."),
        support,
        _("Stop stored-value payments here and call HQ now."),
    )
    return {
        "FORK": two_copies,
        "REWIND": two_copies,
        "DUP_EVENT_ID": two_copies,
        "BAD_SIG": CaseWords(
            _("Signature not genuine"),
            _("HQ could not confirm that this till wrote the entry."),
            support,
            _("Call HQ now, and leave the till as it is."),
        ),
        "UNREADABLE": CaseWords(
            _("Entry HQ cannot read"),
            _("HQ keeps the entry, but could not book what it says."),
            _("HQ"),
            _("Nothing at the till. HQ is upgraded or repairs the entry."),
        ),
        "ORPHAN": CaseWords(
            _("An older book of this till"),
            _("The till's former book held rights to spend, and may not come back."),
            _("HQ"),
            _("Go on selling. HQ checks it and answers here."),
        ),
    }


def _about_clocks() -> dict[str, CaseWords]:
    return {
        "CLOCK_SUSPECT": CaseWords(
            _("Clock was wrong"),
            _("The till's clock was far from HQ's when this was written."),
            _("Store manager"),
            _("Set the computer's time right. HQ checks dates of coupons and points."),
        ),
        "STALE_NODE": CaseWords(
            _("No contact for a day"),
            _("HQ heard nothing of this till for more than a day."),
            _("Store manager"),
            _("See why the till was offline. Nothing is lost: it is sent now."),
        ),
    }


def _about_rights() -> dict[str, CaseWords]:
    return {
        "HOLD_SHORT": CaseWords(
            _("Paid beyond its rights"),
            _("The payment spent more than HQ had given to this till. The sale stands."),
            _("Store manager and HQ"),
            _("Keep the slip. HQ decides who bears the difference."),
        ),
        "HOLD_TOTAL_MISMATCH": CaseWords(
            _("Sums differ"),
            _("HQ's sum of what this till may spend is not the till's own."),
            _("Store manager and HQ"),
            _("Stored value waits here until HQ has cleared it. Cash and cards go on."),
        ),
        "COUPON_DOUBLE": CaseWords(
            _("Coupon used twice"),
            _("The coupon was also used at another till. Both sales stand."),
            _("Store manager"),
            _("Ask the customer for the difference, or let a manager write it off."),
        ),
    }


def _about_sums() -> dict[str, CaseWords]:
    return {
        "REFUND_DIFF": CaseWords(
            _("Refund differs from the rules"),
            _("HQ computed other figures for this refund than the till, by the same rules."),
            _("Store manager"),
            _("Compare the refund slip with both sides and tell HQ what happened."),
        ),
        "GIFT_WAIVED": CaseWords(
            _("Gift waived"),
            _("A manager let a customer keep a gift whose order came back."),
            _("HQ"),
            _("Nothing at the till. HQ looks at it."),
        ),
        "REFUND_EXCESS": CaseWords(
            _("Refunded more than paid"),
            _("All refunds of this sale together are more than was paid for it."),
            _("Store manager"),
            _("Compare the refund slips with the sale and tell HQ what happened."),
        ),
        "POINTS_RULE_DIFF": CaseWords(
            _("Points corrected"),
            _("HQ computed other points for this sale than the till, by the same rules."),
            _("HQ"),
            _("Nothing at the till. HQ checks it and corrects the balance if need be."),
        ),
        "CLOSING_DIFF": CaseWords(
            _("Closing differs"),
            _("HQ works out another payout for this closed account, or finds value left over."),
            _("HQ"),
            _("Keep slip and transfer note. HQ settles the rest with the member."),
        ),
        "TENDER_DIFF": CaseWords(
            _("Takings differ"),
            _("What was taken does not agree with the till's book."),
            _("Store manager"),
            _("Count again, and compare with the payment provider's statement."),
        ),
    }


def _about_people() -> dict[str, CaseWords]:
    return {
        "DUP_MEMBER": CaseWords(
            _("Member twice"),
            _("The phone number was registered at another till first. Both accounts are one now."),
            _("HQ"),
            _("Nothing at the till. Balance and points are joined under the first account."),
        ),
        "CREDIT_OWED": CaseWords(
            _("Credit not settled"),
            _("A member paid on credit while HQ was away, and has not enough stored value at HQ."),
            _("HQ"),
            _("Ask the member to top up: the next top-up settles it."),
        ),
        "PROFILE_CONFLICT": CaseWords(
            _("Two changes of one member"),
            _("Somebody changed the same detail elsewhere. HQ's stays where it guards money."),
            _("Store manager"),
            _("Ask the member which is right, and change it again online."),
        ),
    }


def _about_books() -> dict[str, CaseWords]:
    support, wait = _("HQ"), _("Nothing at the till. HQ looks at it and tells you.")
    return {
        "AVAIL_SHORT": CaseWords(
            _("HQ is behind"),
            _("More was spent than HQ knew of. It evens out when the other till has told all."),
            support,
            wait,
        ),
        "DAY_DIFF": CaseWords(
            _("Day differs"),
            _("A figure of the day's close is not what HQ has worked out."),
            support,
            wait,
        ),
        "RULES_UNKNOWN": CaseWords(
            _("Programme not at HQ"),
            _("HQ does not have the programme by which this sale was priced."),
            support,
            wait,
        ),
        "RESTORED_UNSAID": CaseWords(
            _("HQ has forgotten"),
            _("HQ holds less of this till's book than it did. The till tells it everything anew."),
            support,
            _("Call HQ: it must say that it was restored."),
        ),
    } | dict.fromkeys(
        ("ACCOUNT_UNKNOWN", "GRANT_MISMATCH", "PROFILE"),
        CaseWords(
            _("Entry to be checked"),
            _("HQ has kept an event of this till that does not fit what HQ knows."),
            support,
            wait,
        ),
    )
