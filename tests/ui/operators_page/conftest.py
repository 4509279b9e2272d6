"""The operators page with the first manager at it."""

from dataclasses import dataclass, field

import pytest

from pos_app.ids import OperatorId
from pos_app.ledger.operators import SignedIn
from pos_app.ui.kit.work import Inline
from pos_app.ui.operators_page.presenter import OperatorsExits, OperatorsPresenter
from pos_app.ui.operators_page.state import Answers, Deed, DeedSheet, OperatorsState
from pos_app.ui.work import Work
from tests.shop import MANAGER, Shop
from tests.ui.parts.at_the_till import manager_at

NEW_PIN = "951246"
NOTHING_TYPED = Answers(own_pin=MANAGER[1])


@dataclass
class Desk:
    """The page, who looks at it, and whom it called by another name."""

    shop: Shop
    work: Work = field(default_factory=Inline)
    renamed: list[SignedIn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.who = manager_at(self.shop)
        exits = OperatorsExits(self.renamed.append)
        self.page = OperatorsPresenter(self.shop.ledger, self.work, lambda: self.who, exits)

    @property
    def state(self) -> OperatorsState:
        return self.page.shown.state

    @property
    def sheet(self) -> DeedSheet:
        assert self.state.sheet is not None
        return self.state.sheet

    def row(self, number: str) -> tuple[str, ...]:
        return next(line.cells for line in self.state.rows if line.cells[0] == number)

    def about(self, operator: OperatorId, deed: Deed, answers: Answers = NOTHING_TYPED) -> None:
        """Pick somebody and fill in the sheet of a deed."""
        self.page.pick(str(operator))
        self.page.start(deed)
        self.page.deeds.submit(answers)

    def reason_of(self, deed: Deed) -> str:
        return next(one.reason for one in self.state.deeds if one.deed is deed)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)
