"""What is due, booked on the sheet."""

from __future__ import annotations

from pos_app.ids import new_id
from pos_hq.fold import accounts
from pos_hq.fold.accounts import PTS
from pos_hq.fold.belongings import Coupon
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.tiering import give_notice, take_tier
from pos_hq.fold.values import Act, Member
from pos_hq.jobs.part import Due, Gift


def book(sheet: Sheet, job: str, member: Member, due: Due) -> None:
    """Do what is due for a member."""
    if due.gift is not None:
        _issue(sheet, job, member, due.gift)
    if due.expired:
        moves = tuple(
            (_free(member, one.expires_on.isoformat()), "pts_expired", PTS, one.points.minor)
            for one in due.expired
        )
        sheet.act(Act("EXPIRE", member.id, job, moves))
    if due.tier is not None:
        sheet.act(Act("TIER", member.id, f"{member.tier}>{due.tier.code}", ()))
        take_tier(sheet, member, due.tier)
    if due.anew:
        sheet.touched.add(member.id)
    if due.ended:
        sheet.act(Act("TIER_GIVEN", member.id, f"{due.ended} is over", ()))
        member.tier_manual = None
        sheet.changed.add(member.id)
    if due.falls is not None:
        give_notice(sheet, member, due.falls)
    if due.notice is not None:
        sheet.tell(member.id, *due.notice)


def _issue(sheet: Sheet, job: str, member: Member, gift: Gift) -> None:
    ref = new_id().hex
    free = accounts.avail("CPN", member.id, ref)
    sheet.act(Act("ISSUE", member.id, job, (("cpn_issued", free, f"CPN:{ref}", 1),)))
    span = (gift.valid_from.isoformat(), gift.valid_until.isoformat())
    coupon = Coupon(ref, member.id, gift.template, *span)
    sheet.coupons[ref] = sheet.new_coupons[ref] = coupon


def _free(member: Member, expires_on: str) -> str:
    return accounts.avail(PTS, member.id, expires_on)
