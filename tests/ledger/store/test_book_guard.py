"""The book's own guard: whoever writes, stored value buys goods only with the member's proof."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.ids import LotId, MemberId
from pos_app.ledger import statements
from pos_app.ledger.store import accounts
from pos_app.ledger.store.event import Draft, Kind, Transfer
from pos_app.money import Money
from pos_app.security.evidence import Evidence, NotProved, sealed
from tests.fakes import FakeClock
from tests.ledger.till_hand import head, proof
from tests.shop import Shop, intent

OTHER_PHONE = "13912340217"


def lot_of(shop: Shop, member: MemberId) -> LotId:
    return statements.lots(shop.ledger, member)[0].lot


def spending(shop: Shop, member: MemberId, *, kind: Kind = Kind.NOTE) -> Draft:
    """Return a draft that no use case wrote: it moves 100 fen of each pocket to the goods sold."""
    lot, sales = lot_of(shop, member), accounts.sales("S001")
    moves = (
        Transfer(accounts.principal(member, lot), sales, accounts.CNY, 100),
        Transfer(accounts.bonus(member, lot), sales, accounts.CNY, 100),
    )
    return Draft(kind, {}, moves, member, shop.manager, intent())


@pytest.fixture
def member(shop: Shop) -> MemberId:
    """Return a member with stored value."""
    known = shop.member()
    shop.top_up(known, 50_000)
    return known


def refused(shop: Shop, draft: Draft, evidence: Evidence | None) -> str:
    before = head(shop)
    with pytest.raises(NotProved) as why, shop.ledger.write() as book:
        book.append(draft, evidence)
    assert head(shop) == before
    return why.value.reason


def test_with_the_members_proof_it_is_written_and_journalled(shop: Shop, member: MemberId) -> None:
    draft = spending(shop, member)
    assert draft.intent is not None

    with shop.ledger.write() as book:
        event = book.append(draft, proof(shop, member, 200, draft.intent))

    assert event.body["evidence"]["amount"] == 200
    assert event.body["evidence"]["factor"] == "pin"


def test_without_proof_nothing_leaves(shop: Shop, member: MemberId) -> None:
    assert refused(shop, spending(shop, member), None) == "missing"


@pytest.mark.parametrize("fen", [199, 201, 100])
def test_the_proof_is_of_the_whole_sum_of_both_pockets(
    shop: Shop, member: MemberId, fen: int
) -> None:
    draft = spending(shop, member)
    assert draft.intent is not None

    assert refused(shop, draft, proof(shop, member, fen, draft.intent)) == "other_payment"


def test_the_proof_is_of_this_wish(shop: Shop, member: MemberId) -> None:
    assert refused(shop, spending(shop, member), proof(shop, member, 200, intent())) == (
        "other_payment"
    )


def test_nobody_pays_with_anothers_money_by_their_own_proof(shop: Shop, member: MemberId) -> None:
    thief = shop.member(OTHER_PHONE)
    draft = replace(spending(shop, member), member=thief)
    assert draft.intent is not None

    assert refused(shop, draft, proof(shop, thief, 200, draft.intent)) == "other_payment"


def test_nobody_adds_anothers_money_to_their_own(shop: Shop, member: MemberId) -> None:
    other = shop.member(OTHER_PHONE)
    shop.top_up(other, 50_000)
    draft = spending(shop, member)
    both = replace(draft, transfers=(*draft.transfers, *spending(shop, other).transfers))
    assert draft.intent is not None

    assert refused(shop, both, proof(shop, member, 400, draft.intent)) == "other_payment"


def test_a_forged_seal_is_none(shop: Shop, member: MemberId) -> None:
    draft = spending(shop, member)
    assert draft.intent is not None
    fact = Evidence("pin", member, Money(200), draft.intent, shop.ledger.now())

    assert refused(shop, draft, sealed(b"another process".ljust(32), fact)) == "forged"


def test_a_seal_covers_the_time(shop: Shop, member: MemberId, clock: FakeClock) -> None:
    draft = spending(shop, member)
    assert draft.intent is not None
    old = proof(shop, member, 200, draft.intent)
    clock.go(seconds=181)

    assert refused(shop, draft, old) == "stale"
    renewed = replace(old, at=old.at + timedelta(seconds=100))
    assert refused(shop, draft, renewed) == "forged"


def test_every_kind_of_event_is_guarded(shop: Shop, member: MemberId) -> None:
    reasons = {refused(shop, spending(shop, member, kind=kind), None) for kind in Kind}

    assert reasons == {"missing"}


def test_money_without_an_owner_is_a_bug(shop: Shop, member: MemberId) -> None:
    ownerless = replace(spending(shop, member), member=None)

    with pytest.raises(AssertionError), shop.ledger.write() as book:
        book.append(ownerless, None)


def test_money_that_comes_home_needs_no_proof(shop: Shop, member: MemberId) -> None:
    draft = spending(shop, member)
    home = tuple(Transfer(move.target, move.source, move.unit, 1) for move in draft.transfers)

    with shop.ledger.write() as book:
        event = book.append(replace(draft, transfers=home))

    assert "evidence" not in event.body
