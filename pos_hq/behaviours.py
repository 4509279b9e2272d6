"""What members do beside buying, rewarded by the programme's rules, once for each reference."""

from __future__ import annotations

from datetime import date

from pos_app.clock import business_date
from pos_app.ids import EventId, new_id
from pos_app.ledger.rules.behaviours import Reward, reward
from pos_app.ledger.rules.points import expiry_of, repay_debt
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tiers import tier_after_order
from pos_app.money import Growth, Money, Points
from pos_hq.facts import MemberBlocked, MemberUnknown, NotInTime, ReferenceTaken
from pos_hq.fold import accounts
from pos_hq.fold.accounts import PTS
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.tiering import take_tier, tier_state
from pos_hq.fold.values import Act, Growing, Member, Rewarding
from pos_hq.hq import Hq
from pos_hq.integration_shapes import BehaviourAsk, Rewarded
from pos_hq.jobs.part import is_served
from pos_hq.store import behaviour_rows, programme_rows
from pos_hq.store.behaviour_rows import Kept
from pos_hq.store.database import Connection
from pos_hq.store.integration_rows import IntegrationRow
from pos_hq.store.loading import load_members
from pos_hq.store.saving import HQ_ITSELF, save
from pos_hq.window import window_start

_EARLY_MS = 5 * 60 * 1000
_LATE_MS = 7 * 24 * 3_600 * 1000


def record(hq: Hq, who: IntegrationRow, ask: BehaviourAsk) -> Rewarded:
    """Credit what a member did; asking again under the same reference brings the first answer.

    The rules are those in force now; the caps are those of the business day on which it was done.
    Raises NotInTime, MemberUnknown, MemberBlocked, ReferenceTaken.
    """
    with hq.write() as book:
        known = behaviour_rows.kept(book, who.id, ask.reference)
        return _answer(known, ask) if known else _reward(hq, book, who, ask)


def _reward(hq: Hq, book: Connection, who: IntegrationRow, ask: BehaviourAsk) -> Rewarded:
    now = hq.now_ms()
    if not now - _LATE_MS <= ask.at <= now + _EARLY_MS:
        raise NotInTime
    rules = programme_rows.in_force(book, now)
    day = business_date(hq.moment(ask.at), zone=rules.zone, cutover=rules.cutover)
    sheet = Sheet(Whence(HQ_ITSELF.hex(), 0, "", now, {}))
    load_members(book, sheet, [ask.member], window_start(hq, book))
    member = _served(sheet, ask.member)
    done = behaviour_rows.done(book, member.id, day)
    earned = behaviour_rows.earned_on(book, member.id, day)
    found = reward(ask.behaviour, done, day, earned, rules)
    seq = behaviour_rows.next_seq(book)
    if known := behaviour_rows.kept(book, who.id, ask.reference):
        return _answer(known, ask)  # it was told twice at once, about two members
    one = _kept(seq, member, ask, day, found)
    _credit(sheet, member, one, who.name, rules)
    behaviour_rows.keep(book, who.id, ask.reference, one)
    save(book, sheet)
    return _answer(one, ask)


def _served(sheet: Sheet, named: str) -> Member:
    member = sheet.members.get(sheet.canonical(named))
    if member is None or member.erased:
        raise MemberUnknown
    if not is_served(member):
        raise MemberBlocked
    return member


def _kept(seq: int, member: Member, ask: BehaviourAsk, day: date, found: Reward) -> Kept:
    return Kept(
        seq=seq,
        member=member.id,
        told_of=ask.member,
        behaviour=ask.behaviour.value,
        at=ask.at,
        on_day=day.isoformat(),
        worth=found.worth.minor,
        points=found.points.credited.minor,
        pending=found.points.pending.minor,
        growth_worth=found.growth_worth.minor,
        growth=found.growth.minor,
        streak=found.streak,
    )


def _credit(sheet: Sheet, member: Member, one: Kept, who: str, rules: Programme) -> None:
    """Book what it was given: points repay a debt first, and growth may lift the tier."""
    if not (one.points or one.pending or one.growth):
        return
    sheet.act(Act("REWARD", member.id, one.behaviour, _moves(sheet, one, rules), who))
    counted = (0, one.growth, one.points, one.pending)
    sheet.growing.append(Growing(member.id, one.on_day, one.seq, *counted))
    spend, growth = sheet.grown.get(member.id, (0, 0))
    sheet.grown[member.id] = (spend, growth + one.growth)
    shown = Rewarding(one.at, one.behaviour, one.points, one.pending, one.growth)
    rewards = [shown, *sheet.rewards.get(member.id, ())]
    rewards.sort(key=lambda each: each.at, reverse=True)
    sheet.rewards[member.id] = rewards[: behaviour_rows.SHOWN]
    sheet.touched.add(member.id)
    figures = (Money(spend), Growth(growth + one.growth))
    state, cause = tier_state(member, rules), EventId(new_id())
    stands = tier_after_order(state, *figures, date.fromisoformat(one.on_day), cause, rules)
    if stands != state:
        take_tier(sheet, member, stands)


def _moves(sheet: Sheet, one: Kept, rules: Programme) -> tuple[tuple[str, str, str, int], ...]:
    owes = accounts.debt(one.member)
    debt = Points(max(-sheet.balances[owes, PTS], 0))
    repaid = repay_debt(Points(one.points), debt)
    expires_on = expiry_of(date.fromisoformat(one.on_day), rules).isoformat()
    free = accounts.avail(PTS, one.member, expires_on)
    ends = ((owes, (debt - repaid.debt).minor), (free, repaid.credited.minor))
    return tuple(("pts_issued", target, PTS, amount) for target, amount in ends if amount)


def _answer(one: Kept, ask: BehaviourAsk) -> Rewarded:
    """Tell what was found; who names something else under the reference, is told so."""
    if (one.told_of, one.behaviour, one.at) != (ask.member, ask.behaviour.value, ask.at):
        raise ReferenceTaken
    return Rewarded(
        reference=ask.reference,
        member=ask.member,
        behaviour=ask.behaviour,
        on_day=one.on_day,
        worth=one.worth,
        points=one.points,
        pending=one.pending,
        growth_worth=one.growth_worth,
        growth=one.growth,
        streak=one.streak,
    )
