"""Printed coupons under the scanner: online only, once only, for the member at the counter."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import grants, journal_page, paper_coupons
from pos_app.ledger.grants import Answer
from pos_app.ledger.journal_page import JournalFilter
from pos_app.ledger.returns import return_due
from pos_app.ledger.rules.coupon_codes import code_of
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.right_rows import Right, Want
from pos_app.security.paper_codes import coupon_of
from pos_app.security.peppers import Peppers
from pos_app.sync.facts import HqRefused, HqUnreachable, Outage
from tests.ledger.book_rows import first_fault
from tests.shop import Shop, intent
from tests.ui.shell.till import Till, till_of

CODE = code_of(123_456_789)
PEPPER = b"c" * 32
Failed = Callable[[PosError], None]


class Hq:
    """Grants the one printed coupon that it knows, once."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.left = [coupon_of(123_456_789, PEPPER)]
        self.trouble: PosError | None = None

    def cover(
        self,
        owner: MemberId,
        wants: tuple[Want, ...],
        done: Callable[[None], None],
        failed: Failed,
    ) -> None:
        if self.trouble is not None:
            failed(self.trouble)
            return
        if owner in self.left:
            self.left.clear()
            span = {"valid_from": "2026-06-01", "valid_until": "2026-12-31"}
            right = Right("CPN", owner.hex, 1, {"template": "NEW5", **span})
            until = self.shop.ledger.now() + timedelta(minutes=15)
            asked = grants.ask(self.shop.ledger, owner, wants, "jit")
            grants.take(self.shop.ledger, Answer(asked.id, owner, (right,), until))
        done(None)


@pytest.fixture
def hq(shop: Shop) -> Hq:
    return Hq(shop)


@pytest.fixture
def till(shop: Shop, hq: Hq) -> Till:
    shop.ledger.peppers = Peppers(shop.ledger.pepper, PEPPER)
    shop.ledger.online = True
    made = till_of(shop)
    made.checkout.cover_by(hq.cover)
    return made


def test_a_printed_coupon_is_the_members_and_is_used_at_once(till: Till, shop: Shop) -> None:
    till.serve(till.regular(), "50")

    till.shell.scanned(f"CPN:{CODE}")

    assert till.toasts[-1] == "The printed coupon belongs to the member now."
    assert till.counter.member is not None
    assert [card.template for card in till.counter.member.coupons] == ["NEW5"]
    assert till.panel.due == "¥45.00"
    assert first_fault(shop.ledger) == ""
    listed = journal_page.page(shop.ledger, JournalFilter(kinds=(Kind.GOT, Kind.COUPON_ISSUE)))
    assert [line.kind for line in listed] == [Kind.COUPON_ISSUE, Kind.GOT]
    assert return_due(shop.ledger) == 0


def test_a_coupon_is_good_once(till: Till) -> None:
    till.serve(till.regular(), "50")
    till.shell.scanned(f"CPN:{CODE}")

    till.shell.scanned(f"CPN:{CODE}")

    assert till.toasts[-1].startswith("HQ does not give this coupon")


def test_offline_a_printed_coupon_is_not_taken(till: Till, shop: Shop, hq: Hq) -> None:
    till.serve(till.regular(), "50")
    hq.trouble = HqUnreachable(Outage.TIMEOUT)
    till.shell.scanned(f"CPN:{CODE}")
    lost = till.toasts[-1]
    shop.ledger.online = False

    till.shell.scanned(f"CPN:{CODE}")

    assert till.toasts[-1] == lost
    assert lost.startswith("A printed coupon is only taken online")


def test_a_till_without_an_hq_takes_none(till: Till, shop: Shop) -> None:
    shop.ledger.peppers = Peppers(shop.ledger.pepper)
    till.serve(till.regular(), "50")

    till.shell.scanned(f"CPN:{CODE}")

    assert till.toasts[-1].startswith("A printed coupon is only taken online")


def test_a_coupon_belongs_to_somebody(till: Till) -> None:
    till.shell.scanned(f"CPN:{CODE}")

    assert till.toasts[-1].startswith("Find the member first")


def test_what_hq_will_not_answer_is_refused(till: Till, hq: Hq) -> None:
    till.serve(till.regular(), "50")
    hq.trouble = HqRefused(409, "no")

    till.shell.scanned(f"CPN:{CODE}")

    assert till.toasts[-1].startswith("HQ does not give this coupon")


def test_a_coupon_that_was_asked_for_in_vain_says_so_once_the_member_has_gone(
    till: Till, shop: Shop, hq: Hq
) -> None:
    member = till.regular()
    paper = paper_coupons.read(shop.ledger, CODE)
    hq.cover(paper.owner, paper.wants, lambda _done: None, lambda _fact: None)
    wish = intent()
    for _again in range(2):
        paper_coupons.give(shop.ledger, paper, member, operator=shop.manager, intent=wish)

    with pytest.raises(paper_coupons.PaperRefused):
        paper_coupons.give(shop.ledger, paper, member, operator=shop.manager, intent=intent())
    with pytest.raises(paper_coupons.NotACode):
        paper_coupons.read(shop.ledger, "4F7K")
