"""New programmes: signed, lawful, in order, and ruling from their day."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos_app.ledger.counter import price
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.programmes import ProgrammeOlder, ProgrammeUnsigned, adopt_programme
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.programme import Programme, ProgrammeRefused
from pos_app.ledger.sales import QuoteChanged, pay
from pos_app.ledger.slips import receipt_at
from pos_app.money import Money
from pos_app.security.signing import Signer
from tests.fakes import FakeClock
from tests.ledger.book_rows import first_fault
from tests.ledger.till_hand import CASH, amount, head, programme_with, ready, sell
from tests.shop import Shop, intent, open_ledger

HQ = Signer(b"h" * 32)


def effective(day: str, **figures: str) -> bytes:
    return programme_with(effective_from=f'"{day}T00:00:00+08:00"', **figures)


def adopt(shop: Shop, document: bytes) -> Programme:
    signature = HQ.sign(document)
    return adopt_programme(shop.ledger, document, signature, publisher=HQ.public_key)


def rounded(shop: Shop) -> Money:
    return price(shop.ledger, amount(1_999, CASH), None).rounding


def test_a_programme_rules_from_its_day(shop: Shop, clock: FakeClock) -> None:
    adopted = adopt(shop, effective("2026-07-01", cash_rounding_unit_fen="100"))
    before = rounded(shop)

    clock.at = datetime(2026, 6, 30, 16, 0, tzinfo=UTC)

    assert (before, rounded(shop)) == (Money(9), Money(99))
    assert shop.ledger.programme.version == adopted.version
    assert shop.ledger.known_programmes()[-1] == adopted.version


def test_an_event_records_the_programme_that_priced_it(shop: Shop, clock: FakeClock) -> None:
    adopted = adopt(shop, effective("2026-07-01"))
    sell(shop, amount(1_000))
    clock.go(days=30)
    sale = sell(shop, amount(1_000))

    read = shop.ledger.read().execute(
        "SELECT CAST(payload AS TEXT) ->> '$.rules' FROM journal WHERE kind = 'SALE' ORDER BY seq"
    )

    versions = [version for (version,) in read.fetchall()]
    assert versions == [shop.ledger.known_programmes()[0], adopted.version]
    assert sale.payable == Money(1_000)


def test_the_one_that_took_effect_last_rules_whatever_came_first(
    shop: Shop, clock: FakeClock
) -> None:
    july = adopt(shop, effective("2026-07-01", cash_rounding_unit_fen="100"))
    adopt(shop, effective("2026-06-20", cash_rounding_unit_fen="50"))

    clock.go(days=30)

    assert shop.ledger.programme.version == july.version


def test_a_clock_set_back_brings_no_old_prices_back(shop: Shop, clock: FakeClock) -> None:
    adopt(shop, effective("2026-07-01", cash_rounding_unit_fen="100"))
    clock.go(days=30)
    sell(shop, amount(1_000))
    clock.go(days=-20)

    receipt = sell(shop, amount(1_999, CASH))

    assert receipt.rounding == Money(99)


def test_a_programme_survives_a_restart(shop: Shop, tmp_path: Path, clock: FakeClock) -> None:
    adopted = adopt(shop, effective("2026-06-10", cash_rounding_unit_fen="100"))
    shop.ledger.close()

    shop.ledger = open_ledger(tmp_path, clock)

    assert shop.ledger.programme.version == adopted.version
    assert rounded(shop) == Money(99)


def test_a_reprint_says_what_the_programme_of_its_day_said(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())
    sold = sell(shop, amount(600_000), member)
    changed = effective("2026-06-02").replace("银卡会员".encode(), "白银会员".encode())
    adopt(shop, changed.replace(b"face_fen = 500 ", b"face_fen = 700 "))
    clock.go(days=10)

    reprint = receipt_at(shop.ledger, sold.stamp.seq)

    assert isinstance(reprint, SaleReceipt)
    assert reprint.tier_up == "银卡会员"
    assert [used.card.face for used in reprint.coupons] == [Money(500)]
    assert reprint.coupons == sold.coupons


def test_adopting_twice_is_harmless(shop: Shop) -> None:
    document = effective("2026-07-01")
    adopt(shop, document)
    before = head(shop)

    adopt(shop, document)

    assert head(shop) == before


def test_an_unsigned_programme_is_not_adopted(shop: Shop) -> None:
    document, before = effective("2026-07-01"), head(shop)
    stranger = Signer(b"s" * 32)

    with pytest.raises(ProgrammeUnsigned):
        adopt_programme(shop.ledger, document, stranger.sign(document), publisher=HQ.public_key)
    with pytest.raises(ProgrammeUnsigned):
        adopt_programme(shop.ledger, document + b"\n", HQ.sign(document), publisher=HQ.public_key)

    assert head(shop) == before


def test_an_unlawful_programme_leaves_the_last_good_one(shop: Shop) -> None:
    before, ruling = head(shop), shop.ledger.programme.version

    with pytest.raises(ProgrammeRefused) as refused:
        adopt(shop, effective("2026-07-01", named_limit_fen="500001"))

    assert "named_limit_fen" in refused.value.key
    assert (head(shop), shop.ledger.programme.version) == (before, ruling)


def test_an_older_programme_is_not_adopted(shop: Shop) -> None:
    with pytest.raises(ProgrammeOlder) as older:
        adopt(shop, effective("2025-12-31"))

    assert re.match(r"default-cn-retail/2025-12-31/", older.value.version)


def test_what_was_quoted_before_the_change_is_quoted_again(shop: Shop, clock: FakeClock) -> None:
    adopt(shop, effective("2026-07-01", cash_rounding_unit_fen="100"))
    clock.at = datetime(2026, 6, 30, 15, 59, tzinfo=UTC)
    shown, payment = ready(shop, amount(1_999, CASH))
    clock.go(minutes=1)

    with pytest.raises(QuoteChanged):
        pay(shop.ledger, shown, payment)

    assert first_fault(shop.ledger) == ""
