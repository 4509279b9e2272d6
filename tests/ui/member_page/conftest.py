"""The page about a member with a manager at it, and a member with a past."""

from dataclasses import dataclass, field

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import members
from pos_app.ledger.member_fields import Gender
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.receipts import ClosingReceipt
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.statements import Statement
from pos_app.ui.kit.work import Inline
from pos_app.ui.member_page.presenter import MemberPageExits, MemberPagePresenter
from pos_app.ui.member_page.state import Answers, Deed, DeedSheet, MemberPageState
from tests.shop import MEMBER_PIN, Shop, intent
from tests.ui.parts.at_the_till import manager_at


@dataclass
class Ways:
    """Where the page led."""

    closed: list[bool] = field(default_factory=list)
    serve: list[MemberId] = field(default_factory=list)
    top_up: list[MemberId] = field(default_factory=list)
    refund: list[MemberId] = field(default_factory=list)
    journal: list[tuple[MemberId, str]] = field(default_factory=list)
    tier: list[MemberId] = field(default_factory=list)
    event: list[tuple[MemberId, str, str]] = field(default_factory=list)
    statement: list[Statement] = field(default_factory=list)
    changed: list[MemberId] = field(default_factory=list)
    account_closed: list[ClosingReceipt] = field(default_factory=list)

    def exits(self) -> MemberPageExits:
        return MemberPageExits(
            closed=lambda: self.closed.append(True),
            serve=self.serve.append,
            top_up=self.top_up.append,
            refund=self.refund.append,
            journal=lambda member, name: self.journal.append((member, name)),
            tier=self.tier.append,
            event=lambda member, name, key: self.event.append((member, name, key)),
            statement=self.statement.append,
            changed=self.changed.append,
            account_closed=self.account_closed.append,
            terms_version="2026-11",
        )


class Desk:
    """The page with a manager at it."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.who = manager_at(shop)
        self.ways = Ways()
        self.page = MemberPagePresenter(shop.ledger, Inline(), lambda: self.who, self.ways.exits())

    @property
    def state(self) -> MemberPageState:
        return self.page.shown.state

    @property
    def sheet(self) -> DeedSheet:
        assert self.state.sheet is not None
        return self.state.sheet

    def do(self, deed: Deed, answers: Answers = Answers()) -> None:  # noqa: B008 -- frozen
        self.page.deeds.start(deed)
        self.page.deeds.submit(answers)

    def reason_of(self, deed: Deed) -> str:
        return next(one.reason for one in self.state.deeds if one.deed is deed)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@pytest.fixture
def member(shop: Shop) -> MemberId:
    new = NewMember(
        phone="13812340217",
        name="王晓明",
        consents=Consents("2026-11"),
        gender=Gender.FEMALE,
        birthday=Birthday(6, 18, 1990),
        card="6222021234567890123",
        pin=MEMBER_PIN,
        note="less sugar",
    )
    member = members.register(shop.ledger, new, operator=shop.manager, intent=intent()).id
    shop.top_up(member, 50_000)
    return member
