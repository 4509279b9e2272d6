"""A statement on paper: every movement, what stood after it, and nobody's number in full."""

from pos_app.documents.paper import PAPER_80
from pos_app.documents.rows import plain_text
from pos_app.documents.slip_raster import render
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Role
from pos_app.ledger.statements import Period, Statement, statement_of
from pos_app.ui.paper.statement_slip import statement_rows
from tests.escpos_decoder import decode
from tests.ledger.till_hand import STORED, amount, sell
from tests.receipt_printers import TcpPrinter, nobody_listens
from tests.shop import Shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells, value
from tests.ui.paper.test_press import Heard, press_of


def made_in(shop: Shop) -> Statement:
    member = shop.member()
    shop.top_up(member, 100_000)
    sell(shop, amount(11_500, STORED), member)
    today = shop.ledger.today()
    return statement_of(shop.ledger, member, Period(today, today))


def by(shop: Shop) -> SignedIn:
    return SignedIn(shop.manager, "0001", "林晓雯", Role.MANAGER)


def words(shop: Shop, made: Statement) -> str:
    return plain_text(statement_rows(made, by(shop), shop.ledger.programme.zone))


def test_every_movement_stands_with_what_was_left(shop: Shop) -> None:
    said = words(shop, made_in(shop))

    lines = said.splitlines()
    assert "Stored-value statement" in lines
    assert "From  2026-06-15" in lines
    assert "Balance before  ¥0.00" in lines
    assert "2026-06-15 12:00 Top-up  +¥1,200.00" in lines
    assert "Principal / bonus  ¥1,000.00 / ¥200.00" in lines
    assert "2026-06-15 12:00 Sale  \u2212\u2009¥115.00" in lines
    assert "Balance then  ¥1,085.00" in lines
    assert "Balance at the end  ¥1,085.00" in lines
    assert "Member  王** 138****0217" in lines
    assert "Movements  2" in lines
    assert "13812340217" not in said


def test_a_statement_names_its_place_in_the_book(shop: Shop) -> None:
    made = made_in(shop)
    node, epoch, seq, digest = made.place

    assert f"{node[:8]}-{epoch}-{seq} #{digest[:8]}" in words(shop, made)


def test_in_a_chain_it_says_whose_movements_these_are(shop: Shop) -> None:
    belongs_to_hq(shop)
    member = shop.member()
    alone = words(shop, statement_of(shop.ledger, member, _today(shop)))
    hq_tells(shop, member, *value(1_000))

    told = words(shop, statement_of(shop.ledger, member, _today(shop)))

    assert "HQ keeps those of all terminals" not in alone
    assert "HQ keeps those of all terminals" in told


def test_a_statement_is_burnt_as_slips_are(shop: Shop) -> None:
    made, heard = made_in(shop), Heard()
    with TcpPrinter() as device:
        press_of(shop, device.setting, heard).print_statement(made, by(shop))

    rows = statement_rows(made, by(shop), shop.ledger.programme.zone)
    assert decode(device.paper).picture == render(rows, PAPER_80)
    assert heard.told == ["Statement printed"]


def test_a_statement_that_cannot_be_printed_is_told(shop: Shop) -> None:
    heard = Heard()

    press_of(shop, nobody_listens(), heard).print_statement(made_in(shop), by(shop))

    assert len(heard.refused) == 1
    assert heard.told == []


def _today(shop: Shop) -> Period:
    return Period(shop.ledger.today(), shop.ledger.today())
