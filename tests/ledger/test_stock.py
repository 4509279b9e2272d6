"""What a store cannot hand out is not offered there, and the cashier is told so."""

import json
import os
from pathlib import Path

import pytest

from pos_app.ledger.counter import price
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.coupons import CouponVerdict, Unused
from pos_app.ledger.stock import EverythingInStock, StockFile
from tests.ledger.till_hand import amount, sell
from tests.shop import Shop, intent


def written(path: Path, text: str, moment: int = 1) -> Path:
    path.write_text(text, "utf-8")
    os.utime(path, ns=(moment, moment))
    return path


def verdict(shop: Shop) -> CouponVerdict:
    member = shop.member()
    issue(shop.ledger, member, "G200", operator=shop.manager, intent=intent())
    (said,) = price(shop.ledger, amount(30_000), member).verdicts
    return said


def test_a_gift_that_is_out_of_stock_is_not_offered(shop: Shop, tmp_path: Path) -> None:
    shop.ledger.stock = StockFile(written(tmp_path / "stock.csv", "code,quantity\nG200,0\ntea,4\n"))

    said = verdict(shop)

    assert (said.used, said.reason) == (False, Unused.OUT_OF_STOCK)


def test_without_a_list_everything_is_there(shop: Shop) -> None:
    assert isinstance(shop.ledger.stock, EverythingInStock)
    assert verdict(shop).used


def test_the_order_tells_its_store_so_that_coupons_of_a_store_hold_there(shop: Shop) -> None:
    order: Order = price(shop.ledger, amount(30_000), None).order

    assert order.store == shop.ledger.node.store


def test_what_was_shown_is_what_is_sold(shop: Shop, tmp_path: Path) -> None:
    shop.ledger.stock = StockFile(written(tmp_path / "stock.csv", "G200,0\n"))

    assert sell(shop, amount(30_000)).payable.minor == 30_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stock.json", json.dumps({"G200": 0, "tea": 3})),
        ("stock.csv", "\ufeffG200,-1\ntea,3,shelf 2\n"),
    ],
)
def test_lists_of_both_forms_are_read(tmp_path: Path, name: str, text: str) -> None:
    assert StockFile(written(tmp_path / name, text)).out() == ("G200",)


def test_a_list_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    stock = StockFile(written(tmp_path / "stock.csv", "G200,0\n"))
    before = stock.out()

    written(tmp_path / "stock.csv", "G200,7\n", 2)

    assert (before, stock.out()) == (("G200",), ())


@pytest.mark.parametrize("text", ["G200,none\n", "[1]", "{", "G200\n"])
def test_a_list_that_cannot_be_read_leaves_what_it_said_last(tmp_path: Path, text: str) -> None:
    for name in ("stock.csv", "stock.json"):
        good = "G200,0\n" if name.endswith("csv") else '{"G200": 0}'
        stock = StockFile(written(tmp_path / name, good))
        before = stock.out()

        written(tmp_path / name, text + "x", 2)
        broken = stock.out()
        (tmp_path / name).unlink()

        assert (before, broken, stock.out()) == (("G200",),) * 3


def test_a_list_that_never_came_says_nothing(tmp_path: Path) -> None:
    assert StockFile(tmp_path / "stock.csv").out() == ()
