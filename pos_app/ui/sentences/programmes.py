"""Sentences about rule documents."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.programmes import ProgrammeOlder, ProgrammeUnsigned
from pos_app.ledger.rules.programme import ProgrammeRefused
from pos_app.ledger.store_benefits import BenefitsElsewhere
from pos_app.ui.sentences.said import said


@said.register
def _refused(fact: ProgrammeRefused) -> str:
    words = _(
        "The programme is not accepted: “{key}” = {value} breaks the rule {rule}. "
        "The one in force stays."
    )
    return words.format(key=fact.key, value=fact.value, rule=fact.rule)


@said.register
def _unsigned(_fact: ProgrammeUnsigned) -> str:
    return _("The programme is not signed by its publisher. The one in force stays.")


@said.register
def _of_another_store(fact: BenefitsElsewhere) -> str:
    return _("These benefits belong to store {store}, not to this one.").format(store=fact.store)


@said.register
def _older(fact: ProgrammeOlder) -> str:
    words = _("The programme {version} is older than {in_force}, which stays in force.")
    return words.format(version=fact.version, in_force=fact.in_force)
