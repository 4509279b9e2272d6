"""Before somebody leaves the till: what is still open here."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.access import Role
from pos_app.ledger.sync_list import CaseLine, sync_list

MOST = 200


@dataclass(frozen=True, slots=True)
class StillOpen:
    """The exceptions that wait for a manager of the store, and how much HQ cannot be told now."""

    cases: tuple[CaseLine, ...]
    unsent: int

    def keeps(self, role: Role) -> bool:
        """Say whether somebody of this role must stay: who can settle it does so before leaving.

        A cashier cannot, and goes home; a manager always can, and if by handing in a correction.
        """
        return bool(self.cases) and role is Role.MANAGER


def still_open(ledger: Ledger) -> StillOpen:
    """Return what is open when somebody wants to sign out."""
    listed = sync_list(ledger, MOST)
    unsent = 0 if ledger.online else listed.waiting_in_all  # the next beat takes it along
    return StillOpen(tuple(case for case in listed.cases if case.is_ours), unsent)
