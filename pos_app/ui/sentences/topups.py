"""Sentences about top-ups."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.real_names import DocumentNeeded
from pos_app.ledger.rules.identity_documents import DocumentFault, DocumentRefused
from pos_app.ledger.rules.prepaid_law import Payer
from pos_app.ledger.rules.topup import TopUpRefused, TopUpRule
from pos_app.ledger.topups import CashNotTaken, TenderNotTaken
from pos_app.ui.formats import money
from pos_app.ui.sentences.said import said


@said.register
def _refused(fact: TopUpRefused) -> str:
    facts = {"limit": money(fact.limit), "most": money(fact.most)}
    return _top_up_words(fact).format(**facts)


def _top_up_words(fact: TopUpRefused) -> str:
    if fact.rule is TopUpRule.BELOW_MINIMUM:
        return _("The least top-up is {limit}.")
    if fact.most:
        return _("By law a card holds at most {limit}. The most that fits now is {most}.")
    return _("By law a card holds at most {limit}. Nothing more fits now.")


@said.register
def _tender(_fact: TenderNotTaken) -> str:
    return _("A top-up is paid by money, not by stored value.")


@said.register
def _no_cash(fact: CashNotTaken) -> str:
    facts = {"amount": money(fact.amount)}
    if fact.payer is Payer.COMPANY:
        return _("By law a company pays {amount} from its account, not in cash.").format(**facts)
    return _("By law {amount} is paid from an account, not in cash.").format(**facts)


@said.register
def _no_document(_fact: DocumentNeeded) -> str:
    return _("No money was taken: by law an identity document is shown before the first top-up.")


@said.register
def _document(fact: DocumentRefused) -> str:
    words = {
        DocumentFault.NAME: _("The name in the document is missing."),
        DocumentFault.FORM: _("No document of this kind has such a number. Look at it again."),
        DocumentFault.BORN: _("The date of birth in this number cannot be. Look at it again."),
        DocumentFault.CHECK_DIGIT: _("The last digit does not fit the others: one is mistyped."),
    }
    return words[fact.fault]
