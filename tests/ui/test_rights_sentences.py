"""Facts about rights are said in whole words, with what to do next."""

from collections.abc import Iterator

import pytest

from pos_app.errors import PosError
from pos_app.ids import MemberId, new_id
from pos_app.ledger.grants import NotGranted
from pos_app.ledger.offline import OnlineOnly, RightsDue, SpendingFrozen
from pos_app.ledger.rules.access import Act
from pos_app.ui.text import sentence

MEMBER = MemberId(new_id())
REASONS = ("not_covered", "blocked", "merged", "revoked", "quarantined", "orphaned", "")


def facts() -> Iterator[PosError]:
    yield from (OnlineOnly(act) for act in (Act.CHANGE_PHONE, Act.RESET_PIN, Act.UNFREEZE))
    yield from (SpendingFrozen(cause) for cause in ("holdings_differ", "revoked", "else"))
    yield RightsDue(MEMBER)
    yield from (NotGranted(MEMBER, reason) for reason in REASONS)


@pytest.mark.parametrize("fact", [*facts()], ids=lambda fact: type(fact).__name__)
def test_every_fact_about_rights_is_said_in_whole_words(fact: PosError) -> None:
    said = sentence(fact)

    assert said[0].isupper()
    assert said.endswith(".")
    assert "{" not in said


def test_an_act_that_needs_hq_is_named() -> None:
    said = sentence(OnlineOnly(Act.RESET_PIN))

    assert said.startswith("Resetting the PIN needs HQ, which cannot be reached now.")
