"""The sheet on which a batch is worked out: what was loaded, and what has come of it so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pos_app.ids import new_id
from pos_app.ledger.rules.programme import Programme
from pos_hq.fold import accounts
from pos_hq.fold.accounts import right_of
from pos_hq.fold.belongings import Card, Coupon, Lot, RealName
from pos_hq.fold.fact import Fact
from pos_hq.fold.values import (
    Act,
    Case,
    CaseType,
    Decided,
    Granted,
    Growing,
    Member,
    Message,
    Origin,
    Released,
    ReturnedAway,
    Rewarding,
    SaleLegs,
    Staged,
    Tagged,
)

Key = tuple[str, str]
# Place in the chain, place in the event, source, target, unit, amount.
Entry = tuple[int, int, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Whence:
    """Which chain a batch belongs to, in which state its epoch is, and when HQ heard of it."""

    node: str
    epoch: int
    state: str
    heard_at: int
    rules: Mapping[str, Programme]

    @property
    def at(self) -> str:
        """Name this generation of the node as accounts do."""
        return accounts.place(self.node, self.epoch)

    @property
    def dead(self) -> bool:
        """Say whether HQ has given its members' rights out again."""
        return self.state in {"released", "sealed"}


@dataclass(slots=True)
class Sheet:
    """Loaded values that change as events are folded into them, and everything to be written."""

    whence: Whence
    members: dict[str, Member] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    lots: dict[str, Lot] = field(default_factory=dict)
    coupons: dict[str, Coupon] = field(default_factory=dict)
    sales: dict[bytes, SaleLegs] = field(default_factory=dict)
    origins: dict[bytes, Origin] = field(default_factory=dict)
    grants: dict[str, Granted] = field(default_factory=dict)
    released: dict[Key, Released] = field(default_factory=dict)
    # Spend and growth of the days behind `counts_after`.
    grown: dict[str, tuple[int, int]] = field(default_factory=dict)
    counts_after: str = ""
    tags: dict[str, dict[tuple[str, str], Tagged]] = field(default_factory=dict)
    stages: dict[str, Staged] = field(default_factory=dict)
    real_names: dict[str, RealName] = field(default_factory=dict)
    plastic: dict[str, Card] = field(default_factory=dict)
    rewards: dict[str, list[Rewarding]] = field(default_factory=dict)
    # Of a member and day: points that wait for a review, and points that one let go.
    pending: Counter[Key] = field(default_factory=Counter)
    let_go: Counter[Key] = field(default_factory=Counter)
    known_ids: set[bytes] = field(default_factory=set)
    known_cases: set[tuple[str, str]] = field(default_factory=set)
    # Members who ever spent stored value early, and of whom something of it is on the book.
    owing: set[str] = field(default_factory=set)
    last_at: int = 0
    balances: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    owned: defaultdict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))

    moved: Counter[Key] = field(default_factory=Counter)
    transfers: list[Entry] = field(default_factory=list)
    begun: int = 0
    duplicates: set[str] = field(default_factory=set)
    acts: list[Act] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    growing: list[Growing] = field(default_factory=list)
    retagged: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    new_lots: dict[str, Lot] = field(default_factory=dict)
    new_coupons: dict[str, Coupon] = field(default_factory=dict)
    new_real_names: set[str] = field(default_factory=set)
    new_cards: set[str] = field(default_factory=set)
    new_sales: set[bytes] = field(default_factory=set)
    returned_away: list[ReturnedAway] = field(default_factory=list)
    new_grants: set[str] = field(default_factory=set)
    back_home: set[Key] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    # Lots that a closing emptied: only what came back since counts in another one.
    closed: set[str] = field(default_factory=set)
    decided: list[Decided] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    taken_again: list[tuple[str, str, int]] = field(default_factory=list)
    closes: bool = False

    def load_member(self, member: Member) -> None:
        """Take over a member that HQ knows."""
        self.members[member.id] = member
        if member.phone is not None:
            self.phones[member.phone] = member.id
        if member.card is not None:
            self.cards[member.card] = member.id
        if member.merged_into is not None:
            self.duplicates.add(member.id)

    def load_balance(self, account: str, unit: str, amount: int) -> None:
        """Take over a balance that HQ holds."""
        self.balances[account, unit] = amount
        self._own(account, unit)

    def post(self, fact: Fact, moves: Iterable[tuple[str, str, str, int]]) -> None:
        """Enter transfers under an event of the chain."""
        n = len(self.transfers) - self.begun
        for place, (source, target, unit, amount) in enumerate(moves, n):
            self.transfers.append((fact.seq, place, source, target, unit, amount))
            self._move(source, target, unit, amount)

    def begin(self) -> None:
        """Begin the next event."""
        self.begun = len(self.transfers)

    def entries(self) -> list[Entry]:
        """Return the transfers of the event at hand."""
        return self.transfers[self.begun :]

    def act(self, deed: Act) -> None:
        """Enter something that HQ does by itself."""
        self.acts.append(deed)
        for source, target, unit, amount in deed.moves:
            self._move(source, target, unit, amount)

    def tell(self, member: str, kind: str, facts: Mapping[str, int | str], channel: str) -> None:
        """Leave a message for a member."""
        at = self.whence.heard_at
        self.messages.append(Message(new_id().hex, member, kind, facts, at, channel))

    def open_case(self, case: Case) -> None:
        """Put something before a person."""
        self.cases.append(case)

    def member_of(self, fact: Fact) -> Member | None:
        """Return the member that an event names, where HQ knows them."""
        return None if fact.member is None else self.members.get(fact.member)

    def person_of(self, fact: Fact) -> Member | None:
        """Return the member that an event tells something of, unless they were erased."""
        member = self.member_of(fact)
        return None if member is None or member.erased else member

    def canonical(self, member: str) -> str:
        """Return who a member is, after a duplicate was linked."""
        known = self.members.get(member)
        return member if known is None else known.merged_into or member

    def _move(self, source: str, target: str, unit: str, amount: int) -> None:
        for account, change in ((source, -amount), (target, amount)):
            self.balances[account, unit] += change
            self.moved[account, unit] += change
            owner = self._own(account, unit)
            if owner is not None:
                self.touched.add(owner)

    def _own(self, account: str, unit: str) -> str | None:
        right = right_of(account)
        if right is None:
            return None
        self.owned[right.member].add((account, unit))
        if right.holder == accounts.OWED:
            self.owing.add(right.member)
        return right.member


def case_of(sheet: Sheet, fact: Fact, kind: CaseType, **told: object) -> Case:
    """Return a case about an event; `told` are the other columns."""
    whence = sheet.whence
    place: dict[str, object] = {
        "id": new_id().hex,
        "type": kind,
        "node": whence.node,
        "epoch": whence.epoch,
        "seq": fact.seq,
        "member": fact.member,
        "opened_at": whence.heard_at,
    }
    return Case(**{**place, **told})  # type: ignore[arg-type]
