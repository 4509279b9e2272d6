"""Sentences about closing an account."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.account_closing import (
    AccountWanted,
    ClosingChanged,
    OtherHolder,
    WayForbidden,
)
from pos_app.ledger.closing_plan import EndWrong, NothingToClose, RateWrong, ValueElsewhere
from pos_app.ui.closing_terms import rate_text
from pos_app.ui.formats import money
from pos_app.ui.sentences.said import said


@said.register
def _nothing(_fact: NothingToClose) -> str:
    return _("There is no stored value to pay out.")


@said.register
def _elsewhere(fact: ValueElsewhere) -> str:
    if fact.at_others:
        words = _(
            "{sum} is still held by another till. HQ gets it back when that till is online; close "
            "the account then."
        )
        return words.format(sum=money(fact.at_others))
    return _("{sum} is still at HQ. Nothing was paid; try again in a moment.").format(
        sum=money(fact.at_hq)
    )


@said.register
def _end(fact: EndWrong) -> str:
    words = _("The contract ended between {first} and {last}: after the last top-up, until today.")
    return words.format(first=fact.first.isoformat(), last=fact.last.isoformat())


@said.register
def _rate(fact: RateWrong) -> str:
    words = _("No reference rate is above {most}. Type percent a year, as published.")
    return words.format(most=rate_text(fact.most.value))


@said.register
def _way(fact: WayForbidden) -> str:
    words = _("By law at most {most} may be paid out in cash. Use the member's bank account.")
    return words.format(most=money(fact.cash_most))


@said.register
def _account(_fact: AccountWanted) -> str:
    return _("Type the account holder and the last four digits of the account.")


@said.register
def _holder(_fact: OtherHolder) -> str:
    return _(
        "The account must be in the member's own name, as the member is registered. Correct the "
        "name first if it is wrong or missing."
    )


@said.register
def _changed(_fact: ClosingChanged) -> str:
    return _("What would be paid has changed. Look at the new sums and confirm again.")
