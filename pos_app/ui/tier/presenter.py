"""Reads how a member's tier follows, and opens what counts."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.tier_account import TierOfMember, tier_of_member
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.tier import words
from pos_app.ui.tier.state import TierShown
from pos_app.ui.work import Work


class TierPresenter:
    """A late answer about another member is dropped; so is one to a sheet that was closed."""

    def __init__(
        self,
        ledger: Ledger,
        work: Work,
        open_order: Callable[[MemberId, str, int], None],
        say: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._open_order = open_order
        self._say = say
        self._member: MemberId | None = None
        self._name = ""
        self.shown: Shown[TierShown | None] = Shown(None)

    def explain(self, member: MemberId) -> None:
        """Show how the tier of this member follows."""
        self._member = member
        self._work.run(
            lambda: tier_of_member(self._ledger, member),
            done=lambda read: self._read(member, read),
            failed=self._failed,
        )

    def open_row(self, key: str) -> None:
        """Leave for an order or a return in the journal; what HQ told lies elsewhere."""
        member = self._member
        if member is not None and key != words.ELSEWHERE:
            self.close()
            self._open_order(member, self._name, int(key))

    def close(self) -> None:
        """Put the sheet away."""
        self._member = None
        self.shown.show(None)

    def _read(self, member: MemberId, read: TierOfMember) -> None:
        if member == self._member:
            self._name = read.masked_name
            self.shown.show(words.shown(read, self._ledger.now()))

    def _failed(self, fact: PosError) -> None:
        self._say(sentence(fact))
