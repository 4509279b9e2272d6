"""How a member's tier follows: what counts, order by order, and where the orders are (TIR-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos_app.clock import business_date
from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_account import TierAccount, account_of
from pos_app.ledger.store.growth_rows import Counted, counted
from pos_app.ledger.store.holdings import member_state
from pos_app.ledger.store.member_rows import known_member
from pos_app.ledger.store.remote_rows import NOTHING_HEARD, Remote, remote_of
from pos_app.ledger.tier_notice import TierNotice, notice_from
from pos_app.money import Growth, Money


@dataclass(frozen=True, slots=True)
class TierOfMember:
    """The derivation, and what its figures are made of; `given_for` is why a person gave a tier.

    `orders` were taken here; `spend_there` and `growth_there` are the rest of what HQ counted, as
    it knew at `as_of`, None where HQ never spoke of the member. Together they are the figures.
    """

    masked_name: str
    account: TierAccount
    given_for: str
    orders: tuple[Counted, ...]
    spend_there: Money
    growth_there: Growth
    as_of: datetime | None
    notice: TierNotice | None
    programme: Programme


def tier_of_member(ledger: Ledger, member: MemberId) -> TierOfMember:
    """Return how the tier follows as of today. Raises MemberUnknown."""
    reader, rules, today = ledger.read(), ledger.programme, ledger.today()
    row = known_member(reader, member)
    state = member_state(reader, member, today=today, programme=rules)
    remote = remote_of(reader, member)
    told = remote or NOTHING_HEARD
    window = timedelta(days=rules.growth.window_days)
    told_on = business_date(told.as_of, zone=rules.zone, cutover=rules.cutover)
    known_after = told_on - window if remote is not None else today - window
    orders = counted(reader, member, told.known_seq, known_after, today - window)
    figures = state.figures
    return TierOfMember(
        masked_name=mask_name(row.name),
        account=account_of(state.tier, state.manual, figures, today, rules),
        given_for=row.manual_reason,
        orders=orders,
        spend_there=figures.spend - Money(sum(one.spend.minor for one in orders)),
        growth_there=figures.growth - Growth(sum(one.growth.minor for one in orders)),
        as_of=None if remote is None else remote.as_of,
        notice=_notice(told, orders, today),
        programme=rules,
    )


def _notice(told: Remote, orders: tuple[Counted, ...], today: date) -> TierNotice | None:
    """Return the fall that is coming, less what HQ does not know yet."""
    notice = notice_from(told.tier_notice)
    if notice is None or notice.review_on < today:
        return None
    new = [one for one in orders if one.seq > told.known_seq]
    spend, growth = sum(one.spend.minor for one in new), sum(one.growth.minor for one in new)
    return notice.after(Money(spend), Growth(growth))
