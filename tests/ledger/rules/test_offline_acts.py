"""Which acts wait for HQ, by nature or by the programme."""

import pytest

from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.offline_acts import ALWAYS, waits_for_hq
from pos_app.ledger.rules.programme import parse_programme
from tests.ledger.till_hand import programme_with

KEYED = {
    "top_up": {Act.TOP_UP},
    "registration": {Act.REGISTER},
    "refund": {Act.REFUND, Act.VOID},
}


def test_by_the_shipped_programme_only_identity_and_blocks_wait() -> None:
    rules = parse_programme(programme_with()).offline

    assert {act for act in Act if waits_for_hq(act, rules)} == ALWAYS


@pytest.mark.parametrize("key", KEYED)
def test_a_key_denies_its_own_acts_and_no_other(key: str) -> None:
    rules = parse_programme(programme_with(**{key: '"denied"'})).offline

    assert {act for act in Act if waits_for_hq(act, rules)} == ALWAYS | KEYED[key]
