"""What the law of prepaid cards asks before money is taken or handed out."""

from datetime import date
from enum import StrEnum

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.windows import months_later
from pos_app.money import Money


class Payer(StrEnum):
    """Who buys or tops up a card."""

    PERSON = "person"
    COMPANY = "company"


class PayoutWay(StrEnum):
    """How stored value may leave."""

    SAME_NAME_ACCOUNT = "same_name_account"
    CASH = "cash"


class CardState(StrEnum):
    """What a card without a name still is."""

    USABLE = "usable"
    TO_REACTIVATE = "to_reactivate"
    SPENT = "spent"


def needs_real_name(amount: Money, programme: Programme, *, named: bool) -> bool:
    """Say whether an identity document must be shown (商务部令2012年第9号).

    For a named card with every purchase and top-up; for others from 10,000 yuan in one purchase.
    """
    rules = programme.stored_value
    if named:
        return rules.realname_required_for_named
    return amount.minor >= rules.realname_unnamed_from_fen


def identity_kept_until(taken_on: date, programme: Programme) -> date:
    """Return the day through which what was recorded of a document must be kept."""
    return months_later(taken_on, 12 * programme.stored_value.id_record_years)


def takes_cash(
    amount: Money, payer: Payer, programme: Programme, *, face_to_face: bool = True
) -> bool:
    """Say whether one purchase may be paid in cash; otherwise it takes a bank transfer.

    A company from 5,000 yuan, a person from 50,000, and nobody who is not there in person.
    """
    rules = programme.stored_value
    limit = {
        Payer.PERSON: rules.bank_transfer_personal_from_fen,
        Payer.COMPANY: rules.bank_transfer_corporate_from_fen,
    }[payer]
    return face_to_face and amount.minor < limit


def payout_ways(amount: Money, programme: Programme) -> frozenset[PayoutWay]:
    """Return how stored value may be paid out: the same name's account; cash up to 100 yuan."""
    if amount.minor <= programme.stored_value.refund_cash_max_fen:
        return frozenset(PayoutWay)
    return frozenset({PayoutWay.SAME_NAME_ACCOUNT})


def unnamed_usable_until(issued_on: date, programme: Programme) -> date:
    """Return the last day of a card without a name, not before three years; others have none."""
    return months_later(issued_on, 12 * programme.stored_value.unnamed_expiry_years)


def unnamed_card(balance: Money, usable_until: date, today: date) -> CardState:
    """Say what a card without a name is: with money left it is replaced on request."""
    if today <= usable_until:
        return CardState.USABLE
    return CardState.TO_REACTIVATE if balance else CardState.SPENT
