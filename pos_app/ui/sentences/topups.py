"""Sentences about top-ups."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.topup import TopUpRefused, TopUpRule
from pos_app.ledger.topups import TenderNotTaken
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
