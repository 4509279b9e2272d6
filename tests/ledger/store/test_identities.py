"""Each identity of the book, broken by itself: the check that guards it says so, and says where."""

import pytest

from pos_app.ledger.store.checks import Checked
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.identities import IDENTITIES
from tests.ledger.book_rows import found_by

THEFTS = [
    ("transfers", "INSERT INTO transfer SELECT 9999, 0, source, target, 5 FROM transfer LIMIT 1"),
    ("transfers", ("UPDATE transfer SET n = n + 1 WHERE seq = 9 AND n = (SELECT max(n) FROM"
     " transfer WHERE seq = 9)")),
    ("accounts", "UPDATE account SET member = zeroblob(16) WHERE pocket = 'P'"),
    ("accounts", "UPDATE account SET expires_on = '2099-12-31' WHERE pocket = 'PTS'"),
    ("one unit per transfer", ("UPDATE account SET unit = unit || 'x' WHERE code = 'cpn_redeemed'"
     " AND id NOT IN (SELECT source FROM transfer)")),
    ("balances", "DELETE FROM balance WHERE amount = 0"),
    ("balances", "INSERT INTO balance (account, amount, last_seq) VALUES (9999, 0, 0)"),
    ("balances", "UPDATE balance SET last_seq = last_seq - 1 WHERE account = 1"),
    ("floors", "UPDATE balance SET floor = NULL WHERE amount > 0 AND floor = 0"),
    ("floors", "UPDATE balance SET floor = -100 WHERE floor = 0"),
    ("lots", "UPDATE lot SET paid = paid + 1"),
    ("coupons", "UPDATE coupon SET state = 'held' WHERE state = 'used'"),
    ("coupons", "UPDATE coupon SET state = 'lost' WHERE state = 'used'"),
    ("sales", ("INSERT INTO sale SELECT 9999, x'00', 'S', at, day, member, operator, goods,"
     " payable, stored_value, saved, tenders, 'no', 0 FROM sale LIMIT 1")),
    ("sales", "DELETE FROM sale WHERE returned = 'no'"),
    ("sales", "UPDATE sale SET returned = 'no' WHERE returned = 'whole'"),
    ("sales", "UPDATE sale SET returned_amount = 0"),
    ("unit rows of sales", "UPDATE sale_unit SET external = external + 1"),
    ("unit rows of sales", ("UPDATE sale_unit SET principal = principal - 1, bonus = bonus + 1"
     " WHERE principal > 0")),
    ("unit rows of sales", "UPDATE sale_unit SET n = n + 7 WHERE n > 0 AND returned_by IS NULL"),
    ("unit rows of sales", "UPDATE sale_unit SET returned_by = NULL"),
    ("unit rows of sales", "UPDATE sale_unit SET returned_by = 3 WHERE returned_by IS NULL"),
    ("growth", "UPDATE growth SET spend = spend + 1"),
    ("growth", "INSERT INTO growth SELECT member, '2020-01-01', seq, 1, 1, 1 FROM growth"),
    ("growth", "INSERT INTO growth SELECT zeroblob(16), on_day, 3, 1, 1, 1 FROM growth LIMIT 1"),
]  # fmt: skip
# What the checks before them imply, kept as second guards: each must still see it alone.
ALONE = [
    ("conservation", "UPDATE balance SET amount = amount + 1 WHERE account = 1"),
    ("lots", ("UPDATE balance SET amount = 99999999 WHERE account IN"
     " (SELECT id FROM account WHERE pocket = 'P')")),
    ("floors", "UPDATE balance SET amount = -1 WHERE floor = 0"),
    ("floors", "UPDATE account SET code = 'debt:PTS:x' WHERE code = 'sales:S001'"),
    ("sums of sales", "UPDATE sale SET goods = goods + 1"),
    ("sums of sales", "DELETE FROM sale_unit"),
    ("sums of sales", "DELETE FROM transfer"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "theft"), THEFTS)
def test_a_theft_is_named_for_what_it_touched(behind: Statements, check: str, theft: str) -> None:
    behind.execute(theft)
    assert behind.execute("SELECT changes()").fetchone() != (0,)

    assert found_by(behind) == check


@pytest.mark.parametrize(("check", "theft"), ALONE)
def test_a_second_guard_sees_it_alone(behind: Statements, check: str, theft: str) -> None:
    before = alone(behind, check)
    behind.execute(theft)

    after = alone(behind, check)

    assert before.fault is None
    assert after.fault is not None
    assert after.fault.where


def alone(behind: Statements, check: str) -> Checked:
    results = (identity(behind) for identity in IDENTITIES)
    return next(result for result in results if result.check == check)
