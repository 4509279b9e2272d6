"""A printed coupon under the scanner: HQ is asked for it, and the member at the counter has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger import paper_coupons
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.paper_coupons import Paper, PaperNeedsHq, PaperRefused
from pos_app.sync.facts import HqUnreachable
from pos_app.ui.checkout.doors import CheckoutDoors, Cover, nothing_to_cover
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


class PaperCoupons:
    """One scan is one wish; an answer that comes for a member who has left is still theirs."""

    def __init__(
        self,
        ledger: Ledger,
        work: Work,
        doors: CheckoutDoors,
        served: Callable[[], MemberAtCounter | None],
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors
        self._served = served
        self.cover: Cover = nothing_to_cover

    def scanned(self, code: str) -> None:
        """Ask HQ for the coupon of a printed code."""
        served = self._served()
        if served is None:
            self._doors.say(_("Find the member first (F1), then scan the coupon."), "info")
            return
        self._work.run(
            lambda: paper_coupons.read(self._ledger, code),
            done=partial(self._ask, served.id),
            failed=self._failed,
        )

    def _ask(self, member: MemberId, paper: Paper) -> None:
        self._doors.say(_("HQ is asked for the coupon …"), "info")
        self.cover(paper.owner, paper.wants, partial(self._give, member, paper), self._not_asked)

    def _give(self, member: MemberId, paper: Paper, _answered: None) -> None:
        operator, intent = self._doors.operator(), IntentId(new_id())
        self._work.run(
            lambda: paper_coupons.give(
                self._ledger, paper, member, operator=operator, intent=intent
            ),
            done=partial(self._given, member),
            failed=self._failed,
        )

    def _given(self, member: MemberId, _done: None) -> None:
        self._doors.say(_("The printed coupon belongs to the member now."), "ok")
        served = self._served()
        if served is not None and served.id == member:
            self._doors.open_member(member)

    def _not_asked(self, fact: PosError) -> None:
        self._failed(PaperNeedsHq() if isinstance(fact, HqUnreachable) else PaperRefused())

    def _failed(self, fact: PosError) -> None:
        self._doors.say(sentence(fact), "warn")
