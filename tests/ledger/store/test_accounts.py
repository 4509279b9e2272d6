"""The chart of accounts: every name can be read back, and holdings have a floor."""

from datetime import date
from uuid import UUID

import pytest

from pos_app.ids import CouponId, LotId, MemberId
from pos_app.ledger.store import accounts
from pos_app.ledger.store.accounts import Holding

MEMBER, LOT, COUPON = MemberId(UUID(int=1)), LotId(UUID(int=2)), CouponId(UUID(int=3))


@pytest.mark.parametrize(
    ("code", "holding"),
    [
        (accounts.principal(MEMBER, LOT), Holding(MEMBER, "P", LOT, None)),
        (accounts.bonus(MEMBER, LOT), Holding(MEMBER, "B", LOT, None)),
        (
            accounts.points(MEMBER, date(2028, 6, 30)),
            Holding(MEMBER, "PTS", None, "2028-06-30"),
        ),
        (accounts.coupon(MEMBER, COUPON), Holding(MEMBER, "CPN", COUPON, None)),
        (accounts.points_debt(MEMBER), Holding(MEMBER, "DEBT", None, None)),
    ],
)
def test_a_members_account_names_its_member(code: str, holding: Holding) -> None:
    assert accounts.holding_of(code) == holding


@pytest.mark.parametrize(
    "code",
    [
        accounts.tender("S001", "cash"),
        accounts.sales("S001"),
        accounts.rounding("S001"),
        accounts.BONUS_EXPENSE,
        accounts.POINTS_ISSUED,
        accounts.POINTS_REDEEMED,
        accounts.COUPON_ISSUED,
        accounts.COUPON_REDEEMED,
    ],
)
def test_the_houses_accounts_belong_to_nobody_and_have_no_floor(code: str) -> None:
    assert accounts.holding_of(code) is None
    assert accounts.floor_of(code) is None


def test_only_holdings_have_a_floor() -> None:
    assert accounts.floor_of(accounts.principal(MEMBER, LOT)) == 0
    assert accounts.floor_of(accounts.coupon(MEMBER, COUPON)) == 0
    assert accounts.floor_of(accounts.points_debt(MEMBER)) is None


def test_each_coupon_is_a_unit_of_its_own() -> None:
    assert accounts.coupon_unit(COUPON) != accounts.coupon_unit(CouponId(UUID(int=4)))
